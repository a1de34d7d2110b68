import NeuralNetworks
import StableHLO
import Tensors

/// An autoencoder between pictures and small latents.
///
/// Follows AutoencoderKL of diffusers 0.42.1 (`models/autoencoders/vae.py`), with pictures as
/// `[batch, height, width, channels]`. Source: Kingma and Welling, "Auto-Encoding Variational Bayes", 2013.
public struct Autoencoder: Sendable {
    /// Sizes and choices.
    public let configuration: AutoencoderConfiguration

    /// An autoencoder of these sizes.
    public init(_ configuration: AutoencoderConfiguration) { self.configuration = configuration }

    /// What the encoder says of a picture's latent: a normal distribution for each number.
    public struct Distribution {
        /// The means, `[batch, height, width, latentChannels] f32`.
        public let mean: Value
        /// The logarithms of the variances, as many, between -30 and 20.
        public let logVariance: Value
    }

    /// Emits the encoder.
    /// - Parameter picture: `[batch, height, width, 3]` in -1…1, sides a multiple of the downsampling factor.
    public func encode(_ picture: Value, in scope: ModuleScope) throws -> Distribution {
        let factor = configuration.downsamplingFactor
        guard picture.rank == 4, picture.shape[1] % factor == 0, picture.shape[2] % factor == 0 else {
            throw ProgramError(
                "encode", "\(picture.type) does not have sides that are multiples of \(factor)")
        }
        let encoder = scope["encoder"]
        let last = configuration.blockChannels.count - 1
        var state = try encoder["conv_in"].convolution(
            picture.converted(to: scope.policy.activationType), features: configuration.blockChannels[0],
            kernel: 3)
        for (level, channels) in configuration.blockChannels.enumerated() {
            let block = encoder["down_blocks", level]
            for layer in 0..<configuration.layersPerBlock {
                state = try residual(channels, state, in: block["resnets", layer])
            }
            if level < last {
                state = try block["downsamplers.0.conv"].convolution(
                    state, features: channels, kernel: 3, stride: 2, padding: .init(0, 1))
            }
        }
        state = try middle(state, in: encoder["mid_block"])
        state = try normalizedAndActivated(state, in: encoder["conv_norm_out"])
        var moments = try encoder["conv_out"].convolution(
            state, features: 2 * configuration.latentChannels, kernel: 3)
        if configuration.hasQuantization {
            moments = try scope["quant_conv"].convolution(
                moments, features: 2 * configuration.latentChannels, kernel: 1)
        }
        let parts = try moments.converted(to: .f32).split(3, into: 2)
        let logVariance = try parts[1].binary(.maximum, -30).binary(.minimum, 20)
        return Distribution(mean: parts[0], logVariance: logVariance)
    }

    /// Emits the decoder.
    /// - Parameter latent: `[batch, height, width, latentChannels]`, unscaled.
    /// - Returns: `[batch, factor · height, factor · width, 3] f32`, about -1…1.
    public func decode(_ latent: Value, in scope: ModuleScope) throws -> Value {
        let channels = Array(configuration.blockChannels.reversed())
        var state = try latent.converted(to: scope.policy.activationType)
        if configuration.hasPostQuantization {
            state = try scope["post_quant_conv"].convolution(
                state, features: configuration.latentChannels, kernel: 1)
        }
        let decoder = scope["decoder"]
        state = try decoder["conv_in"].convolution(state, features: channels[0], kernel: 3)
        state = try middle(state, in: decoder["mid_block"])
        for (step, features) in channels.enumerated() {
            let block = decoder["up_blocks", step]
            for layer in 0...configuration.layersPerBlock {
                state = try residual(features, state, in: block["resnets", layer])
            }
            if step < channels.count - 1 {
                let larger = try Resampling.nearest(
                    state, height: 2 * state.shape[1], width: 2 * state.shape[2])
                state = try block["upsamplers.0.conv"].convolution(larger, features: features, kernel: 3)
            }
        }
        state = try normalizedAndActivated(state, in: decoder["conv_norm_out"])
        return try decoder["conv_out"].convolution(state, features: 3, kernel: 3).converted(to: .f32)
    }

    private func middle(_ input: Value, in scope: ModuleScope) throws -> Value {
        let channels = configuration.blockChannels.last ?? 0
        var state = try residual(channels, input, in: scope["resnets", 0])
        if configuration.middleAttends { state = try attention(state, in: scope["attentions", 0]) }
        return try residual(channels, state, in: scope["resnets", 1])
    }

    /// All pixels attend to each other, in one head.
    private func attention(_ input: Value, in scope: ModuleScope) throws -> Value {
        let (batch, channels) = (input.shape[0], input.shape[3])
        let state = try scope["group_norm"].groupNorm(input, groups: configuration.normGroups, epsilon: 1e-6)
            .reshaped(to: [batch, input.shape[1] * input.shape[2], channels])
        let attention = ScaledDotProductAttention(heads: 1, policy: scope.policy)
        let mixed = try attention(
            query: scope["to_q"].linear(state, features: channels),
            key: scope["to_k"].linear(state, features: channels),
            value: scope["to_v"].linear(state, features: channels))
        let output = try scope["to_out.0"].linear(mixed, features: channels, initialization: .zeros)
        return try input + output.reshaped(to: input.shape)
    }

    private func residual(_ channels: Int, _ input: Value, in scope: ModuleScope) throws -> Value {
        let block = ResidualBlock(channels: channels, normGroups: configuration.normGroups, normEpsilon: 1e-6)
        return try block(input, time: nil, in: scope)
    }

    private func normalizedAndActivated(_ input: Value, in scope: ModuleScope) throws -> Value {
        try scope.groupNorm(input, groups: configuration.normGroups, epsilon: 1e-6, activation: .silu)
    }
}
