/// What the fair clock remembers of a caller.
public struct FairShare: Sendable, Hashable, Codable {
    /// Virtual time at which all the caller's work so far would be done at its fair share.
    public internal(set) var finish: Double = 0

    /// Makes the share of a caller that was never seen.
    public init() {}
}

/// Start-time fair queueing: one number per job says whose turn it is.
///
/// A job's tag is the virtual time at which its caller is due more service: the clock's present for a caller who has had
/// no more than a fair share, later for one who has asked for more. Whoever serves the smallest tag first gives each
/// caller that keeps asking device-seconds in proportion to its weight, whatever the others send. Between the moment a
/// job of a caller without debt comes and the moment it begins, each other caller gets at most one job in before it, of
/// those that wait; so a flood, however large, costs a light caller no more than one job of each caller present.
///
/// A store keeps the clock as one row, each caller's ``FairShare`` beside its key, and the tag with the job.
///
/// Source: P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queueing", 1996, https://doi.org/10.1145/248156.248171.
public struct FairClock: Sendable, Hashable, Codable {
    /// The tag of the furthest job that has begun; device-seconds per weight.
    public private(set) var virtualTime = 0.0
    /// The furthest any job that began reaches; where the clock goes when nothing is left.
    private var latestFinish = 0.0

    /// Begins at 0.
    public init() {}

    /// The tag the next job of a caller would get.
    public func tag(for share: FairShare) -> Double { max(virtualTime, share.finish) }

    /// Gives a job its tag and counts its work to its caller.
    ///
    /// - Parameters:
    ///   - workSeconds: device-seconds; 0 or more.
    ///   - weight: the caller's weight; more than 0.
    public func enqueue(workSeconds: Double, weight: Double, share: inout FairShare) -> Double {
        let tag = tag(for: share)
        share.finish = tag + max(0, workSeconds) / max(weight, 1e-6)
        return tag
    }

    /// Moves the clock to a job that begins. One that begins again, after a failure, leaves it where it is.
    public mutating func began(tag: Double, workSeconds: Double, weight: Double) {
        virtualTime = max(virtualTime, tag)
        latestFinish = max(latestFinish, tag + max(0, workSeconds) / max(weight, 1e-6))
    }

    /// Nothing waits and nothing runs: all debts are forgiven.
    public mutating func idled() {
        virtualTime = max(virtualTime, latestFinish)
    }

    /// Corrects a caller's count by work that turned out to be more, or less, than was counted.
    ///
    /// - Parameter workSeconds: what to add; negative for work that was refused, cancelled or failed.
    public func correct(by workSeconds: Double, weight: Double, share: inout FairShare) {
        guard workSeconds.isFinite else { return }
        share.finish = max(0, share.finish + workSeconds / max(weight, 1e-6))
    }
}
