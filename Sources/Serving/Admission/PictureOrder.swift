/// A request as admission sees it; whoever parses requests has checked sizes and names.
public struct PictureOrder: Sendable, Hashable {
    /// Model and size.
    public var shape: PictureShape
    /// How many pictures.
    public var count: Int
    /// What quality.
    public var quality: Quality
    /// The drawing that the caller spelled out, step for step; nil where the tier says it.
    public var ownRecipe: TierRecipe?
    /// The number of the ticket that the caller brings; nil where it brings none.
    public var ticketNumber: UInt64?

    /// Makes an order.
    public init(
        shape: PictureShape, count: Int = 1, quality: Quality = .auto, ownRecipe: TierRecipe? = nil,
        ticketNumber: UInt64? = nil
    ) {
        self.shape = shape
        self.count = count
        self.quality = quality
        self.ownRecipe = ownRecipe
        self.ticketNumber = ticketNumber
    }
}

/// What was agreed on for one picture; a store keeps it with the job.
public struct JobTerms: Sendable, Hashable, Codable {
    /// The place in the queue: what workers order by.
    public let place: QueuePlace
    /// The tier it is drawn in.
    public let tier: Tier
    /// What it is reckoned to cost.
    public let price: Price
    /// The caller's weight when it was accepted.
    public let weight: Double
    /// What was said about the time.
    public let promise: Promise
    /// Whether its caller had nothing waiting and no debt: a batch may keep a seat for such a job.
    public let isLight: Bool

    /// Makes terms from their parts.
    public init(
        place: QueuePlace, tier: Tier, price: Price, weight: Double, promise: Promise, isLight: Bool
    ) {
        self.place = place
        self.tier = tier
        self.price = price
        self.weight = weight
        self.promise = promise
        self.isLight = isLight
    }
}

/// A place that is kept for a request that was turned away.
public struct Ticket: Sendable, Hashable, Codable {
    /// The place that the job will have.
    public let place: QueuePlace
    /// The work that was asked for, in device-seconds.
    public let workSeconds: Double
    /// From when on coming back is worth it.
    public let comeBackFrom: Moment
    /// Until when the place is kept.
    public let comeBackUntil: Moment

    /// The number that the caller brings back.
    public var number: UInt64 { place.number }
}
