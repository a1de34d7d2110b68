import DiffusionModels
import Images
import NeuralNetworks
import PJRT
import Samplers
import Synchronization
import Tensors
import Tokenizers

/// A model that is ready to draw: it checks requests, and opens sessions that draw them.
///
/// Weights are read, and programs compiled, when they are first needed. May be used from any thread, by several
/// sessions at once, which share the weights.
public final class TextToImagePipeline: Sendable {
    /// The model.
    public let folder: ModelFolder
    /// How the model was trained, and its folder's own solver.
    public let scheduler: SchedulerConfiguration
    /// The sizes it can draw.
    public let sizes: PictureSizeRule

    let programs: ModelPrograms
    private let tokenizer: Tokenizer
    /// Contexts of texts drawn last: negative prompts repeat. 64 of Stable Diffusion's take 15 MB.
    private let contexts = Mutex(RecentlyUsed<ContextKey, HostTensor>(limit: 64))
    /// The forms of styles that programs were compiled for ahead of time.
    let preparedForms = Mutex<[ModelComponent: LowRankForm]>([:])

    /// Prepares a model.
    /// - Parameters:
    ///   - compiler: the device to draw on, with the cache for its programs.
    ///   - policy: how layers are written for that device.
    /// - Throws: ``PipelineError`` with `model` where a part of the folder cannot be used.
    public init(folder: ModelFolder, compiler: ProgramCompiler, policy: ComputePolicy) throws {
        do {
            self.folder = folder
            scheduler = try SchedulerConfiguration(file: folder.schedulerConfigurationFile)
            tokenizer = try Self.tokenizer(of: folder)
            programs = try ModelPrograms(folder: folder, compiler: compiler, policy: policy)
            sizes = PictureSizeRule(factor: folder.autoencoder.downsamplingFactor)
        } catch {
            throw PipelineError.from(error, as: .model)
        }
    }

    /// Whether steps can take over features of an earlier one.
    public var canReuseFeatures: Bool { UNet(folder.unet).canReuseFeatures }

    /// The size the model was trained for, or the nearest that can be drawn.
    public var usualSize: PictureSize {
        let side = min(
            max(folder.unet.sampleSize * sizes.factor, sizes.sides.lowerBound), sizes.sides.upperBound)
        return PictureSize(width: side, height: side, factor: sizes.factor)
    }

    /// Checks a request.
    /// - Throws: ``PipelineError`` that says what is out of range.
    public func plan(_ request: PictureRequest) throws(PipelineError) -> PicturePlan {
        try PicturePlan(request, tokenizer: tokenizer, scheduler: scheduler)
    }

    /// How many tokens a text has, those that the model does not read included.
    /// - Throws: ``PipelineError`` with `invalidPrompt` where the text is too long to be read at all.
    public func tokenCount(of text: String) throws(PipelineError) -> Int {
        do {
            return try tokenizer.tokenCount(text)
        } catch {
            throw PipelineError(.invalidPrompt, error.message, cause: error)
        }
    }

    private static func tokenizer(of folder: ModelFolder) throws -> Tokenizer {
        let limit = folder.textEncoder.maximumTokens
        var tokenizer = try Tokenizer(folder: folder.tokenizerFolder)
        if tokenizer.maximumLength > limit {
            tokenizer = try Tokenizer(folder: folder.tokenizerFolder, maximumLength: limit)
        }
        guard tokenizer.vocabularySize <= folder.textEncoder.vocabularySize else {
            throw PipelineError(
                .model,
                "\(folder.path): the tokenizer has \(tokenizer.vocabularySize) entries and the text encoder "
                    + "\(folder.textEncoder.vocabularySize); the folder was put together from different models"
            )
        }
        return tokenizer
    }

    // MARK: the networks, one picture at a time

    /// How many tokens a text becomes.
    var tokenCount: Int { tokenizer.maximumLength }

    /// What the UNet is told of a text: `[1, tokens, width] f32`.
    /// - Parameter styles: the picture's, of which some may change how texts are read.
    nonisolated(nonsending) func context(
        of text: TokenizedText, styles: [PictureStyle] = []
    ) async throws -> HostTensor {
        let key = ContextKey(text, styles)
        if let known = contexts.withLock({ $0.value(for: key) }) { return known }
        let tokens = HostTensor(text.identifiers, shape: [1, text.identifiers.count])
        let (kind, arguments) = try textProgram(key.styles)
        let context = try await run(kind, on: tokens, arguments)
        contexts.withLock { $0.keep(context, for: key) }
        return context
    }

    /// The scaled latent of a photo, cut to the size: `[1, height, width, channels] f32`. The distribution's mean,
    /// so that the same photo is always the same latent.
    nonisolated(nonsending) func latent(of photo: Picture, size: PictureSize) async throws -> HostTensor {
        let fitted: Picture
        do {
            fitted = try photo.fitted(width: size.width, height: size.height)
        } catch {
            throw PipelineError.from(error, as: .invalidPhoto)
        }
        return try await run(.encoder(size), on: fitted.tensor())
    }

    /// The picture of a scaled latent, `[1, height, width, channels] f32`.
    nonisolated(nonsending) func picture(of latent: HostTensor, size: PictureSize) async throws -> Picture {
        let decoded = try await run(.decoder(size), on: latent)
        do {
            return try Picture.pictures(of: decoded)[0]
        } catch {
            throw PipelineError.from(error, as: .model)
        }
    }

    nonisolated(nonsending) private func run(
        _ kind: ModelPrograms.Kind, on tensor: HostTensor, _ more: [Buffer] = []
    ) async throws -> HostTensor {
        do {
            let program = try programs.program(kind)
            let argument = try programs.compiler.client.buffer(from: tensor)
            return try await program([argument] + more)[0].hostTensor()
        } catch {
            throw PipelineError.from(error, as: error is ModelError ? .model : .device)
        }
    }
}
