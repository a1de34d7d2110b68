import Tensors
import Testing
import Training

@testable import ondol

/// The autoencoder learns, then its decoder alone, and a run's folder tells of both.
@Suite(.enabled(if: BuiltProgram.plugin != nil, "run 'make setup' for a plugin"))
struct AutoencoderStageTests {
    /// The recipe with the smallest autoencoder that has every part.
    private static let recipe = {
        var recipe = HanjiRecipe()
        recipe.pictureSize = 64
        recipe.autoencoder.blockChannels = [4, 4, 8]
        recipe.autoencoder.latentChannels = 4
        recipe.autoencoder.normGroups = 2
        return recipe
    }()

    private static func settings(steps: Int) -> TrainingSettings {
        TrainingSettings(schedule: .init(peak: 1e-2, warmupSteps: 0, totalSteps: steps, decaySteps: 0))
    }

    private static func train(_ stage: AutoencoderStage, steps: Int, _ runtime: DeviceRuntime) throws {
        try stage.train(
            with: settings(steps: steps), batchSize: 2, crop: 32, runtime: runtime, shouldStop: { false })
    }

    @Test("a polished decoder replaces the autoencoder's own and nothing else")
    func polishing() throws {
        let folder = try TemporaryFolder()
        let runtime = try DeviceRuntime(
            plugin: BuiltProgram.plugin, environment: ["ONDOL_HOME": folder.path])
        let run = folder.path + "/run"
        #expect(throws: CommandError.self) { try AutoencoderStage.decoder(Self.recipe, run: run) }
        try Self.train(.whole(Self.recipe, run: run), steps: 2, runtime)
        let before = try TrainedAutoencoder(run: run)
        let stage = try AutoencoderStage.decoder(Self.recipe, run: run)
        try Self.train(stage, steps: 1, runtime)
        // Goes on where it stood.
        try Self.train(stage, steps: 2, runtime)

        let after = try TrainedAutoencoder(run: run)
        #expect(after.digest == before.digest)
        #expect(after.weights.keys == before.weights.keys)
        let numbers = { (tensor: HostTensor?) in tensor?.elements(as: Float.self) }
        for (name, tensor) in after.weights where !name.hasPrefix("decoder.") {
            #expect(numbers(tensor) == numbers(before.weights[name]), "\(name)")
        }
        let decoder = after.weights.filter { $0.key.hasPrefix("decoder.") }
        #expect(decoder.contains { numbers($1) != numbers(before.weights[$0]) })
        let own = try TrainedAutoencoder(run: run, withPolishedDecoder: false)
        #expect(own.weights.allSatisfy { numbers($1) == numbers(before.weights[$0]) })

        for (part, lines) in [("autoencoder", 0.0), ("decoder", 1.0)] {
            let description = try #require(RunDescription.read(from: "\(run)/\(part)"))
            #expect(description.crop == 32 && description.batchSize == 2)
            #expect(description.lossWeights?["lines"] == lines)
            #expect(description.settings == Self.settings(steps: 2))
            let curve = LossCurve(log: "\(run)/\(part)/log.jsonl")
            #expect(curve.last("step") == 2)
            #expect(try #require(curve.last("unseen PSNR beside lines")) > 0)
            // Eight pictures in a row, above what was given back, twice.
            let sheet = try #require(PNGHeader(folder.read("run/\(part)/samples/step-2.png")))
            #expect((sheet.width, sheet.height) == (8 * 66 + 2, 4 * 66 + 2))
        }

        // Other latents, which that decoder has not learned.
        try Self.train(.whole(Self.recipe, run: run), steps: 3, runtime)
        let error = #expect(throws: CommandError.self) { try TrainedAutoencoder(run: run) }
        #expect(error?.description.contains("\(run)/decoder was trained for another autoencoder") == true)
    }

    @Test("how close a picture is, in all and beside lines")
    func ratios() {
        // A white line down the middle of black, given back as grey, the rest as it was.
        let picture = (0..<16 * 16 * 3).map { Float($0 / 3 % 16 == 8 ? 1 : -1) }
        let restored = picture.map { $0 > 0 ? 0 : $0 * 5 }
        let ratios = AutoencoderLook.ratios(
            HostTensor(picture, shape: [1, 16, 16, 3]), HostTensor(restored, shape: [1, 16, 16, 3]))
        // A sixteenth of the squares are 1 of 4; of those beside the line, which are the line and what follows it, half.
        #expect(abs(ratios.all - 10 * 1.806_18) < 1e-3)
        #expect(abs(ratios.lines - 10 * 0.903_09) < 1e-3)
    }
}

/// The size that a PNG claims.
struct PNGHeader {
    let width: Int
    let height: Int

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        height = bytes[20..<24].reduce(0) { $0 << 8 | Int($1) }
    }
}
