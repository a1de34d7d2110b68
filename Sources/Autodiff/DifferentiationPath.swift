import StableHLO

/// The operations between the values that a gradient is asked for and the loss.
struct DifferentiationPath {
    /// The operations that both depend on a requested value and are needed for the loss, in program order.
    let operations: [Operation]
    private let dependent: Set<ValueIdentifier>

    /// Finds the operations in what `builder` has emitted so far.
    init(from sources: [Value], to loss: Value, in builder: FunctionBuilder) {
        let all = builder.visibleOperations
        var dependent = Set(sources.map(\.identifier))
        for operation in all
        where operation.passesGradient && operation.reads.contains(where: dependent.contains) {
            for result in operation.results where builder.value(result).elementType.isFloatingPoint {
                dependent.insert(result)
            }
        }
        var needed: Set<ValueIdentifier> = [loss.identifier]
        var backwards: [Operation] = []
        for operation in all.reversed() where operation.results.contains(where: needed.contains) {
            guard operation.passesGradient, operation.reads.contains(where: dependent.contains),
                operation.results.contains(where: dependent.contains)
            else { continue }
            backwards.append(operation)
            needed.formUnion(operation.reads.filter(dependent.contains))
        }
        self.operations = backwards.reversed()
        self.dependent = dependent
    }

    /// Whether a value is one of the requested ones or computed from them through floating-point values.
    func carriesGradient(_ value: ValueIdentifier) -> Bool { dependent.contains(value) }
}

extension Operation {
    /// Its operands and whatever its body reads.
    fileprivate var reads: [ValueIdentifier] {
        guard case .countedLoop(_, let body) = kind else { return operands }
        return operands + body.results + body.operations.flatMap(\.reads)
    }

    /// Whether a cotangent may go through the operation, or would have to: refusals come later.
    fileprivate var passesGradient: Bool {
        if case .detach = kind { false } else { true }
    }
}
