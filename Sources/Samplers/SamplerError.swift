/// Why a schedule or a plan could not be made.
public struct SamplerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// The scheduler configuration cannot be read, or is not JSON of the expected form.
        case invalidConfiguration
        /// A field of the configuration holds a value that is not supported.
        case unsupportedValue
        /// An argument, such as the number of steps, is out of range.
        case invalidArgument
        /// The settings are valid one by one, but together they lead to a division by zero.
        case noFiniteStep
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
