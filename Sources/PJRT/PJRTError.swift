/// What went wrong at a plugin, or before a call was let through to one.
public struct PJRTError: Error, Sendable {
    /// The kind of failure. The numbers are those plugins report.
    /// Source: abseil `absl/status/status.h`, `absl::StatusCode`.
    public enum Code: Int32, Sendable, CaseIterable {
        /// The operation was cancelled.
        case cancelled = 1
        /// The plugin did not say what kind of failure it was.
        case unknown = 2
        /// An argument, a program or an option is wrong.
        case invalidArgument = 3
        /// Time ran out.
        case deadlineExceeded = 4
        /// A file, option or function was not found.
        case notFound = 5
        /// The thing to be made is there already.
        case alreadyExists = 6
        /// The caller may not do that.
        case permissionDenied = 7
        /// Memory, disk or another resource is used up.
        case resourceExhausted = 8
        /// The operation does not fit the present state, as reading a donated buffer does not.
        case failedPrecondition = 9
        /// The operation was given up.
        case aborted = 10
        /// A value lies outside its range.
        case outOfRange = 11
        /// The plugin does not have that function.
        case unimplemented = 12
        /// Something broke inside the plugin.
        case `internal` = 13
        /// The device or service cannot be reached now.
        case unavailable = 14
        /// Data was lost or damaged.
        case dataLoss = 15
        /// The caller is not known.
        case unauthenticated = 16
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, why, and where it is known, what to do; the plugin's own words where the plugin failed.
    public let message: String
    /// What was being done: the plugin's function, or our step before it.
    public let operation: String

    /// Makes an error.
    public init(_ code: Code, _ message: String, operation: String) {
        self.code = code
        self.message = message
        self.operation = operation
    }
}

extension PJRTError: CustomStringConvertible {
    /// One sentence: operation, code and message.
    public var description: String { "\(operation) failed (\(code)): \(message)" }
}
