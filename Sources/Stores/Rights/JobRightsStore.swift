import Rights
import Serving

/// What rights ask of jobs: by which decision they were taken, and an end where their styles end.
public protocol JobRightsStore: Sendable {
    /// The policy's decision on a request, kept as long as its payload; nil where there is none, or none for this viewer.
    func decision(on request: RequestIdentifier, for viewer: Viewer) async throws(StoresError)
        -> PolicyDecision?

    /// Requests in a style that are not over, the newest first.
    ///
    /// - Parameter limit: the most to give; 1 to 1000.
    func openRequests(with style: Identifier<Style>, limit: Int) async throws(StoresError)
        -> [RequestIdentifier]

    /// Ends the open jobs of a request with a reason, held or not, as when what they are drawn with may not be used any more.
    ///
    /// - Parameter event: what listeners are told of each.
    /// - Returns: those that were open.
    func stop(
        _ request: RequestIdentifier, because failure: JobFailure,
        event: @escaping @Sendable (JobRecord) -> EventDraft?, at now: Moment
    ) async throws(StoresError) -> [CancelledJob]
}
