import Kernels
import PJRT
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// Attention that never holds all scores, against the plain form.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct StreamedAttentionTests {
    typealias Case = AttentionKernelTests.Case

    @Test(
        "the result is the plain form's",
        arguments: [
            // As in Stable Diffusion 1.5: heads whose depth fills no vectors, and the text's keys.
            Case(heads: 8, queries: 256, keys: 256, depth: 40),
            Case(heads: 8, queries: 64, keys: 77, depth: 160),
            // As in the built-in model.
            Case(queries: 64, keys: 64, depth: 48), Case(heads: 7, queries: 16, keys: 16, depth: 32),
            // More keys than a block has, and none that fill the last; more queries than a part, none that fill an eight.
            Case(batch: 1, heads: 2, queries: 203, keys: 1003, depth: 24),
            Case(batch: 1, heads: 1, queries: 1, keys: 1, depth: 1),
            Case(batch: 3, heads: 1, queries: 9, keys: 49, depth: 64),
        ])
    func sameAsPlain(_ test: Case) throws {
        let (expected, actual) = try results(test, test.comparison.arguments())
        #expect(distance(expected, actual) < 2e-6)
    }

    @Test("scores of thousands, the highest in the last block, neither overflow nor vanish together")
    func farApart() throws {
        let test = Case(batch: 1, heads: 1, queries: 20, keys: 1000, depth: 16)
        var arguments = try test.comparison.arguments(scale: 60)
        // Rising from key to key, so that every block finds a higher score than those before.
        let keys = arguments[1].elements(as: Float.self).enumerated().map { $1 * Float($0 / 16) / 1000 }
        arguments[1] = HostTensor(keys, shape: arguments[1].shape)
        let (expected, actual) = try results(test, arguments)
        // A score of thousands is known to a few ten-thousandths only, and its weight no better.
        #expect(distance(expected, actual) < 2e-3)
    }

    @Test("a key that is no number spoils its own head of its own row, and nothing else")
    func notANumber() throws {
        let test = Case(queries: 3, keys: 60, depth: 16)
        var arguments = try test.comparison.arguments()
        var keys = arguments[1].elements(as: Float.self)
        keys[60 * 48 + 20] = .nan
        arguments[1] = HostTensor(keys, shape: arguments[1].shape)
        let numbers = try results(test, arguments).actual.elements(as: Float.self)
        for (index, number) in numbers.enumerated() {
            #expect(number.isNaN == (index >= 3 * 48 && (16..<32).contains(index % 48)), "\(index)")
        }
    }

    @Test("what the kernel does not take is left to plain operations")
    func left() throws {
        func call(_ query: TensorType, _ key: TensorType, heads: Int) throws -> Value? {
            let builder = FunctionBuilder()
            let key = builder.argument("key", key)
            return try KernelLowering.exact.streamedAttention(
                query: builder.argument("query", query), key: key, value: key, heads: heads)
        }
        let type = TensorType(.f32, [2, 4, 40])
        #expect(try call(type, type.with([2, 7, 40]), heads: 4) != nil)
        #expect(try call(type, type, heads: 3) == nil)
        #expect(try call(type.with(.bf16), type.with(.bf16), heads: 4) == nil)
        #expect(try call(type, type.with([1, 4, 40]), heads: 4) == nil)
    }

    private func results(
        _ test: Case, _ arguments: [HostTensor]
    ) throws -> (expected: HostTensor, actual: HostTensor) {
        try ProgramRunner.registerKernels()
        func run(_ layer: ([Value]) throws -> Value) throws -> HostTensor {
            let builder = FunctionBuilder()
            let operands = test.comparison.types.enumerated().map { builder.argument("operand \($0)", $1) }
            let program = try ProgramRunner.compile(builder.finish(returning: [layer(operands)]))
            return try program(Array(arguments.prefix(3)))[0]
        }
        return (
            try run(test.plain),
            try run {
                try #require(
                    try KernelLowering.exact.streamedAttention(
                        query: $0[0], key: $0[1], value: $0[2], heads: test.heads))
            }
        )
    }

    private func distance(_ expected: HostTensor, _ actual: HostTensor) -> Float {
        let (expected, actual) = (expected.elements(as: Float.self), actual.elements(as: Float.self))
        let largest = expected.map(abs).max() ?? 0
        return zip(expected, actual).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
            / max(largest, 1e-9)
    }
}
