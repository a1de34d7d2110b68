import Glibc

/// How much work per second comes in that will be served before a place some way up the fair clock.
///
/// Work that waits before a place is known; what is yet to come and will pass it is not. Accepted work is counted by how
/// far beyond the clock's present its tag lay, and forgotten with time; a place that far out must expect to be passed by
/// all that lies nearer. It is forgotten at two speeds, and the larger rate counts: a wave is believed within seconds, and
/// its end only after some more.
public struct OvertakingRate: Sendable, Hashable, Codable {
    /// Seconds in which what was seen falls to a third, for each of the two.
    public static let memorySeconds = [4.0, 20.0]
    /// Buckets below and above the clock's present, each growing outwards.
    private static let owedCount = 24
    private static let bucketCount = 60
    /// Where the first bucket on either side ends, in device-seconds per weight; each next one ends at 1.7 times that.
    private static let firstLag = 1e-4
    private static let growth = 1.7
    private static let ends = (0..<bucketCount).map { firstLag * exp(Double($0) * log(growth)) }

    /// Decayed work by lag in device-seconds, as of ``updated``; first the quickly forgotten.
    private var quick = [Double](repeating: 0, count: Self.bucketCount)
    private var slow = [Double](repeating: 0, count: Self.bucketCount)
    private var updated: Moment?
    private var began: Moment?

    /// Begins with nothing seen.
    public init() {}

    /// Takes note of accepted work.
    ///
    /// - Parameter lag: how far its tag lies beyond the clock, in device-seconds per weight; negative where its caller is
    ///   owed something.
    public mutating func observe(lag: Double, workSeconds: Double, at now: Moment) {
        decay(to: now)
        let bucket = Self.bucket(lag)
        quick[bucket] += workSeconds
        slow[bucket] += workSeconds
    }

    /// Device-seconds per second that will pass a place while it moves to the front, on the average of its way.
    public func workPerSecond(beforeLag lag: Double, at now: Moment) -> Double {
        guard let updated, let began else { return 0 }
        let last = Self.bucket(lag)
        var sums = (quick: 0.0, slow: 0.0)
        for index in 0..<last {
            // What comes beyond the present passes the place only until the place is nearer than that.
            let nearEnd = index > Self.owedCount ? Self.ends[index - Self.owedCount - 1] : 0
            let share = lag > 0 ? max(0, 1 - nearEnd / lag) : 1
            sums.quick += quick[index] * share
            sums.slow += slow[index] * share
        }
        let age = max(0, now - began)
        let idle = max(0, now - updated)
        return max(
            Self.rate(sums.quick, memory: Self.memorySeconds[0], age: age, idle: idle),
            Self.rate(sums.slow, memory: Self.memorySeconds[1], age: age, idle: idle))
    }

    private static func rate(_ work: Double, memory: Double, age: Double, idle: Double) -> Double {
        // A memory that is still filling would show too little; one burst alone says nothing of a rate.
        let filled = 1 - exp(-max(memory / 2, age) / memory)
        return work * exp(-idle / memory) / (memory * filled)
    }

    private mutating func decay(to now: Moment) {
        guard let before = updated else {
            updated = now
            began = now
            return
        }
        let seconds = now - before
        guard seconds >= 0 else {
            // A clock set back goes on from where it was set to: else work would pile up until it has caught up.
            updated = now
            began = began.map { $0 + seconds }
            return
        }
        // Many arrivals share a factor: one exponential for each fiftieth of a second is enough.
        guard seconds >= 0.02 else { return }
        let factors = Self.memorySeconds.map { exp(-seconds / $0) }
        for index in quick.indices {
            quick[index] *= factors[0]
            slow[index] *= factors[1]
        }
        updated = now
    }

    /// Rising with the lag: first what is owed most, in the middle the present, last what is furthest beyond.
    private static func bucket(_ lag: Double) -> Int {
        let distance = abs(lag)
        let steps = distance <= firstLag ? 0 : 1 + Int(log(distance / firstLag) / log(growth))
        return lag < 0
            ? max(owedCount - 1 - steps, 0) : min(owedCount + steps, bucketCount - 1)
    }
}
