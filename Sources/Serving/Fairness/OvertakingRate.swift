import Glibc

/// How much work per second comes in that will be served before a place some way up the fair clock.
///
/// Work that waits before a place is known; what is yet to come and will pass it is not. Accepted work is counted by how
/// far beyond the clock's present its tag lay, and forgotten with time; a place that far out must expect to be passed by
/// all that lies nearer.
public struct OvertakingRate: Sendable, Hashable, Codable {
    /// Seconds in which what was seen falls to a third.
    public static let memorySeconds = 15.0
    private static let bucketCount = 40
    /// The lag that the second bucket begins with, in device-seconds per weight; each next one begins at 1.6 times that.
    private static let firstLag = 1e-4
    private static let growth = 1.6

    /// Decayed work by lag, in device-seconds, as of ``updated``.
    private var work = [Double](repeating: 0, count: Self.bucketCount)
    private var updated: Moment?
    private var began: Moment?

    /// Begins with nothing seen.
    public init() {}

    /// Takes note of accepted work.
    ///
    /// - Parameter lag: how far its tag lies beyond the clock, in device-seconds per weight.
    public mutating func observe(lag: Double, workSeconds: Double, at now: Moment) {
        decay(to: now)
        work[Self.bucket(lag)] += workSeconds
    }

    /// Device-seconds per second that will pass a place while it moves to the front, on the average of its way.
    public func workPerSecond(beforeLag lag: Double, at now: Moment) -> Double {
        guard lag > 0, let updated, let began else { return 0 }
        let last = Self.bucket(lag)
        var sum = 0.0
        var start = 0.0
        for index in 0..<last {
            // What comes at a lag passes the place only until the place is nearer than that.
            sum += work[index] * (1 - start / lag)
            start = index == 0 ? Self.firstLag : start * Self.growth
        }
        // A memory that is still filling would show too little; one burst alone says nothing of a rate.
        let age = max(Self.memorySeconds / 2, now - began)
        let filled = 1 - exp(-age / Self.memorySeconds)
        let faded = exp(-max(0, now - updated) / Self.memorySeconds)
        return sum * faded / (Self.memorySeconds * filled)
    }

    private mutating func decay(to now: Moment) {
        guard let before = updated else {
            updated = now
            began = now
            return
        }
        let seconds = now - before
        // Many arrivals share a factor: one exponential for each fiftieth of a second is enough.
        guard seconds >= 0.02 else { return }
        let factor = exp(-seconds / Self.memorySeconds)
        for index in work.indices { work[index] *= factor }
        updated = now
    }

    private static func bucket(_ lag: Double) -> Int {
        guard lag > firstLag else { return 0 }
        return min(1 + Int(log(lag / firstLag) / log(growth)), bucketCount - 1)
    }
}
