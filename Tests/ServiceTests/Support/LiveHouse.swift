import FoundationEssentials
import Hummingbird
import Logging
import ServiceLifecycle
import Serving
import Stores
import Synchronization
import Testing
import Worker

@testable import Server
@testable import Service

/// The whole service on a port of its own: store, desk, worker, server, and a device that has the luck it is told to have.
struct LiveHouse: Sendable {
    let folder: String
    let port: Int
    let store: SQLiteStore
    let core: PictureServiceCore
    let engine: LuckyEngine
    let clock: SetClock
    let logger: Logger

    static let plan = Plan(
        name: "standard", requestsPerMinute: 100_000, picturesAtOnce: 300, longestWaitSeconds: 3600)

    /// Runs a test in a house of its own.
    /// - Parameter changeWorker: its bounds; leases and pauses are short, so that no test waits for them.
    static func run(
        store settings: StoreSettings = StoreSettings(busySeconds: 0),
        _ body: @escaping @Sendable (LiveHouse) async throws -> Void
    ) async throws {
        try await withServiceFolder { folder in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let store = try SQLiteStore(folder: folder, settings: settings)
            let clock = SetClock()
            var service = ServiceSettings()
            service.plans[plan.name] = plan
            let core = try await PictureServiceCore(
                store: store, settings: service, environment: clock.service, tokenCount: { _, _ in 3 },
                logger: logger)
            let engine = LuckyEngine()
            let worker = try Self.worker("local", engine, store, core, clock, logger)
            core.tellCancelled { [worker] in worker.cancel($0) }
            let api = try Self.api(core, clock)
            let (ports, found) = AsyncStream.makeStream(of: Int.self)
            let application = api.application(
                address: .hostname("127.0.0.1", port: 0), router: api.router(), logger: logger
            ) { port in
                if let port { found.yield(port) }
                found.finish()
            }
            let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask { await core.run() }
                tasks.addTask { try await worker.run() }
                var iterator = ports.makeAsyncIterator()
                let port = try #require(await iterator.next())
                let house = LiveHouse(
                    folder: folder, port: port, store: store, core: core, engine: engine, clock: clock,
                    logger: logger)
                try await eventually("the device is there") { await core.generation.readiness().isReady }
                let result = await Result { try await body(house) }
                engine.luck = .good
                await group.triggerGracefulShutdown()
                tasks.cancelAll()
                while let ended = await tasks.nextResult() {
                    if case .failure(let error) = ended, !(error is CancellationError) { throw error }
                }
                try result.get()
            }
            // One that was damaged on purpose does not close well.
            try? store.close()
        }
    }

    /// A worker beside the one there is, as of another process.
    func worker(_ name: String, _ engine: LuckyEngine) throws -> PictureWorker<LuckyEngine> {
        try Self.worker(name, engine, store, core, clock, logger)
    }

    private static func worker(
        _ name: String, _ engine: LuckyEngine, _ store: SQLiteStore, _ core: PictureServiceCore,
        _ clock: SetClock, _ logger: Logger
    ) throws -> PictureWorker<LuckyEngine> {
        var bounds = WorkerSettings(
            name: name, usualShape: PictureShape(model: "hanji", width: 128, height: 128))
        bounds.leaseSeconds = 2
        bounds.reportSeconds = 0.1
        bounds.pollSeconds = 0.1
        bounds.stallSeconds = 1
        bounds.longestDevicePauseSeconds = 0.05
        return try PictureWorker(
            settings: bounds, engine: engine, store: store, planner: BatchPlanner(), heat: HeatGuard(),
            observer: core.observer, clock: clock.worker,
            newPicture: { now in
                var chance = SystemRandomNumberGenerator()
                return Stores.PictureIdentifier(at: now, using: &chance)
            }, logger: logger)
    }

    private static func api(_ core: PictureServiceCore, _ clock: SetClock) throws -> PictureAPI {
        let size = try #require(PictureSize(width: 128, height: 128))
        return try PictureAPI(
            settings: ServerSettings(linkSecret: Array(repeating: 7, count: 32)),
            environment: ServerEnvironment(now: clock.service.now, randomBits: clock.service.randomBits),
            catalogue: ModelCatalogue(models: [
                ModelDescription(name: "hanji", created: clock.now, sizes: .listed([size]), defaultSize: size)
            ]), generation: core.generation, keys: core.keys, pictures: core.pictures)
    }

    /// Makes a key.
    func key() async throws -> KeySecret {
        var chance = SystemRandomNumberGenerator()
        let secret = KeySecret(at: clock.now, using: &chance)
        let record = KeyRecord(
            id: secret.id, label: "test", plan: Self.plan.name, scopes: [.draw], created: clock.now)
        try await store.add(secret, record, salt: Array(repeating: 3, count: 16))
        return secret
    }

    /// What a key's holder has used of its limits.
    func usage(of key: KeySecret) -> LimitUsage {
        core.stored.shared.with { $0.accounts[.key(key.id)].usage }
    }

    // MARK: as callers

    /// Asks for a picture.
    func ask(
        _ key: String, prompt: String = "a quiet lake", later: Bool = true
    ) async throws -> HTTPAnswer {
        try await HTTPAnswer.of(
            "POST", "/v1/images/generations", port: port, key: key,
            headers: later ? ["prefer: respond-async"] : [],
            body: #"{"prompt":"\#(prompt)","response_format":"url","ondol":{"seed":\#(Self.nextSeed())}}"#)
    }

    private static let seeds = Mutex(0)

    /// A seed of its own for each request: one that says the same as an open one joins it.
    private static func nextSeed() -> Int {
        seeds.withLock { seed in
            seed += 1
            return seed
        }
    }

    func get(_ path: String, key: String? = nil) async throws -> HTTPAnswer {
        try await HTTPAnswer.of("GET", path, port: port, key: key)
    }

    /// Waits until a request is done.
    func waitFor(_ request: String, key: String) async throws {
        try await eventually("request \(request) is done") {
            let answer = try await get("/v1/jobs/\(request)", key: key)
            return answer.status == 200 && answer.field("status") == "completed"
        }
    }
}

/// The machine's clock with whatever it was set by, and sleeps a tenth as long.
final class SetClock: Sendable {
    private let offset = Mutex(0.0)
    private let start = ContinuousClock.now

    /// Sets the clock forwards, or back.
    func set(by seconds: Double) { offset.withLock { $0 += seconds } }

    private var uptimeSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }
    var now: Moment { Moment(secondsSinceEpoch: 1_800_000_000 + uptimeSeconds + offset.withLock { $0 }) }

    var service: ServiceEnvironment {
        ServiceEnvironment(
            now: { self.now },
            randomBits: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            }, sleep: { try await Task.sleep(for: .seconds($0 / 10)) })
    }

    var worker: WorkerClock {
        WorkerClock(
            now: { self.now }, uptimeSeconds: { self.uptimeSeconds },
            sleep: { try await Task.sleep(for: .seconds($0)) })
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// Waits until something has come about beside the test.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    // Long enough for a machine that does much else; nothing but failing depends on it.
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("did not come about: \(what)", sourceLocation: sourceLocation)
    throw CancellationError()
}
