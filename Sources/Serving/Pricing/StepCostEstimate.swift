import Glibc

/// A step's cost learned from measured steps: what batches of each size take lately, begun from a guess, and a line through
/// them.
///
/// What is known of one size is never forgotten for the sake of another: a device that draws single pictures for hours still
/// knows what a full batch takes, and is not held to be one that gains nothing by batches. A device that warms up, or shares
/// its machine with others, changes what all sizes take: a change that shows at one size moves the others with it. Sizes that
/// were never measured follow the guess, brought to the scale of those that were. A measurement far off the line counts as
/// one at the edge of what is believed: one stall does not move a price.
public struct StepCostEstimate: Sendable, Hashable, Codable {
    /// How many steps were measured.
    public private(set) var measurementCount = 0
    /// What measured steps took beyond the line, in parts of what the line says; a running mean of the magnitude.
    public private(set) var relativeError = 0.25

    /// Batches of about one size: each half a doubling of evaluations is one.
    private struct Size: Sendable, Hashable, Codable {
        let halfDoublings: Int
        /// The mean of its evaluations.
        var evaluations: Double
        /// The mean of the logarithms of its seconds over the guess's: batches of about one size differ by what the guess
        /// makes of their difference.
        var logRatio: Double
        var count = 0
        /// How much of what was measured lately is of this size.
        var weight = 0.0
    }

    /// The guess.
    private let prior: StepCost
    /// The sizes that were measured; one for each half doubling up to 128 evaluations, 15 at the most, and some beyond.
    private var sizes: [Size] = []

    /// How much a measurement moves what is known of its size, once that is known well: half is gone after 69.
    private static let rate = 0.01
    /// What is left of a size's weight after a measurement of another.
    private static let memory = 0.995
    /// The least weight of a size, so that it always says something, and the weight of the guess beside it.
    private static let leastWeight = 4.0
    private static let priorWeight = 0.25
    /// Measurements count as at most this many times the line's value, and at least one over it.
    private static let believedFactor = 3.0
    /// Measurements that must agree before the line is believed enough to tell a stall from a change.
    private static let trustedCount = 8
    /// Measurements after which a size counts as known.
    private static let knownCount = 3

    /// Begins from a guess.
    public init(prior: StepCost) { self.prior = prior }

    /// The most evaluations that are known from measured steps; 0 before.
    public var knownEvaluations: Double {
        sizes.filter { $0.count >= Self.knownCount }.map(\.evaluations).max() ?? 0
    }

    /// The line as known now.
    public var cost: StepCost {
        let scale = priorScale
        let guess = StepCost(
            baseSeconds: prior.baseSeconds * scale, secondsPerEvaluation: prior.secondsPerEvaluation * scale)
        guard !sizes.isEmpty else { return guess }
        var sums = Sums()
        for size in sizes {
            let seconds = prior.seconds(evaluations: size.evaluations) * exp(size.logRatio)
            sums.add(size.evaluations, seconds, max(size.weight, Self.leastWeight))
        }
        for evaluations in [1.0, 8] {
            sums.add(evaluations, guess.seconds(evaluations: evaluations), Self.priorWeight)
        }
        return sums.line
    }

    /// What the guess must be multiplied with to pass through the middle of what was measured.
    private var priorScale: Double {
        var (sum, weight) = (0.0, 0.0)
        for size in sizes {
            let share = max(size.weight, Self.leastWeight)
            sum += share * size.logRatio
            weight += share
        }
        return weight > 0 ? exp(sum / weight) : 1
    }

    /// Learns from one measured step; one without evaluations, or of no finite positive time, is left out.
    public mutating func observe(evaluations: Double, seconds: Double) {
        guard evaluations > 0, evaluations.isFinite, seconds > 0, seconds.isFinite else { return }
        var believed = seconds
        if measurementCount >= Self.trustedCount {
            let expected = cost.seconds(evaluations: evaluations)
            believed = min(max(seconds, expected / Self.believedFactor), expected * Self.believedFactor)
            relativeError += 0.02 * (abs(believed / expected - 1) - relativeError)
        }
        let logRatio = log(believed / prior.seconds(evaluations: evaluations))
        let index = index(of: evaluations, logRatio: logRatio)
        let known = sizes[index]
        let change = logRatio - known.logRatio
        let gain = max(Self.rate, 1 / Double(known.count + 1))
        for other in sizes.indices where other != index {
            sizes[other].weight *= Self.memory
            // What moves a size that is known well moves the device.
            if known.count >= Self.trustedCount { sizes[other].logRatio += gain * change }
        }
        sizes[index].logRatio += gain * change
        sizes[index].evaluations += gain * (evaluations - known.evaluations)
        sizes[index].weight = known.weight * Self.memory + 1
        sizes[index].count = min(known.count + 1, 1_000_000)
        measurementCount += 1
    }

    private mutating func index(of evaluations: Double, logRatio: Double) -> Int {
        let halfDoublings = Int((2 * log2(max(evaluations, 1e-3))).rounded())
        if let known = sizes.firstIndex(where: { $0.halfDoublings == halfDoublings }) { return known }
        sizes.append(Size(halfDoublings: halfDoublings, evaluations: evaluations, logRatio: logRatio))
        return sizes.count - 1
    }

    /// The sums of a fit by least squares.
    private struct Sums {
        var weight = 0.0
        var x = 0.0
        var xx = 0.0
        var y = 0.0
        var xy = 0.0

        /// Each point counts by its relative error: a long step says no more about the line than a short one.
        mutating func add(_ evaluations: Double, _ seconds: Double, _ share: Double) {
            let importance = share / (seconds * seconds)
            weight += importance
            x += importance * evaluations
            xx += importance * evaluations * evaluations
            y += importance * seconds
            xy += importance * evaluations * seconds
        }

        var line: StepCost {
            let determinant = weight * xx - x * x
            guard determinant > 1e-9 * weight * xx else {
                return StepCost(baseSeconds: 0, secondsPerEvaluation: y / x)
            }
            let slope = (weight * xy - x * y) / determinant
            let base = (y - slope * x) / weight
            // A line that falls is noise about one that is flat: rows more cost next to nothing.
            if slope <= 0 {
                let mean = y / weight
                return StepCost(baseSeconds: mean, secondsPerEvaluation: mean * 1e-3)
            }
            if base < 0 { return StepCost(baseSeconds: 0, secondsPerEvaluation: xy / xx) }
            return StepCost(baseSeconds: base, secondsPerEvaluation: slope)
        }
    }
}
