import CKernels
import PJRT
import StableHLO
import Tensors

/// `[pictures, height, width, inputs]` with `[3, 3, inputs, outputs]`, or `[3, 3, outputs, inputs]` where the call says
/// `swapped` (with the window read backwards where it says `reversed`), makes `[pictures, height, width, outputs]`.
enum ConvolutionKernel {
    static let name = KernelLowering.convolutionCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        let (input, weights, output) = try call.operands(of: name)
        let (shape, swapped) = (input.type.shape, call.attributes["swapped"] == .bool(true))
        let reversed = call.attributes["reversed"] == .bool(true)
        guard shape.rank == 4, output.type.shape.rank == 4 else { throw KernelRefusal(call: name) }
        let outputs = output.type.shape[3]
        let convolution = CKConvolution(shape, outputs: outputs)
        let kernel: Shape = swapped ? [3, 3, outputs, shape[3]] : [3, 3, shape[3], outputs]
        guard convolution.isSupported, weights.type.shape == kernel,
            output.type.shape == [shape[0], shape[1], shape[2], outputs]
        else { throw KernelRefusal(call: name) }

        let packed = Scratch(byteCount: withUnsafePointer(to: convolution, CKPackedWeightsSize))
        call.concurrently(convolution.outputGroupCount) { group in
            withUnsafePointer(to: convolution) {
                CKPackWeights($0, weights.floats, swapped, reversed, Int64(group), packed.memory)
            }
        }
        // Some two hundred rows of products for each part, so that packed weights are read a few times only.
        let picturesInPart = max(1, 512 / (shape[1] * shape[2]))
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

        let inputPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKPairedInputSize))
        let cotangentPairs = Scratch(byteCount: withUnsafePointer(to: convolution, CKPairedCotangentSize))
        call.concurrently(shape[0]) { picture in
            withUnsafePointer(to: convolution) {
                CKPairInput($0, input.floats, Int64(picture), inputPairs.memory)
                CKPairCotangent($0, cotangent.floats, Int64(picture), cotangentPairs.memory)
            }
        }
        call.concurrently(9) { place in
            withUnsafePointer(to: convolution) {
                CKKernelGradient($0, inputPairs.memory, cotangentPairs.memory, Int64(place), gradient.floats)
            }
        }
    }
}

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
