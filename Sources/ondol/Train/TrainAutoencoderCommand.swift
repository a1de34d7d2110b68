import ArgumentParser
import DiffusionModels
import Tensors
import Training

/// Trains the built-in model's autoencoder.
struct TrainAutoencoderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "autoencoder", abstract: "Trains the autoencoder on painted pictures.",
        discussion: """
            With --decoder-only the decoder of an autoencoder that is done learns on, and whatever encodes stays bit \
            for bit: latents on disk and models that learned from them stay right.
            """)

    @OptionGroup var options: RunOptions

    @Flag(help: "Train only the decoder, from the averaged weights of the run's autoencoder.")
    var decoderOnly = false

    @Option(
        help: "Steps in all; a run that is done can be prolonged. By default 20000, or 4000 for the decoder.")
    var steps: Int?

    @Option(
        help:
            "Steps at the end over which the learning rate falls to nothing. By default 4000, or 3000 for the decoder."
    )
    var decaySteps: Int?

    @Option(help: "Pictures in a batch.")
    var batch = 8

    @Option(
        help:
            "Train on squares of this many pixels out of each picture: more and smaller steps in the same time."
    )
    var crop = 128

    @Option(help: "The highest learning rate. By default 0.001, or 0.0004 for the decoder.")
    var learningRate: Double?

    @Option(help: "How much more pixels beside lines weigh. By default 0, or 1 for the decoder.")
    var lineWeight: Double?

    @Option(
        help:
            "How much the logarithm of each picture's mean squared error weighs in. By default 0, or 0.05 for the decoder."
    )
    var ratioWeight: Double?

    func run() throws {
        let shouldStop = options.training.stopping()
        let recipe = try options.settledRecipe()
        var stage =
            try decoderOnly
            ? AutoencoderStage.decoder(recipe, run: options.folder)
            : AutoencoderStage.whole(recipe, run: options.folder)
        let runtime = try DeviceRuntime(plugin: options.training.plugin)
        try RunRecipe.keep(recipe, run: options.folder)
        if let lineWeight { stage.lineWeight = lineWeight }
        if let ratioWeight { stage.ratioWeight = ratioWeight }
        try stage.train(
            with: settings(for: stage), batchSize: batch, crop: crop,
            runtime: runtime, shouldStop: shouldStop)
    }

    private func settings(for stage: AutoencoderStage) -> TrainingSettings {
        var settings = TrainingSettings(
            schedule: .init(
                peak: learningRate ?? stage.defaults.learningRate, warmupSteps: 100,
                totalSteps: steps ?? stage.defaults.steps,
                decaySteps: decaySteps ?? stage.defaults.decaySteps))
        settings.checkpointSeconds = options.training.checkpointSeconds
        settings.averageDecay = 0.998
        return settings
    }

    func validate() throws {
        guard (32...1024).contains(crop), crop % 32 == 0 else {
            throw ValidationError("--crop must be a multiple of 32, at most 1024")
        }
        guard (1...256).contains(batch) else { throw ValidationError("--batch must be 1 to 256") }
        guard steps.map({ (1...10_000_000).contains($0) }) ?? true else {
            throw ValidationError("--steps must be 1 to 10000000")
        }
        guard decaySteps.map({ (0...10_000_000).contains($0) }) ?? true else {
            throw ValidationError("--decay-steps must be 0 to 10000000")
        }
        guard learningRate.map({ $0 > 0 && $0 <= 1 }) ?? true else {
            throw ValidationError("--learning-rate must be above 0 and at most 1")
        }
        guard lineWeight.map({ (0...100).contains($0) }) ?? true else {
            throw ValidationError("--line-weight must be 0 to 100")
        }
        guard ratioWeight.map({ (0...100).contains($0) }) ?? true else {
            throw ValidationError("--ratio-weight must be 0 to 100")
        }
    }
}
