import Autodiff
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// One layer written twice, as plain operations and as a call of a kernel, each with its gradients.
struct KernelComparison {
    /// What the layer reads.
    let types: [TensorType]
    /// The layer as plain operations.
    let plain: ([Value]) throws -> Value
    /// The layer as a call.
    let kernel: ([Value]) throws -> Value?

    /// How far the call's result and gradients are from the plain ones, as parts of the largest number of each.
    func distances(_ arguments: [HostTensor]) throws -> [Float] {
        try ProgramRunner.registerKernels()
        let expected = try ProgramRunner.compile(function(plain))(arguments)
        let actual = try ProgramRunner.compile(function { try #require(try kernel($0)) })(arguments)
        return zip(expected, actual).map { expected, actual in
            let (expected, actual) = (expected.elements(as: Float.self), actual.elements(as: Float.self))
            let largest = max(expected.map(abs).max() ?? 0, 1e-6)
            // A number that is none is nowhere near.
            return zip(expected, actual).map { abs($0 - $1) / largest }
                .reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
        }
    }

    /// How far the gradients' change along a direction is from the change of the layer's weighed sum when the operands
    /// are moved along it, as a part of the direction's and the gradients' lengths.
    func slopeError(_ arguments: [HostTensor], step: Float = 1e-2) throws -> Double {
        try ProgramRunner.registerKernels()
        let program = try ProgramRunner.compile(function { try #require(try kernel($0)) })
        let change = arguments[types.count].elements(as: Float.self)
        let directions = types.indices.map { random(types[$0].shape, seed: 100 + UInt64($0)) }
        func sum(movedBy amount: Float) throws -> Double {
            let moved = zip(arguments, directions).map { argument, direction in
                let numbers = zip(argument.elements(as: Float.self), direction.elements(as: Float.self))
                return HostTensor(numbers.map { $0 + amount * $1 }, shape: argument.shape)
            }
            let output = try program(moved + [arguments[types.count]])[0].elements(as: Float.self)
            return zip(output, change).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let measured = try (sum(movedBy: step) - sum(movedBy: -step)) / Double(2 * step)
        var (expected, length) = (0.0, 0.0)
        for (gradient, direction) in zip(try program(arguments).dropFirst(), directions) {
            for (one, other) in zip(gradient.elements(as: Float.self), direction.elements(as: Float.self)) {
                expected += Double(one) * Double(other)
                length += Double(one * one) * Double(other * other)
            }
        }
        return abs(measured - expected) / length.squareRoot()
    }

    /// Numbers for the operands, and for the weights of the result's sum.
    func arguments(scale: Float = 1) throws -> [HostTensor] {
        let builder = FunctionBuilder()
        let result = try plain(types.enumerated().map { builder.argument("\($0)", $1) })
        return (types + [result.type]).enumerated().map {
            random($1.shape, seed: UInt64($0), scale: $0 < types.count ? scale : 1)
        }
    }

    /// The layer's result, and the gradients of its sum weighed by the last argument.
    private func function(_ layer: ([Value]) throws -> Value) throws -> Function {
        let builder = FunctionBuilder()
        let operands = types.enumerated().map { builder.argument("operand \($0)", $1) }
        let result = try layer(operands)
        let change = builder.argument("change", result.type)
        let sum = try (result * change).sum(over: Array(0..<result.rank))
        return try builder.finish(
            returning: [result] + builder.gradients(of: sum, withRespectTo: operands))
    }
}

/// Numbers between -`scale` and `scale`.
func random(_ shape: Shape, seed: UInt64, scale: Float = 1) -> HostTensor {
    var generator = SeededGenerator(seed: seed)
    let numbers = (0..<shape.elementCount).map { _ in Float.random(in: -scale..<scale, using: &generator) }
    return HostTensor(numbers, shape: shape)
}
