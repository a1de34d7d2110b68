/// A learning rate that warms up, holds, and decays to nothing at the end.
///
/// Holding instead of decaying all along lets a run be prolonged: the decay is moved, nothing is lost.
/// Source: Hu et al., "MiniCPM", 2024, section 4 (warm-up, stable, decay).
public struct LearningRateSchedule: Sendable, Hashable, Codable {
    /// The rate while it holds.
    public var peak: Double
    /// Steps of linear growth from nothing.
    public var warmupSteps: Int
    /// Steps in all.
    public var totalSteps: Int
    /// Steps at the end over which the rate falls linearly to nothing.
    public var decaySteps: Int

    /// Names every number.
    public init(peak: Double, warmupSteps: Int, totalSteps: Int, decaySteps: Int) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
        self.decaySteps = decaySteps
    }

    /// The rate of a step, counted from 0.
    public func rate(at step: Int) -> Double {
        let growth = warmupSteps > 0 ? Double(step + 1) / Double(warmupSteps) : 1
        let fall = decaySteps > 0 ? Double(totalSteps - step) / Double(decaySteps) : 1
        return peak * max(0, min(1, growth, fall))
    }
}
