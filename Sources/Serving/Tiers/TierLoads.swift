/// The load there is, or will be, if `auto` is given each of the tiers: seconds of waiting work for each device.
public struct TierLoads: Sendable, Hashable {
    private var seconds: [Double]

    /// The same whatever is given.
    public init(always seconds: Double) {
        self.seconds = Array(repeating: seconds, count: Tier.allCases.count)
    }

    /// One for each tier.
    public init(_ seconds: (Tier) -> Double) { self.seconds = Tier.allCases.map(seconds) }

    /// The load where a tier is given.
    public subscript(tier: Tier) -> Double {
        get { seconds[tier.depth] }
        set { seconds[tier.depth] = newValue }
    }
}
