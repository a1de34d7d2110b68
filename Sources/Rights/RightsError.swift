/// Why a rule file, a registry event or a ledger entry was not taken.
///
/// A policy's "no" is not an error: it is a ``PolicyDecision``. No message repeats a prompt or a licence's text.
public struct RightsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure a caller may want to tell apart.
    public enum Code: Sendable, Equatable {
        /// A value is not of the form its type asks for, as an identifier with blanks in it.
        case invalidValue
        /// The rule file cannot be read, or its rules contradict each other.
        case invalidRuleFile
        /// Something is named that was never recorded.
        case unknownReference
        /// The same thing is already recorded.
        case alreadyRecorded
        /// The change is not one that may follow what is recorded.
        case invalidTransition
        /// Debits and credits of an entry set differ.
        case unbalanced
        /// A sum does not fit into 64 bits.
        case overflow
        /// A stored ledger line is not one that this ledger wrote.
        case damaged
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong, why, and what to do about it.
    public let message: String

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message alone.
    public var description: String { message }
}
