import NeuralNetworks

/// The sizes and choices of a UNet2DConditionModel, read from its `config.json`.
///
/// Source: diffusers 0.42.1, `models/unets/unet_2d_condition.py`.
public struct UNetConfiguration: Sendable, Hashable {
    /// Channels of the latent that goes in.
    public var inputChannels = 4
    /// Channels of the prediction that comes out.
    public var outputChannels = 4
    /// The latent's usual height and width.
    public var sampleSize = 64
    /// Channels of each level, from full size down.
    public var blockChannels = [320, 640, 1280, 1280]
    /// Whether each level attends, on the way down.
    public var downAttention = [true, true, true, false]
    /// Whether each level attends, on the way up, from the smallest.
    public var upAttention = [false, true, true, true]
    /// Whether the middle attends; nil leaves the middle out.
    public var middleAttention: Bool? = true
    /// Residual blocks of each level on the way down; one more on the way up.
    public var layersPerBlock = [2, 2, 2, 2]
    /// Transformer blocks behind each residual block of a level that attends.
    public var transformerLayers = [1, 1, 1, 1]
    /// Attention heads of each level.
    public var heads = [8, 8, 8, 8]
    /// Width of the text encoder's output.
    public var crossAttentionWidth = 768
    /// Groups of every group normalisation.
    public var normGroups = 32
    /// What keeps a normalisation from dividing by zero.
    public var normEpsilon = 1e-5
    /// Whether transformers are entered by a linear layer instead of a 1 × 1 convolution.
    public var usesLinearProjection = false
    /// Whether cosines come before sines in the timestep's embedding.
    public var cosinesFirst = true
    /// What is taken off half the features where the timestep's frequencies are spread.
    public var frequencyShift = 0.0
    /// Heads of the pooled text that is added to the timestep's embedding; nil for none.
    public var pooledTextHeads: Int?

    /// Stable Diffusion 1.5's sizes.
    public init() {}

    /// The width of the timestep's embedding.
    public var timeWidth: Int { blockChannels[0] * 4 }

    /// Latent height and width must be whole multiples of this for the fastest drawing; any size is accepted.
    public var downsamplingFactor: Int { 1 << (blockChannels.count - 1) }

    /// Reads the fields of a `config.json`.
    /// - Throws: ``ModelError`` naming the field that is missing, wrong or not supported.
    public init(_ fields: ConfigurationFields) throws(ModelError) {
        for name in Self.unsupportedUnlessAbsent { try fields.refuse(name, unlessIn: [.boolean(false)]) }
        try fields.refuse("act_fn", unlessIn: [.string("silu"), .string("swish")])
        try fields.refuse("resnet_time_scale_shift", unlessIn: [.string("default")])
        try fields.refuse("addition_embed_type", unlessIn: [.string("text")])
        try fields.refuse("time_embedding_type", unlessIn: [.string("positional")])
        try fields.refuse("attention_type", unlessIn: [.string("default")])
        try fields.refuse("conv_in_kernel", unlessIn: [.number(3)])
        try fields.refuse("conv_out_kernel", unlessIn: [.number(3)])
        try fields.refuse("downsample_padding", unlessIn: [.number(1)])
        try fields.refuse("mid_block_scale_factor", unlessIn: [.number(1)])
        try fields.refuse("dropout", unlessIn: [.number(0)])
        try fields.refuse("resnet_out_scale_factor", unlessIn: [.number(1)])
        inputChannels = try fields.integer("in_channels", default: 4)
        outputChannels = try fields.integer("out_channels", default: 4)
        sampleSize = try fields.integer("sample_size", default: 64)
        blockChannels = try fields.integers("block_out_channels")
        let levels = blockChannels.count
        guard (1...8).contains(levels) else {
            throw ModelError(
                .unsupported,
                "\(fields.file): a UNet has 1 to 8 levels, \"block_out_channels\" names \(levels)")
        }
        downAttention = try Self.attention(fields, "down_block_types", "DownBlock2D", levels)
        upAttention = try Self.attention(fields, "up_block_types", "UpBlock2D", levels)
        middleAttention = try Self.middle(fields)
        layersPerBlock = try fields.integers("layers_per_block", count: levels, in: 1...16, default: 2)
        transformerLayers = try fields.integers(
            "transformer_layers_per_block", count: levels, in: 1...32, default: 1)
        // The reference's historical misnomer: "attention_head_dim" counts heads unless the other field is there.
        let headsField =
            try fields.optionalInteger("num_attention_heads") == nil
            ? "attention_head_dim" : "num_attention_heads"
        heads = try fields.integers(headsField, count: levels, default: 8)
        crossAttentionWidth = try fields.integer("cross_attention_dim", default: 1280)
        normGroups = try fields.integer("norm_num_groups", default: 32)
        normEpsilon = try fields.number("norm_eps", default: 1e-5)
        usesLinearProjection = try fields.boolean("use_linear_projection", default: false)
        cosinesFirst = try fields.boolean("flip_sin_to_cos", default: true)
        frequencyShift = try fields.number("freq_shift", default: 0)
        if try fields.optionalString("addition_embed_type") != nil {
            pooledTextHeads = try fields.integer("addition_embed_type_num_heads", default: 64)
        }
        try validate(as: fields.file)
    }

    private static let unsupportedUnlessAbsent = [
        "only_cross_attention", "dual_cross_attention", "class_embed_type", "num_class_embeds",
        "encoder_hid_dim",
        "encoder_hid_dim_type", "time_cond_proj_dim", "center_input_sample", "cross_attention_norm",
        "class_embeddings_concat", "time_embedding_dim", "time_embedding_act_fn", "timestep_post_act",
        "reverse_transformer_layers_per_block", "resnet_skip_time_act", "mid_block_only_cross_attention",
    ]

    private static func attention(
        _ fields: ConfigurationFields, _ name: String, _ plain: String, _ levels: Int
    ) throws(ModelError) -> [Bool] {
        let types = try fields.strings(name)
        guard types.count == levels, types.allSatisfy({ $0 == plain || $0 == "CrossAttn\(plain)" }) else {
            throw ModelError(
                .unsupported,
                "\(fields.file): \"\(name)\" must name \(levels) blocks, each \(plain) or CrossAttn\(plain), not \(JSONValue.texts(types).shown)"
            )
        }
        return types.map { $0 != plain }
    }

    private static func middle(_ fields: ConfigurationFields) throws(ModelError) -> Bool? {
        try fields.refuse(
            "mid_block_type", unlessIn: [.string("UNetMidBlock2DCrossAttn"), .string("UNetMidBlock2D")])
        guard fields.names.contains("mid_block_type") else { return true }
        return try fields.optionalString("mid_block_type").map { $0 == "UNetMidBlock2DCrossAttn" }
    }
}
