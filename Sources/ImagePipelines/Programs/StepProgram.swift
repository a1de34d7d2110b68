import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// One denoising step of a whole batch as a program: the UNet, guidance, and each row's own linear combination.
///
/// Arguments: latents, guesses of the step before and noise, `[rows, height, width, channels] f32` each; contexts,
/// `[rows, tokens, width] f32`, preceded by one without the prompt for each guided row;
/// `[rows, StepNumbers.count] f32`; where some rows are guided and others not, which, `[guided] i32`, and where each row's
/// answer lies, `[rows] i32`, as ``StepGuidance`` has them; where rows have styles of their own, those of ``StyleSlots``; and, where features are
/// reused, those. Results: the next latents and the guesses, in their arguments' memory; and, where features are kept, those.
struct StepProgram: Hashable {
    let rows: Int
    let latentHeight: Int
    let latentWidth: Int
    let tokens: Int
    /// About how many of the rows the model is asked with and without the prompt.
    let guidedRows: Int
    /// What becomes of the UNet's features; nil computes them and lets them go.
    var features: FeatureUse?
    /// The low-rank paths, where rows have styles of their own; without any the program is the plain one. Only where all
    /// rows are guided, or none.
    var styles: StyleSlots?

    /// Whether some rows are guided and others not.
    var isPartial: Bool { guidedRows > 0 && guidedRows < rows }

    /// Source: J. Ho, T. Salimans, "Classifier-Free Diffusion Guidance", 2022, https://arxiv.org/abs/2207.12598,
    /// in the form of diffusers 0.42.1 `pipelines/stable_diffusion/pipeline_stable_diffusion.py`.
    func program(
        for unet: UNet, layout: LowRankLayout? = nil, policy: ComputePolicy
    ) throws -> ModelProgram {
        let latentType = TensorType(
            .f32, [rows, latentHeight, latentWidth, unet.configuration.inputChannels])
        let contextType = TensorType(
            .f32, [rows + guidedRows, tokens, unet.configuration.crossAttentionWidth])
        return try ModelProgram(policy: policy, aliasing: [0: 0, 1: 1]) { builder, scope in
            let latent = builder.argument("latent", latentType)
            let previousDenoised = builder.argument("previous_denoised", latentType)
            let noise = builder.argument("noise", latentType)
            let context = builder.argument("context", contextType)
            let numbers = builder.argument("numbers", TensorType(.f32, [rows, StepNumbers.count]))
            let guided =
                isPartial ? builder.argument("guided_rows", TensorType(.i32, [guidedRows])) : nil
            let answers = isPartial ? builder.argument("answers", TensorType(.i32, [rows])) : nil
            if let styles, let layout {
                scope.graph.rowwise = try styles.paths(
                    in: layout, rows: rows, repeats: guidedRows > 0 ? 2 : 1, builder)
            }
            func column(_ number: StepNumbers.Place) throws -> Value {
                try numbers.sliced(1, number.rawValue..<number.rawValue + 1).reshaped(to: [rows])
            }
            func times(_ value: Value, _ number: StepNumbers.Place) throws -> Value {
                try value * column(number).broadcast(to: latentType.shape, along: [0])
            }

            let input = try times(latent, .inputScale)
            let timesteps = try column(.timestep)
            func twice(_ value: Value) throws -> Value {
                guard guidedRows > 0 else { return value }
                return try builder.concatenate(
                    [guided.map { try value.places($0) } ?? value, value], along: 0)
            }
            let (asked, askedTimesteps) = (try twice(input), try twice(timesteps))
            var (output, kept) = try evaluated(
                unet, asked, timesteps: askedTimesteps, context: context, policy: policy, builder, scope)
            if guidedRows > 0 {
                let without = try output.sliced(0, 0..<guidedRows)
                let with = try output.sliced(0, guidedRows..<guidedRows + rows)
                let scale = try column(.guidance)
                func guide(_ with: Value, _ scale: Value) throws -> Value {
                    try without + (with - without) * scale.broadcast(to: without.shape, along: [0])
                }
                if let guided, let answers {
                    output = try builder.concatenate(
                        [guide(with.places(guided), scale.places(guided)), with], along: 0
                    ).places(answers)
                } else {
                    output = try guide(with, scale)
                }
            }
            let denoised = try times(latent, .denoisedFromLatent) + times(output, .denoisedFromOutput)
            let next =
                try times(latent, .latentWeight) + times(output, .outputWeight)
                + times(previousDenoised, .previousDenoisedWeight) + times(noise, .noiseWeight)
            return [next, denoised] + (kept.map { [$0] } ?? [])
        }
    }
}

extension Value {
    /// The places of this batch, `[rows, …]`, at `indices`, `[count] i32`: `[count, …]`.
    fileprivate func places(_ indices: Value) throws -> Value {
        let rest = Array(shape.dimensions.dropFirst())
        return try reshaped(to: [shape[0], rest.reduce(1, *)]).rows(at: indices)
            .reshaped(to: Shape([indices.shape[0]] + rest))
    }
}
