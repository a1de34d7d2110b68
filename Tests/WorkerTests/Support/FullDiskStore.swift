import Serving
import Stores
import Synchronization
import Testing
import Worker

/// A store whose disk is full whenever the test says so, and that lets the test act while the worker waits for an answer;
/// everything else goes through.
final class FullDiskStore: WorkerStore {
    typealias Act = @Sendable () async throws -> Void

    private let store: SQLiteStore
    let isFull = Mutex(false)
    let refusals = Mutex(0)
    /// What happens, once, between a failure that is written and its answer.
    let beforeFailureIsTold = Mutex<Act?>(nil)
    /// What happens, once, before a completion is written.
    let beforeCompletion = Mutex<Act?>(nil)

    init(_ store: SQLiteStore) { self.store = store }

    private func actOnce(_ act: borrowing Mutex<Act?>) async {
        let act = act.withLock { act in
            defer { act = nil }
            return act
        }
        do {
            try await act?()
        } catch {
            Issue.record(error)
        }
    }

    func write(_ bytes: [UInt8], as id: PictureIdentifier, mediaType: String, until end: Moment?)
        async throws(StoresError) -> WrittenPicture
    {
        if isFull.withLock({ $0 }) {
            refusals.withLock { $0 += 1 }
            throw StoresError(.diskFull, "the disk is full")
        }
        return try await store.write(bytes, as: id, mediaType: mediaType, until: end)
    }

    // MARK: handed on

    func discard(_ picture: WrittenPicture) async { await store.discard(picture) }

    func keep(
        _ picture: WrittenPicture, as role: PictureRole, of caller: CallerIdentifier,
        request: RequestIdentifier?, at now: Moment
    ) async throws(StoresError) -> PictureRecord {
        try await store.keep(picture, as: role, of: caller, request: request, at: now)
    }

    func picture(_ id: PictureIdentifier, for viewer: Viewer, at now: Moment)
        async throws(StoresError) -> PictureRecord?
    { try await store.picture(id, for: viewer, at: now) }

    func pictures(of caller: CallerIdentifier, before: PictureIdentifier?, limit: Int, at now: Moment)
        async throws(StoresError) -> [PictureRecord]
    { try await store.pictures(of: caller, before: before, limit: limit, at: now) }

    func open(_ picture: PictureRecord) async throws(StoresError) -> PictureBytes {
        try await store.open(picture)
    }

    func delete(_ id: PictureIdentifier, for viewer: Viewer) async throws(StoresError) -> Bool {
        try await store.delete(id, for: viewer)
    }

    func sweepOrphans(at now: Moment) async throws(StoresError) -> Int {
        try await store.sweepOrphans(at: now)
    }

    func append(_ event: EventDraft, to request: RequestIdentifier, at now: Moment)
        async throws(StoresError) -> Int?
    { try await store.append(event, to: request, at: now) }

    func events(of request: RequestIdentifier, after sequence: Int, limit: Int)
        async throws(StoresError) -> EventPage?
    { try await store.events(of: request, after: sequence, limit: limit) }

    func follow(_ request: RequestIdentifier, after sequence: Int) -> EventSequence {
        store.follow(request, after: sequence)
    }

    func accept(
        _ request: NewRequest, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction) throws -> Void
    ) async throws(StoresError) -> AcceptOutcome {
        try await store.accept(request, at: now, alongside: alongside)
    }

    func lookUp(
        _ key: NewRequest.IdempotencyKey, of caller: CallerIdentifier, at now: Moment
    ) async throws(StoresError) -> IdempotencyAnswer {
        try await store.lookUp(key, of: caller, at: now)
    }

    func lease(
        for worker: String, models: Set<String>, lookAhead: Int, until end: Moment, at now: Moment,
        choosing: @escaping @Sendable ([WaitingJob]) -> [Int]
    ) async throws(StoresError) -> [LeasedJob] {
        try await store.lease(
            for: worker, models: models, lookAhead: lookAhead, until: end, at: now, choosing: choosing)
    }

    func renew(_ reports: [LeaseReport], until end: Moment, at now: Moment) async throws(StoresError)
        -> [Lease]
    { try await store.renew(reports, until: end, at: now) }

    func giveBack(_ leases: [Lease], at now: Moment) async throws(StoresError) -> [JobRecord] {
        try await store.giveBack(leases, at: now)
    }

    func release(
        worker: String, at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?
    ) async throws(StoresError) -> LeaseSweep {
        try await store.release(worker: worker, at: now, failureEvent: failureEvent)
    }

    func sweepLeases(at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?)
        async throws(StoresError) -> LeaseSweep
    { try await store.sweepLeases(at: now, failureEvent: failureEvent) }

    func complete(
        _ lease: Lease, picture: WrittenPicture, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> CompletionOutcome {
        await actOnce(beforeCompletion)
        return try await store.complete(
            lease, picture: picture, event: event, at: now, alongside: alongside)
    }

    func fail(
        _ lease: Lease, _ failure: JobFailure, mayRetry: Bool, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> FailureOutcome {
        let outcome = try await store.fail(
            lease, failure, mayRetry: mayRetry, event: event, at: now, alongside: alongside)
        await actOnce(beforeFailureIsTold)
        return outcome
    }

    func cancel(
        _ request: RequestIdentifier, only job: JobIdentifier?, for viewer: Viewer, event: EventDraft?,
        at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, [CancelledJob]) throws -> Void
    ) async throws(StoresError) -> [CancelledJob]? {
        try await store.cancel(
            request, only: job, for: viewer, event: event, at: now, alongside: alongside)
    }

    func request(_ id: RequestIdentifier, for viewer: Viewer) async throws(StoresError) -> RequestRecord? {
        try await store.request(id, for: viewer)
    }

    func job(_ id: JobIdentifier, for viewer: Viewer) async throws(StoresError) -> JobRecord? {
        try await store.job(id, for: viewer)
    }

    func requests(of caller: CallerIdentifier, before: RequestIdentifier?, limit: Int)
        async throws(StoresError) -> [RequestRecord]
    { try await store.requests(of: caller, before: before, limit: limit) }

    func jobsWaiting() -> AsyncStream<Void> { store.jobsWaiting() }
}
