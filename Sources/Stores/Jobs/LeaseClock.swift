import Serving

/// Decides which leases have lapsed, on a clock that may be set.
///
/// Leases end at moments of the wall clock, since workers in other processes must agree on them. A clock that is set
/// forward would end them all at once, and one that is set back would keep a dead worker's jobs for as long as the step
/// was. See ``SteadyPace`` for how a step is told.
struct LeaseClock: Sendable, Hashable {
    /// What a sweep does.
    struct Verdict: Hashable {
        /// Leases that end at or before the moment of the sweep have lapsed; where false, they get another term.
        let endsLapsed: Bool
        /// Leases that end later than this are cut to it.
        let termEnd: Moment
    }

    /// The longest term of a lease, in seconds.
    let longestTermSeconds: Double
    private var pace: SteadyPace

    init(toleranceSeconds: Double, longestTermSeconds: Double) {
        self.longestTermSeconds = longestTermSeconds
        pace = SteadyPace(toleranceSeconds: toleranceSeconds)
    }

    /// What the sweep at a moment does.
    mutating func sweep(at now: Moment) -> Verdict {
        Verdict(endsLapsed: pace.isSteady(at: now), termEnd: now + longestTermSeconds)
    }
}
