import Tensors

extension FunctionBuilder {
    /// Runs `body` `count` times over carried values, and returns the last ones.
    ///
    /// `body` is given the iteration's number, a `tensor<i32>` from 0, and the carried values; it returns as many
    /// of the same types. It may read values from outside.
    public func loop(
        count: Int, carrying initial: [Value], _ body: (_ index: Value, _ carried: [Value]) throws -> [Value]
    ) throws -> [Value] {
        try require(count >= 0, "while", "a loop cannot run \(count) times")
        let carriedTypes = initial.map(\.type)
        let (block, results) = try block(arguments: [TensorType(.i32, .scalar)] + carriedTypes) { arguments in
            try body(arguments[0], Array(arguments.dropFirst()))
        }
        try require(
            results.map(\.type) == carriedTypes, "while",
            "the body returns \(results.map(\.type)), the loop carries \(carriedTypes)")
        return try emit(.countedLoop(count: count, body: block), initial, results: carriedTypes)
    }

    /// Calls code that the plugin knows by name.
    /// - Throws: ``ProgramError`` where there is no result, or one that takes over memory of another type or of no
    ///   operand, or where a call with a gradient has more results than one.
    public func call(_ call: CustomCall, _ operands: [Value], results: [TensorType]) throws -> [Value] {
        try require(!results.isEmpty, "custom_call", "\(call.target) needs a result")
        for (result, operand) in call.resultAliases {
            try require(
                results.indices.contains(result) && operands.indices.contains(operand)
                    && results[result] == operands[operand].type,
                "custom_call",
                "result \(result) of \(call.target) cannot take over the memory of operand \(operand); both must exist and have one type"
            )
        }
        try require(
            call.gradientTarget == nil || results.count == 1, "custom_call",
            "\(call.target) has \(results.count) results; a call with a gradient has one")
        return try emit(.customCall(call), operands, results: results)
    }
}
