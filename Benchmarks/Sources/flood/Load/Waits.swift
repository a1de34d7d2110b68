import Histogram

/// Times that were measured, to three digits.
struct Waits: Sendable {
    /// Microseconds, up to an hour.
    private var histogram = Histogram<UInt64>(
        lowestDiscernibleValue: 1, highestTrackableValue: 3_600_000_000,
        numberOfSignificantValueDigits: .three)

    /// How many there are.
    var count: Int { Int(histogram.totalCount) }
    /// The middle one, in seconds.
    var median: Double { seconds(at: 50) }

    /// Adds a time; what is longer than an hour counts as one.
    mutating func record(seconds: Double) {
        histogram.record(UInt64(min(max(seconds, 1e-6), 3600) * 1e6))
    }

    /// Seconds that so many in a hundred do not exceed; not a number where there are none.
    func seconds(at percentile: Double) -> Double {
        count == 0 ? .nan : Double(histogram.valueAtPercentile(percentile)) * 1e-6
    }

    init(_ seconds: some Sequence<Double> = []) { for second in seconds { record(seconds: second) } }
}
