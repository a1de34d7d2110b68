import Crypto
import FoundationEssentials
import Tensors
import Training

/// The averaged weights of a run's autoencoder, and what they are known by.
struct TrainedAutoencoder {
    /// By name, as they lie on the device.
    let weights: [String: HostTensor]
    /// The start of the SHA-256 of all weights in order of their names, before the decoder learned on alone: latents
    /// do not change with that.
    let digest: String

    /// Takes the newest checkpoint of a run.
    /// - Parameter withPolishedDecoder: whether a decoder that learned on alone replaces the autoencoder's own.
    /// - Throws: ``CommandError`` where there is no autoencoder, or its decoder learned from another's latents.
    init(run folder: String, withPolishedDecoder: Bool = true) throws {
        guard let checkpoint = try Checkpoint.latest(in: "\(folder)/autoencoder") else {
            throw CommandError("\(folder) has no trained autoencoder; run 'ondol train autoencoder' first")
        }
        let averages = try checkpoint.averages()
        var hash = SHA256()
        for name in averages.keys.sorted() {
            averages[name]?.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        digest = hash.finalize().prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        let decoderFolder = AutoencoderStage.decoderFolder(run: folder)
        guard withPolishedDecoder, let decoder = try Checkpoint.latest(in: decoderFolder) else {
            weights = averages
            return
        }
        guard decoder.progress.objective == AutoencoderStage.decoderText(autoencoder: digest) else {
            throw CommandError(
                "\(decoderFolder) was trained for another autoencoder than \(folder)/autoencoder holds now; remove it"
            )
        }
        weights = try averages.merging(decoder.averages()) { $1 }
    }
}

/// What latents are multiplied with before the UNet sees them: fixed when a run begins, since the UNet learns it.
enum LatentScale {
    private struct Document: Codable { let latentScale: Double }

    /// The scale of a run, measured on `latents` and kept the first time.
    static func keep(folder: String, latents: Latents) throws -> Double {
        if let scale = try? read(folder: folder) { return scale }
        let (mean, deviation) = latents.statistics()
        let meanSquare = deviation * deviation + mean * mean
        let scale = meanSquare > 0 ? 1 / meanSquare.squareRoot() : 1
        try write(scale, folder: folder)
        return scale
    }

    /// Fixes the scale of a run.
    static func write(_ scale: Double, folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(Document(latentScale: scale)).write(
            to: URL(filePath: "\(folder)/latent-scale.json"), options: .atomic)
    }

    /// The scale of a run that has begun.
    static func read(folder: String) throws -> Double {
        let path = "\(folder)/latent-scale.json"
        guard let data = FileManager.default.contents(atPath: path),
            let document = try? JSONDecoder().decode(Document.self, from: data)
        else { throw CommandError("\(path) cannot be read; run 'ondol train model' first") }
        return document.latentScale
    }
}
