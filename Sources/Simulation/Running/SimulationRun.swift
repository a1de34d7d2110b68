import Serving

extension Scenario {
    /// Runs the scenario to its end: until the people have stopped coming and every picture that somebody still wants is
    /// drawn.
    ///
    /// Equal scenarios give equal reports. Takes about a microsecond for each event, of which a request has three or four.
    ///
    /// - Parameter watch: called every few thousand events; the run ends where it says false.
    /// - Throws: ``SimulationError`` where a part of the scenario is out of range, more waits than can be kept, or `watch`
    ///   wanted no more.
    public func run(
        watch: (SimulationProgress) -> Bool = { _ in true }
    ) throws(SimulationError) -> SimulationReport {
        try validate()
        var run = try SimulationRun(self)
        return try run.finish(watch: watch)
    }
}

/// A scenario under way.
struct SimulationRun {
    let scenario: Scenario
    let planner: BatchPlanner
    var desk: AdmissionDesk
    var report: SimulationReport
    var events = EventHeap()
    /// Microseconds since the start.
    var time: Int64 = 0
    let measuredFrom: Int64
    let measuredTo: Int64

    var callers: [SimulatedCaller] = []
    /// The first caller of each crowd; crowds of newcomers have none.
    var firstCaller: [Int] = []
    /// How much of each crowd's requests come from its first callers; empty for newcomers.
    var shares: [[Double]] = []
    /// How much of each crowd's requests are for its first shapes.
    var shapeShares: [[Double]] = []
    /// Device-seconds of each crowd's shapes in `full`.
    var fullWork: [[Double]] = []
    /// Each crowd's own chance: when it asks, and what.
    var crowdChance: [Chance]
    var deviceChance: Chance

    var devices: [SimulatedDevice] = []
    /// Devices without rows, and those with rows and free seats; some may be out of date.
    var idleDevices: [Int] = []
    var partlyFreeDevices: [Int] = []
    var nextLightDevice = 0
    let fullWorkPerSecond: Double
    let hasLoadTimes: Bool
    /// How many devices have a model or an adapter in memory.
    var holders: [String: Int] = [:]
    /// When the last load of a model or an adapter was over, or will be.
    var loadedAt: [String: Int64] = [:]

    var jobs = Slots<SimulatedJob>()
    /// The slot of each job number.
    var slotOfNumber: [Int32] = []
    var wishes = Slots<Wish>()
    /// Pictures that are accepted, not drawn, and still wanted.
    var wantedCount = 0
    var firstComeFirstServedLine = WorkIndex()
    var nextNumber: UInt64 = 1

    var waits: [[Float]]
    var spanWaits: [WaitHistogram]
    var longestLineInSpan = 0
    var heldCount = 0
    var inTimeCount = 0
    var promisedCount = 0
    var deliveredWorkSeconds = 0.0
    var deviceMicroseconds: Int64 = 0
    var capacityCountedUntil: Int64 = 0

    var forecast = ArrivalForecast()
    var askedInMinute = 0.0
    var askedByMinute: [Double] = []
    var foreseen: [[Double]] = []

    /// The most pictures in the line: some gigabytes of memory.
    private static let lineLimit = 20_000_000
    /// Events between two words about how far the run has come.
    private static let watchedEvents = 1 << 14

    init(_ scenario: Scenario) throws(SimulationError) {
        self.scenario = scenario
        measuredFrom = Moment(secondsSinceEpoch: scenario.warmUpSeconds).microseconds
        measuredTo = Moment(secondsSinceEpoch: scenario.durationSeconds).microseconds
        do {
            planner = try BatchPlanner(settings: scenario.batches)
            desk = try AdmissionDesk(
                settings: scenario.admission, recipes: scenario.recipes,
                memory: AdmissionDesk.Memory(
                    prices: try PriceBook(settings: scenario.prices),
                    tiers: try TierController(settings: scenario.tiers),
                    calibration: try RangeCalibration()))
        } catch {
            throw SimulationError(
                .invalidScenario, "scenario \(scenario.name): \(error.message)", cause: error)
        }
        report = SimulationReport(scenario)
        waits = Array(repeating: [], count: scenario.crowds.count)
        spanWaits = Array(repeating: WaitHistogram(), count: report.series.spans.count)
        crowdChance = scenario.crowds.indices.map { Chance(seed: scenario.seed, stream: UInt64($0) + 1) }
        deviceChance = Chance(seed: scenario.seed, stream: 0)
        fullWorkPerSecond = scenario.fleet.reduce(0) { $0 + Double($1.count) * $1.speed }
        hasLoadTimes = scenario.fleet.contains { $0.modelLoadSeconds > 0 || $0.adapterLoadSeconds > 0 }
        addCrowds()
        try addDevices()
        for span in report.series.spans.indices {
            let end = report.series.start(of: span + 1)
            let at = min(Moment(secondsSinceEpoch: end).microseconds, measuredTo)
            events.add(.spanEnds, at: at, index: span)
        }
        if !isFirstComeFirstServed { events.add(.lookAhead, at: 1_000_000, index: 0) }
    }

    var isFirstComeFirstServed: Bool { scenario.policy == .firstComeFirstServed }
    var now: Moment { Moment(microseconds: time) }
    var isMeasured: Bool { time >= measuredFrom && time < measuredTo }
    var line: WorkIndex { isFirstComeFirstServed ? firstComeFirstServedLine : desk.queue }

    private mutating func addCrowds() {
        for (index, crowd) in scenario.crowds.enumerated() {
            firstCaller.append(callers.count)
            shares.append(Self.cumulativeWeights(crowd.callerCount ?? 0, crowd.inequality))
            shapeShares.append(Self.cumulativeWeights(crowd.shapes.count, crowd.shapeInequality))
            fullWork.append(crowd.shapes.map { work($0, scenario.recipes.full, group: 0) })
            for _ in 0..<(crowd.callerCount ?? 0) { callers.append(SimulatedCaller(crowd: index)) }
            planArrival(crowd: index)
        }
        if let trace = scenario.recorded {
            fullWork[0] = trace.shapes.map { work($0, scenario.recipes.full, group: 0) }
            planRecorded(0)
        }
    }

    private mutating func addDevices() throws(SimulationError) {
        for (group, settings) in scenario.fleet.enumerated() {
            for _ in 0..<settings.count {
                var device = SimulatedDevice(group: group, index: devices.count)
                if let heat = settings.heat {
                    do { device.heat = try HeatGuard(settings: heat.guardSettings) } catch {
                        throw SimulationError(.invalidScenario, "heat: \(error.message)", cause: error)
                    }
                    device.celsius = heat.idleCelsius
                    // Spread, so that not all are read at one time.
                    let first = Int64(deviceChance.unit() * 5e6)
                    events.add(.heat, at: first, index: devices.count)
                }
                if let mean = settings.meanSecondsBetweenFailures {
                    let seconds = deviceChance.exponential(mean: mean)
                    events.add(
                        .failure, at: Moment(secondsSinceEpoch: seconds).microseconds, index: devices.count)
                }
                device.isListed = true
                idleDevices.append(devices.count)
                devices.append(device)
                announce(devices.count - 1)
            }
        }
    }

    /// Goes through all events.
    mutating func finish(watch: (SimulationProgress) -> Bool) throws(SimulationError) -> SimulationReport {
        var count = 0
        while let event = events.popFirst() {
            time = event.time
            switch event.kind {
            case .arrival: arrive(crowd: Int(event.index))
            case .recorded: arriveRecorded(Int(event.index))
            case .retry: askAgain(Int(event.index))
            case .boundary: stepBoundary(Int(event.index), generation: event.generation)
            case .patienceEnds: leave(Int(event.index), generation: event.generation)
            case .failure: breakDown(Int(event.index))
            case .repair: comeBack(Int(event.index))
            case .heat: readHeat(Int(event.index))
            case .lookAhead: lookAhead()
            case .spanEnds: endSpan(Int(event.index))
            }
            count += 1
            if count % Self.watchedEvents == 0 { try tell(watch) }
            // Nobody comes any more, and nobody wants what is still in the line.
            if time > measuredTo, wantedCount == 0, wishes.count == 0 { break }
        }
        summarize()
        return report
    }

    private func tell(_ watch: (SimulationProgress) -> Bool) throws(SimulationError) {
        guard jobs.count <= Self.lineLimit else {
            throw SimulationError(
                .tooLarge,
                "more than \(Self.lineLimit) pictures wait at \(time / 1_000_000) s; simulate a shorter time, less "
                    + "demand or more devices")
        }
        let progress = SimulationProgress(
            seconds: Double(time) * 1e-6, durationSeconds: scenario.durationSeconds,
            requests: report.allRequests, waiting: line.count)
        guard watch(progress) else { throw SimulationError(.cancelled, "the simulation was stopped") }
    }
}
