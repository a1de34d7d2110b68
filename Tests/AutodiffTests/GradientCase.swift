import Autodiff
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// A computation whose gradient is compared with central differences, in `f64`.
struct GradientCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The arguments that are differentiated.
    let inputs: [HostTensor]
    let build: @Sendable ([Value]) throws -> Value

    var testDescription: String { name }

    init(_ name: String, _ inputs: [HostTensor], _ build: @escaping @Sendable ([Value]) throws -> Value) {
        self.name = name
        self.inputs = inputs
        self.build = build
    }

    /// The loss is the computation's result under fixed weights, so that no error cancels.
    func loss(_ arguments: [Value]) throws -> Value {
        let result = try build(arguments).converted(to: .f64)
        let weights = HostTensor.numbers(result.shape, from: -1, to: 1, seed: 99)
        return try (result * result.builder.constant(weights)).sum(over: Array(0..<result.rank))
    }

    /// Compares every element of every gradient with `(loss(x + h) - loss(x - h)) / 2h`.
    func check(tolerance: Double = 1e-6) throws {
        let builder = FunctionBuilder()
        let arguments = inputs.enumerated().map { builder.argument("x\($0)", $1.type) }
        let loss = try loss(arguments)
        let forward = builder.operations.count
        let gradients = try builder.gradients(of: loss, withRespectTo: arguments)
        #expect(gradients.map(\.type) == inputs.map(\.type))
        expectNothingDead(builder, after: forward, [loss] + gradients)
        let program = try ProgramRunner.compile(builder.finish(returning: [loss] + gradients))
        let computed = try program(inputs).dropFirst().map { $0.elements(as: Double.self) }
        for (position, input) in inputs.enumerated() {
            for index in 0..<input.shape.elementCount {
                let expected = try slope(program, position, index)
                let actual = computed[position][index]
                #expect(
                    abs(actual - expected) <= tolerance * max(1, abs(expected)),
                    "\(name): x\(position)[\(index)] \(actual), by differences \(expected)")
            }
        }
        try checkEachAlone(computed)
    }

    private func slope(_ program: CompiledProgram, _ position: Int, _ index: Int) throws -> Double {
        let step = 1e-5
        func loss(_ change: Double) throws -> Double {
            var changed = inputs
            var numbers = inputs[position].elements(as: Double.self)
            numbers[index] += change
            changed[position] = HostTensor(numbers, shape: inputs[position].shape)
            return try program(changed)[0].elements(as: Double.self)[0]
        }
        return try (loss(step) - loss(-step)) / (2 * step)
    }

    /// One input's gradient asked for alone is the same, and nothing is emitted for the others.
    private func checkEachAlone(_ together: [[Double]]) throws {
        guard inputs.count > 1 else { return }
        for position in inputs.indices {
            let builder = FunctionBuilder()
            let arguments = inputs.enumerated().map { builder.argument("x\($0)", $1.type) }
            let loss = try loss(arguments)
            let forward = builder.operations.count
            let gradient = try builder.gradients(of: loss, withRespectTo: [arguments[position]])
            expectNothingDead(builder, after: forward, [loss] + gradient)
            let program = try ProgramRunner.compile(builder.finish(returning: gradient))
            let alone = try program(inputs)[0].elements(as: Double.self)
            #expect(zip(alone, together[position]).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($0)) })
        }
    }

    /// The result of every operation after the first `count` is read by another one or returned.
    private func expectNothingDead(_ builder: FunctionBuilder, after count: Int, _ results: [Value]) {
        let read = Set(builder.operations.flatMap(\.operands) + results.map(\.identifier))
        for operation in builder.operations.dropFirst(count) {
            #expect(operation.results.contains(where: read.contains), "\(name): dead \(operation.kind)")
        }
    }
}

extension HostTensor {
    /// Numbers spread over a range, in an order that the seed repeats; no two are nearer than the range over
    /// twice the count, so that a small step changes no order.
    static func numbers(_ shape: Shape, from low: Double, to high: Double, seed: UInt64) -> HostTensor {
        var generator = SeededGenerator(seed: seed)
        let order = (0..<shape.elementCount).shuffled(using: &generator)
        let numbers = order.map { place in
            let offset = Double.random(in: 0.25...0.75, using: &generator)
            return low + (high - low) * (Double(place) + offset) / Double(order.count)
        }
        return HostTensor(numbers, shape: shape)
    }
}
