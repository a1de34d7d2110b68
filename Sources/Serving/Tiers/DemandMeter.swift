import Glibc

/// How much work per second is asked for, whether it is taken or not, as if all of it were drawn in `full`.
public struct DemandMeter: Sendable, Hashable, Codable {
    /// Seconds in which what was seen falls to a third.
    public static let memorySeconds = 30.0

    private var work = 0.0
    private var updated: Moment?

    /// Begins with nothing seen.
    public init() {}

    /// Takes note of a request.
    /// - Parameter workSeconds: device-seconds of its pictures in `full`.
    public mutating func observe(workSeconds: Double, at now: Moment) {
        work = decayed(at: now) + max(0, workSeconds)
        // A clock set back goes on from where it was set to: else all that is asked for would pile up until it has caught up.
        updated = now
    }

    /// Device-seconds asked for in a second.
    public func workPerSecond(at now: Moment) -> Double { decayed(at: now) / Self.memorySeconds }

    private func decayed(at now: Moment) -> Double {
        guard let updated else { return 0 }
        return work * exp(-max(0, now - updated) / Self.memorySeconds)
    }
}
