import DiffusionModels
import NeuralNetworks
import StableHLO

extension StepProgram {
    /// What a step does about what changes little from step to step.
    enum FeatureUse: Hashable {
        /// Computes all, and keeps the features for the next steps.
        case keeping
        /// Computes the outermost level around features that were kept.
        case reusing
    }

    /// Emits the UNet, and tells the features where they are to be kept.
    func evaluated(
        _ unet: UNet, _ latent: Value, timesteps: Value, context: Value, policy: ComputePolicy,
        _ builder: FunctionBuilder, _ scope: ModuleScope
    ) throws -> (output: Value, kept: Value?) {
        switch features {
        case nil:
            return (try unet(latent, timesteps: timesteps, context: context, in: scope), nil)
        case .keeping:
            let (output, kept) = try unet.keepingFeatures(
                latent, timesteps: timesteps, context: context, in: scope)
            return (output, kept)
        case .reusing:
            let features = builder.argument(
                "features",
                unet.featureType(
                    batch: rows + guidedRows, height: latentHeight, width: latentWidth,
                    policy: policy))
            return (
                try unet.reusing(features, latent, timesteps: timesteps, context: context, in: scope), nil
            )
        }
    }
}
