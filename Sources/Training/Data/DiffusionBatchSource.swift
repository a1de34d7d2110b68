import Samplers
import Tensors

/// Batches for ``DiffusionObjective``: cached latents made noisy, with captions that vary.
public struct DiffusionBatchSource: BatchSource {
    /// A caption's tokens, padded: a function of a picture's number and a variation.
    public typealias Captions = @Sendable (_ picture: Int, _ variation: UInt64) throws -> [Int32]

    private let latents: Latents
    private let pictures: Range<Int>
    private let scaling: (shift: Float, factor: Float)
    private let schedule: NoiseSchedule
    private let prediction: SchedulerConfiguration.PredictionType
    private let captions: Captions
    private let emptyCaption: [Int32]
    private let captionDropout: Double
    private let snrLimit: Double?
    private let batchSize: Int
    private let seed: UInt64
    private let captionOffset: Int

    /// Describes where batches come from.
    /// - Parameters:
    ///   - pictures: which latents are drawn from.
    ///   - scaling: latents are `(latent - shift) · factor` to the UNet.
    ///   - prediction: what the model is to predict.
    ///   - captionDropout: how often a caption is left out, so that the model also learns to draw without one.
    ///   - snrLimit: the largest signal-to-noise ratio whose weight still grows; nil weighs every error alike,
    ///     which teaches composition, decided where noise is strongest, more.
    ///   - captionOffset: takes the caption of the picture so many places on; 0 except to measure what captions
    ///     are worth.
    public init(
        latents: Latents, pictures: Range<Int>, scaling: (shift: Double, factor: Double),
        schedule: NoiseSchedule, prediction: SchedulerConfiguration.PredictionType = .velocity,
        captions: @escaping Captions, emptyCaption: [Int32], captionDropout: Double = 0.1,
        snrLimit: Double? = nil,
        batchSize: Int, seed: UInt64, captionOffset: Int = 0
    ) throws {
        guard !pictures.isEmpty, pictures.upperBound <= latents.count, batchSize > 0 else {
            throw TrainingError(
                .settings,
                "pictures \(pictures) cannot be drawn from \(latents.count) latents in batches of \(batchSize)"
            )
        }
        self.latents = latents
        self.pictures = pictures
        self.scaling = (Float(scaling.shift), Float(scaling.factor))
        self.schedule = schedule
        self.prediction = prediction
        self.captions = captions
        self.emptyCaption = emptyCaption
        self.captionDropout = captionDropout
        self.snrLimit = snrLimit
        self.batchSize = batchSize
        self.seed = seed
        self.captionOffset = captionOffset
    }

    /// Noisy latents, timesteps, tokens, what is to be predicted, and weights.
    public func batch(step: Int) throws -> [HostTensor] {
        let elements = latents.shape.elementCount
        var (noisy, target): ([Float], [Float]) = ([], [])
        noisy.reserveCapacity(batchSize * elements)
        target.reserveCapacity(batchSize * elements)
        var (timesteps, weights): ([Float], [Float]) = ([], [])
        var tokens: [Int32] = []
        for row in 0..<batchSize {
            let picture =
                pictures.lowerBound + random(.picture).index(below: pictures.count, step: step, row: row)
            let timestep = self.timestep(step: step, row: row)
            let mixture = schedule.mixture(at: timestep)
            let wanted = schedule.target(at: timestep, for: prediction)
            let noise = NoiseGenerator(seed: random(.noise).bits(step: step, row: row)).normals(
                count: elements)
            for (value, noise) in zip(latents.latent(picture), noise) {
                let clean = (Float(value) - scaling.shift) * scaling.factor
                noisy.append(mixture.picture * clean + mixture.noise * noise)
                target.append(wanted.noise * noise + wanted.picture * clean)
            }
            timesteps.append(Float(timestep))
            weights.append(
                snrLimit.map { schedule.minimumSNRWeight(at: timestep, gamma: Float($0), for: prediction) }
                    ?? 1)
            tokens += try caption(of: picture, step: step, row: row)
        }
        let shape = Shape([batchSize] + latents.shape.dimensions)
        return [
            HostTensor(noisy, shape: shape), HostTensor(timesteps, shape: [batchSize]),
            HostTensor(tokens, shape: [batchSize, emptyCaption.count]), HostTensor(target, shape: shape),
            HostTensor(weights, shape: [batchSize]),
        ]
    }

    /// Rows share the timesteps out evenly, so that no batch is all noise or all picture.
    private func timestep(step: Int, row: Int) -> Int {
        let place = (Double(row) + random(.timestep).fraction(step: step, row: row)) / Double(batchSize)
        return min(Int(place * Double(schedule.count)), schedule.count - 1)
    }

    private func caption(of picture: Int, step: Int, row: Int) throws -> [Int32] {
        guard random(.captionDropout).fraction(step: step, row: row) >= captionDropout else {
            return emptyCaption
        }
        let described = pictures.lowerBound + (picture - pictures.lowerBound + captionOffset) % pictures.count
        return try captions(described, random(.captionVariation).bits(step: step, row: row))
    }

    private func random(_ purpose: SeededRandom.Purpose) -> SeededRandom {
        SeededRandom(seed: seed, purpose: purpose)
    }
}
