/// Why training cannot start or go on.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// A setting does not fit the others or the data.
        case settings
        /// A checkpoint or a cache is not what it should be.
        case malformed
        /// A file could not be read or written.
        case file
        /// The loss is no longer a number.
        case diverged
    }

    /// What kind of failure it is.
    public let code: Code
    /// What, where and what to do.
    public let message: String
    /// What was thrown further down, described.
    public let cause: String?

    /// Names the failure.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause.map { "\($0)" }
    }

    /// The message, and the cause where there is one.
    public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
