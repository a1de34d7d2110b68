import GRDB
import Synchronization

/// Writes changes one after another, and flushes them to the disk together.
///
/// A flush takes as long for one change as for many. Changes that come while one is running wait, and then share a
/// transaction, each in a savepoint of its own, so that one that fails takes no other with it. Whoever asked for a change
/// hears of it after the flush.
///
/// Source: group commit, D. DeWitt et al., "Implementation techniques for main memory database systems", 1984,
/// https://doi.org/10.1145/602259.602261.
final class GroupCommit: Sendable {
    /// What a power cut may take.
    enum Durability: Int, Comparable, Sendable {
        /// The change itself, but nothing else.
        case soon
        /// Nothing.
        case now

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A change that waits.
    private struct PendingWrite: Sendable {
        let durability: Durability
        /// Makes the change, and gives back what tells of it after the flush.
        let perform: @Sendable (SQLiteTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (StoresError) -> Void
    }

    private struct State {
        var pending: [PendingWrite] = []
        var isScheduled = false
    }

    /// The most changes that wait: some seconds' worth. Each holds a request in memory.
    static let pendingLimit = 4096
    /// The most changes in a transaction, so that the first does not wait for long.
    static let groupLimit = 128

    private let pool: DatabasePool
    private let wakeUps: WakeUps
    private let path: String
    private let state = Mutex(State())
    /// How the writing connection is set; touched on its thread alone.
    private let currentDurability = Mutex<Durability?>(nil)

    init(pool: DatabasePool, wakeUps: WakeUps, path: String) {
        self.pool = pool
        self.wakeUps = wakeUps
        self.path = path
    }

    /// Makes a change, and returns when it is on the disk.
    func write<Value: Sendable>(
        _ durability: Durability, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
    ) async throws(StoresError) -> Value {
        let result: Result<Value, StoresError> = await withCheckedContinuation { continuation in
            enqueue(
                PendingWrite(
                    durability: durability,
                    perform: { transaction in
                        let value = try body(transaction)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func enqueue(_ write: PendingWrite) {
        enum Next { case wait, schedule, refuse }
        let next: Next = state.withLock { state in
            guard state.pending.count < Self.pendingLimit else { return .refuse }
            state.pending.append(write)
            defer { state.isScheduled = true }
            return state.isScheduled ? .wait : .schedule
        }
        switch next {
        case .wait: break
        case .schedule: schedule()
        case .refuse:
            write.fail(
                StoresError(
                    .overloaded,
                    "\(Self.pendingLimit) changes wait for the disk already; try again in some seconds, and look at its health"
                ))
        }
    }

    private func schedule() {
        pool.asyncWriteWithoutTransaction { [self] database in
            let (group, isMore) = state.withLock { state in
                let group = Array(state.pending.prefix(Self.groupLimit))
                state.pending.removeFirst(group.count)
                state.isScheduled = !state.pending.isEmpty
                return (group, state.isScheduled)
            }
            commit(group, to: database)
            if isMore { schedule() }
        }
    }

    private func commit(_ group: [PendingWrite], to database: Database) {
        let transaction = SQLiteTransaction(database: database, path: path)
        var successes: [@Sendable () -> Void] = []
        var failures: [@Sendable () -> Void] = []
        var performed: [PendingWrite] = []
        do {
            try setDurability(group.map(\.durability).max() ?? .now, of: database)
            try database.inTransaction(.immediate) {
                for (index, write) in group.enumerated() {
                    do {
                        try transaction.inSavepoint { successes.append(try write.perform(transaction)) }
                        performed.append(write)
                    } catch {
                        let failure = SQLiteFailure.translate(error, path: path)
                        // Some failures, as a full disk, end the whole transaction.
                        guard database.isInsideTransaction else {
                            performed += group[index...]
                            throw failure
                        }
                        failures.append { write.fail(failure) }
                    }
                }
                return .commit
            }
        } catch {
            let failure = SQLiteFailure.translate(error, path: path)
            let failed = performed.isEmpty && failures.isEmpty ? group : performed
            for write in failed { write.fail(failure) }
            for tell in failures { tell() }
            return
        }
        wakeUps.ring(transaction.topics)
        for tell in successes + failures { tell() }
    }

    private func setDurability(_ durability: Durability, of database: Database) throws {
        guard currentDurability.withLock({ $0 }) != durability else { return }
        try database.execute(
            sql: durability == .now ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL")
        currentDurability.withLock { $0 = durability }
    }
}
