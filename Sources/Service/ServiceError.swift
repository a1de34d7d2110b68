/// Why the service cannot be put together or go on.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// A setting is out of range, unknown, or contradicts another.
        case invalidSetting
        /// A file that the service needs cannot be read or written.
        case file
        /// What is kept cannot be understood.
        case damaged
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong, why, and what to do about it. Never a prompt or a key.
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
