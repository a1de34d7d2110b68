import ArgumentParser
import DiffusionModels
import FoundationEssentials
import Images
import NeuralNetworks
import Tensors
import Training

/// Trains the built-in model's autoencoder.
struct TrainAutoencoderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "autoencoder", abstract: "Trains the autoencoder on painted pictures.")

    @OptionGroup var options: TrainingOptions

    @Option(help: "Steps in all; a run that is done can be prolonged.")
    var steps = 20_000

    @Option(help: "Steps at the end over which the learning rate falls to nothing.")
    var decaySteps = 4000

    @Option(help: "Pictures in a batch.")
    var batch = 8

    @Option(
        help:
            "Train on squares of this many pixels out of each picture: more and smaller steps in the same time."
    )
    var crop = 128

    @Option(help: "The highest learning rate.")
    var learningRate = 1e-3

    func run() throws {
        Interruption.watch()
        let recipe = HanjiRecipe()
        let runtime = try DeviceRuntime(plugin: options.plugin)
        let folder = "\(options.folder)/autoencoder"
        let log = try TrainingLog(folder: folder, name: "log")
        let objective = AutoencoderObjective(
            autoencoder: Autoencoder(recipe.autoencoder), batchSize: batch,
            pictureSize: min(crop, recipe.pictureSize),
            divergenceWeight: 3e-4)
        var settings = TrainingSettings(
            schedule: .init(
                peak: learningRate, warmupSteps: 100, totalSteps: steps, decaySteps: decaySteps))
        settings.checkpointSeconds = options.checkpointSeconds
        settings.averageDecay = 0.998
        settings.evaluationSteps = 250
        let initializer = ParameterInitializer(seed: recipe.seed)
        Terminal.note("compiling for \(runtime.client.platformName)")
        let run = try TrainingRun(
            objective: objective, source: source(recipe, objective, pictures: recipe.trainingPictures),
            settings: settings, policy: .reference, client: runtime.client, compiler: runtime.compiler,
            folder: folder,
            objectiveText:
                "autoencoder \(recipe.autoencoder.blockChannels) \(recipe.autoencoder.latentChannels)",
            batchSize: batch, weights: initializer.tensor)
        let look = try AutoencoderLook(recipe: recipe, objective: objective, runtime: runtime, folder: folder)
        let deadline = options.minutes.map { ContinuousClock.now + .seconds($0 * 60) }
        try run.run {
            Interruption.isRequested || deadline.map { ContinuousClock.now > $0 } ?? false
        } observe: { event in
            switch event {
            case .step(let report):
                try log.show(report, batchSize: batch)
                if report.step % settings.evaluationSteps == 0 || report.step == steps {
                    let ratio = try look.take(step: report.step, weights: run.averagedBuffers())
                    try log.keep(step: report.step, ["unseen PSNR": ratio])
                    Terminal.note(
                        "step \(report.step): PSNR of unseen pictures \(Terminal.fixed(ratio, 2)) dB")
                }
            case .checkpoint(let step): Terminal.note("saved step \(step)")
            }
        }
    }

    private func source(
        _ recipe: HanjiRecipe, _ objective: AutoencoderObjective, pictures: Range<Int>
    ) throws -> PictureBatchSource {
        let (size, crop) = (recipe.pictureSize, objective.pictureSize)
        let side = crop / recipe.autoencoder.downsamplingFactor
        return try PictureBatchSource(
            range: pictures, pictureSize: crop, latentShape: [side, side, recipe.autoencoder.latentChannels],
            batchSize: batch, seed: recipe.seed
        ) { try HanjiRecipe.pixels(ofPicture: $0, size: size, crop: crop) }
    }

    func validate() throws {
        guard crop >= 32, crop % 32 == 0 else { throw ValidationError("--crop must be a multiple of 32") }
        guard batch >= 1, steps >= 1 else { throw ValidationError("--batch and --steps must be 1 or more") }
    }
}

extension HanjiRecipe {
    /// `[height, width, channels]` of a latent.
    var latentShape: Shape {
        let side = pictureSize / autoencoder.downsamplingFactor
        return [side, side, autoencoder.latentChannels]
    }
}
