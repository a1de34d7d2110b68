import Kernels
import PJRT
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// Our own attention against the same made of plain operations.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct AttentionKernelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var batch = 2
        var heads = 3
        var queries: Int
        var keys: Int
        var depth: Int
        var isCausal = false

        var testDescription: String {
            "\(batch) × \(heads) × \(queries) queries × \(keys) keys × \(depth)\(isCausal ? ", causal" : "")"
        }

        var comparison: KernelComparison {
            let query = TensorType(.f32, [batch, queries, heads * depth])
            let key = TensorType(.f32, [batch, keys, heads * depth])
            return KernelComparison(types: [query, key, key], plain: plain) {
                try KernelLowering().attention(
                    query: $0[0], key: $0[1], value: $0[2], heads: heads, isCausal: isCausal)
            }
        }

        func plain(_ operands: [Value]) throws -> Value {
            let parts = try operands.map {
                try $0.reshaped(to: [batch, $0.shape[1], heads, depth]).transposed([0, 2, 1, 3])
            }
            var scores = try parts[0].dot(
                parts[1], DotDimensions(contracting: ([3], [3]), batch: ([0, 1], [0, 1])), result: .f32)
            scores = try scores * (1 / Double(depth).squareRoot())
            if isCausal {
                let builder = scores.builder
                let places = TensorType(.i32, [queries, keys])
                let isSeen = try builder.iota(places, dimension: 1)
                    .compared(.lessOrEqual, to: builder.iota(places, dimension: 0))
                    .broadcast(to: scores.shape, along: [2, 3])
                scores = try isSeen.select(scores, builder.constant(-3e38, scores.type))
            }
            let highest = try scores.maximum(over: [3]).broadcast(to: scores.shape, along: [0, 1, 2])
            let weights = try (scores - highest).exponential()
            let shares = try weights / weights.sum(over: [3]).broadcast(to: weights.shape, along: [0, 1, 2])
            return
                try shares.dot(
                    parts[2], DotDimensions(contracting: ([3], [2]), batch: ([0, 1], [0, 1])), result: .f32
                )
                .transposed([0, 2, 1, 3]).reshaped(to: operands[0].shape)
        }
    }

    static let cases = [
        // As in the built-in model's UNet: its two levels, and its text.
        Case(queries: 64, keys: 64, depth: 48), Case(heads: 7, queries: 16, keys: 16, depth: 32),
        Case(queries: 64, keys: 48, depth: 48),
        // One query pools a text; keys that do not fill their vectors.
        Case(heads: 4, queries: 1, keys: 49, depth: 48),
        Case(batch: 1, heads: 1, queries: 5, keys: 1, depth: 16),
        // More queries than a tile has, and none that fill the last one.
        Case(heads: 1, queries: 150, keys: 70, depth: 80),
        // Text encoders.
        Case(queries: 48, keys: 48, depth: 32, isCausal: true),
        Case(batch: 1, heads: 2, queries: 77, keys: 77, depth: 16, isCausal: true),
    ]

    @Test("the result and the gradients of query, key and value are the plain form's", arguments: cases)
    func sameAsPlain(_ test: Case) throws {
        let comparison = test.comparison
        let distances = try comparison.distances(comparison.arguments())
        for (name, distance) in zip(["result", "query", "key", "value"], distances) {
            #expect(distance < 4e-6, "\(name)")
        }
    }

    @Test("scores of thousands neither overflow nor vanish together")
    func farApart() throws {
        let comparison = Case(queries: 20, keys: 33, depth: 16).comparison
        let distances = try comparison.distances(comparison.arguments(scale: 60))
        // A score of thousands is known to a few ten-thousandths only, and its weight no better.
        #expect(distances.allSatisfy { $0 < 2e-3 }, "\(distances)")
    }

    @Test("gradients are the slopes of the result", arguments: [cases[0], cases[6]])
    func slopes(_ test: Case) throws {
        let comparison = test.comparison
        #expect(try comparison.slopeError(comparison.arguments()) < 2e-3)
    }

    @Test("a key that is no number spoils its own head of its own row, and nothing else")
    func notANumber() throws {
        let type = TensorType(.f32, [2, 3, 32])
        let builder = FunctionBuilder()
        let operands = ["query", "key", "value"].map { builder.argument($0, type) }
        let output = try #require(
            try KernelLowering().attention(
                query: operands[0], key: operands[1], value: operands[2], heads: 2, isCausal: false))
        try ProgramRunner.registerKernels()
        let program = try ProgramRunner.compile(builder.finish(returning: [output]))
        var keys = random(type.shape, seed: 1).elements(as: Float.self)
        keys[3 * 32 + 20] = .nan
        let numbers = try program([
            random(type.shape, seed: 2), HostTensor(keys, shape: type.shape), random(type.shape, seed: 3),
        ])[0].elements(as: Float.self)
        for (index, number) in numbers.enumerated() {
            #expect(number.isNaN == (index >= 3 * 32 && index % 32 >= 16), "\(index)")
        }
    }

    @Test("what the kernel does not take is left to plain operations")
    func left() throws {
        func call(_ query: TensorType, _ key: TensorType, heads: Int, isCausal: Bool = false) throws -> Value?
        {
            let builder = FunctionBuilder()
            let key = builder.argument("key", key)
            return try KernelLowering().attention(
                query: builder.argument("query", query), key: key, value: key, heads: heads,
                isCausal: isCausal)
        }
        let type = TensorType(.f32, [2, 4, 48])
        #expect(try call(type, type, heads: 3) != nil)
        #expect(try call(type, type, heads: 2) == nil)
        #expect(try call(type.with(.bf16), type.with(.bf16), heads: 3) == nil)
        #expect(try call(type, type.with([2, 5, 48]), heads: 3, isCausal: true) == nil)
    }

    @Test("a program that calls it with other shapes fails, and says which")
    func refused() throws {
        let builder = FunctionBuilder()
        let input = builder.argument("input", TensorType(.f32, [1, 2, 24]))
        let call = try builder.call(
            StableHLO.CustomCall(
                target: KernelLowering.attentionCall, configuration: "{heads = 1 : i64, causal = false}"),
            [input, input, input], results: [input.type])
        try ProgramRunner.registerKernels()
        let program = try ProgramRunner.compile(builder.finish(returning: call))
        let error = #expect(throws: PJRTError.self) { _ = try program([random([1, 2, 24], seed: 1)]) }
        #expect(error?.message.contains("ondol.attention was called with operands") == true)
    }
}
