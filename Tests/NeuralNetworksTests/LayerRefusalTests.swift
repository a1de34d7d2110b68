import NeuralNetworks
import StableHLO
import Tensors
import Testing

/// What layers ask for, and what they refuse before anything is emitted.
@Suite struct LayerRefusalTests {
    /// A layer over an input of a shape, and the sentence that comes of it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let shape: Shape
        let type: ElementType
        let ask: @Sendable (Value, ModuleScope) throws -> Void

        init(
            _ sentence: String, _ shape: Shape, _ type: ElementType = .f32,
            _ ask: @escaping @Sendable (Value, ModuleScope) throws -> Void
        ) {
            testDescription = sentence
            self.shape = shape
            self.type = type
            self.ask = ask
        }
    }

    static let refusals = [
        Refusal("layer: a convolution needs [batch, height, width, channels], not tensor<2x4xf32>", [2, 4]) {
            _ = try $1.convolution($0, features: 3, kernel: 3)
        },
        Refusal(
            "convolution: a window of 3 does not fit into 2 (padded size of dimension 0 of space)",
            [1, 2, 2, 4]
        ) { _ = try $1.convolution($0, features: 3, kernel: 3, padding: .init(0, 0)) },
        Refusal("layer: the channels of tensor<1x2x2x6xf32> cannot be cut into 4 groups", [1, 2, 2, 6]) {
            _ = try $1.groupNorm($0, groups: 4, epsilon: 1e-5)
        },
        Refusal("layer: the channels of tensor<1x2x2x6xf32> cannot be cut into 0 groups", [1, 2, 2, 6]) {
            _ = try $1.groupNorm($0, groups: 0, epsilon: 1e-5)
        },
        Refusal("layer: the channels of tensor<2x6xf32> cannot be cut into 3 groups", [2, 6]) {
            _ = try $1.groupNorm($0, groups: 3, epsilon: 1e-5)
        },
        Refusal("layer: tensor<f32> has no last dimension to normalise", []) { _ = try $1.layerNorm($0) },
        Refusal("attention: a width of 6 cannot be cut into 4 heads", [1, 5, 6]) {
            _ = try ScaledDotProductAttention(heads: 4, policy: $1.policy)(query: $0, key: $0, value: $0)
        },
        Refusal("upsample: tensor<1x2x2x4xf32> cannot become 0 × 4", [1, 2, 2, 4]) { input, _ in
            _ = try Resampling.nearest(input, height: 0, width: 4)
        },
        Refusal("upsample: tensor<2x4xf32> cannot become 4 × 8", [2, 4]) { input, _ in
            _ = try Resampling.nearest(input, height: 4, width: 8)
        },
        Refusal("timestep embedding: tensor<2xf32> cannot become 5 features", [2]) { input, _ in
            _ = try SinusoidalTimestepEmbedding(features: 5, cosinesFirst: true, frequencyShift: 0)(input)
        },
        Refusal("timestep embedding: tensor<2x1xf32> cannot become 4 features", [2, 1]) { input, _ in
            _ = try SinusoidalTimestepEmbedding(features: 4, cosinesFirst: true, frequencyShift: 0)(input)
        },
        Refusal(
            "gather: rows are taken from a matrix by i32 indices, not from tensor<9x4xf32> by tensor<3xf32>",
            [3]
        ) { _ = try $1.embedding($0, entries: 9, width: 4) },
        Refusal("layer.weight: is used as [4, 3] and as [4, 5]; one name has one shape", [2, 4]) {
            _ = try $1.linear($0, features: 3)
            _ = try $1.linear($0, features: 5)
        },
    ]

    @Test("A refusal says which layer and what disagrees", arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        let builder = FunctionBuilder()
        let input = builder.argument("input", TensorType(refusal.type, refusal.shape))
        let graph = ModelGraph(builder: builder, policy: .reference)
        let error = #expect(throws: ProgramError.self) { try refusal.ask(input, graph.root["layer"]) }
        #expect(error?.description == refusal.testDescription)
    }

    @Test("Parameters are asked for once, under the checkpoint's names, in the device's order")
    func parameters() throws {
        let builder = FunctionBuilder()
        let input = builder.argument("input", TensorType(.f32, [1, 4, 4, 6]))
        var policy = ComputePolicy.reference
        policy.kernelOrder = "o01i"
        policy.parameterType = .bf16
        let adapters = ["mid.proj": ModelGraph.AdapterShape(rank: 2, scale: 0.5)]
        let graph = ModelGraph(builder: builder, policy: policy, adapters: adapters)
        let scope = graph.root["mid"]
        let state = try scope["conv"].convolution(input, features: 8, kernel: 3)
        _ = try scope["proj"].linear(state, features: 10, bias: false)
        _ = try scope["proj"].linear(state, features: 10, bias: false)
        let names = [
            "mid.conv.weight", "mid.conv.bias", "mid.proj.weight", "mid.proj.lora_A.weight",
            "mid.proj.lora_B.weight",
        ]
        #expect(graph.parameters.map(\.name) == names)
        let stored: [Shape] = [[8, 6, 3, 3], [8], [10, 8], [2, 8], [10, 2]]
        #expect(graph.parameters.map(\.storedShape) == stored)
        let onDevice: [Shape] = [[8, 3, 3, 6], [8], [8, 10], [8, 2], [2, 10]]
        #expect(graph.parameters.map(\.deviceShape) == onDevice)
        #expect(graph.parameters.map(\.decays) == [true, false, true, true, true])
        #expect(graph.parameters.last?.initialization == .zeros)
        #expect(graph.parameterValues.map(\.type.elementType) == [ElementType](repeating: .bf16, count: 5))
        #expect(builder.allArguments.map(\.name) == ["input"] + names)
    }
}
