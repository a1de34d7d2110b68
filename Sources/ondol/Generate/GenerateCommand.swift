import ArgumentParser
import DiffusionModels
import FoundationEssentials
import ImagePipelines
import Images
import Provenance
import Rights
import Samplers
import Worker

/// Draws a sentence.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Draws a sentence as a PNG.",
        discussion: "The same seed and settings give the same picture. Ctrl-C stops after the step at hand.")

    @Argument(help: "What the picture shows, in Korean or English for the built-in model.")
    var prompt: [String]

    @Option(
        help: ArgumentHelp(
            "The file to write, replaced where it is there: .png, .jpg or .webp. By default ondol-SEED.png, and "
                + "never over another file.", valueName: "file"))
    var out: String?

    @Option(help: "How many pictures, from the seed on.")
    var count = 1

    @Option(help: "The first picture's seed; by default another every time.")
    var seed: UInt64?

    @Option(help: "Denoising steps, 1 to 1000.")
    var steps = 20

    @Option(help: "How strongly the sentence is followed, 0 to 50.")
    var guidance = 5.0

    @Option(help: "The solver; by default the model's own.")
    var sampler: Solver?

    @Option(
        help: ArgumentHelp(
            "The size in pixels, as 128 or 192x128; by default the model's.", valueName: "size"),
        transform: SizeOption.init(argument:))
    var size: SizeOption?

    @Option(help: ArgumentHelp("What the picture shall not show.", valueName: "text"))
    var negative = ""

    @Option(help: ArgumentHelp("A model's folder, or its name in Models.", valueName: "folder"))
    var model = ModelShelf.builtIn

    @Option(help: ArgumentHelp("A picture to start from: JPEG, PNG or WebP.", valueName: "file"))
    var photo: String?

    @Option(
        help: ArgumentHelp(
            "A PNG of the photo's size, transparent where it is drawn anew; the rest stays.",
            valueName: "file"))
    var mask: String?

    @Option(help: "How much of the photo is drawn anew, above 0 to 1; 0.6 unless given, 1 with a mask.")
    var strength: Double?

    @Option(
        help: ArgumentHelp(
            "A style of the folder Styles, as NAME or NAME:STRENGTH, above 0 to 2; up to four.",
            valueName: "style"))
    var style: [StyleOption] = []

    @Flag(help: "Leave out the medium's grain, which is laid over the built-in model's pictures.")
    var noFinish = false

    @OptionGroup(title: "Where the picture says it comes from")
    var credentials: CredentialOptions

    @Flag(help: "Say nothing but what went wrong.")
    var quiet = false

    @Option(help: "A PJRT plugin file; by default the best that is installed.")
    var plugin: String?

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--count must be 1 to 1000") }
        guard (1...SolverPlan.stepLimit).contains(steps) else {
            throw ValidationError("--steps must be 1 to \(SolverPlan.stepLimit)")
        }
        guard (0...50).contains(guidance) else { throw ValidationError("--guidance must be 0 to 50") }
        guard mask == nil || photo != nil else {
            throw ValidationError("--mask needs the picture that it belongs to: --photo FILE")
        }
        guard style.count <= StyleUse.limit else {
            throw ValidationError("--style can be given \(StyleUse.limit) times")
        }
        guard Set(style.map(\.use.style)).count == style.count else {
            throw ValidationError("a --style is given twice; name each once, as NAME:STRENGTH")
        }
        if let strength {
            guard photo != nil else {
                throw ValidationError("--strength needs a picture to start from: --photo FILE")
            }
            guard strength > 0, strength <= 1 else {
                throw ValidationError("--strength must be above 0 and at most 1")
            }
        }
    }

    func run() async throws {
        // Everything that can be refused is looked at before the device is opened.
        let output = try PictureOutput(out: out, count: count)
        let photoFile = try photo.map { try Picture.fileBytes(at: $0) }
        let photo = try photoFile.map { bytes in
            PictureRequest.Photo(
                try Picture(decoding: bytes, name: self.photo ?? "the photo"),
                strength: strength ?? (mask == nil ? 0.6 : 1),
                mask: try mask.map { try PictureMask(contentsOf: $0) })
        }
        let folder = try ModelFolder(path: ModelShelf().path(of: model))
        Interruption.watch()
        let runtime = try DeviceRuntime(plugin: plugin)
        let pipeline = try TextToImagePipeline(
            folder: folder, compiler: runtime.compiler, policy: runtime.inferencePolicy)
        let size =
            try size.map { try pipeline.sizes.size(width: $0.width, height: $0.height) } ?? pipeline.usualSize

        let modelName = ModelShelf.name(of: folder.path)
        let shelf = style.isEmpty ? nil : StyleFolders().shelf(for: [modelName: pipeline])
        let styles = try await shelf?.styles(style, model: modelName) ?? []
        // Short enough to be typed again.
        let firstSeed = seed ?? UInt64.random(in: 0..<1_000_000_000)
        let plans = try (0..<count).map {
            try pipeline.plan(request(seed: firstSeed &+ UInt64($0), photo: photo, styles: styles))
        }
        let signer = try CredentialDesk().signer(credentials) { if !quiet { Terminal.note($0) } }
        let seal = Seal(
            sealing: PictureSealing(signer: signer),
            beginning: photoFile.map { .photo(bytes: $0) } ?? .noise,
            model: PictureOrigin.Model(name: modelName, folder: folder.path),
            style: shelf?.credit(for: style.map(\.use)))
        try await draw(plans, size: size, with: pipeline, to: output, sealed: seal)
    }

    /// How pictures are signed, and what all of them say of where they come from.
    private struct Seal {
        let sealing: PictureSealing
        let beginning: PictureOrigin.Beginning
        let model: PictureOrigin.Model
        let style: PictureOrigin.Style?
    }

    private func file(
        _ picture: Picture, as encoding: PictureEncoding, drawnBy plan: PicturePlan, sealed seal: Seal
    ) throws -> [UInt8] {
        var origin = PictureOrigin(
            provider: "Ondol", programVersion: Ondol.configuration.version, model: seal.model,
            time: try Timestamp(milliseconds: Machine.now().microseconds / 1000))
        origin.beginning = seal.beginning
        origin.style = seal.style
        credentials.apply(to: &origin, prompt: plan.request.prompt, seed: plan.request.seed)
        let signed = try seal.sealing.seal(picture, as: encoding, origin: origin, label: credentials.label)
        if case .failed(let failure) = signed.time {
            Terminal.note("the picture is signed without a time stamp: \(failure.sentence)")
        }
        return signed.bytes
    }

    private func request(
        seed: UInt64, photo: PictureRequest.Photo?, styles: [PictureStyle]
    ) -> PictureRequest {
        var request = PictureRequest(prompt: prompt.joined(separator: " "), seed: seed)
        request.negativePrompt = negative
        request.stepCount = steps
        request.guidanceScale = guidance
        request.solver = sampler
        request.photo = photo
        request.styles = styles
        return request
    }

    private func draw(
        _ plans: [PicturePlan], size: PictureSize, with pipeline: TextToImagePipeline,
        to output: PictureOutput, sealed seal: Seal
    ) async throws {
        let name = ModelShelf.name(of: pipeline.folder.path)
        let progress = DrawingProgress(count: count, isQuiet: quiet)
        progress.begin(
            "\(name), \(size), \(plans[0].solverPlan.solver.rawValue), seed \(plans[0].request.seed)"
                + (count > 1 ? " to \(plans[count - 1].request.seed)" : ""))
        progress.warn(about: plans[0])
        let grain =
            noFinish || name != ModelShelf.builtIn ? nil : MediumGrain(prompt: plans[0].request.prompt)
        try await pipeline.draw(plans, size: size) { moved in
            progress.show(moved)
            if Interruption.isRequested {
                progress.end()
                throw CancellationError()
            }
        } delivering: { index, drawn in
            let plan = plans[index]
            let picture =
                try grain?.laid(over: drawn, seed: plan.request.seed, inside: plan.request.photo?.mask)
                ?? drawn
            let path = try output.write(
                describedBy: plan, model: name, styles: style.map(\.use), size: size, at: index
            ) { encoding in
                try file(picture, as: encoding, drawnBy: plan, sealed: seal)
            }
            progress.wrote(path)
        }
        progress.end()
    }
}

extension Solver: ExpressibleByArgument {}

/// A size on the command line: `128` or `192x128`.
struct SizeOption: Hashable {
    let width: Int
    let height: Int

    init(argument: String) throws {
        let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let width = Int(parts[0]),
            let height = Int(parts[parts.count - 1])
        else { throw ValidationError("a size is one number of pixels or two, as 128 or 192x128") }
        self.width = width
        self.height = height
    }
}
