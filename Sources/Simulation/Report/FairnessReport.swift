/// Who got how much of what was asked for.
public struct FairnessReport: Sendable, Hashable, Codable {
    /// A point of the curve: of all callers, those who asked for most first.
    public struct Point: Sendable, Hashable, Codable {
        /// So large a share of the callers.
        public let callers: Double
        /// asked for this share of all device-seconds
        public let asked: Double
        /// and got this share of those that were delivered.
        public let served: Double
    }

    /// Jain's index over the device-seconds per weight of callers who always had something waiting; nil below two.
    public internal(set) var jain: Double?
    /// How many such callers there were.
    public internal(set) var backloggedCallers = 0
    /// The share of a backlogged caller beside the mean, least first: up to 101 of them at equal distances.
    public internal(set) var backloggedShares: [Double] = []
    /// From nobody to everybody.
    public internal(set) var curve: [Point] = []

    private static let pointCount = 100

    init() {}

    /// - Parameters:
    ///   - backlogged: device-seconds per weight of each caller who always had something waiting.
    ///   - all: of every caller who asked, device-seconds asked for and served.
    init(backlogged: [Double], all: [(asked: Double, served: Double)]) {
        backloggedCallers = backlogged.count
        jain = Self.jain(backlogged)
        let mean = backlogged.reduce(0, +) / Double(max(1, backlogged.count))
        if mean > 0 {
            let sorted = backlogged.sorted()
            backloggedShares = Self.places(sorted.count).map { sorted[$0] / mean }
        }
        let sorted = all.sorted { ($0.asked, $0.served) > ($1.asked, $1.served) }
        let asked = sorted.reduce(0) { $0 + $1.asked }
        let served = sorted.reduce(0) { $0 + $1.served }
        guard asked > 0 else { return }
        curve = [Point(callers: 0, asked: 0, served: 0)]
        let marks = Set(Self.places(sorted.count))
        var sums = (asked: 0.0, served: 0.0)
        for (index, caller) in sorted.enumerated() {
            sums.asked += caller.asked
            sums.served += caller.served
            guard marks.contains(index) else { continue }
            curve.append(
                Point(
                    callers: Double(index + 1) / Double(sorted.count), asked: sums.asked / asked,
                    served: served > 0 ? sums.served / served : 0))
        }
    }

    /// Offsets at equal distances, the first and the last among them.
    private static func places(_ count: Int) -> [Int] {
        guard count > pointCount + 1 else { return Array(0..<count) }
        return (0...pointCount).map { ($0 * (count - 1)) / pointCount }
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
}
