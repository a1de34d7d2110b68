/// What a caller's key, or a visitor without one, may ask for.
public struct Plan: Sendable, Hashable, Codable {
    /// The plan's name.
    public var name: String
    /// Requests a minute, in the long run and as the largest burst.
    public var requestsPerMinute: Int
    /// Pictures in a day of UTC.
    public var picturesPerDay: Int
    /// Pictures waiting or being drawn at one time.
    public var picturesAtOnce: Int
    /// The share of the devices beside others who wait: weight 2 gets twice what weight 1 gets.
    public var weight: Double
    /// The longest wait that is promised before a request is turned away, in seconds.
    public var longestWaitSeconds: Double
    /// The lowest tier that `auto` may fall to.
    public var lowestTier: Tier
    /// The price of a delivered picture in millionths of the ledger's currency; 0 for nothing. Styles add their fees.
    public var pictureMicros: Int

    /// Makes a plan.
    public init(
        name: String, requestsPerMinute: Int = 60, picturesPerDay: Int = 1000, picturesAtOnce: Int = 8,
        weight: Double = 1, longestWaitSeconds: Double = 60, lowestTier: Tier = .turbo, pictureMicros: Int = 0
    ) {
        self.name = name
        self.requestsPerMinute = requestsPerMinute
        self.picturesPerDay = picturesPerDay
        self.picturesAtOnce = picturesAtOnce
        self.weight = weight
        self.longestWaitSeconds = longestWaitSeconds
        self.lowestTier = lowestTier
        self.pictureMicros = pictureMicros
    }

    /// What a visitor without a key gets where the operator has said nothing else.
    public static let visitor = Plan(
        name: "visitor", requestsPerMinute: 6, picturesPerDay: 30, picturesAtOnce: 2, weight: 0.5)

    /// Throws ``ServingError`` naming the first part that is out of range.
    public func validate() throws(ServingError) {
        try ServingError.require(
            (1...1_000_000).contains(requestsPerMinute), "requestsPerMinute of plan \(name)",
            "between 1 and 1000000")
        try ServingError.require(picturesPerDay >= 1, "picturesPerDay of plan \(name)", "at least 1")
        try ServingError.require(picturesAtOnce >= 1, "picturesAtOnce of plan \(name)", "at least 1")
        try ServingError.require(
            (0.001...1000).contains(weight), "weight of plan \(name)", "between 0.001 and 1000")
        try ServingError.require(
            longestWaitSeconds > 0 && longestWaitSeconds <= 86400, "longestWaitSeconds of plan \(name)",
            "more than 0 and at most a day")
        try ServingError.require(
            (0...1_000_000_000_000).contains(pictureMicros), "pictureMicros of plan \(name)",
            "between 0 and a million of the currency's unit")
    }
}
