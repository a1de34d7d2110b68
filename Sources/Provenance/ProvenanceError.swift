/// Why a picture could not be signed, labelled or verified: what happened, and what to do about it.
public struct ProvenanceError: Error, Sendable {
    /// The kinds of failure, for code that must tell them apart.
    public enum Code: String, Sendable, Hashable {
        /// The credential library is not installed.
        case libraryMissing
        /// The credential library cannot be opened, or is not the one that is known.
        case libraryUnusable
        /// A certificate or a key is no such thing, or not fit for content credentials.
        case invalidIdentity
        /// A certificate's time is over, or has not begun.
        case identityExpired
        /// A key and a certificate do not belong together.
        case identityMismatch
        /// A file of keys or certificates cannot be read or written.
        case file
        /// A setting is out of range.
        case invalidSetting
        /// The credential library refused to sign.
        case signing
        /// A time-stamp authority did not answer in time, or refused.
        case timestamp
        /// What is to be verified or signed is no picture that can be.
        case unreadable
        /// What is to be verified is larger than the limits allow.
        case tooLarge
        /// A label cannot be drawn.
        case label
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence: what happened, why, and what to do. It never holds a prompt, a key, or a picture's contents.
    public let message: String
    /// The failure underneath, where there is one.
    public let cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension ProvenanceError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
