import Serving

/// The name of one job, or of all jobs of one request.
public struct JobReference: Sendable, Hashable, CustomStringConvertible {
    /// The name's text.
    public let text: String

    /// Makes a name; nil where it is not 1 to 64 letters, digits, `-` or `_` of ASCII.
    public init?(_ text: some StringProtocol) {
        guard let text = safeIdentifier(text) else { return nil }
        self.text = text
    }

    /// Takes a name that the service made, of letters, digits, `-` and `_` alone.
    package init(known text: String) { self.text = text }

    /// The name's text.
    public var description: String { text }
}

/// One requested picture, as its caller sees it.
public struct JobStatus: Sendable, Hashable {
    /// The job's name.
    public let reference: JobReference
    /// The name of all jobs of its request.
    public let group: JobReference
    /// Which of the request's pictures it is, from 0.
    public let index: Int
    /// When it was accepted.
    public let created: Moment
    /// The model that draws it.
    public let model: String
    /// The size it is drawn in.
    public let size: PictureSize
    /// How it is encoded.
    public let format: OutputFormat
    /// The effort it is drawn with.
    public let tier: Tier
    /// Whether load chose that effort for a caller who left it open.
    public let isLowered: Bool
    /// The styles it is drawn with.
    public var styles: [StyleWish] = []
    /// Where it stands.
    public var state: State

    /// Where a job stands.
    public enum State: Sendable, Hashable {
        /// Not leased yet.
        case waiting(Waiting)
        /// A device is at it.
        case drawing(Drawing)
        /// Done.
        case completed(JobResult)
        /// It will not be drawn.
        case failed(JobFailure)
        /// Nobody wants it any more.
        case cancelled
    }

    /// Makes a status from its parts.
    public init(
        reference: JobReference, group: JobReference, index: Int, created: Moment, model: String,
        size: PictureSize,
        format: OutputFormat, tier: Tier, isLowered: Bool, state: State
    ) {
        self.reference = reference
        self.group = group
        self.index = index
        self.created = created
        self.model = model
        self.size = size
        self.format = format
        self.tier = tier
        self.isLowered = isLowered
        self.state = state
    }
}

/// A job in the line.
public struct Waiting: Sendable, Hashable {
    /// How many jobs are served before it, plus one.
    public let place: Int
    /// How long until the picture is done; nil where nothing honest can be said.
    public let timeLeft: TimeRange?

    /// Makes a place from its parts.
    public init(place: Int, timeLeft: TimeRange?) {
        self.place = place
        self.timeLeft = timeLeft
    }
}

/// A job on a device.
public struct Drawing: Sendable, Hashable {
    /// Steps done.
    public let step: Int
    /// Steps in all.
    public let stepCount: Int
    /// How long until the picture is done.
    public let timeLeft: TimeRange?
    /// The picture as it is now, if it was decoded.
    public let preview: PictureIdentifier?

    /// Makes a drawing from its parts.
    public init(step: Int, stepCount: Int, timeLeft: TimeRange?, preview: PictureIdentifier? = nil) {
        self.step = step
        self.stepCount = stepCount
        self.timeLeft = timeLeft
        self.preview = preview
    }
}

/// A finished picture.
public struct JobResult: Sendable, Hashable {
    /// Where it is kept.
    public let picture: PictureIdentifier
    /// When it was stored.
    public let completed: Moment
    /// What it cost, in tokens.
    public let usage: TokenUsage
    /// The seed it can be drawn from again.
    public let seed: UInt64?

    /// Makes a result from its parts.
    public init(picture: PictureIdentifier, completed: Moment, usage: TokenUsage, seed: UInt64? = nil) {
        self.picture = picture
        self.completed = completed
        self.usage = usage
        self.seed = seed
    }
}

/// A picture that will not come.
public struct JobFailure: Sendable, Hashable {
    /// The reason, for programs.
    public let code: String
    /// The reason, for people. It must not repeat the prompt.
    public let message: String
    /// Whether the reason lies in what was asked for; else the service is to blame.
    public let isCallersFault: Bool

    /// Makes a failure from its parts.
    public init(code: String = "drawing_failed", message: String, isCallersFault: Bool = false) {
        self.code = code
        self.message = message
        self.isCallersFault = isCallersFault
    }
}

/// What a picture took, as OpenAI's API counts it. Prompt and photos are told with every picture, and counted once.
public struct TokenUsage: Sendable, Hashable {
    /// Tokens of the prompt.
    public var inputTextTokens: Int
    /// Tokens of the photos given.
    public var inputImageTokens: Int
    /// Tokens of the picture drawn.
    public var outputImageTokens: Int

    /// Makes a usage from its parts.
    public init(inputTextTokens: Int = 0, inputImageTokens: Int = 0, outputImageTokens: Int = 0) {
        self.inputTextTokens = inputTextTokens
        self.inputImageTokens = inputImageTokens
        self.outputImageTokens = outputImageTokens
    }
}
