import FoundationEssentials
import Tensors

/// Latents of painted pictures, kept on disk in shards, so that the encoder runs once for each picture.
///
/// A shard `latents-<first>.safetensors` holds `latents` `[count, height, width, channels] f16` of the pictures
/// `first ..< first + count`, unscaled, and names the autoencoder that made them. Shards are written whole or not
/// at all, and never changed.
public struct LatentCache: Sendable {
    /// Pictures in one shard.
    public static let shardSize = 2048
    /// The folder of the shards.
    public let folder: String
    /// What the autoencoder that makes the latents is known by, such as a digest of its weights.
    public let autoencoder: String
    /// `[height, width, channels]` of one latent.
    public let latentShape: Shape

    /// Opens a cache; its folder is made when the first shard is written.
    public init(folder: String, autoencoder: String, latentShape: Shape) {
        self.folder = folder
        self.autoencoder = autoencoder
        self.latentShape = latentShape
    }

    /// The first picture that is not cached; all before it are.
    public func cachedCount() -> Int {
        var count = 0
        while FileManager.default.fileExists(atPath: path(first: count)) { count += Self.shardSize }
        return count
    }

    /// Writes the next shard.
    /// - Parameter latents: `[shardSize, height, width, channels] f16`.
    public func append(_ latents: HostTensor, first: Int) throws {
        let expected = Shape([Self.shardSize] + latentShape.dimensions)
        guard latents.shape == expected, latents.elementType == .f16, first == cachedCount() else {
            throw TrainingError(
                .malformed,
                "a shard of latents is \(expected) f16 at \(cachedCount()), not \(latents.type) at \(first)")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try SafetensorsWriter.write(
            ["latents": latents], metadata: ["autoencoder": autoencoder, "first": "\(first)"],
            to: path(first: first))
    }

    /// Reads the first `count` latents into memory.
    /// - Throws: ``TrainingError`` where a shard is missing, damaged or of another autoencoder.
    public func load(count: Int) throws -> Latents {
        let elements = latentShape.elementCount
        var values: [Float16] = []
        values.reserveCapacity(count * elements)
        var first = 0
        while first < count {
            let shard = try shard(first: first)
            let wanted = min(Self.shardSize, count - first)
            values.append(contentsOf: shard.elements(as: Float16.self).prefix(wanted * elements))
            first += Self.shardSize
        }
        return Latents(values: values, shape: latentShape, count: count)
    }

    private func shard(first: Int) throws -> HostTensor {
        let path = path(first: first)
        do {
            let file = try SafetensorsFile(path: path)
            guard file.metadata["autoencoder"] == autoencoder else {
                throw TrainingError(
                    .malformed,
                    "\(path) was made by another autoencoder; remove \(folder) and start again")
            }
            let shard = try file.tensor(named: "latents")
            guard shard.elementType == .f16, shard.shape == Shape([Self.shardSize] + latentShape.dimensions),
                file.metadata["first"] == "\(first)"
            else {
                throw TrainingError(
                    .malformed, "\(path) holds \(shard.type) of other pictures; remove it and start again")
            }
            return shard
        } catch let error as TrainingError {
            throw error
        } catch {
            throw TrainingError(.malformed, "\(path) is damaged; remove it and start again", cause: error)
        }
    }

    private func path(first: Int) -> String {
        let digits = "\(first)"
        return
            "\(folder)/latents-\(String(repeating: "0", count: max(0, 9 - digits.count)))\(digits).safetensors"
    }
}

/// Latents in memory.
public struct Latents: Sendable {
    private let values: [Float16]
    /// `[height, width, channels]` of one latent.
    public let shape: Shape
    /// How many there are.
    public let count: Int

    /// Latents one after the other.
    /// - Parameters:
    ///   - values: `[count, height, width, channels]`.
    ///   - shape: `[height, width, channels]` of one.
    /// - Precondition: as many values as `count` latents of that shape have.
    public init(values: [Float16], shape: Shape, count: Int) {
        precondition(
            values.count == count * shape.elementCount,
            "\(count) latents of \(shape) are not \(values.count) numbers")
        self.values = values
        self.shape = shape
        self.count = count
    }

    /// The numbers of one latent.
    /// - Precondition: `index` is less than ``count``.
    public func latent(_ index: Int) -> ArraySlice<Float16> {
        values[index * shape.elementCount..<(index + 1) * shape.elementCount]
    }

    /// Mean and standard deviation of all numbers, for the autoencoder's scaling.
    public func statistics() -> (mean: Double, deviation: Double) {
        var (sum, squares) = (0.0, 0.0)
        for value in values {
            let number = Double(value)
            sum += number
            squares += number * number
        }
        let mean = sum / Double(max(values.count, 1))
        return (mean, max(0, squares / Double(max(values.count, 1)) - mean * mean).squareRoot())
    }
}
