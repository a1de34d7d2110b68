import ArgumentParser
import DiffusionModels
import FoundationEssentials
import Tensors
import Training

/// Trains a low-rank adapter on a folder of pictures with captions.
struct TrainAdapterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter", abstract: "Trains a style (LoRA) on a folder of pictures with captions.",
        discussion: """
            Each picture's caption is in a text file of the same name, or all are in metadata.jsonl with file_name and \
            text. The model itself is not changed; the adapter is written as diffusers' load_lora_weights reads it.
            """)

    @Argument(help: "The folder of pictures: JPEG, PNG or WebP.")
    var pictures: String

    @OptionGroup var options: TrainingOptions

    @Option(help: ArgumentHelp("A model's folder, or its name in Models.", valueName: "folder"))
    var model = ModelShelf.builtIn

    @Option(help: "The adapter's file; by default the folder's name with .safetensors.")
    var out: String?

    @Option(help: "The adapter's inner dimension, 1 to 128.")
    var rank = 8

    @Option(help: "What the adapter is multiplied with, times the rank; by default the rank.")
    var alpha: Double?

    @Option(help: "Steps in all; a run that is done can be prolonged.")
    var steps = 500

    @Option(help: "Pictures in a batch.")
    var batch = 4

    @Option(help: "The highest learning rate.")
    var learningRate = 1e-4

    @Option(help: "Height and width in pixels; by default what the model draws best.")
    var size: Int?

    @Option(help: "The seed of everything random in training.")
    var seed: UInt64 = 0

    @Option(help: "How often a caption is left out, 0 to 1.")
    var captionDropout = 0.1

    @Flag(help: "Adapt the text encoder too.")
    var textEncoder = false

    @Flag(help: "Learn from mirrored pictures too.")
    var flip = false

    func validate() throws {
        guard size.map({ (32...2048).contains($0) }) ?? true else {
            throw ValidationError("--size must be 32 to 2048")
        }
        guard (1...128).contains(rank) else { throw ValidationError("--rank must be 1 to 128") }
        guard alpha.map({ $0 > 0 && $0 <= 1e6 }) ?? true else {
            throw ValidationError("--alpha must be above 0")
        }
        guard (1...10_000_000).contains(steps) else { throw ValidationError("--steps must be 1 or more") }
        guard (1...256).contains(batch) else { throw ValidationError("--batch must be 1 to 256") }
        guard learningRate > 0, learningRate <= 1 else {
            throw ValidationError("--learning-rate must be above 0 and at most 1")
        }
        guard (0...1).contains(captionDropout) else {
            throw ValidationError("--caption-dropout must be 0 to 1")
        }
        guard out.map({ $0.hasSuffix(".safetensors") }) ?? true else {
            throw ValidationError("--out must end in .safetensors")
        }
    }

    /// The adapter's name: that of its file.
    private var name: String {
        let path = out ?? pictures
        let last = path.split(separator: "/").last.map(String.init) ?? "adapter"
        return last.hasSuffix(".safetensors") ? String(last.dropLast(".safetensors".count)) : last
    }

    func run() throws {
        let shouldStop = options.stopping()
        let out = out ?? "\(name).safetensors"
        try OutputFile.check(out, example: "style.safetensors")
        let pictures = try CaptionedPictures(folder: pictures)
        let folder = try ModelFolder(path: ModelShelf().path(of: model))
        let training = AdapterTraining(
            model: folder, rank: rank, alpha: alpha ?? Double(rank),
            components: textEncoder ? [.unet, .textEncoder] : [.unet], size: try side(for: folder))
        let runtime = try DeviceRuntime(plugin: options.plugin)
        Terminal.note("encoding \(pictures.entries.count) pictures at \(training.size) pixels")
        let (latents, digest) = try training.latents(of: pictures, flips: flip, runtime: runtime)
        let source = try training.source(
            latents, of: pictures, captionDropout: captionDropout, batchSize: batch, seed: seed)
        let run = try prepare(training, source, runtime, digest: digest)
        guard try train(run, shouldStop) else { return }
        try AdapterWriter.write(
            run.averagedWeights(), rank: rank, alpha: training.alpha, to: out,
            metadata: ["ondol.steps": "\(steps)", "ondol.seed": "\(seed)", "ondol.pictures": digest])
        Terminal.note("wrote \(out)")
    }

    private var runFolder: String { options.run ?? "\(ProjectFolder().training)/adapters/\(name)" }

    private func prepare(
        _ training: AdapterTraining, _ source: DiffusionBatchSource, _ runtime: DeviceRuntime, digest: String
    ) throws -> TrainingRun<DiffusionObjective, DiffusionBatchSource> {
        var settings = TrainingSettings(
            schedule: .init(
                peak: learningRate, warmupSteps: min(20, steps / 10), totalSteps: steps,
                decaySteps: steps / 4))
        settings.checkpointSeconds = options.checkpointSeconds
        settings.averageDecay = 0.98
        Terminal.note("compiling for \(runtime.client.platformName)")
        return try TrainingRun(
            objective: training.objective(batchSize: batch), source: source, settings: settings,
            policy: runtime.trainingPolicy, client: runtime.client, compiler: runtime.compiler,
            folder: runFolder,
            objectiveText: "adapter of rank \(rank) and alpha \(training.alpha) on "
                + training.components.map(\.rawValue).joined(separator: " and ")
                + " at \(training.size) pixels, seed \(seed), pictures \(digest)",
            batchSize: batch, adapters: training.shapes(), training: AdapterTraining.isTrained,
            weights: training.weights(seed: seed))
    }

    /// Trains to the end; false where it was interrupted before.
    private func train(
        _ run: TrainingRun<DiffusionObjective, DiffusionBatchSource>, _ shouldStop: @escaping () -> Bool
    ) throws -> Bool {
        try TrainingLoop(folder: runFolder, batchSize: batch, shouldStop: shouldStop).run(run)
        guard run.isFinished else {
            Terminal.note("stopped; the same command goes on, and writes the adapter at the end")
            return false
        }
        return true
    }

    /// The side to train at.
    private func side(for folder: ModelFolder) throws -> Int {
        let factor = folder.autoencoder.downsamplingFactor
        let side = size ?? folder.unet.sampleSize * factor
        guard (32...2048).contains(side), side % factor == 0 else {
            throw CommandError(
                "\(side) pixels cannot be trained at: \(folder.path) takes multiples of \(factor) from 32 to 2048; choose another --size",
                isAboutUsage: true)
        }
        return side
    }
}
