import Images
import Serving
import Stores

/// A job that the worker has leased, and where it stands here.
struct HeldJob<Plan: DrawingPlan>: Sendable {
    /// Where a job stands between lease and end.
    enum Phase: Sendable, Hashable {
        /// Its order is read, its photo decoded.
        case preparing
        /// It joins at the next step boundary.
        case arriving
        /// It is a row of the batch.
        case drawing
        /// Its picture is encoded and stored.
        case delivering
    }

    /// The claim; a later one where the first had lapsed and the job came to this worker again.
    var leased: LeasedJob
    /// The recipe of its tier, until its order says another.
    var recipe: TierRecipe
    var order: DrawingOrder?
    var plan: Plan?
    var phase = Phase.preparing
    var stepsDone = 0
    /// The step that listeners were told last.
    var toldStep = 0
    /// Device-seconds that were spent on it.
    var workSeconds = 0.0
    /// Reading its prompt and decoding its picture, in seconds.
    var finishingSeconds = 0.0
    /// Whether its lease is lost or its caller has gone.
    var isUnwanted = false

    var id: JobIdentifier { leased.job.id }
    var number: UInt64 { leased.job.terms.place.number }
    var shape: PictureShape { leased.job.shape }
    var stepCount: Int { plan?.stepCount ?? recipe.steps }
    var isGuided: Bool { stepsDone < (plan?.guidedStepCount ?? 0) }
    var stepsLeft: Int { stepCount - stepsDone }
    var seed: UInt64 {
        let seeds = order?.seeds ?? []
        let position = leased.job.position
        return seeds.indices.contains(position) ? seeds[position] : (seeds.last ?? 0) &+ UInt64(position)
    }

    /// The preview that is due after the steps done so far, counted from 0; nil where none is.
    ///
    /// They lie evenly between the first step and the last: of two, after a third and after two thirds of the steps.
    var duePreview: Int? {
        guard let count = order?.previewCount, count > 0, phase == .drawing, stepsDone > 0, stepsLeft > 0
        else { return nil }
        return (0..<count).first { stepCount * ($0 + 1) / (count + 1) == stepsDone }
    }
}

/// All that a worker knows of its jobs and its batch: plain state, which the loops around it change one event at a time.
struct JobBoard<Plan: DrawingPlan>: Sendable {
    typealias Job = HeldJob<Plan>

    /// Every job whose lease is held.
    private(set) var jobs: [JobIdentifier: Job] = [:]
    /// The shape of the batch; nil while nothing is drawn.
    private(set) var shape: PictureShape? {
        didSet { lastShape = shape ?? lastShape }
    }
    /// The shape of the last batch that was drawn.
    private(set) var lastShape: PictureShape?
    /// What was said last of what the device can do.
    var announced: WorkerCapacity?
    /// Whether a step is being computed.
    private(set) var isStepping = false
    /// Since when the device has been at one and the same call; nil while it is at none.
    private(set) var deviceBusySince: Double?
    /// Seconds in which the device computed.
    private(set) var busySeconds = 0.0
    /// What steps take now, smoothed; nil before the first.
    private(set) var stepSeconds: Double?
    /// Whether somebody may wait in the line.
    var mayHaveWaiting = true
    /// Until when no jobs are leased, on the clock that nobody sets.
    var pausedUntil = -Double.infinity
    /// The most rows the device has room for, where it turned out to have less than its settings say.
    private(set) var roomLimit = Int.max
    /// How hot the device is.
    var heat: HeatGuard
    /// When everything must have ended; nil while the worker goes on.
    private(set) var drainUntil: Double?
    /// Whether the device's loop has ended.
    var isOver = false

    init(heat: HeatGuard) { self.heat = heat }

    private func jobs(in phase: Job.Phase) -> [Job] {
        jobs.values.filter { $0.phase == phase }.sorted {
            $0.leased.job.terms.place < $1.leased.job.terms.place
        }
    }

    /// Rows of the batch, in the order of their places.
    var drawing: [Job] { jobs(in: .drawing) }
    /// How many pictures wait to be stored.
    var deliveringCount: Int { jobs.values.count { $0.phase == .delivering } }

    // MARK: leasing

    /// The batch as it will be at the next step boundary; nil where nothing may be leased for it.
    struct Outlook {
        /// Rows, and jobs that become rows, each with its recipe.
        let coming: [(row: RunningRow, recipe: TierRecipe)]
        let shape: PictureShape?
        let heat: HeatGuard
        let roomLimit: Int
    }

    /// What jobs would join if they were leased now.
    func outlook(deliveryLimit: Int, stallSeconds: Double, at uptime: Double) -> Outlook? {
        guard mayHaveWaiting, drainUntil == nil, uptime >= pausedUntil, deliveringCount < deliveryLimit,
            !isHung(beyond: stallSeconds, at: uptime)
        else { return nil }
        let coming = jobs.values.filter { $0.phase != .delivering }
        let newcomer = coming.first { $0.phase != .drawing && !$0.isUnwanted }
        return Outlook(
            coming: coming.map { job in
                let moves = job.phase == .drawing && isStepping
                let row = RunningRow(
                    number: job.number, stepsLeft: job.stepsLeft - (moves ? 1 : 0),
                    isCancelled: job.isUnwanted, isLight: job.leased.job.terms.isLight)
                return (row, job.recipe)
            },
            shape: newcomer?.shape ?? shape, heat: heat, roomLimit: roomLimit)
    }

    /// Takes leased jobs, and gives back those that are new here.
    ///
    /// A lease may have lapsed while its job was drawn all the same: then the job goes on under the new one.
    mutating func took(_ leased: [LeasedJob], recipes: TierRecipes) -> [LeasedJob] {
        leased.filter { job in
            guard jobs[job.job.id] == nil else {
                jobs[job.job.id]?.leased = job
                jobs[job.job.id]?.isUnwanted = false
                return false
            }
            jobs[job.job.id] = Job(leased: job, recipe: recipes[job.job.terms.tier])
            return true
        }
    }

    /// A job can be drawn.
    mutating func prepared(_ id: JobIdentifier, order: DrawingOrder, recipe: TierRecipe, plan: Plan) {
        jobs[id]?.order = order
        jobs[id]?.recipe = recipe
        jobs[id]?.plan = plan
        jobs[id]?.phase = .arriving
    }

    // MARK: at a step boundary

    /// What the device does before its next step.
    struct Boundary {
        /// Rows that nobody wants.
        var leaving: [Job] = []
        /// Rows that are done.
        var finished: [Job] = []
        /// Jobs that become rows.
        var joining: [Job] = []
        /// Jobs that go back to the line, because the worker stops.
        var returning: [Job] = []
        /// Whether nothing is left to do, for ever.
        var isOver = false
    }

    /// Decides what happens at a step boundary. Jobs that leave or go back are forgotten, those that are finished are
    /// delivered, those that join are rows from here on.
    mutating func boundary(at uptime: Double) -> Boundary {
        var boundary = Boundary()
        if drainUntil != nil { boundary.returning += jobs(in: .arriving) }
        for job in drawing {
            if job.isUnwanted {
                boundary.leaving.append(job)
            } else if job.stepsLeft <= 0 {
                boundary.finished.append(job)
                jobs[job.id]?.phase = .delivering
            } else if let drainUntil, uptime >= drainUntil {
                boundary.returning.append(job)
            }
        }
        for job in boundary.leaving + boundary.returning { jobs[job.id] = nil }
        if drawing.isEmpty { shape = nil }
        var slots = StyleSeats(drawing)
        for job in jobs(in: .arriving) {
            if job.isUnwanted {
                boundary.leaving.append(job)
                jobs[job.id] = nil
            } else if shape == nil || shape == job.shape, slots.seats(job) {
                // One of another shape stays until the batch has run empty.
                shape = job.shape
                jobs[job.id]?.phase = .drawing
                boundary.joining.append(job)
            }
        }
        boundary.isOver = drainUntil != nil && jobs.isEmpty
        return boundary
    }

    /// The device had no room for more rows than these.
    mutating func hasNoRoom(beyond rows: Int) { roomLimit = min(roomLimit, max(1, rows)) }

    mutating func beganStep() { isStepping = true }

    /// A step is done.
    mutating func stepped(seconds: Double) {
        isStepping = false
        stepSeconds = stepSeconds.map { $0 + 0.2 * (seconds - $0) } ?? seconds
        let rows = drawing.filter { $0.stepsLeft > 0 }
        let evaluations = rows.reduce(0) { $0 + ($1.isGuided ? 2 : 1) }
        for job in rows {
            let share = Double(job.isGuided ? 2 : 1) / Double(evaluations)
            jobs[job.id]?.workSeconds += seconds * share
            jobs[job.id]?.stepsDone += 1
        }
    }

    /// A step has failed: its rows are lost.
    mutating func failedStep() -> [Job] {
        isStepping = false
        let lost = drawing
        for job in lost { jobs[job.id] = nil }
        shape = nil
        return lost
    }

    /// The device was at one job alone for so long.
    ///
    /// - Parameter isFinishing: whether it read its prompt or decoded its picture, as every job needs, and not a preview.
    mutating func spent(_ seconds: Double, on id: JobIdentifier, isFinishing: Bool) {
        jobs[id]?.workSeconds += seconds
        if isFinishing { jobs[id]?.finishingSeconds += seconds }
    }

    mutating func deviceBegan(at uptime: Double) { deviceBusySince = uptime }

    mutating func deviceEnded(at uptime: Double) {
        if let deviceBusySince { busySeconds += max(0, uptime - deviceBusySince) }
        deviceBusySince = nil
    }

    /// Whether the device has been at one call for longer than any may take.
    func isHung(beyond seconds: Double, at uptime: Double) -> Bool {
        deviceBusySince.map { uptime - $0 > seconds } ?? false
    }

    // MARK: ends

    /// A job is done with, here; nil where it was before.
    ///
    /// To be called before the line has the job again, never after: it may come back to this worker at once, and whoever
    /// forgot it then would forget its new lease.
    @discardableResult
    mutating func forget(_ id: JobIdentifier) -> Job? { jobs.removeValue(forKey: id) }

    /// A job is done with, here, unless it has come to this worker again under a later lease.
    /// - Returns: whether it is.
    mutating func forget(_ id: JobIdentifier, under lease: Lease) -> Bool {
        guard let job = jobs[id] else { return true }
        guard job.leased.lease.number == lease.number else { return false }
        jobs[id] = nil
        return true
    }

    /// A caller has gone, or a lease is lost: the job leaves at the next step boundary.
    mutating func unwanted(_ ids: some Sequence<JobIdentifier>) {
        for id in ids { jobs[id]?.isUnwanted = true }
    }

    mutating func drain(until uptime: Double) { drainUntil = min(drainUntil ?? .infinity, uptime) }

    // MARK: reports

    /// What the store is told of the leases.
    var reports: [LeaseReport] {
        jobs.values.filter { !$0.isUnwanted }.map { job in
            LeaseReport(
                lease: job.leased.lease,
                progress: job.phase == .drawing || job.phase == .delivering
                    ? JobProgress(step: min(job.stepsDone, job.stepCount), stepCount: max(1, job.stepCount))
                    : nil)
        }
    }

    /// What listeners are told of the steps done since they were told last.
    mutating func news() -> [(request: RequestIdentifier, notice: JobNotice)] {
        drawing.filter { $0.stepsDone > $0.toldStep && $0.stepsLeft > 0 && !$0.isUnwanted }.map { job in
            jobs[job.id]?.toldStep = job.stepsDone
            return (
                job.leased.job.request,
                JobNotice(
                    job.leased.job,
                    .drawing(
                        step: job.stepsDone, count: job.stepCount,
                        remainingSeconds: stepSeconds.map { $0 * Double(job.stepsLeft) }))
            )
        }
    }
}
