import NeuralNetworks
import StableHLO
import Tensors

/// Transformer blocks over the pixels of a picture, which attend to each other and to a text.
///
/// Source: Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models", 2022, appendix E.2.1;
/// diffusers 0.42.1, `models/transformers/transformer_2d.py` and `models/attention.py`.
struct SpatialTransformer {
    let heads: Int
    let layers: Int
    let normGroups: Int
    let usesLinearProjection: Bool

    /// - Parameters:
    ///   - input: `[batch, height, width, channels]`.
    ///   - context: `[batch, tokens, width]`.
    func callAsFunction(_ input: Value, context: Value, in scope: ModuleScope) throws -> Value {
        let (batch, channels) = (input.shape[0], input.shape[3])
        let pixels = input.shape[1] * input.shape[2]
        let normed = try scope["norm"].groupNorm(input, groups: normGroups, epsilon: 1e-6)
        var state = try project(normed, scope["proj_in"], initialization: nil)
            .reshaped(to: [batch, pixels, channels])
        for layer in 0..<layers {
            state = try block(state, context, in: scope["transformer_blocks", layer])
        }
        let output = try project(
            state.reshaped(to: input.shape), scope["proj_out"], initialization: .zeros)
        return try input + output
    }

    private func project(
        _ input: Value, _ scope: ModuleScope, initialization: ParameterSpecification.Initialization?
    ) throws -> Value {
        try usesLinearProjection
            ? scope.linear(input, features: input.shape[3], initialization: initialization)
            : scope.convolution(input, features: input.shape[3], kernel: 1, initialization: initialization)
    }

    private func block(_ input: Value, _ context: Value, in scope: ModuleScope) throws -> Value {
        var state = input
        let selfNormed = try scope["norm1"].layerNorm(state)
        state = try state + attention(selfNormed, selfNormed, in: scope["attn1"])
        state = try state + attention(scope["norm2"].layerNorm(state), context, in: scope["attn2"])
        return try state + feedForward(scope["norm3"].layerNorm(state), in: scope["ff.net"])
    }

    private func attention(_ input: Value, _ context: Value, in scope: ModuleScope) throws -> Value {
        let width = input.shape[2]
        let attention = ScaledDotProductAttention(heads: heads, policy: scope.policy)
        let mixed = try attention(
            query: scope["to_q"].linear(input, features: width, bias: false),
            key: scope["to_k"].linear(context, features: width, bias: false),
            value: scope["to_v"].linear(context, features: width, bias: false))
        return try scope["to_out.0"].linear(mixed, features: width)
    }

    /// A gated feed-forward layer four times as wide. Source: Shazeer, "GLU Variants Improve Transformer", 2020.
    private func feedForward(_ input: Value, in scope: ModuleScope) throws -> Value {
        let width = input.shape[2]
        let parts = try scope["0.proj"].linear(input, features: 8 * width).split(2, into: 2)
        return try scope["2"].linear(parts[0] * Activation.gelu(parts[1]), features: width)
    }
}
