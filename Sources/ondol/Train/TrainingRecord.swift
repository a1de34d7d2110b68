import Crypto
import FoundationEssentials
import Glibc
import Painter
import Training

/// How a model came to be, in numbers: enough to paint its training pictures again and to repeat its training.
struct TrainingRecord: Codable {
    /// One of the runs.
    struct Run: Codable {
        let steps: Int
        let samples: Int
        let seconds: Double
        let objective: String
        let description: RunDescription?
        /// Steps and mean losses.
        let lossCurve: [[Double]]
        /// What was measured last on pictures that were never trained on.
        let measured: [String: Double]
        /// The steps at which the run began anew from a model folder's weights, the optimizer's moments lost; nil
        /// where it never did.
        let importedAtSteps: [Int]?
    }

    /// Which pictures there were, and how to know that they are the same.
    struct Pictures: Codable {
        let size: Int
        let autoencoderFirst: Int
        let autoencoderEnd: Int
        let modelFirst: Int
        let modelEnd: Int
        let unseenFirst: Int
        let unseenEnd: Int
        /// The SHA-256 of the pixels of pictures 0 to 63, and of their first captions in both languages.
        let first64Pixels: String
        let first64Captions: String
        let command: String
    }

    let version: String
    /// The recipe's name; nil, as in records from before there was a second, for `hanji`.
    let recipe: String?
    /// The painter's edition; nil for the first.
    let edition: Int?
    let seed: UInt64
    let pictures: Pictures
    let vocabularySize: Int
    let tokenizerCaptions: Int
    let autoencoder: Run
    /// How the decoder learned on alone; nil where it did not.
    let decoder: Run?
    let model: Run
    /// The SHA-256 of every file of the model's folder, configurations and weights.
    let files: [String: String]

    /// Gathers the record of a run.
    /// - Parameter modelFolder: the exported model.
    /// - Throws: ``CommandError`` where a part was not trained or the folder is not there.
    init(run folder: String, recipe: HanjiRecipe, modelFolder: String) throws {
        version = Ondol.configuration.version
        self.recipe = recipe.name
        edition = recipe.edition.rawValue
        seed = recipe.seed
        vocabularySize = recipe.vocabularySize
        tokenizerCaptions = recipe.tokenizerCaptions
        autoencoder = try Self.run(
            "\(folder)/autoencoder", measuring: ["unseen PSNR", "unseen PSNR beside lines"])
        let decoderFolder = AutoencoderStage.decoderFolder(run: folder)
        decoder = try Checkpoint.latest(in: decoderFolder).map { _ in
            try Self.run(decoderFolder, measuring: ["unseen PSNR", "unseen PSNR beside lines"])
        }
        model = try Self.run(
            "\(folder)/model", measuring: ["unseen error", "unseen error, wrong captions"])
        pictures = try Self.pictures(recipe, cached: model.description?.pictures ?? 0)
        files = try Self.digests(of: modelFolder)
    }

    private static func run(_ folder: String, measuring names: [String]) throws -> Run {
        guard let progress = try Checkpoint.latest(in: folder)?.progress else {
            throw CommandError("\(folder) holds no trained part; run 'ondol train' first")
        }
        let curve = LossCurve(log: "\(folder)/log.jsonl")
        var measured: [String: Double] = [:]
        for name in names { measured[name] = curve.last(name) }
        let imports = curve.steps(of: ModelImport.logName)
        return Run(
            steps: progress.step, samples: progress.samples, seconds: progress.seconds.rounded(),
            objective: progress.objective, description: RunDescription.read(from: folder),
            lossCurve: curve.points(), measured: measured,
            importedAtSteps: imports.isEmpty ? nil : imports)
    }

    private static func pictures(_ recipe: HanjiRecipe, cached: Int) throws -> Pictures {
        var (pixels, captions) = (SHA256(), SHA256())
        for number in 0..<64 {
            let (edition, number) = (recipe.edition, UInt64(number))
            pixels.update(
                data: try edition.painting(ofPicture: number, size: recipe.pictureSize).pixels)
            for language in CaptionLanguage.allCases {
                let caption = edition.caption(ofPicture: number, language: language, seed: 0)
                captions.update(data: Array("\(caption)\u{0}".utf8))
            }
        }
        return Pictures(
            size: recipe.pictureSize, autoencoderFirst: recipe.trainingPictures.lowerBound,
            autoencoderEnd: recipe.trainingPictures.upperBound, modelFirst: 0, modelEnd: cached,
            unseenFirst: recipe.unseenPictures.lowerBound, unseenEnd: recipe.unseenPictures.upperBound,
            first64Pixels: hexadecimal(pixels.finalize()), first64Captions: hexadecimal(captions.finalize()),
            command:
                "ondol paint\(recipe.edition == .first ? "" : " --edition \(recipe.edition.rawValue)") --seed 0 --count 64 --size \(recipe.pictureSize)"
        )
    }

    private static func digests(of folder: String) throws -> [String: String] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw CommandError("there is no model folder \(folder); run 'ondol train export' first")
        }
        var digests: [String: String] = [:]
        for name in names {
            let isWeight = name.hasSuffix(".safetensors")
            guard isWeight || name.hasSuffix(".json") || name.hasSuffix(".txt"),
                name != ModelCard.recordName,
                let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else { continue }
            digests[name] = hexadecimal(SHA256.hash(data: data))
        }
        return digests
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
