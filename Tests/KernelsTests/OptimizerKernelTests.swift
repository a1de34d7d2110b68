import Kernels
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// What passes over all parameters, against the same in 64 bits.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct OptimizerKernelTests {
    @Test(
        "a step of AdamW is that of 64 bits, and leaves what is read afterwards as it was",
        // One number, vectors that are not full, and more than one part.
        arguments: [[1], [37], [131, 1003]] as [Shape])
    func adamW(_ shape: Shape) throws {
        let builder = FunctionBuilder()
        let type = TensorType(.f32, shape)
        let state = ["parameter", "first", "second", "average"].map { builder.argument($0, type) }
        let after = try #require(
            try KernelLowering().adamW(
                state, gradient: builder.argument("gradient", type),
                gradientFactor: builder.argument("factor", TensorType(.f32, .scalar)),
                controls: builder.argument("controls", TensorType(.f32, [4])),
                .init(firstDecay: 0.9, secondDecay: 0.99, epsilon: 1e-8, weightDecay: 0.01, rateFactor: 0.5)))
        let function = try builder.finish(returning: after + [state[0]])
        try ProgramRunner.registerKernels()
        let before = (0..<5).map { random(shape, seed: UInt64($0)) }.enumerated().map { index, tensor in
            // Means of squares are not negative.
            index == 2 ? HostTensor(tensor.elements(as: Float.self).map(abs), shape: shape) : tensor
        }
        let controls: [Float] = [0.01, 2, 3, 0.75]
        let results = try ProgramRunner.compile(function)(
            before + [HostTensor([Float(0.5)], shape: .scalar), HostTensor(controls, shape: [4])])

        let numbers = before.map { $0.elements(as: Float.self).map(Double.init) }
        let actual = results.map { $0.elements(as: Float.self) }
        #expect(actual[4] == before[0].elements(as: Float.self))
        var largest = 0.0
        for index in numbers[0].indices {
            let gradient = numbers[4][index] * 0.5
            let first = numbers[1][index] * 0.9 + gradient * 0.1
            let second = numbers[2][index] * 0.99 + gradient * gradient * 0.01
            let direction = first * 2 / ((second * 3).squareRoot() + 1e-8) + numbers[0][index] * 0.01
            let parameter = numbers[0][index] - 0.01 * 0.5 * direction
            let expected = [parameter, first, second, parameter + (numbers[3][index] - parameter) * 0.75]
            for (expected, actual) in zip(expected, actual) {
                largest = max(largest, abs(expected - Double(actual[index])) / max(abs(expected), 1))
            }
        }
        #expect(largest < 4e-7)
    }

    @Test("squares of all operands are summed")
    func sumOfSquares() throws {
        let builder = FunctionBuilder()
        // The last is summed in blocks, and ends within a vector.
        let shapes: [Shape] = [.scalar, [3], [64, 65], [700, 1001]]
        let operands = shapes.enumerated().map { builder.argument("\($0)", TensorType(.f32, $1)) }
        let sum = try #require(try KernelLowering().sumOfSquares(operands))
        try ProgramRunner.registerKernels()
        let arguments = shapes.enumerated().map { random($1, seed: UInt64($0)) }
        let result = try ProgramRunner.compile(builder.finish(returning: [sum]))(arguments)[0]
        let expected = arguments.flatMap { $0.elements(as: Float.self) }
            .reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(Double(result.elements(as: Float.self)[0]) / expected - 1) < 2e-7)
        #expect(try KernelLowering().sumOfSquares([operands[0].converted(to: .bf16)]) == nil)
    }
}
