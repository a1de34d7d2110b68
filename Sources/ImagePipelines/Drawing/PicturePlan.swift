import Images
import Samplers
import Tokenizers

/// A checked request: every number on the way from noise to picture, and the token ids of both texts.
///
/// Made by ``TextToImagePipeline/plan(_:)``; fits every session of that pipeline.
public struct PicturePlan: Sendable {
    /// The request.
    public let request: PictureRequest
    /// The steps.
    public let solverPlan: SolverPlan
    /// What the prompt became.
    public let prompt: TokenizedText
    /// What the negative prompt became.
    public let negativePrompt: TokenizedText

    /// Whether any step asks the model twice, with and without the prompt.
    ///
    /// Source: `do_classifier_free_guidance`, diffusers 0.42.1
    /// `pipelines/stable_diffusion/pipeline_stable_diffusion.py`.
    public var isGuided: Bool { guidedStepCount > 0 }

    /// How many steps ask the model twice: the first ones, rounded to the nearest number. Of a drawing that begins with a
    /// photo, those steps are counted that are taken.
    public var guidedStepCount: Int {
        guard request.guidanceScale > 1 else { return 0 }
        return Int((Double(solverPlan.steps.count) * request.guidedShare).rounded())
    }

    /// Steps that are taken; fewer than were asked for where the picture begins with a photo.
    public var stepCount: Int { solverPlan.steps.count }
}

/// A text as its model reads it.
public struct TokenizedText: Sendable, Hashable {
    /// As many ids as the text encoder takes.
    let identifiers: [Int32]
    /// Tokens at the text's end that the model does not read, because it reads only so many.
    public let droppedTokenCount: Int
    /// Tokens of the whole text, its start and end and those that are not read included.
    public let tokenCount: Int

    /// Turns a text into ids.
    init(_ text: String, _ tokenizer: Tokenizer) throws(PipelineError) {
        do {
            identifiers = try tokenizer.encode(text)
            // The start and the end take two places.
            tokenCount = try tokenizer.tokenCount(text) + 2
            droppedTokenCount = max(0, tokenCount - tokenizer.maximumLength)
        } catch {
            throw PipelineError(.invalidPrompt, error.message, cause: error)
        }
    }
}

extension PicturePlan {
    /// Checks a request.
    init(
        _ request: PictureRequest, tokenizer: Tokenizer, scheduler: SchedulerConfiguration
    ) throws(PipelineError) {
        guard (0...50).contains(request.guidanceScale) else {
            throw PipelineError(
                .invalidSetting, "the guidance is \(request.guidanceScale); it must be between 0 and 50")
        }
        guard (0...1).contains(request.guidedShare) else {
            throw PipelineError(
                .invalidSetting,
                "the share of guided steps is \(request.guidedShare); it must be between 0 and 1")
        }
        guard (1...5).contains(request.featureInterval) else {
            throw PipelineError(
                .invalidSetting,
                "all of the model is computed every \(request.featureInterval) steps; it must be every 1 to 5"
            )
        }
        if let photo = request.photo, let mask = photo.mask { try Self.check(mask, of: photo.picture) }
        try PictureStyle.check(request.styles)
        do {
            solverPlan = try SolverPlan(
                scheduler, solver: request.solver, stepCount: request.stepCount,
                strength: request.photo?.strength)
        } catch {
            throw PipelineError(.invalidSetting, error.message, cause: error)
        }
        prompt = try TokenizedText(request.prompt, tokenizer)
        negativePrompt = try TokenizedText(request.negativePrompt, tokenizer)
        self.request = request
    }

    private static func check(_ mask: PictureMask, of photo: Picture) throws(PipelineError) {
        guard mask.width == photo.width, mask.height == photo.height else {
            throw PipelineError(
                .invalidPhoto,
                "the mask has \(mask.width)x\(mask.height) pixels and the photo \(photo.width)x\(photo.height); send a mask of the photo's size"
            )
        }
        guard !mask.isEmpty else {
            throw PipelineError(
                .invalidPhoto,
                "the mask leaves nothing to draw; make it transparent where the photo is to be drawn anew")
        }
    }
}
