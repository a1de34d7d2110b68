import Autodiff
import Kernels
import PJRT
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// Our own convolutions against the plugin's.
@Suite(
    .enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"),
    .enabled(if: ProcessorKernels.areSupported, "this processor has no bf16 products"))
struct ConvolutionKernelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// `[pictures, height, width, inputs]`.
        var input: Shape
        var outputs: Int
        /// Calls that are to stand in the program: the convolution, its input's gradient, its kernel's gradient.
        var calls: Int

        var testDescription: String { "\(input) to \(outputs)" }
    }

    @Test(
        "a convolution and both gradients are the plugin's but for the rounding of the operands",
        arguments: [
            Case(input: [2, 8, 8, 64], outputs: 64, calls: 3),
            // Three groups of outputs, of which the last is narrow; tiles of pixels that are not full.
            Case(input: [3, 4, 6, 80], outputs: 112, calls: 3),
            Case(input: [1, 3, 2, 64], outputs: 96, calls: 3),
            // More pictures than one part works on, and more than stay in the cache together.
            Case(input: [70, 4, 4, 64], outputs: 64, calls: 3),
            Case(input: [3, 32, 32, 64], outputs: 64, calls: 3),
            // An odd width has no pairs of neighbours.
            Case(input: [2, 5, 7, 64], outputs: 64, calls: 2),
            Case(input: [1, 1, 1, 64], outputs: 80, calls: 2),
            // Too narrow, or not in sixteens: left to the plugin.
            Case(input: [2, 8, 8, 24], outputs: 64, calls: 0),
            Case(input: [2, 8, 8, 64], outputs: 72, calls: 0),
        ])
    func sameAsThePlugins(_ test: Case) throws {
        let plain = try function(test)
        let lowered = try KernelLowering()(plain)
        #expect(lowered.operations.count { $0.isCall } == test.calls)
        #expect(lowered.operations.count { $0.isConvolution } == 3 - test.calls)

        let arguments = plain.arguments.enumerated().map { random($1.type.shape, seed: UInt64($0)) }
        try ProgramRunner.registerKernels()
        let expected = try ProgramRunner.compile(plain)(arguments)
        let actual = try ProgramRunner.compile(lowered)(arguments)
        for (name, (expected, actual)) in zip(["result", "input", "kernel"], zip(expected, actual)) {
            #expect(distance(expected, actual) < 8e-3, "\(name)")
            let isOther = expected.elements(as: Float.self) != actual.elements(as: Float.self)
            #expect(test.calls < 3 || isOther, "\(name) was not computed in another way")
        }
    }

    @Test(
        "without rounding a convolution is the plugin's to the last places, and what tiles do not cover is left to it",
        arguments: [
            Case(input: [2, 8, 8, 64], outputs: 64, calls: 1),
            // A narrow last group, tiles that do not fill an eight, few tiles and many channels.
            Case(input: [3, 4, 6, 80], outputs: 112, calls: 1),
            Case(input: [1, 2, 2, 512], outputs: 64, calls: 1),
            // More tiles than one block holds.
            Case(input: [1, 48, 64, 128], outputs: 64, calls: 1),
            Case(input: [2, 5, 8, 64], outputs: 64, calls: 0),
            Case(input: [2, 8, 8, 24], outputs: 64, calls: 0),
        ])
    func unrounded(_ test: Case) throws {
        let plain = try function(test)
        // Gradients are convolutions too, and stay the plugin's.
        let lowered = try KernelLowering.exact(plain)
        #expect(lowered.operations.count { $0.isCall } == test.calls)
        let arguments = plain.arguments.enumerated().map { random($1.type.shape, seed: UInt64($0)) }
        try ProgramRunner.registerKernels()
        let expected = try ProgramRunner.compile(plain)(arguments)[0]
        let actual = try ProgramRunner.compile(lowered)(arguments)[0]
        #expect(distance(expected, actual) < 3e-6)
        let isOther = expected.elements(as: Float.self) != actual.elements(as: Float.self)
        #expect(isOther == (test.calls == 1), "it was computed as the lowering said")
    }

    @Test("operands that bf16 holds give the exact sums")
    func exact() throws {
        let test = Case(input: [2, 6, 4, 64], outputs: 80, calls: 3)
        let plain = try function(test)
        // Whole numbers up to 4: products and sums stay below 2 to the power of 24.
        let arguments = plain.arguments.enumerated().map { index, argument in
            let numbers = random(argument.type.shape, seed: UInt64(index)).elements(as: Float.self)
            return HostTensor(numbers.map { ($0 * 8).rounded() }, shape: argument.type.shape)
        }
        try ProgramRunner.registerKernels()
        let expected = try ProgramRunner.compile(plain)(arguments)
        let actual = try ProgramRunner.compile(KernelLowering()(plain))(arguments)
        for (expected, actual) in zip(expected, actual) {
            #expect(expected.elements(as: Float.self) == actual.elements(as: Float.self))
        }
    }

    @Test("a number that is none stays none")
    func notANumber() throws {
        let builder = FunctionBuilder()
        let input = builder.argument("input", TensorType(.f32, [1, 2, 2, 64]))
        let kernel = builder.argument("kernel", TensorType(.f32, [3, 3, 64, 64]))
        let function = try KernelLowering()(
            builder.finish(returning: [input.convolved(kernel, .same)]))
        var numbers = [Float](repeating: 1, count: 256)
        numbers[0] = .nan
        try ProgramRunner.registerKernels()
        let results = try ProgramRunner.compile(function)([
            HostTensor(numbers, shape: [1, 2, 2, 64]), random([3, 3, 64, 64], seed: 1),
        ])
        let sums = results[0].elements(as: Float.self)
        #expect(sums.allSatisfy { $0.isNaN })
    }

    @Test("a program that calls a kernel with other shapes fails, and says which")
    func refused() throws {
        let builder = FunctionBuilder()
        let input = builder.argument("input", TensorType(.f32, [1, 2, 2, 24]))
        let kernel = builder.argument("kernel", TensorType(.f32, [3, 3, 24, 64]))
        let call = try builder.call(
            StableHLO.CustomCall(
                target: KernelLowering.convolutionCall, configuration: "{swapped = false}"),
            [input, kernel], results: [TensorType(.f32, [1, 2, 2, 64])])
        try ProgramRunner.registerKernels()
        let program = try ProgramRunner.compile(builder.finish(returning: call))
        let arguments = [random([1, 2, 2, 24], seed: 1), random([3, 3, 24, 64], seed: 2)]
        let error = #expect(throws: PJRTError.self) { _ = try program(arguments) }
        #expect(error?.message.contains("ondol.convolution was called with operands") == true)
    }

    @Test("so does one with another element type")
    func otherElementType() throws {
        let builder = FunctionBuilder()
        let rows = builder.argument("rows", TensorType(.f32, [2, 64]))
        let call = try builder.call(
            StableHLO.CustomCall(target: KernelLowering.transposedProductCall), [rows, rows],
            results: [TensorType(.f32, [64, 64])])
        try ProgramRunner.registerKernels()
        let program = try ProgramRunner.compile(builder.finish(returning: call))
        let error = #expect(throws: PJRTError.self) { _ = try program([random([2, 64], seed: 1)]) }
        #expect(error?.message.contains("ondol.transposed_product was called with operands") == true)
    }

    /// The convolution, and the gradients of its sum weighed by the last argument.
    private func function(_ test: Case) throws -> Function {
        let builder = FunctionBuilder()
        let (input, weights) = (test.input, Shape([3, 3, test.input[3], test.outputs]))
        let x = builder.argument("input", TensorType(.f32, input))
        let w = builder.argument("kernel", TensorType(.f32, weights))
        let y = try x.convolved(w, .same)
        let change = builder.argument("change", y.type)
        let sum = try (y * change).sum(over: [0, 1, 2, 3])
        return try builder.finish(
            returning: [y] + builder.gradients(of: sum, withRespectTo: [x, w]))
    }

    private func random(_ shape: Shape, seed: UInt64) -> HostTensor {
        var generator = SeededGenerator(seed: seed)
        let numbers = (0..<shape.elementCount).map { _ in Float.random(in: -0.5..<0.5, using: &generator) }
        return HostTensor(numbers, shape: shape)
    }

    private func distance(_ expected: HostTensor, _ actual: HostTensor) -> Float {
        let (expected, actual) = (expected.elements(as: Float.self), actual.elements(as: Float.self))
        let largest = expected.map(abs).max() ?? 0
        return (zip(expected, actual).map { abs($0 - $1) }.max() ?? .infinity) / max(largest, 1e-9)
    }
}

extension ConvolutionDimensions {
    /// Three by three places with a border of one.
    fileprivate static let same = ConvolutionDimensions(padding: [.init(1, 1), .init(1, 1)])
}

extension Operation {
    fileprivate var isCall: Bool {
        if case .customCall = kind { true } else { false }
    }

    fileprivate var isConvolution: Bool {
        if case .convolution = kind { true } else { false }
    }
}
