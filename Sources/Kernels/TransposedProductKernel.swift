import CKernels
import PJRT
import StableHLO
import Tensors

/// `[summed, rows] bf16`, transposed, with `[summed, columns] bf16` makes `[rows, columns] f32`.
enum TransposedProductKernel {
    static let name = KernelLowering.transposedProductCall
    /// Pairs of the left operand, and rows of the result, in a part: enough to be worth a thread.
    private static let (pairsInPart, rowsInPart) = (128, 64)

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        let (left, right, result) = try call.operands(of: name, .bf16)
        let (leftShape, rightShape) = (left.type.shape, right.type.shape)
        guard leftShape.rank == 2, rightShape.rank == 2 else { throw KernelRefusal(call: name) }
        let (summed, rows, columns) = (leftShape[0], leftShape[1], rightShape[1])
        guard summed > 0, summed % 2 == 0, rightShape[0] == summed, rows > 0, rows % 16 == 0, columns > 0,
            columns % 16 == 0, result.type.shape == [rows, columns]
        else { throw KernelRefusal(call: name) }

        let product = CKTransposedProduct(
            summed: Int64(summed), rows: Int64(rows), columns: Int64(columns))
        let leftPairs = Scratch(byteCount: withUnsafePointer(to: product, CKPairedLeftSize))
        let rightPairs = Scratch(byteCount: withUnsafePointer(to: product, CKPairedRightSize))
        let groups = Int(withUnsafePointer(to: product, CKColumnGroupCount))
        let leftParts = (summed / 2 + pairsInPart - 1) / pairsInPart
        call.concurrently(groups + leftParts) { part in
            withUnsafePointer(to: product) {
                if part < groups {
                    CKPairRight($0, right.brainFloats, Int64(part), rightPairs.memory)
                } else {
                    let first = (part - groups) * pairsInPart
                    CKPairLeft(
                        $0, left.brainFloats, Int64(first), Int64(min(first + pairsInPart, summed / 2)),
                        leftPairs.memory)
                }
            }
        }
        let rowParts = (rows + rowsInPart - 1) / rowsInPart
        call.concurrently(groups * rowParts) { part in
            let first = part % rowParts * rowsInPart
            withUnsafePointer(to: product) {
                CKMultiply(
                    $0, leftPairs.memory, rightPairs.memory, Int64(part / rowParts), Int64(first),
                    Int64(min(first + rowsInPart, rows)), result.floats)
            }
        }
    }
}
