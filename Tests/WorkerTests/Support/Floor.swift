import FoundationEssentials
import Images
import Logging
import Serving
import Stores
import Synchronization
import TestSupport
import Testing
import Worker

/// A store, an engine and a worker between them, in a folder that is removed afterwards.
final class Floor<Engine: StepEngine>: Sendable {
    static var shape: PictureShape { PictureShape(model: "hanji", width: 64, height: 64) }
    static var caller: CallerIdentifier { .visitor("caller")! }

    let clock: ManualClock
    let store: SQLiteStore
    let engine: Engine
    let observer = RecordingObserver()
    let settings: WorkerSettings
    private let generator = Mutex(SeededGenerator(seed: 3))
    private let nextNumber = Mutex(UInt64(1))

    init(
        _ folder: String, _ clock: ManualClock, _ engine: Engine, settings: WorkerSettings,
        store: StoreSettings
    )
        throws
    {
        self.clock = clock
        self.engine = engine
        self.settings = settings
        self.store = try SQLiteStore(folder: folder, settings: store)
    }

    /// A worker on this floor.
    func worker(
        heat: HeatGuard.Settings = .init(), sensors: [any HeatSensor] = [],
        over store: (any WorkerStore)? = nil
    ) throws -> PictureWorker<Engine> {
        try PictureWorker(
            settings: settings, engine: engine, store: store ?? self.store, planner: BatchPlanner(),
            heat: HeatGuard(settings: heat), sensors: sensors, observer: observer, clock: clock.clock,
            newPicture: { [self] now in
                generator.withLock { PictureIdentifier(at: now, using: &$0) }
            },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Puts an order into the line, one job for each of its seeds.
    @discardableResult
    func accept(_ order: DrawingOrder, tag: Double = 0, isLight: Bool = false, tier: Tier = .full)
        async throws
        -> NewRequest
    {
        try await accept(
            payload: order.payload(), shape: order.shape, count: order.seeds.count, tag: tag,
            isLight: isLight,
            tier: tier)
    }

    @discardableResult
    func accept(
        payload: [UInt8], shape: PictureShape = Floor.shape, count: Int = 1, tag: Double = 0,
        isLight: Bool = false, tier: Tier = .full
    ) async throws -> NewRequest {
        let jobs = try (0..<count).map { _ in
            let number = nextNumber.withLock { number in
                number += 1
                return number
            }
            return NewRequest.Job(
                id: generator.withLock { JobIdentifier(at: clock.now, using: &$0) }, shape: shape,
                terms: try Terms.at(QueuePlace(tag: tag, number: number), tier: tier, isLight: isLight))
        }
        let request = NewRequest(
            id: generator.withLock { RequestIdentifier(at: clock.now, using: &$0) }, caller: Self.caller,
            payload: payload, jobs: jobs)
        _ = try await store.accept(request, at: clock.now)
        return request
    }

    /// The jobs of a request as they are kept.
    func jobs(_ request: NewRequest) async throws -> [JobRecord] {
        try #require(try await store.request(request.id, for: .service)).jobs
    }

    /// A kept picture.
    func picture(_ id: PictureIdentifier?) async throws -> Picture {
        let id = try #require(id)
        let found = try await store.picture(id, for: .caller(Self.caller), at: clock.now)
        let record = try #require(found)
        return try await Picture(decoding: store.open(record).collect())
    }

    /// What listeners of a request were told.
    func notices(_ request: NewRequest) async throws -> [JobNotice] {
        try #require(try await store.events(of: request.id, after: 0, limit: 1000)).events
            .compactMap(JobNotice.init)
    }

    /// Runs a worker beside a test, and drains it.
    func running<Result>(
        _ worker: PictureWorker<Engine>, _ body: () async throws -> Result
    ) async throws -> Result {
        async let run: Void = worker.run()
        do {
            let result = try await body()
            worker.drain(within: 1000)
            try await run
            return result
        } catch {
            // The engine may wait for this test; the clock ends its time.
            worker.drain(within: 0)
            while !worker.status.isOver {
                clock.advance(by: 1)
                try? await Task.sleep(for: .milliseconds(1))
            }
            throw error
        }
    }
}

/// Waits until something has come about beside the test.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    // All suites share two threads, and some keep one busy for tens of seconds between two looks: as long as the whole
    // run may take. Nothing but failing depends on it.
    let end = ContinuousClock.now + .seconds(900)
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("did not come about: \(what)", sourceLocation: sourceLocation)
    throw CancellationError()
}

/// Terms that a desk gave, at another place.
enum Terms {
    private static let template = Result {
        var desk = try AdmissionDesk(
            memory: AdmissionDesk.Memory(
                prices: PriceBook(), tiers: TierController(), calibration: RangeCalibration()))
        desk.capacity.set("device", .init(rows: 1))
        var account = CallerAccount()
        let order = PictureOrder(shape: PictureShape(model: "hanji", width: 64, height: 64))
        let decision = desk.decide(
            order, plan: Plan(name: "test", longestWaitSeconds: 3600), account: &account,
            at: ManualClock.start)
        guard case .accepted(let admission) = decision else { throw CancellationError() }
        return admission.jobs[0]
    }

    static func at(_ place: QueuePlace, tier: Tier, isLight: Bool) throws -> JobTerms {
        let terms = try template.get()
        return JobTerms(
            place: place, tier: tier, price: terms.price, weight: terms.weight, promise: terms.promise,
            isLight: isLight)
    }
}

/// A floor with an engine that draws nothing.
func withFloor<Result>(
    hasGate: Bool = false, settings change: (inout WorkerSettings) -> Void = { _ in },
    store: StoreSettings = StoreSettings(),
    _ body: (Floor<ScriptedEngine>) async throws -> Result
) async throws -> Result {
    try await withDataFolder { folder in
        let clock = ManualClock()
        var settings = WorkerSettings(name: "worker", usualShape: Floor<ScriptedEngine>.shape)
        settings.recipes = TierRecipes(
            full: TierRecipe(steps: 6), standard: TierRecipe(steps: 4, guidedShare: 0.5),
            quick: TierRecipe(steps: 3), turbo: TierRecipe(steps: 2))
        change(&settings)
        let floor = try Floor(
            folder, clock, ScriptedEngine(clock, hasGate: hasGate), settings: settings, store: store)
        let result = try await body(floor)
        try floor.store.close()
        return result
    }
}

/// A data folder of a test's own, removed with all that is in it.
func withDataFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/ondol-worker-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// A PNG of one transparent pixel, made once with zlib's deflate.
let transparentPixel: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00,
    0x00, 0x00, 0x0B, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00,
    0x01, 0x7A, 0x5E, 0xAB, 0x3F, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
]

extension DrawingOrder {
    /// An order for pictures with these seeds.
    static func sample(_ seeds: UInt64..., shape: PictureShape = Floor<ScriptedEngine>.shape) -> DrawingOrder
    {
        DrawingOrder(prompt: "노을 속 소년", shape: shape, seeds: seeds)
    }
}
