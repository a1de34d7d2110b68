import Glibc

/// How much work per second comes in that will be served before a place some way up the fair clock.
///
/// Work that waits before a place is known; what is yet to come and will pass it is not. Accepted work is counted by how
/// far beyond the clock's present its tag lay, and forgotten with time; a place that far out must expect to be passed by
/// all that lies nearer. It is forgotten at two speeds, and the larger rate counts: a wave is believed within seconds, and
/// its end only after some more.
///
/// How long it will go on coming is judged by how long it has come: what began a second ago is expected for some seconds more,
/// what has come for half a minute for good. Else a few requests of one moment would be taken for a flood without an end. What
/// a caller has asked for itself does not pass it; ``OwnArrivals`` takes that out.
public struct OvertakingRate: Sendable, Hashable, Codable {
    /// Seconds in which what was seen falls to a third, for each of the two.
    public static let memorySeconds = (quick: 4.0, slow: 20.0)
    /// How many times as long as it has come already something is expected to go on.
    static let persistence = 8.0
    /// Seconds after which it is expected for good.
    static let establishedSeconds = 30.0
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

    /// What will pass a place while it moves to the front, on the average of its way.
    ///
    /// - Parameter own: what the place's caller has asked for itself.
    public func passing(
        beforeLag lag: Double, without own: OwnArrivals? = nil, at now: Moment
    ) -> PassingWork {
        guard let updated else { return PassingWork(workPerSecond: 0, seconds: 0) }
        let last = Self.bucket(lag)
        // What comes beyond the present passes the place only until the place is nearer than that.
        func share(_ index: Int) -> Double {
            let nearEnd = index > Self.owedCount ? Self.ends[index - Self.owedCount - 1] : 0
            return lag > 0 ? max(0, 1 - nearEnd / lag) : 1
        }
        var sums = (quick: 0.0, slow: 0.0)
        for index in 0..<last {
            let share = share(index)
            sums.quick += quick[index] * share
            sums.slow += slow[index] * share
        }
        let idle = max(0, now - updated)
        sums.quick *= exp(-idle / Self.memorySeconds.quick)
        sums.slow *= exp(-idle / Self.memorySeconds.slow)
        for own in own?.decayed(to: now) ?? [] where own.bucket < last {
            sums.quick -= own.quick * share(own.bucket)
            sums.slow -= own.slow * share(own.bucket)
        }
        // What is left of two equal sums is rounding, and the moments at which each was last decayed.
        sums.quick = sums.quick < 1e-3 ? 0 : sums.quick
        sums.slow = sums.slow < 1e-3 ? 0 : sums.slow
        return PassingWork(
            workPerSecond: max(
                sums.quick / Self.memorySeconds.quick, sums.slow / Self.memorySeconds.slow),
            seconds: Self.expectedSeconds(sums))
    }

    /// How long what was seen is expected to go on.
    ///
    /// What comes evenly for t seconds fills both sums alike at first; later the slow one is larger, by a factor of
    /// 1 + t / 10 as a good approximation up to ``establishedSeconds``.
    private static func expectedSeconds(_ sums: (quick: Double, slow: Double)) -> Double {
        guard sums.quick > 0 else { return sums.slow > 0 ? .infinity : 0 }
        let seconds = 10 * max(0, sums.slow / sums.quick - 1)
        // Half a second at the least: what came in one moment is expected once more.
        return seconds >= establishedSeconds ? .infinity : persistence * max(0.5, seconds)
    }

    private mutating func decay(to now: Moment) {
        guard let before = updated else {
            updated = now
            return
        }
        let seconds = now - before
        guard seconds >= 0 else {
            // A clock set back goes on from where it was set to: else work would pile up until it has caught up.
            updated = now
            return
        }
        // Many arrivals share a factor: one exponential for each fiftieth of a second is enough.
        guard seconds >= 0.02 else { return }
        let factors = (
            quick: exp(-seconds / Self.memorySeconds.quick), slow: exp(-seconds / Self.memorySeconds.slow)
        )
        for index in quick.indices {
            quick[index] *= factors.quick
            slow[index] *= factors.slow
        }
        updated = now
    }

    /// Rising with the lag: first what is owed most, in the middle the present, last what is furthest beyond.
    static func bucket(_ lag: Double) -> Int {
        let distance = abs(lag)
        let steps = distance <= firstLag ? 0 : 1 + Int(log(distance / firstLag) / log(growth))
        return lag < 0
            ? max(owedCount - 1 - steps, 0) : min(owedCount + steps, bucketCount - 1)
    }
}
