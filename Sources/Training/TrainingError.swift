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

    /// Names the failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
