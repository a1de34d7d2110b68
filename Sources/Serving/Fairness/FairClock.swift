/// What the fair clock remembers of a caller.
public struct FairShare: Sendable, Hashable, Codable {
    /// Virtual time at which all the caller's work so far would be done at its fair share; nil for a stranger.
    public internal(set) var finish: Double?

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
/// A caller who has used less than its share lately is owed up to ``creditJobs`` jobs and goes before those who use all of
/// theirs; a stranger is owed nothing, so that new names buy no turns. This is what keeps a light caller's wait short
/// where hundreds of others stand at the clock's present.
///
/// A store keeps the clock as one row, each caller's ``FairShare`` beside its key, and the tag with the job.
///
/// Source: P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queueing", 1996, https://doi.org/10.1145/248156.248171. The credit is the warp of K. Duda, D. Cheriton,
/// "Borrowed-Virtual-Time Scheduling", 1999, https://doi.org/10.1145/319151.319169, with a bound of its own.
public struct FairClock: Sendable, Hashable, Codable {
    /// The tag of the furthest job that has begun; device-seconds per weight.
    public private(set) var virtualTime = 0.0
    /// The furthest any job that began reaches; where the clock goes when nothing is left.
    private var latestFinish = 0.0
    /// What the job that began last took of the clock.
    private var latestSpan = 0.0

    /// Begins at 0.
    public init() {}

    /// How many of its jobs a caller can be owed at most.
    public static let creditJobs = 4.0

    /// The tag the next job of a caller would get.
    ///
    /// - Parameters:
    ///   - workSeconds: device-seconds; 0 or more.
    ///   - weight: the caller's weight; more than 0.
    public func tag(for share: FairShare, workSeconds: Double, weight: Double) -> Double {
        guard let finish = share.finish else { return virtualTime }
        return max(virtualTime - Self.creditJobs * Self.span(workSeconds, weight), finish)
    }

    /// Whether a job with this tag belongs to a caller who is owed at least a whole job.
    public func isOwed(tag: Double, workSeconds: Double, weight: Double) -> Bool {
        tag + Self.span(workSeconds, weight) <= virtualTime
    }

    /// Gives a job its tag and counts its work to its caller; parameters as those of ``tag(for:workSeconds:weight:)``.
    public func enqueue(workSeconds: Double, weight: Double, share: inout FairShare) -> Double {
        let tag = tag(for: share, workSeconds: workSeconds, weight: weight)
        share.finish = tag + Self.span(workSeconds, weight)
        return tag
    }

    private static func span(_ workSeconds: Double, _ weight: Double) -> Double {
        max(0, workSeconds) / max(weight, 1e-6)
    }

    /// Moves the clock to a job that begins. One that begins again, after a failure, leaves it where it is.
    public mutating func began(tag: Double, workSeconds: Double, weight: Double) {
        let span = Self.span(workSeconds, weight)
        virtualTime = max(virtualTime, tag)
        latestFinish = max(latestFinish, tag + span)
        latestSpan = span
    }

    /// Nothing waits and nothing runs: all debts are forgiven, and everybody known is owed all that can be.
    ///
    /// Devices that stand still could have served anybody, so the clock runs as if they had.
    public mutating func idled() {
        virtualTime = max(virtualTime, latestFinish + Self.creditJobs * latestSpan)
    }

    /// Corrects a caller's count by work that turned out to be more, or less, than was counted.
    ///
    /// - Parameter workSeconds: what to add; negative for work that was refused, cancelled or failed.
    public func correct(by workSeconds: Double, weight: Double, share: inout FairShare) {
        guard workSeconds.isFinite, let finish = share.finish else { return }
        share.finish = finish + workSeconds / max(weight, 1e-6)
    }
}
