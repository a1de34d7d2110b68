/// Why a picture cannot be drawn.
public struct PipelineError: Error, Sendable {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: String, Sendable, Hashable {
        /// The model has no such size.
        case invalidSize
        /// Steps, guidance, strength or a batch's capacity are out of range, or do not go together.
        case invalidSetting
        /// A prompt is too long to be read at all.
        case invalidPrompt
        /// The photo cannot be used.
        case invalidPhoto
        /// The model folder, its weights or its configuration cannot be used.
        case model
        /// The device refused or failed.
        case device
        /// All rows of the session are taken.
        case sessionFull
        /// The row has left the session, or is not yet where it must be.
        case invalidRow
        /// An earlier step of the session failed, and its latents are lost.
        case sessionLost
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, why, and what to do. Never holds a prompt.
    public let message: String
    /// The error beneath this one, where there was one.
    public let cause: (any Error)?

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// An error from a room below, whose own sentence says what to do; cancellation and errors of this room pass.
    static func from(_ error: any Error, as code: Code) -> any Error {
        if error is PipelineError || error is CancellationError { return error }
        return PipelineError(code, "\(error)", cause: error)
    }
}

extension PipelineError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
