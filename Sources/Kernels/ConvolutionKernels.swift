import CKernels
import PJRT
import StableHLO
import Tensors

/// `[pictures, height, width, inputs]` with `[3, 3, inputs, outputs]`, or `[3, 3, outputs, inputs]` where the call says
/// `swapped` (with the window read backwards where it says `reversed`), makes `[pictures, height, width, outputs]`. Operands
/// are rounded to `bf16` where it says `rounded`.
///
/// Winograd's tiles where they cover the picture; places one by one, which only rounded operands have, where not.
enum ConvolutionKernel {
    static let name = KernelLowering.convolutionCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        let (input, weights, output) = try call.operands(of: name)
        let (shape, swapped) = (input.type.shape, call.attributes["swapped"] == .bool(true))
        let reversed = call.attributes["reversed"] == .bool(true)
        let rounded = call.attributes["rounded"] == .bool(true)
        guard shape.rank == 4, output.type.shape.rank == 4 else { throw KernelRefusal(call: name) }
        let outputs = output.type.shape[3]
        let convolution = CKConvolution(shape, outputs: outputs)
        let kernel: Shape = swapped ? [3, 3, outputs, shape[3]] : [3, 3, shape[3], outputs]
        guard convolution.isSupported, weights.type.shape == kernel,
            output.type.shape == [shape[0], shape[1], shape[2], outputs]
        else { throw KernelRefusal(call: name) }

        if withUnsafePointer(to: convolution, CKWinogradConvolves), rounded || !(swapped || reversed) {
            return WinogradConvolution(
                convolution: convolution, rounded: rounded, swapped: swapped, reversed: reversed
            ).run(call, input: input, weights: weights, output: output)
        }
        guard rounded else { throw KernelRefusal(call: name) }
        let packed = Scratch(byteCount: withUnsafePointer(to: convolution, CKPackedWeightsSize))
        call.concurrently(convolution.outputGroupCount * windowPlaces) { part in
            withUnsafePointer(to: convolution) {
                CKPackWeights(
                    $0, weights.floats, swapped, reversed, Int64(part / windowPlaces),
                    Int64(part % windowPlaces), packed.memory)
            }
        }
        // Some five hundred rows of products for each part, so that packed weights are read a few times only; fewer where
        // a thread would have nothing to do.
        let share = (shape[0] + call.threadCount - 1) / call.threadCount
        let picturesInPart = max(1, min(512 / (shape[1] * shape[2]), share))
        call.concurrently((shape[0] + picturesInPart - 1) / picturesInPart) { part in
            let first = part * picturesInPart
            let last = min(first + picturesInPart, shape[0])
            withUnsafePointer(to: convolution) {
                let padded = Scratch(byteCount: CKPaddedSize($0, Int64(last - first)))
                CKConvolve(
                    $0, input.floats, packed.memory, output.floats, Int64(first), Int64(last), padded.memory)
            }
        }
    }
}

/// `[pictures, height, width, inputs]` and the result's cotangent `[pictures, height, width, outputs]` make the weights'
/// gradient `[3, 3, inputs, outputs]`.
enum KernelGradientKernel {
    static let name = KernelLowering.kernelGradientCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        let (input, cotangent, gradient) = try call.operands(of: name)
        let (shape, change) = (input.type.shape, cotangent.type.shape)
        guard shape.rank == 4, change.rank == 4 else { throw KernelRefusal(call: name) }
        let convolution = CKConvolution(shape, outputs: change[3])
        guard convolution.isSupported, shape.dimensions.dropLast() == change.dimensions.dropLast(),
            shape[2] % 2 == 0, gradient.type.shape == [3, 3, shape[3], change[3]]
        else { throw KernelRefusal(call: name) }

        if withUnsafePointer(to: convolution, CKWinogradSums) {
            return WinogradKernelGradient(convolution: convolution)
                .run(call, input: input, cotangent: cotangent, gradient: gradient)
        }
        let inputPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKPairedInputSize))
        let cotangentPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKPairedCotangentSize))
        call.concurrently(shape[0]) { picture in
            withUnsafePointer(to: convolution) {
                CKPairInput($0, input.floats, Int64(picture), inputPairs.memory)
                CKPairCotangent($0, cotangent.floats, Int64(picture), cotangentPairs.memory)
            }
        }
        // Nine parts leave one of two threads waiting for the last; inputs are a multiple of 16.
        let half = shape[3] / 16 * 8
        call.concurrently(2 * windowPlaces) { part in
            let isFirst = part % 2 == 0
            withUnsafePointer(to: convolution) {
                CKKernelGradient(
                    $0, inputPairs.memory, cotangentPairs.memory, Int64(part / 2), Int64(isFirst ? 0 : half),
                    isFirst ? Int64(half) : $0.pointee.inputs, gradient.floats)
            }
        }
    }
}

/// Places of a window of three by three.
private let windowPlaces = 9

extension CKConvolution {
    init(_ input: Shape, outputs: Int) {
        self.init(
            pictures: Int64(input[0]), height: Int64(input[1]), width: Int64(input[2]),
            inputs: Int64(input[3]), outputs: Int64(outputs))
    }

    var isSupported: Bool {
        pictures > 0 && height > 0 && width > 0 && inputs > 0 && outputs > 0
            && inputs % 16 == 0 && outputs % 16 == 0
    }

    var outputGroupCount: Int { Int(withUnsafePointer(to: self, CKOutputGroupCount)) }
}
