import Serving

/// How many devices of one kind it takes to keep a promise, found by simulating fleets of different sizes.
public struct CapacitySearch {
    /// What is to be kept.
    public struct Promise: Sendable, Hashable, Codable {
        /// Seconds from first asking to the picture.
        public var seconds: Double
        /// The share of pictures, those over their caller's own limits left out, that must come within them.
        public var share: Double
        /// The least effort that is still a picture as promised.
        public var lowestTier: Tier

        /// Makes a promise.
        public init(seconds: Double, share: Double, lowestTier: Tier) {
            self.seconds = seconds
            self.share = share
            self.lowestTier = lowestTier
        }
    }

    /// What one fleet made of the demand.
    public struct Trial: Sendable, Hashable, Codable {
        /// How many devices.
        public let devices: Int
        /// The share of pictures that came within the promise.
        public let promiseShare: Double
        /// Device-seconds delivered of all that there were.
        public let goodput: Double
        /// The share of their time in which devices had something to draw.
        public let busyShare: Double
        /// The share of requests that were turned away.
        public let refusedShare: Double
        /// Seconds from first asking to the picture that 95 in 100 do not exceed; nil where nobody got one.
        public let percentile95Seconds: Double?
        /// The share of delivered pictures in each tier, best first.
        public let tiers: [Double]
        /// Whether the promise was kept.
        public let isKept: Bool
    }

    /// What was found.
    public struct Answer: Sendable, Hashable, Codable {
        /// What was to be kept.
        public let promise: Promise
        /// The least number of devices that kept it; nil where not even ``maximumDevices`` did.
        public let devices: Int?
        /// The most devices that were allowed.
        public let maximumDevices: Int
        /// All fleets that were tried, the smallest first.
        public let trials: [Trial]

        /// The trial of a number of devices.
        public func trial(_ devices: Int) -> Trial? { trials.first { $0.devices == devices } }
    }

    private let promise: Promise
    private let maximumDevices: Int
    private let scenario: (Int) throws(SimulationError) -> Scenario

    /// - Parameters:
    ///   - maximumDevices: where the search ends; 1 to 100000.
    ///   - scenario: the demand on so many devices. Plans and the promise are set by the search.
    /// - Throws: ``SimulationError`` where the promise makes no sense.
    public init(
        promise: Promise, maximumDevices: Int,
        scenario: @escaping (Int) throws(SimulationError) -> Scenario
    ) throws(SimulationError) {
        try SimulationError.require(
            promise.seconds > 0 && promise.seconds <= 86400, "the promised seconds", "above 0, at most a day")
        try SimulationError.require(
            promise.share > 0 && promise.share < 1, "the promised share", "between 0 and 1")
        try SimulationError.require(
            (1...100_000).contains(maximumDevices), "the most devices", "between 1 and 100000")
        self.promise = promise
        self.maximumDevices = maximumDevices
        self.scenario = scenario
    }

    /// Searches: doubles or halves a first guess until the answer lies between two numbers, then halves between them.
    ///
    /// More devices are taken to keep a promise at least as well; the answer's own evidence is that n devices kept it and
    /// n − 1 did not. Takes about twice the logarithm of the answer in simulations.
    ///
    /// - Parameters:
    ///   - guess: where to begin.
    ///   - watch: called while a fleet of a size is simulated; false ends the search.
    public func search(
        guess: Int, watch: (Int, SimulationProgress) -> Bool = { _, _ in true }
    ) throws(SimulationError) -> Answer {
        var trials: [Int: Trial] = [:]
        func isKept(_ devices: Int) throws(SimulationError) -> Bool {
            if let known = trials[devices] { return known.isKept }
            let trial = try self.trial(devices) { watch(devices, $0) }
            trials[devices] = trial
            return trial.isKept
        }
        var high = min(max(1, guess), maximumDevices)
        var low = 0
        if try isKept(high) {
            var step = high
            while high > 1 {
                step = max(1, step / 2)
                let lower = max(1, high - step)
                guard try isKept(lower) else {
                    low = lower
                    break
                }
                high = lower
                step = high
            }
        } else {
            repeat {
                low = high
                high = min(2 * high, maximumDevices)
                guard low < high else { return answer(nil, trials) }
            } while try !isKept(high)
        }
        while low + 1 < high {
            let middle = (low + high) / 2
            if try isKept(middle) { high = middle } else { low = middle }
        }
        return answer(high, trials)
    }

    private func answer(_ devices: Int?, _ trials: [Int: Trial]) -> Answer {
        Answer(
            promise: promise, devices: devices, maximumDevices: maximumDevices,
            trials: trials.values.sorted { $0.devices < $1.devices })
    }

    private func trial(
        _ devices: Int, watch: (SimulationProgress) -> Bool
    ) throws(SimulationError) -> Trial {
        var scenario = try self.scenario(devices)
        scenario.promiseSeconds = promise.seconds
        for index in scenario.crowds.indices {
            // What would come too late, or with too little effort, is turned away as a service with this promise would.
            scenario.crowds[index].plan.longestWaitSeconds = promise.seconds
            scenario.crowds[index].plan.lowestTier = promise.lowestTier
        }
        let report = try scenario.run(watch: watch)
        let delivered = Double(max(1, report.delivered))
        return Trial(
            devices: devices, promiseShare: report.promiseShare, goodput: report.goodput,
            busyShare: report.busyShare,
            refusedShare: Double(report.refusals.values.reduce(0, +)) / Double(max(1, report.requests)),
            percentile95Seconds: report.waitSeconds?[1],
            tiers: Tier.allCases.map { Double(report.tiers[$0.rawValue] ?? 0) / delivered },
            isKept: report.promiseShare >= promise.share)
    }
}
