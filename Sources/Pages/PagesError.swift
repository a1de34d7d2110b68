/// Why the pages cannot be served.
public struct PagesError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// A file of the pages contradicts another; no setting mends that.
        case brokenFiles
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
