import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// Layers run on the CPU plugin, against what the definition gives by hand or in another form.
@Suite(.enabled(if: ProgramRunner.isAvailable)) struct LayerNumberTests {
    /// Builds a program over inputs, gives each parameter seeded numbers, and runs it.
    private static func run(
        _ inputs: [HostTensor], adapters: [String: ModelGraph.AdapterShape] = [:],
        parameters: [String: [Float]] = [:],
        _ build: ([Value], ModuleScope) throws -> [Value]
    ) throws -> [HostTensor] {
        let builder = FunctionBuilder()
        let arguments = inputs.enumerated().map { builder.argument("input.\($0)", $1.type) }
        let graph = ModelGraph(builder: builder, policy: .reference, adapters: adapters)
        let results = try build(arguments, graph.root)
        let values = graph.parameters.map { specification in
            parameters[specification.name].map { HostTensor($0, shape: specification.deviceShape) }
                ?? random(specification.deviceShape, seed: 7)
        }
        return try ProgramRunner.compile(builder.finish(returning: results))(inputs + values)
    }

    private static func random(_ shape: Shape, seed: UInt64) -> HostTensor {
        var generator = SeededGenerator(seed: seed)
        let numbers = (0..<shape.elementCount).map { _ in Float.random(in: -1...1, using: &generator) }
        return HostTensor(numbers, shape: shape)
    }

    private static func largestDifference(_ left: HostTensor, _ right: HostTensor) -> Float {
        zip(left.elements(as: Float.self), right.elements(as: Float.self)).map { abs($0 - $1) }.max() ?? 0
    }

    @Test(
        "Tiled attention computes what batched attention does, whatever the tile", arguments: [1, 3, 4, 256])
    func tiledAttention(_ rows: Int) throws {
        var tiled = ComputePolicy.reference
        tiled.attentionForm = .tiled(rows: rows)
        let inputs = [
            Self.random([2, 12, 8], seed: 1), Self.random([2, 5, 8], seed: 2),
            Self.random([2, 5, 8], seed: 3),
        ]
        let results = try Self.run(inputs) { inputs, scope in
            try [ComputePolicy.reference, tiled].map {
                try ScaledDotProductAttention(heads: 2, policy: $0)(
                    query: inputs[0], key: inputs[1], value: inputs[2])
            }
        }
        #expect(results[0].shape == [2, 12, 8])
        #expect(Self.largestDifference(results[0], results[1]) < 1e-6)
    }

    @Test("Large scores do not overflow, and a causal query sees nothing behind it")
    func causalAttention() throws {
        // Every score but that of a query with itself is 0; that one is 400.
        let rows: [Float] = [20, 0, 0, 0, 20, 0, 0, 0, 20]
        let query = HostTensor(rows, shape: [1, 3, 3])
        let value = HostTensor([1, 2, 3, 4, 5, 6, 7, 8, 9] as [Float], shape: [1, 3, 3])
        let same = HostTensor([Float](repeating: 0, count: 9), shape: [1, 3, 3])
        let results = try Self.run([query, value, same]) { inputs, scope in
            let causal = ScaledDotProductAttention(heads: 1, isCausal: true, policy: .cpuInference)
            return [
                try causal(query: inputs[0], key: inputs[0], value: inputs[1]),
                try causal(query: inputs[2], key: inputs[2], value: inputs[1]),
            ]
        }
        #expect(results[0].elements(as: Float.self) == value.elements(as: Float.self))
        #expect(results[1].elements(as: Float.self) == [1, 2, 3, 2.5, 3.5, 4.5, 4, 5, 6])
    }

    @Test("Nearest neighbours at twice the size and at odd ones")
    func resampling() throws {
        let picture = HostTensor([1, 2, 3, 4, 5, 6] as [Float], shape: [1, 2, 3, 1])
        let results = try Self.run([picture]) { inputs, scope in
            [
                try Resampling.nearest(inputs[0], height: 4, width: 6),
                try Resampling.nearest(inputs[0], height: 3, width: 5),
            ]
        }
        let doubled: [Float] = [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6]
        #expect(results[0].elements(as: Float.self) == doubled)
        #expect(results[1].elements(as: Float.self) == [1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6])
    }

    @Test("An adapter adds its low-rank product, scaled")
    func adapter() throws {
        let input = HostTensor([1, 2] as [Float], shape: [1, 2])
        let results = try Self.run(
            [input], adapters: ["proj": .init(rank: 1, scale: 0.5)],
            parameters: [
                "proj.weight": [1, 0, 0, 1], "proj.bias": [10, 20], "proj.lora_A.weight": [3, 4],
                "proj.lora_B.weight": [2, -2],
            ]
        ) { inputs, scope in [try scope["proj"].linear(inputs[0], features: 2)] }
        // 1·3 + 2·4 = 11, times ±2, times a half: 11 more than 11, 11 less than 22.
        let expected: [Float] = [22, 11]
        #expect(results[0].elements(as: Float.self) == expected)
    }

    @Test("Norms have mean 0 and variance 1 before their weight, each group on its own")
    func norms() throws {
        let input = HostTensor([1, 3, 10, 30, 5, 7, 50, 70] as [Float], shape: [1, 1, 2, 4])
        let results = try Self.run(
            [input],
            parameters: [
                "group.weight": [1, 1, 2, 2], "group.bias": [0, 0, 5, 5], "layer.weight": [1, 1, 1, 1],
                "layer.bias": [0, 0, 0, 1],
            ]
        ) { inputs, scope in
            [
                try scope["group"].groupNorm(inputs[0], groups: 2, epsilon: 1e-12),
                try scope["layer"].layerNorm(inputs[0].reshaped(to: [2, 4]), epsilon: 1e-12),
            ]
        }
        // 1, 3, 5, 7 have mean 4 and variance 5; ten times as much gives the same, here twice and 5 more.
        let unit = Float(5).squareRoot()
        let group = [-3, -1, 1, 3].map { Float($0) / unit }
        let expected = [
            group[0], group[1], 2 * group[0] + 5, 2 * group[1] + 5,
            group[2], group[3], 2 * group[2] + 5, 2 * group[3] + 5,
        ]
        for (found, wanted) in zip(results[0].elements(as: Float.self), expected) {
            #expect(abs(found - wanted) < 1e-5)
        }
        // 1, 3, 10, 30 have mean 11 and variance 131.5.
        let layer = [-10, -8, -1, 19].map { Float($0) / Float(131.5).squareRoot() }
        for (found, wanted) in zip(results[1].elements(as: Float.self), layer.dropLast() + [layer[3] + 1]) {
            #expect(abs(found - wanted) < 1e-5)
        }
    }
}
