import Kernels
import PJRT
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// Our own products of a transposed matrix against sums in 64 bits.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct TransposedProductTests {
    @Test(
        "sums over rows are right",
        arguments: [
            // One, two and three vectors in the last group of columns.
            (summed: 2, rows: 64, columns: 64), (summed: 34, rows: 80, columns: 80),
            (summed: 512, rows: 64, columns: 144),
            // More rows than stay in the cache together.
            (summed: 5000, rows: 96, columns: 64),
        ])
    func sums(summed: Int, rows: Int, columns: Int) throws {
        let function = try product(TensorType(.bf16, [summed, rows]), TensorType(.bf16, [summed, columns]))
        #expect(function.text.contains(KernelLowering.transposedProductCall))
        let (left, right) = (numbers(summed * rows, seed: 1), numbers(summed * columns, seed: 2))
        try ProgramRunner.registerKernels()
        let results = try ProgramRunner.compile(function)([
            HostTensor(left, shape: [summed, rows]).converted(to: .bf16),
            HostTensor(right, shape: [summed, columns]).converted(to: .bf16),
        ])[0].elements(as: Float.self)
        for index in stride(from: 0, to: rows * columns, by: 37) {
            let (row, column) = (index / columns, index % columns)
            var sum = 0.0
            var size = 0.0
            for step in 0..<summed {
                let term = Double(left[step * rows + row]) * Double(right[step * columns + column])
                sum += term
                size += abs(term)
            }
            #expect(abs(Double(results[index]) - sum) <= 1e-5 * size, "\(row), \(column)")
        }
    }

    @Test(
        "what the kernel does not take is left to the plugin",
        arguments: [
            (TensorType(.f32, [32, 64]), TensorType(.f32, [32, 64])),
            (TensorType(.bf16, [31, 64]), TensorType(.bf16, [31, 64])),
            (TensorType(.bf16, [32, 48]), TensorType(.bf16, [32, 64])),
            (TensorType(.bf16, [32, 64]), TensorType(.bf16, [32, 72])),
        ])
    func left(_ left: TensorType, _ right: TensorType) throws {
        #expect(try !product(left, right).text.contains("custom_call"))
    }

    @Test("a product that sums over other dimensions is left to the plugin")
    func otherDimensions() throws {
        let builder = FunctionBuilder()
        let left = builder.argument("left", TensorType(.bf16, [64, 64]))
        let plain = try builder.finish(returning: [left.matrixProduct(left, result: .f32)])
        #expect(try !KernelLowering()(plain).text.contains("custom_call"))
    }

    private func product(_ left: TensorType, _ right: TensorType) throws -> Function {
        let builder = FunctionBuilder()
        let values = (builder.argument("left", left), builder.argument("right", right))
        let product = try values.0.dot(values.1, DotDimensions(contracting: ([0], [0])), result: .f32)
        return try KernelLowering()(builder.finish(returning: [product]))
    }

    /// Numbers that `bf16` holds.
    private func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Float(Int.random(in: -64..<64, using: &generator)) / 64 }
    }
}
