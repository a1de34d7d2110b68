import Samplers
import Tensors

/// Batches for ``AutoencoderObjective``: pictures, and noise for their latents.
public struct PictureBatchSource: BatchSource {
    /// A picture's pixels in -1…1, `[size, size, 3]` row-major: a function of its number.
    public typealias Pictures = @Sendable (_ picture: Int) throws -> [Float]

    private let pictures: Pictures
    private let range: Range<Int>
    private let pictureSize: Int
    private let latentShape: Shape
    private let batchSize: Int
    private let seed: UInt64
    private let addsNoise: Bool

    /// Describes where batches come from.
    /// - Parameters:
    ///   - range: which pictures are drawn.
    ///   - latentShape: `[height, width, channels]` of a latent.
    ///   - addsNoise: whether latents are drawn from their distribution; without, their mean is taken.
    public init(
        range: Range<Int>, pictureSize: Int, latentShape: Shape, batchSize: Int, seed: UInt64,
        addsNoise: Bool = true, pictures: @escaping Pictures
    ) throws {
        guard !range.isEmpty, batchSize > 0 else {
            throw TrainingError(.settings, "no pictures to train on in batches of \(batchSize)")
        }
        self.pictures = pictures
        self.range = range
        self.pictureSize = pictureSize
        self.latentShape = latentShape
        self.batchSize = batchSize
        self.seed = seed
        self.addsNoise = addsNoise
    }

    /// Pictures, and noise.
    public func batch(step: Int) throws -> [HostTensor] {
        let choice = SeededRandom(seed: seed, purpose: .picture)
        let noiseSeed = SeededRandom(seed: seed, purpose: .noise)
        var (pixels, noise): ([Float], [Float]) = ([], [])
        for row in 0..<batchSize {
            let picture = range.lowerBound + choice.index(below: range.count, step: step, row: row)
            pixels += try pictures(picture)
            noise +=
                addsNoise
                ? NoiseGenerator(seed: noiseSeed.bits(step: step, row: row)).normals(
                    count: latentShape.elementCount)
                : [Float](repeating: 0, count: latentShape.elementCount)
        }
        guard pixels.count == batchSize * pictureSize * pictureSize * 3 else {
            throw TrainingError(
                .settings, "a picture does not have \(pictureSize) × \(pictureSize) pixels of 3 numbers")
        }
        return [
            HostTensor(pixels, shape: [batchSize, pictureSize, pictureSize, 3]),
            HostTensor(noise, shape: Shape([batchSize] + latentShape.dimensions)),
        ]
    }
}
