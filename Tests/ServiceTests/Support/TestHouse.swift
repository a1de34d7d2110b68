import FoundationEssentials
import Logging
import Serving
import Stores
import Synchronization
import Testing

@testable import Server
@testable import Service
@testable import Worker

/// A service over a store in a folder of its own, with a clock that stands still unless it is moved.
struct TestHouse: Sendable {
    let core: PictureServiceCore
    let store: SQLiteStore
    let clock: ManualClock
    let caller: Caller

    static let shape = PictureShape(model: "hanji", width: 128, height: 128)
    static let plan = Plan(name: "test", picturesAtOnce: 20, longestWaitSeconds: 3600)

    /// Runs a test in a service of its own.
    static func run(
        plan: Plan = plan, settings: ServiceSettings = ServiceSettings(),
        _ body: (TestHouse) async throws -> Void
    ) async throws {
        try await withServiceFolder { folder in
            try await open(folder, ManualClock(), plan: plan, settings: settings, body)
        }
    }

    /// Opens the service of a folder, as a start does.
    static func open(
        _ folder: String, _ clock: ManualClock, plan: Plan = plan,
        settings: ServiceSettings = ServiceSettings(), _ body: (TestHouse) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(folder: folder)
        let core = try await PictureServiceCore(
            store: store, settings: settings, environment: clock.environment,
            tokenCount: { _, prompt in prompt.split(separator: " ").count },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let caller = Caller(id: "visitor:tester", plan: plan)
        let house = TestHouse(core: core, store: store, clock: clock, caller: caller)
        house.setDevice(rows: 4)
        try await body(house)
        try store.close()
    }

    /// Says what the only device can do.
    func setDevice(rows: Int) {
        core.observer.capacityChanged(
            WorkerCapacity(worker: "device", shape: Self.shape, rows: rows, allowedRows: rows, heat: .cool))
    }

    func submission(
        _ prompt: String = "a quiet lake", count: Int = 1, caller: Caller? = nil, key: String? = nil,
        fingerprint: [UInt8]? = nil, waits: Bool = true, quality: Quality = .auto, ticket: UInt64? = nil,
        seed: UInt64? = 7, edit: EditSource? = nil, style: String? = nil, confirmations: Set<String> = [],
        compression: Int = 100, credential: CredentialRequest = CredentialRequest()
    ) throws -> Submission {
        let size = try #require(PictureSize(width: 128, height: 128))
        var request = GenerationRequest(prompt: prompt, model: "hanji", size: size)
        request.count = count
        request.quality = quality
        request.seed = seed
        request.edit = edit
        request.style = style
        request.confirmations = confirmations
        request.compression = compression
        request.credential = credential
        // Without a name two requests of a test are different ones.
        let number = clock.environment.randomBits()
        let own = key == nil ? withUnsafeBytes(of: number) { Array($0) } : [1]
        return Submission(
            request: request, caller: caller ?? self.caller, fingerprint: fingerprint ?? own,
            idempotencyKey: key,
            ticketNumber: ticket, waits: waits, retryCount: 0, requestIdentifier: "req_test")
    }

    /// Submits what must be taken.
    func accept(_ submission: Submission) async throws -> AcceptedGroup {
        guard case .accepted(let group) = try await core.generation.submit(submission) else {
            throw ServiceError(.damaged, "the request was not taken")
        }
        return group
    }

    /// Leases as a worker does.
    func lease(_ count: Int = 1) async throws -> [LeasedJob] {
        let jobs = try await store.lease(
            for: "device", models: ["hanji"], count: count, until: clock.now + 60, at: clock.now)
        core.observer.jobsTaken(jobs.map(\.job))
        return jobs
    }

    /// Delivers a picture as a worker does.
    func deliver(_ job: LeasedJob, bytes: [UInt8] = [1, 2, 3]) async throws {
        var chance = clock.environment.chance
        let name = Stores.PictureIdentifier(at: clock.now, using: &chance)
        let written = try await store.write(bytes, as: name, mediaType: "image/png", until: nil)
        let notice = JobNotice(job.job, .completed(picture: name, seed: 7, promptTokens: 3))
        let ending = AdmissionDesk.Ending.delivered(workSeconds: 1)
        let observer = core.observer
        let outcome = try await store.complete(
            job.lease, picture: written, event: notice.event, at: clock.now
        ) { transaction, record in try observer.settle(record, ending, in: transaction) }
        guard case .stored(let record, let wasHeld) = outcome else {
            throw ServiceError(.damaged, "the picture was not stored")
        }
        core.observer.jobEnded(record, ending, wasHeld: wasHeld)
    }

    var deskState: (waiting: Int, drawing: Int) {
        core.stored.shared.with { ($0.desk.queue.count, $0.desk.drawingCount) }
    }

    /// What the caller has used of its limits.
    func usage() -> LimitUsage {
        guard let name = CallerIdentifier(caller.id) else { return LimitUsage() }
        return core.stored.shared.with { $0.accounts[name].usage }
    }
}

/// A data folder of a test's own, removed with all that is in it.
func withServiceFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/ondol-service-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// A clock that a test moves.
final class ManualClock: Sendable {
    private let state = Mutex((now: Moment(secondsSinceEpoch: 1_800_000_000), bits: UInt64(1)))

    var now: Moment {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }

    var environment: ServiceEnvironment {
        ServiceEnvironment(
            now: { self.now },
            randomBits: {
                self.state.withLock { state in
                    state.bits = state.bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return state.bits
                }
            },
            sleep: { _ in try await Task.sleep(for: .milliseconds(1)) })
    }
}

extension TestHouse {
    /// The chores, to be done one by one.
    var housekeeping: Housekeeping {
        Housekeeping(
            store: store, generation: core.stored, retention: RetentionPolicy(),
            environment: clock.environment, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
