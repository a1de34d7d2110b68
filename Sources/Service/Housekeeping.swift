import Logging
import Serving
import Stores
import Worker

/// What has to be done now and then, whoever asks for pictures: leases swept, memory kept, old things removed, the line
/// looked at.
struct Housekeeping: Sendable {
    /// All that is kept.
    typealias Store = JobStore & DeskStore & AccountStore & RetentionStore & PictureStore & EventStore

    /// How often each thing is done, in seconds.
    enum Interval {
        static let forecast = 1.0
        static let places = 2.0
        static let leases = 5.0
        static let rights = 0.5
        static let accounts = 2.0
        static let memory = 30.0
        static let retention = 60.0
        static let orphans = 600.0
    }

    let store: any Store
    let generation: StoredGeneration
    let retention: RetentionPolicy
    let environment: ServiceEnvironment
    let logger: Logger

    private var shared: SharedDesk { generation.shared }

    /// Goes on until its task is cancelled, and then keeps what the desk has learned.
    func run() async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await every(Interval.forecast, "forecast") { lookAhead() } }
            tasks.addTask { await every(Interval.places, "places") { try await tellPlaces() } }
            tasks.addTask { await every(Interval.leases, "leases") { try await sweepLeases() } }
            tasks.addTask { await every(Interval.rights, "rights") { try await followRights() } }
            tasks.addTask { await every(Interval.accounts, "accounts") { try await keepAccounts() } }
            tasks.addTask { await every(Interval.memory, "memory") { try await keepMemory() } }
            tasks.addTask {
                await every(Interval.retention, "retention") {
                    _ = try await store.sweep(retention, at: environment.now())
                }
            }
            tasks.addTask {
                await every(Interval.orphans, "orphans") {
                    _ = try await store.sweepOrphans(at: environment.now())
                }
            }
        }
        do {
            try await keepAccounts()
            try await keepMemory()
        } catch {
            logger.error("what the desk has learned was not kept", metadata: ["error": "\(error)"])
        }
    }

    /// Does something again and again. A failure is told and does not end it.
    private func every(
        _ seconds: Double, _ name: String, _ body: @Sendable () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do {
                try await body()
            } catch {
                logger.error("a chore failed", metadata: ["chore": "\(name)", "error": "\(error)"])
            }
            do { try await environment.sleep(seconds) } catch { return }
        }
    }

    // MARK: chores

    /// Says what the forecast expects to wait within five minutes, so that `auto` gives less before the line is long.
    func lookAhead() {
        let now = environment.now()
        shared.with { state in
            state.desk.lookAhead(with: &state.forecast, at: now)
        }
    }

    /// Tells those who follow a waiting request where it stands now.
    func tellPlaces() async throws {
        for request in generation.follows.all {
            guard let record = try await store.request(request, for: .service) else { continue }
            for job in record.jobs where job.state == .queued {
                let waiting = shared.with { $0.waiting(job, at: environment.now()) }
                guard generation.follows.isNews(place: waiting.place, of: job.id) else { continue }
                _ = try await store.append(
                    JobNotice(job, .waiting).event, to: request, at: environment.now())
            }
        }
    }

    /// Ends leases that have lapsed.
    func sweepLeases() async throws {
        let now = environment.now()
        let sweep = try await store.sweepLeases(at: now) {
            JobNotice($0, .failed($0.failure ?? .workerLost)).event
        }
        shared.with { state in
            for job in sweep.returned { state.desk.returned(job.terms) }
            for job in sweep.failed { state.finish(job, .failed, wasDrawing: true, at: now) }
        }
        for job in sweep.failed { generation.waiters.jobEnded(of: job.request) }
        if !sweep.returned.isEmpty || !sweep.failed.isEmpty {
            logger.warning(
                "leases lapsed",
                metadata: ["returned": "\(sweep.returned.count)", "failed": "\(sweep.failed.count)"])
        }
    }

    /// Reads what others have changed of rights, and stops what may not be drawn any more.
    func followRights() async throws {
        try await generation.rights.refresh()
        let stopped = try await generation.stopUnusableStyles()
        if stopped > 0 { logger.notice("styles may not be used any more", metadata: ["jobs": "\(stopped)"]) }
    }

    /// Keeps what the desk has learned.
    func keepMemory() async throws {
        let (memory, revision) = shared.with { state in
            state.revision += 1
            return (state.desk.memory, state.revision)
        }
        try await store.save(memory, revision: revision)
    }

    /// Keeps accounts that changed without a job being accepted: by a refusal, or because pictures were done with.
    func keepAccounts() async throws {
        let accounts = shared.with { $0.accounts.unsaved }
        guard !accounts.isEmpty else { return }
        try await store.save(accounts)
        shared.with { state in
            state.accounts.saved(accounts)
            state.accounts.trim()
        }
    }
}
