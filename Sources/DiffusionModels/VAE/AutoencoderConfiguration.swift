/// The sizes and choices of an AutoencoderKL, read from its `config.json`.
///
/// Source: diffusers 0.42.1, `models/autoencoders/autoencoder_kl.py`.
public struct AutoencoderConfiguration: Sendable, Hashable {
    /// Channels of a latent.
    public var latentChannels = 4
    /// Channels of each level, from full size down.
    public var blockChannels = [128, 256, 512, 512]
    /// Residual blocks of each level of the encoder; the decoder has one more.
    public var layersPerBlock = 2
    /// Groups of every group normalisation.
    public var normGroups = 32
    /// Whether the middle attends.
    public var middleAttends = true
    /// Whether a 1 × 1 convolution follows the encoder.
    public var hasQuantization = true
    /// Whether a 1 × 1 convolution precedes the decoder.
    public var hasPostQuantization = true
    /// What latents are multiplied with before the UNet sees them.
    public var scalingFactor = 0.18215
    /// What is taken off latents before they are scaled.
    public var shiftFactor = 0.0

    /// Stable Diffusion 1.5's sizes.
    public init() {}

    /// Pixels along one side for each pixel of the latent.
    public var downsamplingFactor: Int { 1 << (blockChannels.count - 1) }

    /// Reads the fields of a `config.json`.
    /// - Throws: ``ModelError`` naming the field that is missing, wrong or not supported.
    public init(_ fields: ConfigurationFields) throws(ModelError) {
        for name in ["in_channels", "out_channels"] { try fields.refuse(name, unlessIn: [.number(3)]) }
        try fields.refuse("act_fn", unlessIn: [.string("silu"), .string("swish")])
        for name in ["latents_mean", "latents_std"] { try fields.refuse(name, unlessIn: []) }
        blockChannels = try fields.integers("block_out_channels")
        let levels = blockChannels.count
        guard (1...8).contains(levels) else {
            throw ModelError(
                .unsupported,
                "\(fields.file): an autoencoder has 1 to 8 levels, \"block_out_channels\" names \(levels)")
        }
        for (name, type) in [
            ("down_block_types", "DownEncoderBlock2D"), ("up_block_types", "UpDecoderBlock2D"),
        ] {
            let types = try fields.strings(name)
            guard types == [String](repeating: type, count: levels) else {
                throw ModelError(
                    .unsupported,
                    "\(fields.file): \"\(name)\" must be \(levels) times \(type), not \(JSONValue.texts(types).shown)"
                )
            }
        }
        latentChannels = try fields.integer("latent_channels", default: 4)
        layersPerBlock = try fields.integer("layers_per_block", in: 1...16, default: 1)
        normGroups = try fields.integer("norm_num_groups", default: 32)
        middleAttends = try fields.boolean("mid_block_add_attention", default: true)
        hasQuantization = try fields.boolean("use_quant_conv", default: true)
        hasPostQuantization = try fields.boolean("use_post_quant_conv", default: true)
        scalingFactor = try fields.number("scaling_factor", default: 0.18215)
        shiftFactor = try fields.number("shift_factor", default: 0)
        try validate(as: fields.file)
    }
}
