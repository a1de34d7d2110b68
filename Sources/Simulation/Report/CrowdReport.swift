/// How a crowd fared.
public struct CrowdReport: Sendable, Hashable, Codable {
    /// The crowd.
    public let name: String
    /// Requests, those that were repeated included.
    public internal(set) var requests = 0
    /// Pictures that were asked for, each counted once however often somebody came back for it.
    public internal(set) var pictures = 0
    /// Pictures accepted.
    public internal(set) var accepted = 0
    /// Pictures delivered to somebody who was still there.
    public internal(set) var delivered = 0
    /// Pictures drawn for somebody who had left.
    public internal(set) var wasted = 0
    /// Pictures that their callers gave up on.
    public internal(set) var abandoned = 0
    /// Refusals.
    public internal(set) var refused = 0
    /// Pictures of requests that were turned away, and nobody came back.
    public internal(set) var turnedAway = 0
    /// Requests that came back with a ticket and were taken.
    public internal(set) var ticketsUsed = 0
    /// Seconds from the first request to the picture, at the middle.
    public internal(set) var medianSeconds: Double?
    /// Seconds from the first request to the picture that 95 in 100 do not exceed.
    public internal(set) var percentile95Seconds: Double?
    /// Seconds from the first request to the picture that 99 in 100 do not exceed.
    public internal(set) var percentile99Seconds: Double?

    init(name: String) { self.name = name }
}
