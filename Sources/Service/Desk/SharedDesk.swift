import Serving
import Stores
import Synchronization

/// The desk, the accounts of its callers and the forecast, behind one lock.
///
/// Decisions take microseconds. Nothing here waits: whoever decides writes the outcome to the store afterwards, and says
/// here when that failed.
final class SharedDesk: Sendable {
    /// What the lock guards.
    struct State {
        var desk: AdmissionDesk
        var accounts: AccountBook
        var forecast = ArrivalForecast()
        /// The last state's number; each that is written has a greater one.
        var revision: Int64
        var tally = DeskTally()
        var history = HourHistory()
    }

    private let state: Mutex<State>

    /// Makes a desk from what the store has.
    /// - Throws: `ServingError` where a setting is out of range.
    init(
        stored: StoredDesk, settings: AdmissionSettings, recipes: TierRecipes, fresh: AdmissionDesk.Memory
    ) throws(ServingError) {
        let desk = try AdmissionDesk(
            settings: settings, recipes: recipes, memory: stored.memory(orFresh: fresh),
            waiting: stored.waiting, drawingCount: stored.heldCount)
        state = Mutex(
            State(desk: desk, accounts: AccountBook(openJobs: stored.openJobs), revision: stored.revision))
    }

    /// Looks at or changes the state. The body must be short.
    func with<Result>(_ body: (inout sending State) -> sending Result) -> sending Result {
        state.withLock(body)
    }
}

extension SharedDesk.State {
    /// What has to be written beside a job that was accepted.
    mutating func writes(for callers: [CallerIdentifier]) -> DeskWrites {
        revision += 1
        return DeskWrites(
            accounts: callers.compactMap { accounts.record(of: $0) },
            checkpoint: DeskCheckpoint(desk.memory, revision: revision))
    }
}

/// Accounts and the desk's place, written in the same transaction as the job that changed them.
struct DeskWrites: Sendable {
    let accounts: [AccountRecord]
    let checkpoint: DeskCheckpoint

    func callAsFunction(_ transaction: any StoreTransaction) throws {
        try transaction.save(accounts)
        try transaction.save(checkpoint)
    }
}
