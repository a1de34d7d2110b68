import StableHLO

extension FunctionBuilder {
    /// Emits the operations that compute the gradient of `loss` with respect to each of `values`.
    ///
    /// Reverse mode: every operation on a way from one of `values` to `loss` is visited once, last first, and
    /// hands its result's cotangent on to its operands. Nothing else is emitted, so what the caller does not ask
    /// for costs nothing; cotangents that meet in one value are added. Gradients are ordinary values: they may
    /// be differentiated again.
    ///
    /// A cotangent has the element type of its value. Products of 16-bit operands are formed with 16-bit
    /// operands and an `f32` result, see ``GradientRules``. Where elements tie for a maximum or minimum they
    /// share the cotangent equally. Integers, truth values and what was `detached()` pass nothing on.
    ///
    /// - Parameters:
    ///   - loss: what is differentiated: a floating-point scalar, or of any shape where a seed is given.
    ///   - values: floating-point values of this function: arguments or what was computed from them.
    ///   - seed: the cotangent of `loss`, of the same type; by default 1.
    /// - Returns: a gradient of the same type for each of `values`, zeros where the loss does not depend on it.
    /// - Throws: ``ProgramError`` where a value does not fit, or where an operation on the way has no gradient
    ///   (a loop, a call that names none, `floor`); nothing has been emitted then.
    /// - Complexity: linear in the operations emitted so far.
    ///
    /// Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd edition, SIAM 2008, section 3.2.
    public func gradients(
        of loss: Value, withRespectTo values: [Value], seed: Value? = nil
    ) throws -> [Value] {
        try check(loss, values, seed)
        let path = DifferentiationPath(from: values, to: loss, in: self)
        let steps = try path.operations.reversed().map { ($0, try GradientRules.rule(for: $0.kind)) }

        var cotangents = CotangentSums()
        cotangents.add(.whole(try seed ?? constant(1, loss.type)), to: loss.identifier)
        for (operation, rule) in steps {
            guard let cotangent = try cotangents.sum(for: value(operation.results[0])) else { continue }
            let step = BackwardStep(
                builder: self, operands: operation.operands.map(value), result: value(operation.results[0]),
                cotangent: cotangent, wanted: operation.operands.map(path.carriesGradient))
            for (operand, part) in zip(operation.operands, try rule(step)) {
                if let part, path.carriesGradient(operand) { cotangents.add(part, to: operand) }
            }
        }
        return try values.map { try cotangents.sum(for: $0) ?? constant(0, $0.type) }
    }

    private func check(_ loss: Value, _ values: [Value], _ seed: Value?) throws {
        for value in [loss] + values + (seed.map { [$0] } ?? []) {
            guard value.builder === self else {
                throw ProgramError(
                    "gradient", "a value of function \(value.builder.name) has no gradient in \(name)")
            }
            guard value.elementType.isFloatingPoint else {
                throw ProgramError(
                    "gradient", "\(value.type) has no gradient; convert it to a floating-point type first")
            }
        }
        guard let seed else {
            guard loss.rank == 0 else {
                throw ProgramError(
                    "gradient", "the loss is \(loss.type); reduce it to a scalar, or give a seed of its type")
            }
            return
        }
        guard seed.type == loss.type else {
            throw ProgramError("gradient", "the seed is \(seed.type), the loss is \(loss.type)")
        }
    }
}
