/// Why a tokenizer could not be read, trained or applied.
///
/// The message names files, fields and limits; it never holds the text that was to be tokenized.
public struct TokenizerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// A file of the tokenizer folder is missing or cannot be read or written.
        case fileUnreadable
        /// A file was read but its content is not a tokenizer this library understands.
        case invalidFile
        /// A field holds a value that is understood but not supported.
        case unsupportedValue
        /// The text is longer than ``Tokenizer/maximumTextBytes``.
        case textTooLong
        /// A training argument is out of range.
        case invalidArgument
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong, why, and what to do about it.
    public let message: String
    /// The error beneath this one, where there was one.
    public let cause: (any Error)?

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message alone.
    public var description: String { message }
}
