/// Why settings, or what was read from a store, cannot be used.
///
/// A request that is turned away is no error but a ``Refusal``.
public struct ServingError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// A setting is out of range, or contradicts another.
        case invalidSetting
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

    /// Throws unless a setting lies in its range.
    static func require(_ isMet: Bool, _ setting: String, _ rule: String) throws(ServingError) {
        guard isMet else { throw ServingError(.invalidSetting, "\(setting) must be \(rule); set it so") }
    }
}
