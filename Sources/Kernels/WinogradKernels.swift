import CKernels
import PJRT

/// A convolution of three by three places by Winograd's tiles; see CKernels.h.
struct WinogradConvolution {
    let convolution: CKConvolution
    let rounded: Bool
    let swapped: Bool
    let reversed: Bool

    /// Tiles are moved to their basis by blocks of this many bytes, which a processor's last cache holds.
    private static let blockSize = 8 << 20
    /// A part packs the weights it uses, which takes as long as two of its tiles do.
    private static let fewestTiles = 16
    /// Parts for each thread, so that none waits long for the last.
    private static let partsPerThread = 6

    func run(
        _ call: PJRT.CustomCall, input: PJRT.CustomCall.Operand, weights: PJRT.CustomCall.Operand,
        output: PJRT.CustomCall.Operand
    ) {
        let (convolution, rounded, swapped, reversed) = (convolution, rounded, swapped, reversed)
        let all = Int(withUnsafePointer(to: convolution, CKWinogradTileCount))
        let sizeOfEight = withUnsafePointer(to: convolution) { CKWinogradTilesSize($0, rounded, 8) }
        let blockTiles = max(8, min(Self.blockSize / sizeOfEight * 8, all))
        let changed = Scratch(
            byteCount: withUnsafePointer(to: convolution) {
                CKWinogradTilesSize($0, rounded, Int64(blockTiles))
            })
        for block in stride(from: 0, to: all, by: blockTiles) {
            let count = min(blockTiles, all - block)
            call.concurrently((count + 7) / 8) { eight in
                withUnsafePointer(to: convolution) {
                    CKWinogradChangeTiles(
                        $0, rounded, input.floats, Int64(block), Int64(eight * 8),
                        Int64(min(eight * 8 + 8, count)),
                        changed.memory)
                }
            }
            let groups = convolution.outputGroupCount
            let wished = (Self.partsPerThread * call.threadCount + groups - 1) / groups
            let slices = max(1, min(wished, count / Self.fewestTiles))
            let sliceTiles = ((count + slices - 1) / slices + 7) / 8 * 8
            call.concurrently(groups * slices) { part in
                let first = part % slices * sliceTiles
                guard first < count else { return }
                withUnsafePointer(to: convolution) {
                    let scratch = Scratch(byteCount: CKWinogradScratchSize($0, rounded))
                    CKWinogradMultiply(
                        $0, rounded, weights.floats, swapped, reversed, changed.memory, Int64(block),
                        Int64(first),
                        Int64(min(first + sliceTiles, count)), Int64(part / slices), output.floats,
                        scratch.memory)
                }
            }
        }
    }
}

/// The gradient of such a convolution's weights, over operands rounded to `bf16`.
struct WinogradKernelGradient {
    let convolution: CKConvolution

    func run(
        _ call: PJRT.CustomCall, input: PJRT.CustomCall.Operand, cotangent: PJRT.CustomCall.Operand,
        gradient: PJRT.CustomCall.Operand
    ) {
        let convolution = convolution
        let inputPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKWinogradInputSize))
        let cotangentPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKWinogradCotangentSize))
        call.concurrently(Int(convolution.pictures)) { picture in
            withUnsafePointer(to: convolution) {
                CKWinogradPairInput($0, input.floats, Int64(picture), inputPairs.memory)
                CKWinogradPairCotangent($0, cotangent.floats, Int64(picture), cotangentPairs.memory)
            }
        }
        let groups = convolution.outputGroupCount
        call.concurrently(Int(convolution.inputs) / 16 * groups) { part in
            withUnsafePointer(to: convolution) {
                CKWinogradKernelGradient(
                    $0, inputPairs.memory, cotangentPairs.memory, Int64(part / groups * 16),
                    Int64(part % groups), gradient.floats)
            }
        }
    }
}
