import Samplers
import Tensors
import Training

/// Batches of cached latents with captions: those that are trained on, and some that never are.
struct LatentFeed {
    let recipe: HanjiRecipe
    let latents: Latents
    let tokens: CaptionTokens
    /// What latents are multiplied with.
    let scale: Double
    let batchSize: Int
    /// How many latents at the end are kept from training.
    let unseen: Int

    /// Batches to train on.
    func training() throws -> DiffusionBatchSource {
        try source(
            pictures: 0..<latents.count - unseen, captionDropout: 0.1, captionOffset: 0, seed: recipe.seed)
    }

    /// The same few batches of unseen pictures every time.
    /// - Parameter captionOffset: 0 for their own captions, else others'.
    func unseenBatches(captionOffset: Int) throws -> [[HostTensor]] {
        let source = try source(
            pictures: latents.count - unseen..<latents.count, captionDropout: 0, captionOffset: captionOffset,
            seed: recipe.seed ^ 1)
        return try (0..<8).map { try source.batch(step: $0) }
    }

    private func source(
        pictures: Range<Int>, captionDropout: Double, captionOffset: Int, seed: UInt64
    ) throws -> DiffusionBatchSource {
        let tokenizer = tokens.tokenizer
        return try DiffusionBatchSource(
            latents: latents, pictures: pictures, scaling: (0, scale),
            schedule: NoiseSchedule(recipe.scheduler),
            captions: { [recipe] in try tokenizer.encode(recipe.caption(ofPicture: $0, variation: $1)) },
            emptyCaption: tokenizer.encode(""), captionDropout: captionDropout, batchSize: batchSize,
            seed: seed,
            captionOffset: captionOffset)
    }
}
