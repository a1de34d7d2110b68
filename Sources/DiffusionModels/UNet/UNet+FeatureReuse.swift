import NeuralNetworks
import StableHLO
import Tensors

/// Steps that take over from an earlier one what changes little from step to step: all but the outermost level.
///
/// Source: X. Ma, G. Fang, X. Wang, "DeepCache", 2024, https://arxiv.org/abs/2312.00858, with its branch at the outermost
/// level: the features that enter the last block of the way up are kept.
extension UNet {
    /// Whether there is anything to take over: a network of one level has none.
    public var canReuseFeatures: Bool { configuration.blockChannels.count > 1 }

    /// The type of the features of a batch: `[batch, height, width, channels]` of the second level, at full size.
    public func featureType(batch: Int, height: Int, width: Int, policy: ComputePolicy) -> TensorType {
        TensorType(
            policy.activationType,
            [
                batch, height, width,
                configuration.blockChannels[min(1, configuration.blockChannels.count - 1)],
            ]
        )
    }

    /// Emits the whole network, and tells its features.
    ///
    /// - Parameters: as those of ``callAsFunction(_:timesteps:context:in:)``.
    /// - Returns: `[batch, height, width, outputChannels] f32`, and the features; nil where there are none.
    public func keepingFeatures(
        _ latent: Value, timesteps: Value, context: Value, in scope: ModuleScope
    ) throws -> (output: Value, features: Value?) {
        try evaluated(latent, timesteps: timesteps, context: context, features: nil, in: scope)
    }

    /// Emits the outermost level around features of an earlier step.
    ///
    /// - Parameters:
    ///   - features: what ``keepingFeatures(_:timesteps:context:in:)`` told; see ``featureType(batch:height:width:policy:)``.
    /// - Returns: `[batch, height, width, outputChannels] f32`.
    public func reusing(
        _ features: Value, _ latent: Value, timesteps: Value, context: Value, in scope: ModuleScope
    ) throws -> Value {
        try evaluated(latent, timesteps: timesteps, context: context, features: features, in: scope).output
    }
}
