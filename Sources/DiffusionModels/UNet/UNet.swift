import NeuralNetworks
import StableHLO
import Tensors

/// A UNet that predicts noise or velocity from a noisy latent, a timestep and a text.
///
/// Follows UNet2DConditionModel of diffusers 0.42.1 (`models/unets/unet_2d_condition.py` and
/// `unet_2d_blocks.py`), with pictures as `[batch, height, width, channels]`.
public struct UNet: Sendable {
    /// Sizes and choices.
    public let configuration: UNetConfiguration

    /// A UNet of these sizes.
    public init(_ configuration: UNetConfiguration) { self.configuration = configuration }

    /// Emits the network.
    /// - Parameters:
    ///   - latent: `[batch, height, width, inputChannels]`.
    ///   - timesteps: `[batch] f32`; rows may stand at different timesteps.
    ///   - context: the text encoder's output, `[batch, tokens, crossAttentionWidth]`.
    ///   - scope: where its parameters are found.
    /// - Returns: `[batch, height, width, outputChannels] f32`.
    public func callAsFunction(
        _ latent: Value, timesteps: Value, context: Value, in scope: ModuleScope
    ) throws -> Value {
        try evaluated(latent, timesteps: timesteps, context: context, features: nil, in: scope).output
    }

    /// Emits the network, or its outermost level around features that are given.
    func evaluated(
        _ latent: Value, timesteps: Value, context: Value, features given: Value?, in scope: ModuleScope
    ) throws -> (output: Value, features: Value?) {
        let type = scope.policy.activationType
        let context = try context.converted(to: type)
        let time = try timeEmbedding(timesteps, context: context, in: scope)
        var state = try scope["conv_in"].convolution(
            latent.converted(to: type), features: configuration.blockChannels[0], kernel: 3)
        var skips = [state]
        let last = configuration.blockChannels.count - 1
        var features: Value?
        if let given {
            state = try blocks(downLevel: 0, state, time, context, &skips, in: scope)
            state = given
        } else {
            state = try down(state, time, context, &skips, in: scope)
            if let attends = configuration.middleAttention {
                state = try middle(state, time, context, attends: attends, in: scope["mid_block"])
            }
            state = try up(0..<last, state, time, context, &skips, in: scope)
            features = last > 0 ? state : nil
        }
        state = try up(last..<last + 1, state, time, context, &skips, in: scope)
        return (try output(state, in: scope), features)
    }

    private func output(_ state: Value, in scope: ModuleScope) throws -> Value {
        let state = try scope["conv_norm_out"].groupNorm(
            state, groups: configuration.normGroups, epsilon: configuration.normEpsilon, activation: .silu)
        return try scope["conv_out"].convolution(
            state, features: configuration.outputChannels, kernel: 3, initialization: .zeros
        ).converted(to: .f32)
    }

    private func timeEmbedding(_ timesteps: Value, context: Value, in scope: ModuleScope) throws -> Value {
        let sinusoidal = SinusoidalTimestepEmbedding(
            features: configuration.blockChannels[0], cosinesFirst: configuration.cosinesFirst,
            frequencyShift: configuration.frequencyShift)
        let features = try sinusoidal(timesteps).converted(to: scope.policy.activationType)
        let embedding = scope["time_embedding"]
        let hidden = try Activation.silu(
            embedding["linear_1"].linear(features, features: configuration.timeWidth))
        let time = try embedding["linear_2"].linear(hidden, features: configuration.timeWidth)
        guard let heads = configuration.pooledTextHeads else { return time }
        let pooled = PooledTextEmbedding(heads: heads, features: configuration.timeWidth)
        return try time + pooled(context, in: scope["add_embedding"])
    }

    // MARK: the way down, the middle, the way up

    private func down(
        _ input: Value, _ time: Value, _ context: Value, _ skips: inout [Value], in scope: ModuleScope
    ) throws -> Value {
        var state = input
        let levels = configuration.blockChannels.count
        for level in 0..<levels {
            state = try blocks(downLevel: level, state, time, context, &skips, in: scope)
            if level < levels - 1 {
                state = try scope["down_blocks", level]["downsamplers.0.conv"].convolution(
                    state, features: configuration.blockChannels[level], kernel: 3, stride: 2)
                skips.append(state)
            }
        }
        return state
    }

    /// A level of the way down, without what leads to the next.
    private func blocks(
        downLevel level: Int, _ input: Value, _ time: Value, _ context: Value, _ skips: inout [Value],
        in scope: ModuleScope
    ) throws -> Value {
        var state = input
        let block = scope["down_blocks", level]
        for layer in 0..<configuration.layersPerBlock[level] {
            state = try residual(
                configuration.blockChannels[level], state, time, in: block["resnets", layer])
            if configuration.downAttention[level] {
                state = try transformer(level, state, context, in: block["attentions", layer])
            }
            skips.append(state)
        }
        return state
    }

    private func middle(
        _ input: Value, _ time: Value, _ context: Value, attends: Bool, in scope: ModuleScope
    ) throws -> Value {
        let level = configuration.blockChannels.count - 1
        let channels = configuration.blockChannels[level]
        var state = try residual(channels, input, time, in: scope["resnets", 0])
        guard attends else { return try residual(channels, state, time, in: scope["resnets", 1]) }
        state = try transformer(level, state, context, in: scope["attentions", 0])
        return try residual(channels, state, time, in: scope["resnets", 1])
    }

    /// Some blocks of the way up, counted from the smallest.
    private func up(
        _ steps: Range<Int>, _ input: Value, _ time: Value, _ context: Value, _ skips: inout [Value],
        in scope: ModuleScope
    ) throws -> Value {
        var state = input
        let levels = configuration.blockChannels.count
        for step in steps {
            let level = levels - 1 - step
            let block = scope["up_blocks", step]
            for layer in 0...configuration.layersPerBlock[level] {
                let joined = try scope.builder.concatenate([state, skips.removeLast()], along: 3)
                state = try residual(
                    configuration.blockChannels[level], joined, time, in: block["resnets", layer])
                if configuration.upAttention[step] {
                    state = try transformer(level, state, context, in: block["attentions", layer])
                }
            }
            if step < levels - 1, let skip = skips.last {
                // The next skip's size, which an odd size on the way down makes other than twice this one's.
                let larger = try Resampling.nearest(state, height: skip.shape[1], width: skip.shape[2])
                state = try block["upsamplers.0.conv"].convolution(
                    larger, features: configuration.blockChannels[level], kernel: 3)
            }
        }
        return state
    }

    // MARK: parts

    private func residual(
        _ channels: Int, _ input: Value, _ time: Value, in scope: ModuleScope
    ) throws -> Value {
        let block = ResidualBlock(
            channels: channels, normGroups: configuration.normGroups, normEpsilon: configuration.normEpsilon)
        return try block(input, time: time, in: scope)
    }

    private func transformer(
        _ level: Int, _ input: Value, _ context: Value, in scope: ModuleScope
    ) throws -> Value {
        let transformer = SpatialTransformer(
            heads: configuration.heads[level], layers: configuration.transformerLayers[level],
            normGroups: configuration.normGroups, usesLinearProjection: configuration.usesLinearProjection)
        return try transformer(input, context: context, in: scope)
    }
}
