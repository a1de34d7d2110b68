import CKernels
import PJRT
import StableHLO
import Tensors

/// `[pictures, height, width, channels]`, weight and bias `[channels]` make the normalised pictures.
enum GroupNormKernel {
    static let name = KernelLowering.groupNormCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 3, results: 1)
        let norm = try CKGroupNorm(call, name)
        let (input, weight, bias) = (call.arguments[0], call.arguments[1], call.arguments[2])
        let output = call.results[0]
        guard output.type == input.type else { throw KernelRefusal(call: name) }
        call.concurrently(input.type.shape[0]) { picture in
            withUnsafePointer(to: norm) {
                let scratch = Scratch(byteCount: CKGroupNormScratchSize($0))
                CKNormalize(
                    $0, input.floats, weight.floats, bias.floats, output.floats, Int64(picture),
                    scratch.memory)
            }
        }
    }
}

/// The operands of ``GroupNormKernel`` and the cotangent of its result make the operands' cotangents.
enum GroupNormGradientKernel {
    static let name = KernelLowering.groupNormGradientCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 4, results: 3)
        let norm = try CKGroupNorm(call, name)
        let (operands, gradients) = (call.arguments, call.results)
        guard operands[3].type == operands[0].type, gradients.map(\.type) == operands.prefix(3).map(\.type)
        else { throw KernelRefusal(call: name) }
        let (pictures, channels) = (operands[0].type.shape[0], Int(norm.channels))
        let size = MemoryLayout<Float>.size
        let sums = Scratch(byteCount: pictures * 2 * channels * size)
        let byPicture = sums.memory.assumingMemoryBound(to: Float.self)
        call.concurrently(pictures) { picture in
            withUnsafePointer(to: norm) {
                let scratch = Scratch(byteCount: CKGroupNormGradientScratchSize($0))
                CKNormalizeGradient(
                    $0, operands[0].floats, operands[1].floats, operands[2].floats, operands[3].floats,
                    gradients[0].floats, sums.memory.assumingMemoryBound(to: Float.self), Int64(picture),
                    scratch.memory)
            }
        }
        let total = Scratch(byteCount: 2 * channels * size)
        let totals = total.memory.assumingMemoryBound(to: Float.self)
        CKSumRows(byPicture, Int64(pictures), Int64(2 * channels), 0, Int64(2 * channels), totals)
        gradients[1].floats?.update(from: totals, count: channels)
        gradients[2].floats?.update(from: totals + channels, count: channels)
    }
}

extension CKGroupNorm {
    /// The sizes of a call whose first arguments are pictures, weight and bias.
    fileprivate init(_ call: PJRT.CustomCall, _ name: String) throws {
        let (input, attributes) = (call.arguments[0].type.shape, call.attributes)
        guard case .integer(let groups) = attributes["groups"], groups > 0,
            case .real(let epsilon) = attributes["epsilon"],
            case .bool(let activates) = attributes["activates"], input.rank == 4,
            input[3] % groups == 0, input[3] % KernelLowering.featureMultiple == 0, input.elementCount > 0,
            call.arguments[1].type.shape == [input[3]], call.arguments[2].type.shape == [input[3]]
        else { throw KernelRefusal(call: name) }
        self.init(
            pixels: Int64(input[1] * input[2]), channels: Int64(input[3]), groups: Int64(groups),
            epsilon: Float(epsilon), activates: activates)
    }
}
