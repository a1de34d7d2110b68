import Serving

/// Tells whether a clock that may be set has run evenly since it was last looked at.
///
/// Whoever ends or deletes things by the wall clock looks at an even pace. Where two looks are further apart than the
/// tolerance, or in the wrong order, the clock was set, or this process slept or has just begun: then nothing is ended on
/// the word of that clock alone, and the next look decides.
struct SteadyPace: Sendable, Hashable {
    /// How far apart two looks may be, in seconds.
    let toleranceSeconds: Double
    private var previous: Moment?

    init(toleranceSeconds: Double) { self.toleranceSeconds = toleranceSeconds }

    /// Looks at the clock.
    mutating func isSteady(at now: Moment) -> Bool {
        defer { previous = now }
        return previous.map { now >= $0 && now - $0 <= toleranceSeconds } ?? false
    }
}
