import NeuralNetworks
import StableHLO
import Tensors

/// The sizes and choices of a CLIP text encoder, read from its `config.json`.
///
/// Source: transformers 5.23.0, `models/clip/configuration_clip.py`.
public struct TextEncoderConfiguration: Sendable, Hashable {
    /// Entries of the token table.
    public var vocabularySize = 49408
    /// The longest text, in tokens.
    public var maximumTokens = 77
    /// The width of every token's vector.
    public var width = 768
    /// The width inside a feed-forward layer.
    public var hiddenWidth = 3072
    /// The number of layers.
    public var layers = 12
    /// Attention heads of every layer.
    public var heads = 12
    /// The function between the two linear layers.
    public var activation = Activation.quickGelu
    /// What keeps a normalisation from dividing by zero.
    public var normEpsilon = 1e-5

    /// Stable Diffusion 1.5's sizes.
    public init() {}

    /// Reads the fields of a `config.json`.
    /// - Throws: ``ModelError`` naming the field that is missing, wrong or not supported.
    public init(_ fields: ConfigurationFields) throws(ModelError) {
        vocabularySize = try fields.integer("vocab_size")
        maximumTokens = try fields.integer("max_position_embeddings", default: 77)
        width = try fields.integer("hidden_size")
        hiddenWidth = try fields.integer("intermediate_size")
        layers = try fields.integer("num_hidden_layers", in: 1...256)
        heads = try fields.integer("num_attention_heads")
        normEpsilon = try fields.number("layer_norm_eps", default: 1e-5)
        try fields.refuse("model_type", unlessIn: [.string("clip_text_model")])
        try fields.refuse("hidden_act", unlessIn: Activation.allCases.map { .string($0.rawValue) })
        activation = try fields.optionalString("hidden_act").flatMap(Activation.init) ?? .quickGelu
        try validate(as: fields.file)
    }
}

/// A transformer that reads a text: each token sees itself and those before.
///
/// Follows CLIPTextModel of transformers 5.23.0 (`models/clip/modeling_clip.py`). Source: Radford et al.,
/// "Learning Transferable Visual Models From Natural Language Supervision", 2021.
public struct TextEncoder: Sendable {
    /// Sizes and choices.
    public let configuration: TextEncoderConfiguration

    /// A text encoder of these sizes.
    public init(_ configuration: TextEncoderConfiguration) { self.configuration = configuration }

    /// Emits the network.
    /// - Parameter tokens: `[batch, tokens] i32`.
    /// - Returns: the last layer's states, normalised, `[batch, tokens, width] f32`.
    public func callAsFunction(_ tokens: Value, in scope: ModuleScope) throws -> Value {
        guard tokens.rank == 2, tokens.shape[1] <= configuration.maximumTokens else {
            throw ProgramError(
                "text encoder", "\(tokens.type) is not [batch, at most \(configuration.maximumTokens) tokens]"
            )
        }
        let model = scope["text_model"]
        var state = try embed(tokens, in: model["embeddings"])
        for layer in 0..<configuration.layers {
            state = try block(state, in: model["encoder.layers", layer])
        }
        return try model["final_layer_norm"].layerNorm(state, epsilon: configuration.normEpsilon)
            .converted(to: .f32)
    }

    private func embed(_ tokens: Value, in scope: ModuleScope) throws -> Value {
        let width = configuration.width
        let words = try scope["token_embedding"].embedding(
            tokens, entries: configuration.vocabularySize, width: width)
        let positions = try scope["position_embedding"].parameter(
            "weight", [configuration.maximumTokens, width], initialization: .normal(0.02)
        ).sliced(0, 0..<tokens.shape[1]).converted(to: words.elementType)
        return try words + positions.broadcastLast(to: words.shape)
    }

    private func block(_ input: Value, in scope: ModuleScope) throws -> Value {
        let epsilon = configuration.normEpsilon
        let width = configuration.width
        let attend = scope["self_attn"]
        let normed = try scope["layer_norm1"].layerNorm(input, epsilon: epsilon)
        let attention = ScaledDotProductAttention(
            heads: configuration.heads, isCausal: true, policy: scope.policy)
        let mixed = try attention(
            query: attend["q_proj"].linear(normed, features: width),
            key: attend["k_proj"].linear(normed, features: width),
            value: attend["v_proj"].linear(normed, features: width))
        let state = try input + attend["out_proj"].linear(mixed, features: width)
        let second = try scope["layer_norm2"].layerNorm(state, epsilon: epsilon)
        let hidden = try scope["mlp.fc1"].linear(second, features: configuration.hiddenWidth)
        return try state + scope["mlp.fc2"].linear(configuration.activation(hidden), features: width)
    }
}
