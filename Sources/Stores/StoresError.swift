/// Why something could not be kept, found or changed: what happened, why, and what to do about it.
///
/// Prompts, keys and the values of a database's rows never appear in a message.
public struct StoresError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure, for code that must tell them apart.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// What was to be kept breaks a rule: too large, empty, or named twice.
        case invalidArgument
        /// There is no room on the disk; what was being written is gone, what was kept before is whole.
        case diskFull
        /// Another program holds the data folder or its database.
        case locked
        /// The database or one of its rows is not what was written.
        case damaged
        /// The database was written by a newer version of this program.
        case newerSchema
        /// The file is a database of another program, or none at all.
        case foreignDatabase
        /// The folder or a file in it may not be written.
        case notWritable
        /// The system failed while reading or writing.
        case inputOutput
        /// A picture's file is gone.
        case pictureMissing
        /// More writes wait than are kept in memory.
        case overloaded
        /// The caller's own part of a transaction failed; nothing of the transaction was kept.
        case transactionRefused
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence: what happened, to what, and what to do.
    public let message: String
    /// The failure underneath, where there is one.
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
