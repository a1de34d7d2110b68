import Tensors

extension Function {
    /// Floating-point operations of one call, counting a multiplication and an addition as two.
    ///
    /// Counts dot products and convolutions, loops by their number of runs; the rest is small beside them.
    public var floatingPointOperationCount: Int { count(operations) }

    private func count(_ operations: [Operation]) -> Int {
        operations.reduce(0) { $0 + count($1) }
    }

    private func count(_ operation: Operation) -> Int {
        switch operation.kind {
        case .dotGeneral(let dimensions):
            let left = type(of: operation.operands[0]).shape
            let summed = dimensions.leftContracting.reduce(1) { $0 * left[$1] }
            return 2 * summed * type(of: operation.results[0]).shape.elementCount
        case .convolution(let dimensions):
            let kernel = type(of: operation.operands[1]).shape
            let outputs = dimensions.kernel.index(of: "o").map { kernel[$0] } ?? 1
            // Zeros that input dilation puts in are not worked on.
            let dilation = dimensions.inputDilation.reduce(1, *)
            let perElement = kernel.elementCount / max(outputs, 1) / dilation
            return 2 * perElement * type(of: operation.results[0]).shape.elementCount
        case .countedLoop(let runs, let body): return runs * count(body.operations)
        default: return 0
        }
    }
}
