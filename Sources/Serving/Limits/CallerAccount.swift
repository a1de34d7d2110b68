/// All that this room keeps of one caller; a store keeps it beside the key, or the visitor's cookie.
public struct CallerAccount: Sendable, Hashable, Codable {
    /// How much of its limits the caller has used.
    public var usage = LimitUsage()
    /// Its place on the fair clock.
    public var share = FairShare()
    /// The ticket of a refused request that may come back, if there is one. One at a time: a caller cannot stock up on
    /// places.
    public internal(set) var ticket: Ticket?
    /// What it has put into the line lately; nil for a caller that was not accepted yet.
    public internal(set) var arrivals: OwnArrivals?

    /// Makes the account of a caller that was never seen.
    public init() {}
}
