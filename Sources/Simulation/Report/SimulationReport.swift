import Serving

/// What came of a scenario.
///
/// Figures leave out what was first asked for in the warm-up; and work done after people have stopped coming counts for
/// waits and promises alone.
public struct SimulationReport: Sendable, Hashable, Codable {
    /// The scenario.
    public let name: String
    /// Who decided.
    public let policy: Scenario.Policy
    /// The seed.
    public let seed: UInt64
    /// Each crowd.
    public internal(set) var crowds: [CrowdReport]
    /// Requests of the whole run, the warm-up and those that were repeated included.
    public internal(set) var allRequests = 0
    /// Requests, those that were repeated included.
    public internal(set) var requests = 0
    /// Pictures accepted.
    public internal(set) var accepted = 0
    /// Pictures delivered to somebody who was still there.
    public internal(set) var delivered = 0
    /// Pictures that were asked for in the measured time, each counted once however often somebody came back for it.
    public internal(set) var picturesAsked = 0
    /// Those of them that were delivered within ``promiseSeconds`` from the first time they were asked for.
    public internal(set) var picturesInPromise = 0
    /// Those of them that were refused for good by a limit of their caller's own plan: no device could have helped.
    public internal(set) var picturesOverOwnLimit = 0
    /// The wait in seconds that ``picturesInPromise`` counts by.
    public let promiseSeconds: Double
    /// Seconds from the first request to the picture, over all crowds: what 50, 95 and 99 in 100 do not exceed; nil where
    /// nobody got one.
    public internal(set) var waitSeconds: [Double]?
    /// Refusals by reason.
    public internal(set) var refusals: [String: Int] = [:]
    /// Pictures delivered by tier.
    public internal(set) var tiers: [String: Int] = [:]
    /// Pictures drawn again because a device broke down.
    public internal(set) var drawnAgain = 0
    /// Device-seconds delivered to people who were still there, for each device-second there was: what a full batch does
    /// in its time counts as 1.
    public internal(set) var goodput = 0.0
    /// The share of their time in which devices that were there had rows to draw.
    public internal(set) var busyShare = 0.0
    /// The share of delivered pictures that took neither more nor less than promised.
    public internal(set) var heldShare = 0.0
    /// The share of accepted pictures that came no later than promised; what was given up on counts as late.
    public internal(set) var inTimeShare = 0.0
    /// The share of their time in which devices loaded models and adapters.
    public internal(set) var loadingShare = 0.0
    /// How many devices there were.
    public internal(set) var deviceCount = 0
    /// Their speeds together, beside the reference device.
    public internal(set) var fleetSpeed = 0.0
    /// How many times a device broke down.
    public internal(set) var failures = 0
    /// The part at the beginning that figures leave out, in seconds.
    public let warmUpSeconds: Double
    /// How long people came, in seconds.
    public let durationSeconds: Double
    /// Temperatures in °C from which devices take smaller batches and no new work; nil where none gets warm.
    public internal(set) var heatThresholds: [Double]?
    /// Who got how much.
    public internal(set) var fairnessReport = FairnessReport()
    /// What happened when.
    public internal(set) var series: ReportSeries
    /// What the forecast said; nil where nobody looked ahead.
    public internal(set) var forecast: ForecastReport?
    /// The longest line.
    public internal(set) var longestLine = 0
    /// The lowest throughput that heat and failures left, as a share of all devices'.
    public internal(set) var lowestCapacityShare = 1.0
    /// A number made of every decision in order: two runs are alike where theirs are.
    public internal(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ scenario: Scenario) {
        name = scenario.name
        policy = scenario.policy
        seed = scenario.seed
        promiseSeconds = scenario.promiseSeconds
        warmUpSeconds = scenario.warmUpSeconds
        durationSeconds = scenario.durationSeconds
        series = ReportSeries(
            durationSeconds: scenario.durationSeconds, warmUpSeconds: scenario.warmUpSeconds)
        crowds = scenario.crowds.map { CrowdReport(name: $0.name) }
    }

    /// Jain's index over the device-seconds per weight of callers who always had something waiting; nil below two.
    public var fairness: Double? { fairnessReport.jain }
    /// How many such callers there were.
    public var backloggedCallers: Int { fairnessReport.backloggedCallers }
    /// The share of pictures asked for, those over their caller's own limits left out, that came within the promise.
    public var promiseShare: Double {
        let owed = picturesAsked - picturesOverOwnLimit
        return owed > 0 ? Double(picturesInPromise) / Double(owed) : 1
    }

    /// The keys of ``refusals`` in the order of the series' refusals.
    public static let reasonNames = Refusal.Reason.allCases.map(\.rawValue)

    /// A crowd by its name.
    public func crowd(_ name: String) -> CrowdReport? { crowds.first { $0.name == name } }

    /// Adds a number to the digest.
    ///
    /// Source: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, on words instead of bytes.
    mutating func note(_ number: UInt64) {
        digest = (digest ^ number) &* 0x100_0000_01B3
    }

    /// The value that a share of sorted values do not exceed.
    static func percentile(_ sorted: [Float], _ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let index = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return Double(sorted[min(max(index, 0), sorted.count - 1)])
    }
}
