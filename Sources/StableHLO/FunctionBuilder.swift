import Tensors

/// Builds one function of a StableHLO program, operation by operation.
///
/// Every operation's operands are checked, and its result type inferred, before it is emitted; what does not
/// fit is refused with a ``ProgramError`` and leaves the function as it was. Not `Sendable`.
public final class FunctionBuilder {
    /// The name the function is given.
    public let name: String
    private(set) var arguments: [Argument] = []
    private var types: [TensorType] = []
    /// The operations so far; the last element is the innermost open block.
    private var openBlocks: [[Operation]] = [[]]

    /// An argument of the function: its name, and the value that stands for it.
    public struct Argument {
        /// The name it is found by, such as a parameter's name in a checkpoint.
        public let name: String
        /// The value that stands for it.
        public let value: Value
    }

    /// Starts an empty function. A program's entry is called `main`.
    public init(_ name: String = "main") { self.name = name }

    /// Starts with the values of a finished function, but none of its operations; for rewriting it.
    init(continuing function: Function) {
        name = function.name
        types = function.types
    }

    /// The types of all values, by identifier.
    var allTypes: [TensorType] { types }

    /// Takes over an operation of the function this one continues.
    func append(_ operation: Operation) { openBlocks[openBlocks.count - 1].append(operation) }

    /// Adds an argument.
    public func argument(_ name: String, _ type: TensorType) -> Value {
        let value = newValue(type)
        arguments.append(Argument(name: name, value: value))
        return value
    }

    /// The arguments so far, in order.
    public var allArguments: [Argument] { arguments }

    /// The operations emitted so far outside any loop, in order.
    public var operations: [Operation] { openBlocks[0] }

    /// The operations whose results can be read here, in order: those outside any loop, then those of each
    /// open loop body.
    public var visibleOperations: [Operation] { openBlocks.flatMap { $0 } }

    /// The value of an identifier of this function.
    public func value(_ identifier: ValueIdentifier) -> Value {
        Value(builder: self, identifier: identifier, type: types[identifier.index])
    }

    /// Emits an operation whose operands have been checked.
    func emit(_ kind: OperationKind, _ operands: [Value], results: [TensorType]) throws -> [Value] {
        for operand in operands where operand.builder !== self {
            throw ProgramError(
                "operand", "a value of function \(operand.builder.name) cannot be used in \(name)")
        }
        let values = results.map(newValue)
        openBlocks[openBlocks.count - 1].append(
            Operation(kind: kind, operands: operands.map(\.identifier), results: values.map(\.identifier)))
        return values
    }

    /// Emits an operation with one result.
    func emit(_ kind: OperationKind, _ operands: [Value], result: TensorType) throws -> Value {
        try emit(kind, operands, results: [result])[0]
    }

    /// Collects what `body` emits into a block of its own.
    func block(arguments types: [TensorType], _ body: ([Value]) throws -> [Value]) throws -> (Block, [Value])
    {
        let values = types.map(newValue)
        openBlocks.append([])
        do {
            let results = try body(values)
            let operations = openBlocks.removeLast()
            let block = Block(
                arguments: values.map(\.identifier), operations: operations,
                results: results.map(\.identifier))
            return (block, results)
        } catch {
            openBlocks.removeLast()
            throw error
        }
    }

    private func newValue(_ type: TensorType) -> Value {
        types.append(type)
        return Value(builder: self, identifier: ValueIdentifier(index: types.count - 1), type: type)
    }

    /// Closes the function.
    /// - Parameters:
    ///   - results: what it returns, in order.
    ///   - aliases: from an argument's position to the result that takes over its memory. The argument is
    ///     consumed by a call; both must have the same type.
    /// - Throws: ``ProgramError`` where there is no result, one is another function's or an alias does not fit.
    public func finish(returning results: [Value], aliasing aliases: [Int: Int] = [:]) throws -> Function {
        try require(!results.isEmpty, "return", "the function returns nothing; it needs a result")
        try require(
            results.allSatisfy { $0.builder === self }, "return", "a result belongs to another function")
        for (argument, result) in aliases {
            try require(
                arguments.indices.contains(argument) && results.indices.contains(result), "return",
                "argument \(argument) cannot lend its memory to result \(result): there is no such pair")
            try require(
                arguments[argument].value.type == results[result].type, "return",
                """
                argument \(argument) is \(arguments[argument].value.type) and cannot lend its memory to result \
                \(result), which is \(results[result].type)
                """)
        }
        return Function(
            name: name,
            arguments: arguments.map { .init(name: $0.name, type: $0.value.type) },
            argumentIdentifiers: arguments.map(\.value.identifier),
            operations: operations, resultIdentifiers: results.map(\.identifier), aliases: aliases,
            types: types)
    }
}
