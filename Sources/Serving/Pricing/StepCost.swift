/// How long one denoising step takes, as a straight line over the network evaluations in it.
///
/// A row without guidance is one evaluation, a row with guidance two. `baseSeconds` is what a step costs however few
/// rows are in it – weights read from memory, launches – and is what batching saves.
public struct StepCost: Sendable, Hashable, Codable {
    /// Seconds a step takes before its first row; 0 or more.
    public var baseSeconds: Double
    /// Seconds each evaluation adds; more than 0.
    public var secondsPerEvaluation: Double

    /// Makes a cost; what is negative or not finite becomes the least allowed.
    public init(baseSeconds: Double, secondsPerEvaluation: Double) {
        self.baseSeconds = baseSeconds.isFinite ? max(0, baseSeconds) : 0
        self.secondsPerEvaluation =
            secondsPerEvaluation.isFinite ? max(1e-9, secondsPerEvaluation) : 1e-9
    }

    /// Seconds of a step with this many evaluations.
    public func seconds(evaluations: Double) -> Double {
        baseSeconds + secondsPerEvaluation * evaluations
    }

    /// How many rows a batch should have on a device with this cost.
    ///
    /// A row more must raise throughput by `leastGain`, and all rows together may not make a step take more than
    /// `longestStretch` times that of one row alone: what a light caller bears so that others get more.
    ///
    /// - Parameters:
    ///   - evaluationsPerRow: 1, or 2 with guidance; between them where guidance ends early.
    ///   - rowLimit: the most the device's memory holds; at least 1.
    ///   - leastGain: the share by which one row more must raise throughput.
    ///   - longestStretch: at least 1.
    public func rowTarget(
        evaluationsPerRow: Double, rowLimit: Int, leastGain: Double, longestStretch: Double
    ) -> Int {
        let alone = seconds(evaluations: evaluationsPerRow)
        var rows = 1
        while rows < rowLimit {
            let now = seconds(evaluations: Double(rows) * evaluationsPerRow)
            let next = seconds(evaluations: Double(rows + 1) * evaluationsPerRow)
            let gain = (Double(rows + 1) / next) / (Double(rows) / now) - 1
            guard gain >= leastGain, next <= alone * longestStretch else { break }
            rows += 1
        }
        return rows
    }
}
