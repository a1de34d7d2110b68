import Server
import Stores

/// Does what needs the store; where that fails for a while only, callers are told to come back.
/// - Throws: ``Server/ServiceUnavailable``, or what the body throws.
nonisolated(nonsending) func withStore<Result>(
    _ body: nonisolated(nonsending) () async throws -> Result
) async throws -> Result {
    do {
        return try await body()
    } catch let error as StoresError where StoresError.passing.contains(error.code) {
        throw ServiceUnavailable(
            reason: error.code.rawValue, retryAfterSeconds: StoresError.retryAfterSeconds)
    }
}

extension StoresError {
    /// Failures that somebody will mend, or that end by themselves: a full disk, a program that holds the database.
    fileprivate static let passing: Set<Code> = [.diskFull, .locked, .inputOutput, .overloaded, .notWritable]
    /// Whoever holds the database is waited for some seconds already.
    fileprivate static let retryAfterSeconds = 10.0
}
