import Images
import Logging
import Serving
import Stores
import Synchronization

/// All that a worker keeps and finds things in.
public typealias WorkerStore = JobStore & EventStore & PictureStore

/// Draws what waits in the line, on one device, until it is told to stop.
///
/// It leases the jobs that a batch planner chooses, joins them to the running batch at a step boundary, draws step by step,
/// tells how far each is, and stores the pictures. The device's loop waits for nothing but the device: the jobs of the next
/// boundary are leased while a step is computed, and pictures are encoded and stored beside it.
///
/// Safe to use from many tasks. What it holds when the process dies goes back to the line when its leases lapse, or when a
/// worker of its name starts again.
public final class PictureWorker<Engine: StepEngine>: Sendable {
    typealias Board = JobBoard<Engine.Batch.Plan>

    /// Makes a drawn picture into the bytes of a file: adds what belongs on it or in it, and encodes it.
    ///
    /// Called beside the device, for previews and for results; throws where the picture cannot be encoded.
    public typealias Finisher = @Sendable (Picture, FinishingContext) throws -> FinishedPicture

    /// The bounds.
    public let settings: WorkerSettings
    let engine: Engine
    let store: any WorkerStore
    let planner: BatchPlanner
    let observer: any WorkerObserver
    let clock: WorkerClock
    let sensors: [any HeatSensor]
    let newPicture: @Sendable (Moment) -> PictureIdentifier
    let finisher: Finisher
    let logger: Logger

    let board: Mutex<Board>
    /// Wakes the device's loop where it has nothing to draw.
    let deviceSignal = Signal()
    /// Wakes whoever leases jobs.
    let leaseSignal = Signal()
    /// Wakes whoever reports, when there is something to report again.
    let reportSignal = Signal()
    /// Says that the worker is to stop.
    let drainSignal = Signal()
    let deliveries: (stream: AsyncStream<Delivery>, continuation: AsyncStream<Delivery>.Continuation)
    let errands: (stream: AsyncStream<Errand>, continuation: AsyncStream<Errand>.Continuation)
    let besideDevice: BesideDevice

    /// Makes a worker; it does nothing until ``run()``.
    ///
    /// - Parameters:
    ///   - heat: the device's thresholds.
    ///   - sensors: what is read of its heat; none leaves it cool.
    ///   - newPicture: makes the name of a picture, by chance that cannot be predicted.
    ///   - finisher: encodes pictures; by default as their orders say, and nothing added.
    /// - Throws: ``WorkerError`` with code `invalidSetting`.
    public init(
        settings: WorkerSettings, engine: Engine, store: any WorkerStore, planner: BatchPlanner,
        heat: HeatGuard, sensors: [any HeatSensor] = [], observer: any WorkerObserver, clock: WorkerClock,
        newPicture: @escaping @Sendable (Moment) -> PictureIdentifier,
        finisher: @escaping Finisher = { FinishedPicture(bytes: try $0.encoded(as: $1.encoding)) },
        logger: Logger
    ) throws(WorkerError) {
        try settings.validate()
        self.settings = settings
        self.engine = engine
        self.store = store
        self.planner = planner
        self.sensors = sensors
        self.observer = observer
        self.clock = clock
        self.newPicture = newPicture
        self.finisher = finisher
        var logger = logger
        logger[metadataKey: "worker"] = "\(settings.name)"
        self.logger = logger
        board = Mutex(Board(heat: heat))
        besideDevice = BesideDevice(label: "ondol.worker.encode")
        // Bounded by what the worker holds: a job is in them once, and its few previews.
        deliveries = AsyncStream.makeStream()
        errands = AsyncStream.makeStream()
    }

    // MARK: told from outside

    /// Stops taking jobs; ``run()`` returns when those that are drawn have been stored. What is not drawn by then goes back
    /// to the line.
    /// - Parameter seconds: how long pictures may still be drawn.
    public func drain(within seconds: Double) {
        let until = clock.uptimeSeconds() + max(0, seconds)
        board.withLock { $0.drain(until: until) }
        logger.info("draining", metadata: ["seconds": "\(seconds)"])
        drainSignal.ring()
        deviceSignal.ring()
        leaseSignal.ring()
    }

    /// Says that nobody wants these jobs any more, so that they leave at the next step boundary and not only with the next
    /// report. The store's `cancel` is what ends them.
    public func cancel(_ jobs: some Sequence<JobIdentifier>) {
        let jobs = Array(jobs)
        board.withLock { $0.unwanted(jobs) }
    }

    /// How the worker is.
    public var status: WorkerStatus {
        let uptime = clock.uptimeSeconds()
        let now = clock.now()
        return board.withLock { board in
            let atWork = board.deviceBusySince.map { max(0, uptime - $0) } ?? 0
            return WorkerStatus(
                shape: board.shape, rows: board.drawing.count, heldCount: board.jobs.count,
                busySeconds: board.busySeconds + atWork, stepSeconds: board.stepSeconds,
                isHung: board.isHung(beyond: settings.stallSeconds, at: uptime),
                capacity: board.announced, heat: board.heat.level(at: now),
                celsius: board.heat.celsius, isDraining: board.drainUntil != nil, isOver: board.isOver)
        }
    }

    /// How far a job is; nil where this worker does not hold it.
    public func outlook(of job: JobIdentifier) -> JobOutlook? {
        board.withLock { board in
            guard let held = board.jobs[job] else { return nil }
            return JobOutlook(
                step: held.stepsDone, stepCount: held.stepCount, workSeconds: held.workSeconds,
                remainingSeconds: board.stepSeconds.map { $0 * Double(held.stepsLeft) })
        }
    }
}

/// What a picture's finisher is told.
public struct FinishingContext: Sendable {
    /// The job.
    public let job: JobRecord
    /// What was ordered.
    public let order: DrawingOrder
    /// How it was drawn.
    public let recipe: TierRecipe
    /// The picture's seed.
    public let seed: UInt64
    /// Whether it is a preview.
    public let isPreview: Bool
    /// Where a photo was drawn anew, in the photo's own size: outside of it nothing may be changed. Nil where all was drawn.
    public let drawnArea: PictureMask?
    /// What the styles it was drawn with are called where they were loaded; empty where it has none.
    public let loadedStyles: [String]
    /// The photo that the order begins with, as it was sent; nil where there is none, or where it is gone by now.
    public let photo: [UInt8]?

    /// How the order wants it encoded. Previews of lossless pictures are lossless, too.
    public var encoding: PictureEncoding {
        switch order.output.format {
        case .png: .png()
        case .jpeg: .jpeg(quality: order.output.quality)
        case .webp: .webp(quality: order.output.quality)
        }
    }
}

/// How a worker is at a moment.
public struct WorkerStatus: Sendable, Hashable {
    /// What is drawn; nil where nothing is.
    public let shape: PictureShape?
    /// Rows being drawn.
    public let rows: Int
    /// Jobs held, those that are stored or prepared included.
    public let heldCount: Int
    /// Seconds since the start in which the device computed.
    public let busySeconds: Double
    /// What a step takes now, in seconds; nil before the first.
    public let stepSeconds: Double?
    /// Whether the device has been at one call for longer than any may take.
    public let isHung: Bool
    /// What it said last that it can do; nil before it began.
    public let capacity: WorkerCapacity?
    /// How hot it is.
    public let heat: HeatLevel
    /// The last believable temperature.
    public let celsius: Double?
    /// Whether it was told to stop.
    public let isDraining: Bool
    /// Whether it has stopped.
    public let isOver: Bool
}

/// How far a job is.
public struct JobOutlook: Sendable, Hashable {
    /// Steps done.
    public let step: Int
    /// Steps in all.
    public let stepCount: Int
    /// Device-seconds spent on it until now.
    public let workSeconds: Double
    /// What the device makes of the steps that are left; nil where nothing was measured yet.
    public let remainingSeconds: Double?
}
