import Tensors

/// Why an operation was refused before it was emitted.
public struct ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operation's name, as StableHLO writes it, without the dialect.
    public let operation: String
    /// What disagrees, and how to mend it.
    public let message: String

    /// Names the operation and says what is wrong with it.
    public init(_ operation: String, _ message: String) {
        self.operation = operation
        self.message = message
    }

    /// The operation and what is wrong with it.
    public var description: String { "\(operation): \(message)" }
}

/// Throws a ``ProgramError`` unless `condition` holds. The message is built only when it is needed.
@inline(__always)
func require(_ condition: Bool, _ operation: String, _ message: @autoclosure () -> String) throws {
    guard condition else { throw ProgramError(operation, message()) }
}
