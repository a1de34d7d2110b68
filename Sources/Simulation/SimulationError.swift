/// Why a scenario cannot be run.
public struct SimulationError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// The scenario has a part that is out of range, or contradicts another.
        case invalidScenario
        /// A recording is damaged, or larger than can be taken.
        case invalidRecording
        /// A fleet's description cannot be read, or has a part that is out of range.
        case invalidFleet
        /// More waits than can be kept in memory.
        case tooLarge
        /// Whoever watched wanted no more.
        case cancelled
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

    static func require(_ isMet: Bool, _ part: String, _ rule: String) throws(SimulationError) {
        guard isMet else { throw SimulationError(.invalidScenario, "\(part) must be \(rule); set it so") }
    }
}
