import Glibc

/// A step's cost learned from measured steps: least squares that forget, begun from a guess.
///
/// The guess counts as two made-up measurements, at 1 and at 8 evaluations, so that the line is defined before anything
/// was measured and stays sensible while every batch has had the same size. Each measurement makes the earlier ones
/// weigh a little less, so that the line follows a device that warms up or a driver that changed. A measurement far off
/// the line counts as one at the edge of what is believed: one stall does not move a price.
public struct StepCostEstimate: Sendable, Hashable, Codable {
    /// How many steps were measured.
    public private(set) var measurementCount = 0
    /// What measured steps took beyond the line, in parts of what the line says; a running mean of the magnitude.
    public private(set) var relativeError = 0.25

    private var weight = 0.0
    private var sumX = 0.0
    private var sumXX = 0.0
    private var sumY = 0.0
    private var sumXY = 0.0

    /// What is left of a measurement's weight after the next one: half is gone after 138.
    private static let memory = 0.995
    /// Measurements count as at most this many times the line's value, and at least one over it.
    private static let believedFactor = 3.0
    /// Measurements that must agree before the line is believed enough to tell a stall from a change.
    private static let trustedCount = 8

    /// Begins from a guess.
    public init(prior: StepCost) {
        add(evaluations: 1, seconds: prior.seconds(evaluations: 1))
        add(evaluations: 8, seconds: prior.seconds(evaluations: 8))
    }

    /// The line as known now.
    public var cost: StepCost {
        let determinant = weight * sumXX - sumX * sumX
        guard determinant > 1e-9 * weight * sumXX else {
            return StepCost(baseSeconds: 0, secondsPerEvaluation: sumY / sumX)
        }
        let slope = (weight * sumXY - sumX * sumY) / determinant
        let base = (sumY - slope * sumX) / weight
        // A line that falls, or starts below nothing, is noise: keep the mean and drop the wrong part.
        if slope <= 0 { return StepCost(baseSeconds: 0, secondsPerEvaluation: sumY / sumX) }
        if base < 0 { return StepCost(baseSeconds: 0, secondsPerEvaluation: sumXY / sumXX) }
        return StepCost(baseSeconds: base, secondsPerEvaluation: slope)
    }

    /// Learns from one measured step; one without evaluations, or of no finite positive time, is left out.
    public mutating func observe(evaluations: Double, seconds: Double) {
        guard evaluations > 0, evaluations.isFinite, seconds > 0, seconds.isFinite else { return }
        let expected = cost.seconds(evaluations: evaluations)
        var believed = seconds
        if measurementCount >= Self.trustedCount {
            believed = min(max(seconds, expected / Self.believedFactor), expected * Self.believedFactor)
            relativeError += 0.02 * (abs(believed / expected - 1) - relativeError)
        } else {
            // The guess may be off by any factor: early measurements keep its slope and set its scale.
            rescale(by: pow(seconds / expected, 1 / Double(measurementCount + 1)))
        }
        forget(Self.memory)
        add(evaluations: evaluations, seconds: believed)
        measurementCount += 1
    }

    /// Makes everything learned so far longer by a factor, and its importance less accordingly.
    private mutating func rescale(by factor: Double) {
        weight /= factor * factor
        sumX /= factor * factor
        sumXX /= factor * factor
        sumY /= factor
        sumXY /= factor
    }

    private mutating func forget(_ memory: Double) {
        weight *= memory
        sumX *= memory
        sumXX *= memory
        sumY *= memory
        sumXY *= memory
    }

    private mutating func add(evaluations: Double, seconds: Double) {
        // Each measurement counts by its relative error: a long step says no more about the line than a short one.
        let importance = 1 / (seconds * seconds)
        weight += importance
        sumX += importance * evaluations
        sumXX += importance * evaluations * evaluations
        sumY += importance * seconds
        sumXY += importance * evaluations * seconds
    }
}
