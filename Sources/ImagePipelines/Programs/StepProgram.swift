import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// One denoising step of a whole batch as a program: the UNet, guidance, and each row's own linear combination.
///
/// Arguments: latents, guesses of the step before and noise, `[rows, height, width, channels] f32` each; contexts,
/// `[rows, tokens, width] f32` or, where guided, twice as many rows, those without the prompt first;
/// `[rows, StepNumbers.count] f32`; where rows have styles of their own, those of ``StyleSlots``; and, where features are
/// reused, those. Results: the next latents and the guesses, in their arguments' memory; and, where features are kept, those.
struct StepProgram: Hashable {
    let rows: Int
    let latentHeight: Int
    let latentWidth: Int
    let tokens: Int
    /// Whether the model is asked with and without the prompt.
    let isGuided: Bool
    /// What becomes of the UNet's features; nil computes them and lets them go.
    var features: FeatureUse?
    /// The low-rank paths, where rows have styles of their own; without any the program is the plain one.
    var styles: StyleSlots?

    /// Source: J. Ho, T. Salimans, "Classifier-Free Diffusion Guidance", 2022, https://arxiv.org/abs/2207.12598,
    /// in the form of diffusers 0.42.1 `pipelines/stable_diffusion/pipeline_stable_diffusion.py`.
    func program(
        for unet: UNet, layout: LowRankLayout? = nil, policy: ComputePolicy
    ) throws -> ModelProgram {
        let latentType = TensorType(
            .f32, [rows, latentHeight, latentWidth, unet.configuration.inputChannels])
        let contextType = TensorType(
            .f32, [isGuided ? 2 * rows : rows, tokens, unet.configuration.crossAttentionWidth])
        return try ModelProgram(policy: policy, aliasing: [0: 0, 1: 1]) { builder, scope in
            let latent = builder.argument("latent", latentType)
            let previousDenoised = builder.argument("previous_denoised", latentType)
            let noise = builder.argument("noise", latentType)
            let context = builder.argument("context", contextType)
            let numbers = builder.argument("numbers", TensorType(.f32, [rows, StepNumbers.count]))
            if let styles, let layout {
                scope.graph.rowwise = try styles.paths(
                    in: layout, rows: rows, repeats: isGuided ? 2 : 1, builder)
            }
            func column(_ number: StepNumbers.Place) throws -> Value {
                try numbers.sliced(1, number.rawValue..<number.rawValue + 1).reshaped(to: [rows])
            }
            func times(_ value: Value, _ number: StepNumbers.Place) throws -> Value {
                try value * column(number).broadcast(to: latentType.shape, along: [0])
            }

            let input = try times(latent, .inputScale)
            let timesteps = try column(.timestep)
            let asked = isGuided ? try builder.concatenate([input, input], along: 0) : input
            let askedTimesteps =
                isGuided ? try builder.concatenate([timesteps, timesteps], along: 0) : timesteps
            var (output, kept) = try evaluated(
                unet, asked, timesteps: askedTimesteps, context: context, policy: policy, builder, scope)
            if isGuided {
                let halves = try output.split(0, into: 2)
                output = try halves[0] + times(halves[1] - halves[0], .guidance)
            }
            let denoised = try times(latent, .denoisedFromLatent) + times(output, .denoisedFromOutput)
            let next =
                try times(latent, .latentWeight) + times(output, .outputWeight)
                + times(previousDenoised, .previousDenoisedWeight) + times(noise, .noiseWeight)
            return [next, denoised] + (kept.map { [$0] } ?? [])
        }
    }
}
