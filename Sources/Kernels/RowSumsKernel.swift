import CKernels
import PJRT
import StableHLO
import Tensors

/// `[outer, rows, columns]` in any shape makes `[outer, columns]`, the sums over rows.
enum RowSumsKernel {
    static let name = KernelLowering.rowSumsCall
    /// Columns in a part: a kilobyte of every row.
    private static let partSize = 256

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 1, results: 1)
        let (input, sums) = (call.arguments[0], call.results[0])
        let (all, left) = (input.type.shape.elementCount, sums.type.shape.elementCount)
        guard let columns = input.type.shape.dimensions.last, columns > 0,
            sums.type.shape.dimensions.last == columns, left > 0, all % left == 0
        else { throw KernelRefusal(call: name) }
        let (rows, parts) = (all / left, (columns + partSize - 1) / partSize)
        call.concurrently(left / columns * parts) { part in
            let (outer, first) = (part / parts, part % parts * partSize)
            guard let source = input.floats, let target = sums.floats else { return }
            CKSumRows(
                source + outer * rows * columns, Int64(rows), Int64(columns), Int64(first),
                Int64(min(first + partSize, columns)), target + outer * columns)
        }
    }
}
