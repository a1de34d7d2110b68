import Images
import Serving
import Stores

/// One picture, as an engine is told to draw it: the order's part of it, with the tier made into numbers.
public struct PictureInstructions: Sendable {
    /// What the picture shows.
    public var prompt: String
    /// What it shall not show.
    public var negativePrompt: String
    /// Model and size.
    public var shape: PictureShape
    /// What its noise is made from.
    public var seed: UInt64
    /// Steps, solver, and how much of it is guided.
    public var recipe: TierRecipe
    /// How strongly the prompt is followed, 0 to 50.
    public var guidanceScale: Double
    /// What it begins with, how much of that is drawn anew, and where; everywhere where nothing is said.
    public var photo: (picture: Picture, strength: Double, mask: PictureMask?)?
    /// The styles it is drawn with.
    public var styles: [StyleUse] = []
}

/// A checked picture: what an engine can draw.
public protocol DrawingPlan: Sendable {
    /// Steps it takes; at least 1.
    var stepCount: Int { get }
    /// How many of them, from the first on, ask the model with and without the prompt.
    var guidedStepCount: Int { get }
    /// Tokens of the prompt, as the caller is told.
    var promptTokens: Int { get }
    /// Where a photo is drawn anew, in the photo's own size; nil where it is everywhere, or there is none.
    var drawnArea: PictureMask? { get }
    /// What its styles are called where they were loaded: name and adapter's hash. Empty where it has none.
    var loadedStyles: [String] { get }
}

extension DrawingPlan {
    /// No styles.
    public var loadedStyles: [String] { [] }
}

/// Pictures of one shape that a device draws together, one step at a time.
///
/// Belongs to one task, which makes one call after the other. An error of ``advance()`` means that all of its pictures are
/// lost; an error of another method concerns only the picture it was about, unless ``StepEngine/judge(_:)`` says otherwise.
public protocol StepBatch: AnyObject {
    /// What can join.
    associatedtype Plan: DrawingPlan
    /// A picture's place; never used twice.
    associatedtype Row: Hashable & Sendable

    /// Rows there are.
    var capacity: Int { get }
    /// How often the next step asks the model: for empty rows, too, where they are computed with the others.
    var evaluationCount: Int { get }
    /// Whether the next step takes over a part of an earlier one, and so costs less than its evaluations.
    var reusesFeatures: Bool { get }

    /// Seats a picture; it moves with the next step.
    nonisolated(nonsending) func join(_ plan: Plan) async throws -> Row
    /// Frees a row, at whatever step it stands.
    func leave(_ row: Row)
    /// Changes how many rows there are; the pictures in them go on.
    nonisolated(nonsending) func resize(to capacity: Int) async throws
    /// Moves every picture that has steps left by one.
    nonisolated(nonsending) func advance() async throws
    /// What a picture would become, judged at its last step; nil before its first.
    nonisolated(nonsending) func preview(_ row: Row) async throws -> Picture?
    /// The picture of a row that has done all its steps; the row is free then.
    nonisolated(nonsending) func finish(_ row: Row) async throws -> Picture
}

extension StepBatch {
    /// Every step computes everything.
    public var reusesFeatures: Bool { false }
}

/// What a failure of an engine means for the jobs it concerns.
public struct EngineFailure: Sendable, Hashable {
    /// What the caller is told. Never a prompt.
    public var failure: JobFailure
    /// Whether trying again may help.
    public var mayRetry: Bool
    /// Whether the batch can no longer be used, and all of its pictures are lost.
    public var losesBatch: Bool

    /// Makes a failure.
    public init(_ failure: JobFailure, mayRetry: Bool, losesBatch: Bool) {
        self.failure = failure
        self.mayRetry = mayRetry
        self.losesBatch = losesBatch
    }

    /// What every job of a batch that was lost comes to.
    static let deviceFailed = EngineFailure(
        JobFailure(code: "device_failed", message: "The device that drew this picture failed."),
        mayRetry: true,
        losesBatch: true)
}

/// A device and the models on it, as a worker sees them.
///
/// The seam between the worker's loop and what computes: ``PipelineEngine`` draws, and tests have engines that only count.
public protocol StepEngine: Sendable {
    /// What it draws in.
    associatedtype Batch: StepBatch

    /// The models it can draw, by the names that jobs have.
    var models: Set<String> { get }

    /// Checks a picture. Takes no time of the device; where a style must be loaded first, the picture waits for it.
    /// - Throws: where it cannot be drawn; ``judge(_:)`` says what that means.
    func plan(_ instructions: PictureInstructions) async throws -> Batch.Plan

    /// Whether ``plan(_:)`` finds these styles loaded, so that it takes no time.
    func hasLoaded(_ styles: [StyleUse], for model: String) -> Bool

    /// Compiles and loads all that a batch of this shape needs. Takes long the first time, and blocks.
    func prepare(_ shape: PictureShape, capacity: Int) throws

    /// Opens a batch.
    func openBatch(of shape: PictureShape, capacity: Int) throws -> Batch

    /// What an error of this engine, its batches or its plans means.
    func judge(_ error: any Error) -> EngineFailure
}

extension StepEngine {
    /// An engine that loads nothing has loaded all it needs.
    public func hasLoaded(_ styles: [StyleUse], for model: String) -> Bool { true }
}
