/// Why a model folder, or a part of it, cannot be used.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// A folder or file is not there.
        case missing
        /// A file is not what it should be.
        case malformed
        /// The model asks for something Ondol does not have.
        case unsupported
        /// Weights are there but do not fit the configuration.
        case mismatched
        /// A folder or file cannot be written.
        case unwritable
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
