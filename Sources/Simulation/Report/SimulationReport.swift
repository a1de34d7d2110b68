import Serving

/// What came of a scenario.
///
/// Figures leave out the warm-up, and what comes after people have stopped coming counts for waits and promises alone.
public struct SimulationReport: Sendable, Hashable, Codable {
    /// The scenario.
    public let name: String
    /// Who decided.
    public let policy: Scenario.Policy
    /// The seed.
    public let seed: UInt64
    /// Each crowd.
    public internal(set) var crowds: [CrowdReport]
    /// Requests, those that were repeated included.
    public internal(set) var requests = 0
    /// Pictures accepted.
    public internal(set) var accepted = 0
    /// Pictures delivered to somebody who was still there.
    public internal(set) var delivered = 0
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
    /// Jain's index over the device-seconds per weight of callers who always had something waiting; nil below two.
    public internal(set) var fairness: Double?
    /// How many such callers there were.
    public internal(set) var backloggedCallers = 0
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
        crowds = scenario.crowds.map { CrowdReport(name: $0.name) }
    }

    /// A crowd by its name.
    public func crowd(_ name: String) -> CrowdReport? { crowds.first { $0.name == name } }

    /// Adds a number to the digest.
    ///
    /// Source: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, on words instead of bytes.
    mutating func note(_ number: UInt64) {
        digest = (digest ^ number) &* 0x100_0000_01B3
    }

    /// Jain's index: 1 where all get the same, 1/n where one gets all.
    ///
    /// Source: R. Jain, D. Chiu, W. Hawe, "A Quantitative Measure of Fairness", 1984.
    static func jain(_ values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let sum = values.reduce(0, +)
        let squares = values.reduce(0) { $0 + $1 * $1 }
        return squares > 0 ? sum * sum / (Double(values.count) * squares) : nil
    }

    /// The value that a share of the values do not exceed.
    static func percentile(_ values: [Float], _ share: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let index = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return Double(sorted[min(max(index, 0), sorted.count - 1)])
    }
}
