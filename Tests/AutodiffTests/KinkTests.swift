import Autodiff
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// Gradients where differences cannot judge: at kinks, and in narrow types.
@Suite(.enabled(if: ProgramRunner.isAvailable)) struct KinkTests {
    private func gradient(
        at numbers: [Float], _ build: (Value) throws -> Value
    ) throws -> [Float] {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [numbers.count]))
        let loss = try build(x)
        let gradient = try builder.gradients(of: loss.sum(over: Array(0..<loss.rank)), withRespectTo: [x])
        let program = try ProgramRunner.compile(builder.finish(returning: gradient))
        return try program([HostTensor(numbers, shape: [numbers.count])])[0].elements()
    }

    @Test("Elements that tie for the maximum share equally")
    func ties() throws {
        #expect(
            try gradient(at: [1, 3, 3, 2, 3, 3]) { try $0.maximum(over: [0]) } == [
                0, 0.25, 0.25, 0, 0.25, 0.25,
            ])
        #expect(try gradient(at: [1, 3, 1]) { try $0.reduced(.minimum, over: [0]) } == [0.5, 0, 0.5])
        let rectified = try gradient(at: [-1, 0, 2]) { x in
            try x.maximum(x.builder.constant(0, x.type))
        }
        #expect(rectified == [0, 0.5, 1])
    }

    @Test("Zeros where a formula would give none")
    func zeros() throws {
        #expect(try gradient(at: [-2, 0, 5]) { try $0.absolute() } == [-1, 0, 1])
        #expect(try gradient(at: [-2, 0, 5]) { try $0.binary(.power, 0) } == [0, 0, 0])
        #expect(try gradient(at: [-2, 0, 5]) { try $0.binary(.power, 2) } == [-4, 0, 10])
        let exponent = try gradient(at: [1, 2, 3]) { y in
            try y.builder.constant(0, y.type).binary(.power, y)
        }
        #expect(exponent == [0, 0, 0])
    }

    @Test("A conversion's cotangent is converted back; what is detached counts as a constant")
    func conversions() throws {
        #expect(
            try gradient(at: [1, 2]) { try ($0.converted(to: .f64) * 3).converted(to: .bf16) * 2 } == [6, 6])
        #expect(try gradient(at: [1, 2]) { try $0 * $0.detached() } == [1, 2])
        #expect(
            try gradient(at: [1.5, 2.5]) { try $0 * $0.converted(to: .i32).converted(to: .f32) } == [1, 2])
    }

    @Test("A seed weighs the elements of a loss of any shape")
    func seed() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [3]))
        let seed = builder.argument("seed", TensorType(.f32, [3]))
        let gradients = try builder.gradients(of: x * x, withRespectTo: [x], seed: seed)
        let program = try ProgramRunner.compile(builder.finish(returning: gradients))
        let result = try program([
            HostTensor([1, 2, 3] as [Float], shape: [3]), HostTensor([1, 10, 100] as [Float], shape: [3]),
        ])
        #expect(result[0].elements(as: Float.self) == [2, 40, 600])
    }

    @Test("The gradient of a value is the sum of what every use hands back, whatever its place")
    func intermediateValues() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let y = try x * x
        let loss = try (y * y + x).sum(over: [0])
        let gradients = try builder.gradients(of: loss, withRespectTo: [x, y, loss])
        let program = try ProgramRunner.compile(builder.finish(returning: gradients))
        let results = try program([HostTensor([1, 2] as [Float], shape: [2])])
        #expect(results.map { $0.elements(as: Float.self) } == [[5, 33], [2, 8], [1]])
    }

    @Test("A bf16 layer's gradients are those of the f32 layer within bf16's precision")
    func narrowLayer() throws {
        let inputs = [
            HostTensor.floats([8, 16], seed: 30), HostTensor.floats([16, 4], seed: 31),
            HostTensor.floats([4], seed: 32), HostTensor.floats([5, 16], seed: 33),
        ]
        func gradients(_ type: ElementType) throws -> [[Float]] {
            let builder = FunctionBuilder()
            let arguments = inputs.enumerated().map { builder.argument("x\($0)", $1.type) }
            let rows = try builder.constant(HostTensor([0, 4, 4, 1, 2, 3, 0, 4] as [Int32], shape: [8]))
            let x = try arguments[0].converted(to: type) + arguments[3].converted(to: type).rows(at: rows)
            let product = try x.matrixProduct(arguments[1].converted(to: type), result: .f32)
            let y = try product.converted(to: type)
            let moved = try y + arguments[2].converted(to: type).broadcastLast(to: y.shape)
            let loss = try moved.converted(to: .f32).tanh().sum(over: [0, 1])
            let gradients = try builder.gradients(of: loss, withRespectTo: arguments)
            let program = try ProgramRunner.compile(builder.finish(returning: gradients))
            return try program(inputs).map { $0.elements() }
        }
        for (narrow, wide) in zip(try gradients(.bf16), try gradients(.f32)) {
            let largest = wide.map(abs).max() ?? 0
            #expect(zip(narrow, wide).allSatisfy { abs($0 - $1) <= 0.02 * largest })
        }
    }
}

extension HostTensor {
    fileprivate static func floats(_ shape: Shape, seed: UInt64) -> HostTensor {
        let numbers = HostTensor.numbers(shape, from: -1, to: 1, seed: seed).elements(as: Double.self)
        return HostTensor(numbers.map(Float.init), shape: shape)
    }
}
