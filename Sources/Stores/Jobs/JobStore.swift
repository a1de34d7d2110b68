import Serving

/// Where jobs are kept from the moment they are accepted.
///
/// What a method has returned from is on disk, leases and progress excepted: those may be lost in a power cut, after which
/// the job waits at its place again. A task that is cancelled does not stop a write. All methods throw ``StoresError``.
///
/// The closure `alongside` writes accounts, the desk's state or the books in the same transaction: all of it is kept or
/// none. It runs on the database's thread, must be short, and only where the change it goes with is made.
public protocol JobStore: Sendable {
    /// Writes a request and its jobs.
    ///
    /// - Throws: `invalidArgument` where the request breaks a rule or a name is taken, `diskFull` and the like.
    func accept(
        _ request: NewRequest, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction) throws -> Void
    ) async throws(StoresError) -> AcceptOutcome

    /// What is known of a caller's name for a call, before anything is admitted.
    func lookUp(_ key: NewRequest.IdempotencyKey, of caller: CallerIdentifier, at now: Moment)
        async throws(StoresError) -> IdempotencyAnswer

    /// Gives a worker the jobs that it chooses among those next in line.
    ///
    /// - Parameters:
    ///   - worker: its name, the same after a restart.
    ///   - models: what it can draw.
    ///   - lookAhead: how many of the smallest places it is shown; 1 to 1024.
    ///   - end: when the leases lapse.
    ///   - choosing: gives offsets into the jobs it is shown; those that are none are ignored.
    func lease(
        for worker: String, models: Set<String>, lookAhead: Int, until end: Moment, at now: Moment,
        choosing: @escaping @Sendable ([WaitingJob]) -> [Int]
    ) async throws(StoresError) -> [LeasedJob]

    /// Keeps leases alive and notes how far the drawing is.
    ///
    /// - Returns: the leases that do not hold any more: their jobs were cancelled or went to others.
    func renew(_ reports: [LeaseReport], until end: Moment, at now: Moment) async throws(StoresError)
        -> [Lease]

    /// Gives jobs back, without blame: they wait again at their old places. Leases that do not hold are ignored.
    ///
    /// - Returns: the jobs that wait again.
    func giveBack(_ leases: [Lease], at now: Moment) async throws(StoresError) -> [JobRecord]

    /// Gives back all that a worker of this name held, as at its start after a crash. That counts as a failed attempt of
    /// the jobs that were being drawn: one of them may have been the reason.
    ///
    /// - Parameter failureEvent: what listeners are told of a job that has failed for good.
    func release(
        worker: String, at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?
    ) async throws(StoresError) -> LeaseSweep

    /// Ends leases that have lapsed. Call it every few seconds, always with the same interval.
    ///
    /// Where the clock has jumped since the last call, or there was none, nothing is ended: leases that look lapsed get
    /// another term, and those that reach too far into the future are cut to one. See ``LeaseClock``.
    func sweepLeases(at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?)
        async throws(StoresError) -> LeaseSweep

    /// Stores a picture as a job's result; the job is done exactly once.
    func complete(
        _ lease: Lease, picture: WrittenPicture, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> CompletionOutcome

    /// Says that a job could not be drawn.
    ///
    /// - Parameter mayRetry: false where trying again cannot help.
    func fail(
        _ lease: Lease, _ failure: JobFailure, mayRetry: Bool, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> FailureOutcome

    /// Cancels the open jobs of a request, or one of them.
    ///
    /// - Returns: those that were open, or nil where there is no such request for this viewer.
    func cancel(
        _ request: RequestIdentifier, only job: JobIdentifier?, for viewer: Viewer, event: EventDraft?,
        at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, [CancelledJob]) throws -> Void
    ) async throws(StoresError) -> [CancelledJob]?

    /// A request and its jobs, or nil where there is none for this viewer.
    func request(_ id: RequestIdentifier, for viewer: Viewer) async throws(StoresError) -> RequestRecord?

    /// A job, or nil where there is none for this viewer.
    func job(_ id: JobIdentifier, for viewer: Viewer) async throws(StoresError) -> JobRecord?

    /// A caller's requests, the newest first.
    ///
    /// - Parameters:
    ///   - before: the last one of the page before, or nil for the first page.
    ///   - limit: the most to give; 1 to 200.
    func requests(of caller: CallerIdentifier, before: RequestIdentifier?, limit: Int)
        async throws(StoresError) -> [RequestRecord]

    /// Signals that jobs wait: for the first time at once, then each time some may have come. Only of this process.
    func jobsWaiting() -> AsyncStream<Void>
}

extension JobStore {
    /// Gives a worker the smallest places that it can draw.
    public func lease(
        for worker: String, models: Set<String>, count: Int, until end: Moment, at now: Moment
    ) async throws(StoresError) -> [LeasedJob] {
        try await lease(for: worker, models: models, lookAhead: count, until: end, at: now) {
            Array($0.indices)
        }
    }

    /// Gives back all that a worker held, and tells no listener.
    public func release(worker: String, at now: Moment) async throws(StoresError) -> LeaseSweep {
        try await release(worker: worker, at: now) { _ in nil }
    }

    /// Ends leases that have lapsed, and tells no listener.
    public func sweepLeases(at now: Moment) async throws(StoresError) -> LeaseSweep {
        try await sweepLeases(at: now) { _ in nil }
    }

    /// Writes a request with nothing beside it.
    public func accept(_ request: NewRequest, at now: Moment) async throws(StoresError) -> AcceptOutcome {
        try await accept(request, at: now) { _ in }
    }

    /// Stores a job's picture with nothing beside it.
    public func complete(
        _ lease: Lease, picture: WrittenPicture, event: EventDraft? = nil, at now: Moment
    ) async throws(StoresError) -> CompletionOutcome {
        try await complete(lease, picture: picture, event: event, at: now) { _, _ in }
    }

    /// Says that a job could not be drawn, with nothing beside it.
    public func fail(
        _ lease: Lease, _ failure: JobFailure, mayRetry: Bool, event: EventDraft? = nil, at now: Moment
    ) async throws(StoresError) -> FailureOutcome {
        try await fail(lease, failure, mayRetry: mayRetry, event: event, at: now) { _, _ in }
    }

    /// Cancels with nothing beside it.
    public func cancel(
        _ request: RequestIdentifier, only job: JobIdentifier? = nil, for viewer: Viewer,
        event: EventDraft? = nil, at now: Moment
    ) async throws(StoresError) -> [CancelledJob]? {
        try await cancel(request, only: job, for: viewer, event: event, at: now) { _, _ in }
    }
}
