import Kernels
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// Our own group normalisation against the same made of plain operations.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct GroupNormKernelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// `[pictures, height, width, channels]`.
        var input: Shape
        var groups: Int
        var activates: Bool

        var testDescription: String { "\(input) in \(groups) groups\(activates ? ", activated" : "")" }

        var comparison: KernelComparison {
            let vector = TensorType(.f32, [input[3]])
            return KernelComparison(types: [TensorType(.f32, input), vector, vector], plain: plain) {
                try KernelLowering().groupNorm(
                    $0[0], weight: $0[1], bias: $0[2], groups: groups, epsilon: 1e-5, activates: activates)
            }
        }

        private func plain(_ operands: [Value]) throws -> Value {
            let pixels = input[1] * input[2]
            let grouped = try operands[0].reshaped(to: [input[0], pixels, groups, input[3] / groups])
            func spread(_ value: Value) throws -> Value {
                try value.broadcast(to: grouped.shape, along: [0, 2])
            }
            let centered = try grouped - spread(grouped.mean(over: [1, 3]))
            let variance = try (centered * centered).mean(over: [1, 3])
            let normal = try (centered * spread((variance + 1e-5).reciprocalSquareRoot()))
                .reshaped(to: input)
            let output =
                try normal * operands[1].broadcastLast(to: input) + operands[2].broadcastLast(to: input)
            return try activates ? output * output.logistic() : output
        }
    }

    static let cases = [
        // As in the built-in model's UNet: groups that do not end where vectors do.
        Case(input: [3, 8, 8, 144], groups: 16, activates: true),
        Case(input: [2, 4, 4, 224], groups: 16, activates: false),
        Case(input: [1, 5, 7, 48], groups: 3, activates: true),
        // A single pixel, one group, and a channel to itself.
        Case(input: [4, 1, 1, 32], groups: 1, activates: false),
        Case(input: [2, 3, 2, 16], groups: 16, activates: true),
    ]

    @Test("the result and the gradients of input, weight and bias are the plain form's", arguments: cases)
    func sameAsPlain(_ test: Case) throws {
        let comparison = test.comparison
        let distances = try comparison.distances(comparison.arguments())
        for (name, distance) in zip(["result", "input", "weight", "bias"], distances) {
            #expect(distance < 1e-5, "\(name)")
        }
    }

    @Test("a picture far from zero loses nothing but what its numbers cannot hold")
    func farFromZero() throws {
        let comparison = Self.cases[0].comparison
        var arguments = try comparison.arguments()
        let numbers = arguments[0].elements(as: Float.self).map { $0 + 1000 }
        arguments[0] = HostTensor(numbers, shape: arguments[0].shape)
        #expect(try comparison.distances(arguments).allSatisfy { $0 < 1e-3 })
    }

    @Test("gradients are the slopes of the result", arguments: [cases[0], cases[1]])
    func slopes(_ test: Case) throws {
        let comparison = test.comparison
        #expect(try comparison.slopeError(comparison.arguments()) < 5e-3)
    }

    @Test("what the kernel does not take is left to plain operations")
    func left() throws {
        func call(_ input: TensorType, groups: Int) throws -> Value? {
            let builder = FunctionBuilder()
            let vector = builder.argument("vector", TensorType(.f32, [input.shape[3]]))
            return try KernelLowering().groupNorm(
                builder.argument("input", input), weight: vector, bias: vector, groups: groups,
                epsilon: 1e-5, activates: true)
        }
        #expect(try call(TensorType(.f32, [1, 2, 2, 32]), groups: 4) != nil)
        #expect(try call(TensorType(.f32, [1, 2, 2, 24]), groups: 4) == nil)
        #expect(try call(TensorType(.f32, [1, 2, 2, 32]), groups: 3) == nil)
        #expect(try call(TensorType(.bf16, [1, 2, 2, 32]), groups: 4) == nil)
    }
}
