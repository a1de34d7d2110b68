import Glibc

/// What one caller has put into the line lately, counted as ``OvertakingRate`` counts it.
///
/// Work of a caller's own is part of what comes in, and never passes the same caller's later places: a caller's tags only
/// rise.
public struct OwnArrivals: Sendable, Hashable, Codable {
    /// Decayed work of one of the rate's buckets.
    struct Share: Sendable, Hashable, Codable {
        let bucket: Int
        var quick: Double
        var slow: Double
    }

    /// A few: a caller's lags rise with what it asks for, and what was asked for minutes ago is dropped.
    private var shares: [Share] = []
    private var updated: Moment

    /// What is less than so many device-seconds is forgotten.
    private static let leastWork = 1e-4

    /// Begins with nothing.
    public init(at now: Moment) { updated = now }

    /// Takes note of accepted work; parameters as those of ``OvertakingRate/observe(lag:workSeconds:at:)``.
    public mutating func observe(lag: Double, workSeconds: Double, at now: Moment) {
        shares = decayed(to: now).filter { $0.slow >= Self.leastWork }
        updated = now
        let bucket = OvertakingRate.bucket(lag)
        if let index = shares.firstIndex(where: { $0.bucket == bucket }) {
            shares[index].quick += workSeconds
            shares[index].slow += workSeconds
        } else {
            shares.append(Share(bucket: bucket, quick: workSeconds, slow: workSeconds))
        }
    }

    /// What is left of it.
    func decayed(to now: Moment) -> [Share] {
        // A clock set back goes on from where it was set to.
        let seconds = max(0, now - updated)
        let quick = exp(-seconds / OvertakingRate.memorySeconds.quick)
        let slow = exp(-seconds / OvertakingRate.memorySeconds.slow)
        return shares.map { Share(bucket: $0.bucket, quick: $0.quick * quick, slow: $0.slow * slow) }
    }
}
