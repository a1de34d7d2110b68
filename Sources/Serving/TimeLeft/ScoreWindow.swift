/// The most recent logarithms of taken over guessed time, kept in order, and how far out in them a range must reach.
///
/// Each end of a range is a quantile of the window. How extreme a quantile follows what happened: a broken promise moves
/// it outwards, a kept one a little inwards, so that in the long run the stated share is kept whatever the load does.
///
/// Source: I. Gibbs, E. Candès, "Adaptive Conformal Inference Under Distribution Shift", 2021,
/// https://arxiv.org/abs/2106.00170.
struct ScoreWindow: Sendable, Hashable, Codable {
    /// Scores kept.
    static let limit = 160
    /// Made-up scores to begin with, spread evenly from half to double the guess.
    static let priorCount = 24
    /// Seconds between two outcomes that are learned from: where thousands of pictures come each second, those of one instant
    /// are all alike, and a window full of them would know nothing of the minute.
    static let spacingSeconds = 0.25
    /// How much one outcome moves an end.
    static let rate = 0.01

    /// All scores, rising.
    private var sorted: [Float]
    /// The same in the order they came, as a ring once it is full.
    private var recent: [Float]
    private var next = 0
    private var learned: Moment?
    /// The shares left out below and above.
    private(set) var lowerTail: Double
    private(set) var upperTail: Double

    init(lowerTail: Double, upperTail: Double) {
        self.lowerTail = lowerTail
        self.upperTail = upperTail
        let spread = Float(0.693)
        sorted = (0..<Self.priorCount).map {
            spread * (2 * Float($0) / Float(Self.priorCount - 1) - 1)
        }
        recent = sorted
    }

    /// The scores at the lower end, in the middle and at the upper end.
    var ends: (lower: Double, middle: Double, upper: Double) {
        let count = Double(sorted.count)
        // Split conformal prediction's correction: the next score is one of count + 1.
        let lower = Int((lowerTail * (count + 1)).rounded(.down)) - 1
        let upper = Int(((1 - upperTail) * (count + 1)).rounded(.up)) - 1
        return (
            Double(sorted[min(max(lower, 0), sorted.count - 1)]), Double(sorted[sorted.count / 2]),
            Double(sorted[min(max(upper, 0), sorted.count - 1)])
        )
    }

    /// Learns how a promise ended.
    mutating func observe(
        score: Float, wasEarly: Bool, wasLate: Bool, lowerTarget: Double, upperTarget: Double, at now: Moment
    ) {
        if let learned, now >= learned, now - learned < Self.spacingSeconds { return }
        learned = now
        lowerTail = Self.moved(lowerTail, target: lowerTarget, missed: wasEarly)
        upperTail = Self.moved(upperTail, target: upperTarget, missed: wasLate)
        if recent.count < Self.limit {
            recent.append(score)
        } else {
            sorted.remove(at: Self.offset(of: recent[next], in: sorted))
            recent[next] = score
            next = (next + 1) % Self.limit
        }
        sorted.insert(score, at: Self.offset(of: score, in: sorted))
    }

    private static func moved(_ tail: Double, target: Double, missed: Bool) -> Double {
        min(max(tail + rate * (target - (missed ? 1 : 0)), 0.1 * target), 4 * target)
    }

    /// The first offset whose score is not less.
    private static func offset(of score: Float, in scores: [Float]) -> Int {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
