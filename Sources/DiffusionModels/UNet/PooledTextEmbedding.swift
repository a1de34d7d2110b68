import NeuralNetworks
import StableHLO
import Tensors

/// One vector for a whole text, by attention from its mean, to be added to the timestep's embedding.
///
/// Cross-attention alone learns a text slowly; this path tells the network about it from the first step.
/// Source: diffusers 0.42.1, `models/embeddings.py`, TextTimeEmbedding and AttentionPooling.
struct PooledTextEmbedding {
    let heads: Int
    let features: Int

    /// `[batch, tokens, width]` becomes `[batch, features]`.
    func callAsFunction(_ context: Value, in scope: ModuleScope) throws -> Value {
        let normed = try scope["norm1"].layerNorm(context)
        let pooled = try pool(normed, in: scope["pool"])
        return try scope["norm2"].layerNorm(scope["proj"].linear(pooled, features: features))
    }

    private func pool(_ tokens: Value, in scope: ModuleScope) throws -> Value {
        let (batch, width) = (tokens.shape[0], tokens.shape[2])
        let position = try scope.parameter(
            "positional_embedding", [1, width], initialization: .normal(1 / Double(width).squareRoot())
        ).converted(to: tokens.elementType)
        let summary = try
            (tokens.mean(over: [1]) + position.reshaped(to: [width]).broadcastLast(to: [batch, width]))
            .reshaped(to: [batch, 1, width])
        let all = try scope.builder.concatenate([summary, tokens], along: 1)
        var policy = scope.policy
        policy.attentionForm = .batched
        let attention = ScaledDotProductAttention(heads: heads, policy: policy)
        return try attention(
            query: scope["q_proj"].linear(summary, features: width),
            key: scope["k_proj"].linear(all, features: width),
            value: scope["v_proj"].linear(all, features: width)
        ).reshaped(to: [batch, width])
    }
}
