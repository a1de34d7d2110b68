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

    /// Whether each step asks the model twice, with and without the prompt.
    ///
    /// Source: `do_classifier_free_guidance`, diffusers 0.42.1
    /// `pipelines/stable_diffusion/pipeline_stable_diffusion.py`.
    public var isGuided: Bool { request.guidanceScale > 1 }
}

/// A text as its model reads it.
public struct TokenizedText: Sendable, Hashable {
    /// As many ids as the text encoder takes.
    let identifiers: [Int32]
    /// Tokens at the text's end that the model does not read, because it reads only so many.
    public let droppedTokenCount: Int

    /// Turns a text into ids.
    init(_ text: String, _ tokenizer: Tokenizer) throws(PipelineError) {
        do {
            identifiers = try tokenizer.encode(text)
            // The start and the end take two places.
            droppedTokenCount = max(0, try tokenizer.tokenCount(text) - (tokenizer.maximumLength - 2))
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
}
