import Serving

extension Scenario {
    /// Runs the scenario to its end: until the people have stopped coming and every accepted picture is drawn or given up.
    ///
    /// Equal scenarios give equal reports, on every machine. Takes about a microsecond for each event, of which a request
    /// has three or four.
    /// - Throws: ``SimulationError`` where a part of the scenario is out of range.
    public func run() throws(SimulationError) -> SimulationReport {
        try validate()
        var run = try SimulationRun(self)
        return run.finish()
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
    /// How much of each crowd's requests come from its first callers.
    var shares: [[Double]] = []
    /// Each crowd's own chance: when it asks, and what.
    var crowdChance: [Chance]
    var deviceChance: Chance

    var devices: [SimulatedDevice] = []
    /// Devices without rows, and those with rows and free seats; some may be out of date.
    var idleDevices: [Int] = []
    var partlyFreeDevices: [Int] = []
    var nextLightDevice = 0
    let fullWorkPerSecond: Double

    var jobs = Slots<SimulatedJob>()
    /// The slot of each job number.
    var slotOfNumber: [Int32] = []
    var retries = Slots<Retry>()
    var firstComeFirstServedLine = WorkIndex()
    var nextNumber: UInt64 = 1

    var waits: [[Float]]
    var heldCount = 0
    var inTimeCount = 0
    var promisedCount = 0
    var deliveredWorkSeconds = 0.0
    var deviceMicroseconds: Int64 = 0

    init(_ scenario: Scenario) throws(SimulationError) {
        self.scenario = scenario
        measuredFrom = Moment(secondsSinceEpoch: scenario.warmUpSeconds).microseconds
        measuredTo = Moment(secondsSinceEpoch: scenario.durationSeconds).microseconds
        do {
            planner = try BatchPlanner(settings: scenario.batches)
            desk = try AdmissionDesk(
                settings: scenario.admission,
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
        crowdChance = scenario.crowds.indices.map { Chance(seed: scenario.seed, stream: UInt64($0) + 1) }
        deviceChance = Chance(seed: scenario.seed, stream: 0)
        fullWorkPerSecond = scenario.fleet.reduce(0) { $0 + Double($1.count) * $1.speed }
        addCrowds()
        try addDevices()
    }

    var isFirstComeFirstServed: Bool { scenario.policy == .firstComeFirstServed }
    var now: Moment { Moment(microseconds: time) }
    var isMeasured: Bool { time >= measuredFrom && time < measuredTo }
    var line: WorkIndex { isFirstComeFirstServed ? firstComeFirstServedLine : desk.queue }

    private mutating func addCrowds() {
        for (index, crowd) in scenario.crowds.enumerated() {
            firstCaller.append(callers.count)
            var sum = 0.0
            var cumulative: [Double] = []
            for rank in 0..<(crowd.callerCount ?? 0) {
                sum += rankWeight(rank + 1, crowd.inequality)
                cumulative.append(sum)
                callers.append(SimulatedCaller(crowd: index))
            }
            shares.append(cumulative)
            planArrival(crowd: index)
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
    mutating func finish() -> SimulationReport {
        while let event = events.popFirst() {
            time = event.time
            switch event.kind {
            case .arrival: arrive(crowd: Int(event.index))
            case .retry: askAgain(Int(event.index))
            case .boundary: stepBoundary(Int(event.index), generation: event.generation)
            case .patienceEnds: leave(Int(event.index), generation: event.generation)
            case .failure: breakDown(Int(event.index))
            case .repair: comeBack(Int(event.index))
            case .heat: readHeat(Int(event.index))
            }
        }
        summarize()
        return report
    }
}
