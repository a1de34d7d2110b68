/// A row that a device is drawing.
public struct RunningRow: Sendable, Hashable {
    /// The job's number.
    public var number: UInt64
    /// Steps that are still to do.
    public var stepsLeft: Int
    /// Whether its caller has gone, or no longer wants it.
    public var isCancelled: Bool
    /// How many of the rows that the limit is reckoned in it weighs: 2 for a guided row among rows that mostly are not.
    public var seats: Int
    /// Whether its caller had nothing waiting and no debt when it came.
    public var isLight: Bool

    /// Makes a row.
    public init(
        number: UInt64, stepsLeft: Int, isCancelled: Bool = false, seats: Int = 1, isLight: Bool = false
    ) {
        self.number = number
        self.stepsLeft = stepsLeft
        self.isCancelled = isCancelled
        self.seats = max(1, seats)
        self.isLight = isLight
    }
}

/// A job at the head of the queue, as the planner sees it.
public struct WaitingJob: Sendable, Hashable {
    /// Its place.
    public var place: QueuePlace
    /// What it can share a batch with.
    public var shape: PictureShape
    /// The tier it is drawn in.
    public var tier: Tier
    /// Whether its caller had nothing waiting and no debt when it came.
    public var isLight: Bool
    /// How many of the rows that the limit is reckoned in it weighs.
    public var seats: Int

    /// Makes a job.
    public init(
        place: QueuePlace, shape: PictureShape, tier: Tier = .full, isLight: Bool = false, seats: Int = 1
    ) {
        self.place = place
        self.shape = shape
        self.tier = tier
        self.isLight = isLight
        self.seats = max(1, seats)
    }
}

/// What to do at a step boundary.
public struct BatchPlan: Sendable, Hashable {
    /// Numbers of rows that leave: done or cancelled.
    public var leaving: [UInt64] = []
    /// Offsets into the waiting jobs of those that join, in the order of their places.
    public var joining: [Int] = []
    /// The shape the batch has afterwards; nil where it is empty.
    public var shape: PictureShape?

    /// Makes a plan that changes nothing, for an empty batch.
    public init() {}
}

/// Decides, at a step boundary, who leaves the batch and who joins it.
///
/// A light caller's job joins at once wherever there is a seat, its own or the one kept; rows that weigh more than one seat
/// count fully against those who would join beside them. Those of light callers do so against other light callers, too, since in
/// a flood many of those who come are light; nobody else's dear rows keep a light caller waiting. So a step that such a job is
/// in takes about as long as one of ``StepCost/rowTarget(evaluationsPerRow:rowLimit:leastGain:longestStretch:)``, once the rows
/// that it met are done.
///
/// Rows that are done or cancelled leave. Waiting jobs of the batch's shape join in the order of their places while there
/// are seats. Rows already in the batch are never put out for a newcomer; and while one of them is nearly done, at most
/// ``Settings/joinsBesideNearlyDone`` join at a boundary, because reading a prompt makes every row wait. Where the job
/// that is next in line has another shape, others may pass it for the sake of the batch, but only by
/// ``Settings/passedOverSeconds`` on the fair clock: then the batch is let run empty, and takes the shape of that job. An
/// empty batch begins, within the same bound, with a job whose model the device has loaded.
public struct BatchPlanner: Sendable, Hashable, Codable {
    /// The bounds.
    public struct Settings: Sendable, Hashable, Codable {
        /// Seats kept beyond the row target for jobs of light callers, so that none waits for a row to end; only where the
        /// target is more than one row.
        public var lightSeats: Int
        /// Steps left at or below which a row is nearly done.
        public var nearlyDoneSteps: Int
        /// How many may join at a boundary while a row is nearly done; at least 1.
        public var joinsBesideNearlyDone: Int
        /// How far others may pass the job that is next in line, in device-seconds per weight of the fair clock.
        public var passedOverSeconds: Double

        /// Makes settings.
        public init(
            lightSeats: Int = 1, nearlyDoneSteps: Int = 3, joinsBesideNearlyDone: Int = 1,
            passedOverSeconds: Double = 5
        ) {
            self.lightSeats = lightSeats
            self.nearlyDoneSteps = nearlyDoneSteps
            self.joinsBesideNearlyDone = joinsBesideNearlyDone
            self.passedOverSeconds = passedOverSeconds
        }

        /// Throws ``ServingError`` where a setting is out of range.
        public func validate() throws(ServingError) {
            try ServingError.require((0...8).contains(lightSeats), "lightSeats", "between 0 and 8")
            try ServingError.require(nearlyDoneSteps >= 0, "nearlyDoneSteps", "0 or more")
            try ServingError.require(joinsBesideNearlyDone >= 1, "joinsBesideNearlyDone", "at least 1")
            try ServingError.require(
                passedOverSeconds >= 0 && passedOverSeconds.isFinite, "passedOverSeconds", "0 or more")
        }
    }

    /// The bounds.
    public let settings: Settings

    /// Makes a planner.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(settings: Settings = Settings()) throws(ServingError) {
        try settings.validate()
        self.settings = settings
    }

    /// What to do at a step boundary.
    ///
    /// - Parameters:
    ///   - running: the rows of the batch.
    ///   - shape: the batch's shape; anything where it is empty.
    ///   - waiting: the first jobs in the queue that this device's model can draw, in the order of their places.
    ///   - rowLimit: rows allowed now: the row target, less where the device is warm, 0 where it is hot.
    ///   - hardLimit: the most rows that memory holds; light seats stay within it.
    ///   - virtualTime: the fair clock's.
    ///   - isLoaded: whether the device can begin a shape without loading a model or an adapter.
    /// - Complexity: O(running + waiting).
    public func plan(
        running: [RunningRow], shape: PictureShape?, waiting: [WaitingJob], rowLimit: Int, hardLimit: Int,
        virtualTime: Double, isLoaded: (PictureShape) -> Bool = { _ in true }
    ) -> BatchPlan {
        var plan = BatchPlan()
        var hasNearlyDone = false
        for row in running {
            if row.isCancelled || row.stepsLeft <= 0 {
                plan.leaving.append(row.number)
            } else if row.stepsLeft <= settings.nearlyDoneSteps {
                hasNearlyDone = true
            }
        }
        var rows = running.count - plan.leaving.count
        var seats = running.reduce(0) { $0 + ($1.isCancelled || $1.stepsLeft <= 0 ? 0 : $1.seats) }
        // As light callers are concerned.
        var lightSeats = running.reduce(0) {
            $0 + ($1.isCancelled || $1.stepsLeft <= 0 ? 0 : $1.isLight ? $1.seats : 1)
        }
        var hasDearLight = running.contains {
            $0.isLight && $0.seats > 1 && !$0.isCancelled && $0.stepsLeft > 0
        }
        plan.shape = rows > 0 ? shape : nil
        guard rowLimit > 0, let head = waiting.first else { return plan }
        let hasBeenPassed = virtualTime - head.place.tag > settings.passedOverSeconds
        if let shape = plan.shape, head.shape != shape, hasBeenPassed { return plan }
        let ready = hasBeenPassed ? head : waiting.first { isLoaded($0.shape) } ?? head
        let shape = plan.shape ?? ready.shape
        // Where batches do not pay, a row more only slows the one that is there: waiting for its end is sooner.
        let lightLimit = rowLimit > 1 ? min(rowLimit + settings.lightSeats, hardLimit) : rowLimit
        let joinLimit = hasNearlyDone ? settings.joinsBesideNearlyDone : Int.max
        for offset in waiting.indices where waiting[offset].shape == shape {
            guard plan.joining.count < joinLimit, rows < lightLimit else { break }
            let isLight = waiting[offset].isLight
            // The kept seat keeps a light caller from waiting, not another's dear row from being crowded.
            guard isLight ? lightSeats < (hasDearLight ? rowLimit : lightLimit) : seats < rowLimit else {
                continue
            }
            hasDearLight = hasDearLight || (isLight && waiting[offset].seats > 1)
            plan.joining.append(offset)
            rows += 1
            seats += waiting[offset].seats
            lightSeats += isLight ? waiting[offset].seats : 1
        }
        if rows > 0 { plan.shape = shape }
        return plan
    }
}
