import ImagePipelines
import Images
import Samplers
import Serving
import Stores

/// Draws with the models of this machine.
///
/// May be used from any thread.
public struct PipelineEngine: StepEngine {
    private let pipelines: [String: TextToImagePipeline]
    private let reusesFeatures: Bool
    private let styles: StyleShelf?

    /// Makes an engine.
    /// - Parameters:
    ///   - pipelines: the models, by the names that jobs have.
    ///   - reusesFeatures: whether recipes reuse features, so that programs for it are compiled ahead.
    ///   - styles: where styles come from; nil draws with none.
    public init(
        _ pipelines: [String: TextToImagePipeline], reusesFeatures: Bool = false, styles: StyleShelf? = nil
    ) {
        self.pipelines = pipelines
        self.reusesFeatures = reusesFeatures
        self.styles = styles
    }

    /// The models' names.
    public var models: Set<String> { Set(pipelines.keys) }

    /// Checks a picture.
    /// - Throws: ``WorkerError`` with `unknownModel` or `styleUnavailable`; `PipelineError` where model, size or settings do
    ///   not go together.
    public func plan(_ instructions: PictureInstructions) async throws -> PipelinePlan {
        let pipeline = try pipeline(of: instructions.shape)
        // Refused here, before a batch of this size is opened.
        _ = try pipeline.sizes.size(width: instructions.shape.width, height: instructions.shape.height)
        var request = PictureRequest(prompt: instructions.prompt, seed: instructions.seed)
        request.negativePrompt = instructions.negativePrompt
        request.stepCount = instructions.recipe.steps
        request.solver = Solver(rawValue: instructions.recipe.solver.rawValue)
        request.guidanceScale = instructions.guidanceScale
        request.guidedShare = instructions.recipe.guidedShare
        request.featureInterval = instructions.recipe.featureInterval
        request.photo = instructions.photo.map { .init($0.picture, strength: $0.strength, mask: $0.mask) }
        for use in instructions.styles {
            guard let styles else {
                throw WorkerError(.styleUnavailable, "this worker has no styles; ask for a picture without")
            }
            request.styles.append(
                PictureStyle(
                    try await styles.style(use.style, for: instructions.shape.model), strength: use.strength))
        }
        return PipelinePlan(plan: try pipeline.plan(request))
    }

    /// Whether styles are on the device, or cannot be had at all.
    public func hasLoaded(_ uses: [StyleUse], for model: String) -> Bool {
        uses.allSatisfy { styles?.hasLoaded($0.style, for: model) ?? true }
    }

    /// Compiles the programs of a shape, and brings the weights to the device.
    public func prepare(_ shape: PictureShape, capacity: Int) throws {
        let pipeline = try pipeline(of: shape)
        try pipeline.prepare(
            size: pipeline.sizes.size(width: shape.width, height: shape.height), capacity: capacity,
            reusesFeatures: reusesFeatures, readsPhotos: false, readsWeights: true)
        if let forms = styles?.forms[shape.model], !forms.isEmpty {
            try prepareStyles(forms, for: shape, capacities: [capacity])
        }
    }

    /// Compiles what styles of these forms ask for beyond ``prepare(_:capacity:)``. Touches no batch: to be called beside what is
    /// drawn.
    public func prepareStyles(_ forms: StyleForms, for shape: PictureShape, capacities: [Int]) throws {
        let pipeline = try pipeline(of: shape)
        let size = try pipeline.sizes.size(width: shape.width, height: shape.height)
        for capacity in capacities {
            try pipeline.prepareStyles(forms, size: size, capacity: capacity, reusesFeatures: reusesFeatures)
        }
    }

    /// Opens a batch.
    public func openBatch(of shape: PictureShape, capacity: Int) throws -> PipelineBatch {
        let pipeline = try pipeline(of: shape)
        return PipelineBatch(
            try pipeline.session(
                size: pipeline.sizes.size(width: shape.width, height: shape.height), capacity: capacity))
    }

    /// Tells what lies in the order from what lies in the device.
    public func judge(_ error: any Error) -> EngineFailure {
        let message = "\(error)"
        switch (error as? PipelineError)?.code {
        case .invalidSize, .invalidSetting, .invalidPrompt, .invalidPhoto:
            return EngineFailure(
                JobFailure(code: "invalid_request", message: message), mayRetry: false, losesBatch: false)
        case .model:
            return EngineFailure(
                JobFailure(code: "model_failed", message: message), mayRetry: false, losesBatch: false)
        case .invalidRow, .sessionFull:
            return EngineFailure(
                JobFailure(code: "drawing_failed", message: message), mayRetry: true, losesBatch: false)
        case .device, .sessionLost, nil:
            switch (error as? WorkerError)?.code {
            case .unknownModel:
                return EngineFailure(
                    JobFailure(code: "unknown_model", message: message), mayRetry: false, losesBatch: false)
            case .styleUnavailable, .invalidStyle:
                return EngineFailure(
                    JobFailure(code: "style_unavailable", message: message), mayRetry: false,
                    losesBatch: false)
            default: break
            }
            return .deviceFailed
        }
    }

    private func pipeline(of shape: PictureShape) throws -> TextToImagePipeline {
        guard let pipeline = pipelines[shape.model] else {
            throw WorkerError(
                .unknownModel, "there is no model \(shape.model) here; ask for one that is listed")
        }
        return pipeline
    }
}

/// A picture that a pipeline has checked.
public struct PipelinePlan: DrawingPlan {
    let plan: PicturePlan

    /// Steps it takes.
    public var stepCount: Int { plan.stepCount }
    /// How many of them are guided.
    public var guidedStepCount: Int { plan.guidedStepCount }
    /// Tokens of the prompt, start and end included.
    public var promptTokens: Int { plan.prompt.tokenCount }
    /// Where a photo is drawn anew.
    public var drawnArea: PictureMask? { plan.request.photo?.mask }
    /// What its styles are called where they were loaded.
    public var loadedStyles: [String] { plan.request.styles.map(\.style.name) }
}

/// A denoising session as a worker sees it. Not `Sendable`: it belongs to the task that opened it.
public final class PipelineBatch: StepBatch {
    private let session: DenoisingSession

    init(_ session: DenoisingSession) { self.session = session }

    /// Rows there are.
    public var capacity: Int { session.capacity }
    /// How often the next step asks the model.
    public var evaluationCount: Int { session.evaluationCount }
    /// Whether the next step takes over features of an earlier one.
    public var reusesFeatures: Bool { session.reusesFeatures }

    /// Seats a picture.
    nonisolated(nonsending) public func join(_ plan: PipelinePlan) async throws -> DenoisingSession.Row {
        try await session.join(plan.plan)
    }

    /// Frees a row.
    public func leave(_ row: DenoisingSession.Row) { session.leave(row) }

    /// Changes how many rows there are.
    nonisolated(nonsending) public func resize(to capacity: Int) async throws {
        try await session.resize(to: capacity)
    }

    /// Moves every picture by one step.
    nonisolated(nonsending) public func advance() async throws { _ = try await session.advance() }

    /// What a picture would become.
    nonisolated(nonsending) public func preview(_ row: DenoisingSession.Row) async throws -> Picture? {
        try await session.preview(row)
    }

    /// The picture of a row that is done.
    nonisolated(nonsending) public func finish(_ row: DenoisingSession.Row) async throws -> Picture {
        try await session.finish(row)
    }
}
