import Server
import Serving

/// What the desk has done since the service started, for the operator and the metrics.
public struct DeskTally: Sendable, Hashable, Codable {
    /// Requests that were taken.
    public var acceptedRequests = 0
    /// Pictures that were taken, by tier.
    public var acceptedPictures: [Tier: Int] = [:]
    /// Requests that were turned away, by reason.
    public var refusals: [Refusal.Reason: Int] = [:]
    /// Requests that the policy or the registry kept from being drawn.
    public var policyStops: [PolicyStop: Int] = [:]
    /// Pictures delivered.
    public var delivered = 0
    /// Pictures that came within the range that was promised.
    public var deliveredInRange = 0
    /// Pictures that came later than promised.
    public var deliveredLate = 0
    /// Pictures that could not be drawn.
    public var failed = 0
    /// Pictures that nobody wanted any more.
    public var cancelled = 0
    /// Seconds from acceptance to delivery, all together.
    public var deliverySeconds = 0.0
    /// Device-seconds of the pictures delivered.
    public var deliveredWorkSeconds = 0.0

    /// Begins with nothing done.
    public init() {}

    mutating func count(_ admission: Admission) {
        acceptedRequests += 1
        acceptedPictures[admission.tier, default: 0] += admission.jobs.count
    }

    /// Takes back what was counted for a request that was not written after all.
    mutating func uncount(_ admission: Admission) {
        acceptedRequests -= 1
        acceptedPictures[admission.tier, default: 0] -= admission.jobs.count
    }

    mutating func count(_ terms: JobTerms, _ ending: AdmissionDesk.Ending, at now: Moment) {
        switch ending {
        case .delivered(let work):
            // A sum that only grows, though a clock may be set back.
            let seconds = max(0, now - terms.promise.made)
            delivered += 1
            deliverySeconds += seconds
            deliveredWorkSeconds += work ?? terms.price.workSeconds
            if terms.promise.range.contains(seconds) { deliveredInRange += 1 }
            if seconds > terms.promise.range.latestSeconds { deliveredLate += 1 }
        case .cancelled: cancelled += 1
        case .failed: failed += 1
        }
    }
}
