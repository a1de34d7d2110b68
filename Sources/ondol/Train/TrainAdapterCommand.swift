import ArgumentParser
import DiffusionModels
import FoundationEssentials
import ImagePipelines
import Images
import Provenance
import Rights
import Tensors
import Training
import Worker

/// Trains a low-rank adapter on a folder of works with captions, and makes a style of it.
struct TrainAdapterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter", abstract: "Trains a style (LoRA) on a folder of pictures with captions.",
        discussion: """
            Each picture's caption is in a text file of the same name, or all are in metadata.jsonl with file_name and \
            text. Whose the works are and what they may be used for is in works.json; nothing is trained where that does \
            not cover every one. The model itself is not changed; the adapter is written as diffusers' load_lora_weights \
            reads it. Then the style draws its own captions, and is not used where a picture is a near copy of a work.
            """)

    @Argument(help: "The folder of pictures: JPEG, PNG or WebP.")
    var pictures: String

    @OptionGroup var options: TrainingOptions

    @Option(help: ArgumentHelp("A model's folder, or its name in Models.", valueName: "folder"))
    var model = ModelShelf.builtIn

    @Option(
        help: ArgumentHelp(
            "The style's folder, for adapter, manifest and check; its name in Styles unless given.",
            valueName: "folder"))
    var out: String?

    @Flag(help: "Begin works.json, with every picture's hash, and train nothing.")
    var draftWorks = false

    @Flag(help: "The style is never used for pay, so that licences need not grant that.")
    var unpaid = false

    @Option(help: "Where the style is to be used, as KR; the whole world unless given.")
    var territory: String?

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
        guard
            territory.map({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } }) ?? true
        else { throw ValidationError("--territory is a code of two letters, as KR") }
    }

    func run() async throws {
        let shouldStop = options.stopping()
        if let out { try Self.check(target: out) }
        let pictures = try CaptionedPictures(folder: pictures)
        let today = try Timestamp(milliseconds: Machine.now().microseconds / 1000).day()
        guard !draftWorks else { return try draft(pictures, today) }
        let permission = try TrainingPermission(
            pictures, on: today, isCommercial: !unpaid, territory: territory,
            signals: WorksCommand.Add.signals)
        let name = permission.manifest.style.text
        let target = out ?? "\(StyleFolders().folder)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        } catch {
            throw CommandError("the folder \(target) cannot be made; name another with --out")
        }
        try OutputFile.check("\(target)/\(Self.adapterName)", example: "adapter.safetensors")
        let folder = try ModelFolder(path: ModelShelf().path(of: model))
        let training = AdapterTraining(
            model: folder, rank: rank, alpha: alpha ?? Double(rank),
            components: textEncoder ? [.unet, .textEncoder] : [.unet], size: try side(for: folder))
        let runtime = try DeviceRuntime(plugin: options.plugin)
        Terminal.note("encoding \(pictures.entries.count) pictures at \(training.size) pixels")
        let (latents, digest) = try training.latents(
            of: pictures, flips: flip, runtime: runtime, shouldStop: shouldStop)
        let source = try training.source(
            latents, of: pictures, captionDropout: captionDropout, batchSize: batch, seed: seed)
        do {
            let run = try prepare(training, source, runtime, digest: digest, name: name)
            guard try train(run, name, shouldStop) else { return }
            try AdapterWriter.write(
                run.averagedWeights(), rank: rank, alpha: training.alpha, to: "\(target)/\(Self.adapterName)",
                metadata: [
                    "ondol.steps": "\(steps)", "ondol.seed": "\(seed)", "ondol.pictures": digest,
                    "ondol.works": permission.digest.hexadecimal,
                ])
        }
        try await finish(permission.manifest, pictures, folder, runtime, target)
    }

    private static let adapterName = "adapter.safetensors"

    private static func check(target: String) throws {
        var isFolder = false
        guard !FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) || isFolder else {
            throw CommandError("\(target) is a file; a style is written into a folder of its own")
        }
    }

    private func draft(_ pictures: CaptionedPictures, _ today: CalendarDay) throws {
        let path = "\(pictures.folder)/\(WorksManifest.fileName)"
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandError("\(path) is there already; it is not written over")
        }
        try Picture.write(Array(try WorksManifest.draft(of: pictures, today: today).utf8), to: path)
        Terminal.note("wrote \(path); fill in whose the works are and what they may be used for")
    }

    /// Checks the style that was trained, and writes its manifest.
    private func finish(
        _ works: WorksManifest, _ pictures: CaptionedPictures, _ folder: ModelFolder,
        _ runtime: DeviceRuntime, _ target: String
    ) async throws {
        let path = "\(target)/\(Self.adapterName)"
        let pipeline = try TextToImagePipeline(
            folder: folder, compiler: runtime.compiler, policy: runtime.inferencePolicy)
        let hash = ContentHash(
            of: try InputFile.bytes(path, maximumBytes: StyleShelf.adapterByteLimit, kind: "adapter"))
        let style = try pipeline.style(named: "\(works.style)@\(hash)", adapterFile: path)
        Terminal.note("drawing its own captions, to compare them with the works")
        let report = try await StyleCheck(pipeline: pipeline, pictures: pictures, folder: target).run(
            style, adapter: hash.hexadecimal, seed: seed
        ) { done, count in
            if done % 10 == 0 || done == count { Terminal.note("\(done) of \(count) drawn") }
        }
        let modelName = ModelShelf.name(of: folder.path)
        var manifest = StyleManifest(
            identifier: works.style, title: works.title, artist: works.holder.credit,
            adapter: Self.adapterName,
            adapterHash: hash, baseModel: modelName,
            baseModelIdentifier: PictureOrigin.Model(name: modelName, folder: folder.path).identifier)
        manifest.triggerWords = works.triggerWords ?? []
        manifest.agreement = works.agreement.id
        manifest.nearCopyCount = report.nearCopies.count
        try Picture.write(try manifest.encoded(), to: "\(target)/\(StyleManifest.fileName)")
        guard report.nearCopies.isEmpty else {
            for pair in report.nearCopies {
                Terminal.note(
                    "near copy of \(pair.work), \(pair.distance) of 256 bits apart: \(target)/\(pair.pictures)"
                )
            }
            throw CommandError(
                "\(report.nearCopies.count) of \(report.drawnPictures) pictures are near copies of works, so that the style is not drawn with; train fewer steps, a smaller rank, or more works"
            )
        }
        Terminal.note(
            "wrote \(target); none of \(report.drawnPictures) pictures is a near copy. Draw with --style \(works.style)"
        )
    }

    private func runFolder(_ name: String) -> String {
        options.run ?? "\(ProjectFolder().training)/adapters/\(name)"
    }

    private func prepare(
        _ training: AdapterTraining, _ source: DiffusionBatchSource, _ runtime: DeviceRuntime, digest: String,
        name: String
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
            folder: runFolder(name),
            objectiveText: "adapter of rank \(rank) and alpha \(training.alpha) on "
                + training.components.map(\.rawValue).joined(separator: " and ")
                + " at \(training.size) pixels, seed \(seed), pictures \(digest)",
            batchSize: batch, adapters: training.shapes(), training: AdapterTraining.isTrained,
            weights: training.weights(seed: seed))
    }

    /// Trains to the end; false where it was interrupted before.
    private func train(
        _ run: TrainingRun<DiffusionObjective, DiffusionBatchSource>, _ name: String,
        _ shouldStop: @escaping () -> Bool
    ) throws -> Bool {
        try TrainingLoop(folder: runFolder(name), batchSize: batch, shouldStop: shouldStop).run(run)
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
