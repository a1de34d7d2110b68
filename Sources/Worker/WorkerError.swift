/// Why an order cannot be read, or a worker cannot be made.
///
/// Prompts never appear in a message.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The order breaks a rule, or is none at all.
        case invalidOrder
        /// The order was written by a newer version of this program.
        case newerOrder
        /// A photo or mask that the order names is gone, or another's.
        case photoMissing
        /// There is no such model here.
        case unknownModel
        /// A style's folder does not hold what it should.
        case invalidStyle
        /// A style that is asked for is not here, or may not be drawn with.
        case styleUnavailable
        /// A setting is out of range.
        case invalidSetting
        /// A sensor is gone, may not be read, or says something that cannot be.
        case sensorUnreadable
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, why, and what to do.
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
