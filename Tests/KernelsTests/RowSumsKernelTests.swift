import Kernels
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// Our own sums over rows against sums in 64 bits.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct RowSumsKernelTests {
    @Test(
        "sums over rows are right",
        arguments: [
            (shape: [2048, 144], axes: [0]), (shape: [7, 5000], axes: [0]), (shape: [3, 21, 272], axes: [1]),
            (shape: [4, 6, 10, 96], axes: [0, 1, 2]), (shape: [4, 9, 8, 80], axes: [1, 2]),
        ] as [(shape: Shape, axes: [Int])])
    func rowSums(shape: Shape, axes: [Int]) throws {
        let function = try sum(TensorType(.f32, shape), over: axes)
        #expect(function.text.contains(KernelLowering.rowSumsCall))
        try ProgramRunner.registerKernels()
        let input = random(shape, seed: 1)
        let numbers = input.elements(as: Float.self)
        let sums = try ProgramRunner.compile(function)([input])[0].elements(as: Float.self)
        let columns = shape[shape.rank - 1]
        let rows = numbers.count / sums.count
        for (index, sum) in sums.enumerated() {
            let start = index / columns * rows * columns + index % columns
            let terms = (0..<rows).map { Double(numbers[start + $0 * columns]) }
            let size = terms.reduce(0) { $0 + abs($1) }
            #expect(abs(Double(sum) - terms.reduce(0, +)) <= 1e-6 * size, "\(index)")
        }
    }

    @Test(
        "sums of another kind are left to the plugin",
        arguments: [
            (TensorType(.f32, [2048, 144]), [1]), (TensorType(.bf16, [2048, 144]), [0]),
            (TensorType(.f32, [2048, 24]), [0]), (TensorType(.f32, [8, 64]), [0]),
            (TensorType(.f32, [64, 64, 64]), [0]), (TensorType(.f32, [64, 64, 64]), [0, 1, 2]),
        ])
    func left(_ type: TensorType, axes: [Int]) throws {
        #expect(try !sum(type, over: axes).text.contains("custom_call"))
    }

    private func sum(_ type: TensorType, over axes: [Int]) throws -> Function {
        let builder = FunctionBuilder()
        let input = builder.argument("input", type)
        return try KernelLowering()(builder.finish(returning: [input.sum(over: axes)]))
    }
}
