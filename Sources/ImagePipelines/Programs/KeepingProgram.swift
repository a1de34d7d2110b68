import NeuralNetworks
import StableHLO
import Tensors

/// What keeps photos where their masks say so, as a program that runs after a step: outside of a row's mask the photo's own
/// latent takes the place of what was drawn there, with as much of the row's noise as the next step expects.
///
/// Arguments: latents, guesses, the photos' latents and the rows' first noise, `[rows, height, width, channels] f32` each;
/// `[rows, height, width] f32`, 1 where the photo stays and 0 elsewhere; and `[rows, 3] f32`, ``Numbers``. Results: the
/// latents and the guesses, in their arguments' memory. Rows without a photo, and rows that rest, come out bit for bit.
///
/// A small program of its own and no part of ``StepProgram``: batches without masks do not pay for it.
///
/// Source: A. Lugmayr et al., "RePaint", 2022, https://arxiv.org/abs/2201.09865, equation 8, without its resampling;
/// `pipelines/stable_diffusion/pipeline_stable_diffusion_inpaint.py` of diffusers 0.42.1 for a UNet of four channels.
struct KeepingProgram: Hashable {
    let rows: Int
    let latentHeight: Int
    let latentWidth: Int
    let channels: Int

    /// What a row is told.
    struct Numbers: Hashable {
        /// The shares of the photo's latent and of noise at this boundary.
        var picture: Float = 0
        var noise: Float = 0
        /// 1 where the row has moved and has a mask, 0 otherwise.
        var isKept: Float = 0

        static let count = 3
        static let none = Numbers()

        var values: [Float] { [picture, noise, isKept] }
    }

    func program(policy: ComputePolicy) throws -> ModelProgram {
        let latentType = TensorType(.f32, [rows, latentHeight, latentWidth, channels])
        return try ModelProgram(policy: policy, aliasing: [0: 0, 1: 1]) { builder, _ in
            let latent = builder.argument("latent", latentType)
            let denoised = builder.argument("denoised", latentType)
            let photo = builder.argument("photo", latentType)
            let noise = builder.argument("noise", latentType)
            let kept = builder.argument("kept", TensorType(.f32, [rows, latentHeight, latentWidth]))
            let numbers = builder.argument("numbers", TensorType(.f32, [rows, Numbers.count]))
            func column(_ index: Int, over shape: Shape) throws -> Value {
                try numbers.sliced(1, index..<index + 1).reshaped(to: [rows]).broadcast(to: shape, along: [0])
            }
            let share = try (kept * column(2, over: kept.shape))
                .broadcast(to: latentType.shape, along: [0, 1, 2])
            let known =
                try photo * column(0, over: latentType.shape) + noise * column(1, over: latentType.shape)
            // As sums of products, because a share of 0 then changes no bit.
            let rest = try share * -1 + 1
            return [try latent * rest + known * share, try denoised * rest + photo * share]
        }
    }
}
