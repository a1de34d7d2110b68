import ArgumentParser
import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Samplers
import Tensors
import Training

/// Trains the built-in model's UNet and text encoder.
struct TrainModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Trains the UNet and its text encoder on latents of painted pictures."
    )

    @OptionGroup var options: RunOptions

    @Option(help: "Steps in all; a run that is done can be prolonged.")
    var steps = 60_000

    @Option(help: "Steps at the end over which the learning rate falls to nothing.")
    var decaySteps = 10_000

    @Option(help: "Pictures in a batch.")
    var batch = 32

    @Option(help: "The highest learning rate.")
    var learningRate = 1e-3

    @Option(help: "How many pictures are painted and encoded before training.")
    var pictures = 40_960

    func validate() throws {
        guard (1...10_000_000).contains(steps) else { throw ValidationError("--steps must be 1 to 10000000") }
        guard (0...10_000_000).contains(decaySteps) else {
            throw ValidationError("--decay-steps must be 0 to 10000000")
        }
        guard (1...1024).contains(batch) else { throw ValidationError("--batch must be 1 to 1024") }
        guard learningRate > 0, learningRate <= 1 else {
            throw ValidationError("--learning-rate must be above 0 and at most 1")
        }
        // Some are kept from training, to measure with.
        let range = 2 * batch...HanjiRecipe().trainingPictures.count
        guard range.contains(pictures) else {
            throw ValidationError("--pictures must be \(range.lowerBound) to \(range.upperBound)")
        }
    }

    /// Steps between looks at pictures that are never trained on.
    private static let lookSteps = 1000

    func run() throws {
        let shouldStop = options.training.stopping()
        let recipe = try options.settledRecipe()
        let runtime = try DeviceRuntime(plugin: options.training.plugin)
        let stage = LatentStage(recipe: recipe, runtime: runtime, folder: options.folder)
        let autoencoder = try TrainedAutoencoder(run: options.folder)
        let cache = stage.cache(of: autoencoder)
        try stage.fill(cache, with: autoencoder, upTo: pictures, shouldStop: shouldStop)
        guard !shouldStop() else { return }
        let tokens = try CaptionTokens(recipe: recipe, folder: "\(options.folder)/tokenizer")
        let latents = try cache.load(count: pictures)
        try train(recipe, runtime, autoencoder, latents, tokens, shouldStop)
    }

    private func train(
        _ recipe: HanjiRecipe, _ runtime: DeviceRuntime, _ autoencoder: TrainedAutoencoder,
        _ latents: Latents, _ tokens: CaptionTokens, _ shouldStop: @escaping () -> Bool
    ) throws {
        let folder = "\(options.folder)/model"
        let loop = try TrainingLoop(
            folder: folder, batchSize: batch, lookSteps: Self.lookSteps, shouldStop: shouldStop)
        let objective = DiffusionObjective(
            unet: UNet(recipe.unet), textEncoder: TextEncoder(recipe.textEncoder), batchSize: batch,
            latentSize: recipe.unet.sampleSize)
        var settings = TrainingSettings(
            schedule: .init(peak: learningRate, warmupSteps: 500, totalSteps: steps, decaySteps: decaySteps))
        settings.checkpointSeconds = options.training.checkpointSeconds
        settings.averageDecay = 0.9995
        let initializer = ParameterInitializer(seed: recipe.seed)
        let scale = try LatentScale.keep(folder: options.folder, latents: latents)
        let feed = LatentFeed(
            recipe: recipe, latents: latents, tokens: tokens, scale: scale, batchSize: batch,
            unseen: max(batch, min(512, latents.count / 16)))
        Terminal.note("compiling for \(runtime.client.platformName)")
        let run = try TrainingRun(
            objective: objective, source: feed.training(), settings: settings, policy: runtime.trainingPolicy,
            client: runtime.client, compiler: runtime.compiler, folder: folder,
            objectiveText: "velocity \(recipe.unet.blockChannels) text \(recipe.textEncoder.width)",
            batchSize: batch, weights: initializer.tensor)
        let evaluator = try run.evaluator(policy: runtime.trainingPolicy, compiler: runtime.compiler)
        let sheets = try ModelLook(
            recipe: recipe, runtime: runtime, autoencoder: autoencoder, tokens: tokens, scale: scale,
            folder: folder)
        if !run.isFinished {
            try RunDescription(
                settings: settings, batchSize: batch, pictures: pictures,
                device: runtime.client.platformName
            ).write(to: folder)
        }
        try loop.run(run) { step in
            try look(run, evaluator, feed, loop.log, step: step)
            try sheets.take(step: step, weights: run.averagedBuffers())
        }
    }

    /// Measures unseen pictures with their own captions and with others'.
    ///
    /// Where both errors are the same, the model does not read: the sooner that is seen the better.
    private func look<Source: BatchSource>(
        _ run: TrainingRun<DiffusionObjective, Source>, _ evaluator: Evaluator, _ feed: LatentFeed,
        _ log: TrainingLog,
        step: Int
    ) throws {
        let right =
            try run.evaluate(evaluator, batches: feed.unseenBatches(captionOffset: 0))["error"] ?? .nan
        let wrong =
            try run.evaluate(evaluator, batches: feed.unseenBatches(captionOffset: 7))["error"] ?? .nan
        try log.keep(step: step, ["unseen error": right, "unseen error, wrong captions": wrong])
        Terminal.note(
            "step \(step): unseen error \(Terminal.fixed(right, 4)), with others' captions \(Terminal.fixed(wrong, 4))"
        )
    }
}
