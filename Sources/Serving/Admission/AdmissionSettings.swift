/// The bounds of admission.
public struct AdmissionSettings: Sendable, Hashable, Codable {
    /// The most jobs that wait; a store and its sums are sized for it.
    public var queueLimit: Int
    /// The most pictures one request may ask for.
    public var picturesPerRequest: Int
    /// The most tickets that are out.
    public var ticketLimit: Int
    /// How long after its time a ticket still holds its place, in seconds.
    public var ticketGraceSeconds: Double
    /// Below this many seconds of waiting work for each device nobody is turned away for the sake of tickets: those who
    /// hold them may not come, and devices must not stand still for them.
    public var lowWaterSeconds: Double
    /// What a caller is told to wait where there is no device at all, in seconds.
    public var noDeviceRetrySeconds: Double
    /// The longest `Retry-After`, in seconds.
    public var longestRetrySeconds: Double

    /// Makes settings.
    public init(
        queueLimit: Int = 1_000_000, picturesPerRequest: Int = 10, ticketLimit: Int = 200_000,
        ticketGraceSeconds: Double = 60, lowWaterSeconds: Double = 5, noDeviceRetrySeconds: Double = 30,
        longestRetrySeconds: Double = 3600
    ) {
        self.queueLimit = queueLimit
        self.picturesPerRequest = picturesPerRequest
        self.ticketLimit = ticketLimit
        self.ticketGraceSeconds = ticketGraceSeconds
        self.lowWaterSeconds = lowWaterSeconds
        self.noDeviceRetrySeconds = noDeviceRetrySeconds
        self.longestRetrySeconds = longestRetrySeconds
    }

    /// Throws ``ServingError`` naming the first setting that is out of range.
    public func validate() throws(ServingError) {
        try ServingError.require(
            (1...10_000_000).contains(queueLimit), "queueLimit", "between 1 and 10000000")
        try ServingError.require(
            (1...100).contains(picturesPerRequest), "picturesPerRequest", "between 1 and 100")
        try ServingError.require(
            (0...10_000_000).contains(ticketLimit), "ticketLimit", "between 0 and 10000000")
        for (name, value) in [
            ("ticketGraceSeconds", ticketGraceSeconds), ("lowWaterSeconds", lowWaterSeconds),
            ("noDeviceRetrySeconds", noDeviceRetrySeconds), ("longestRetrySeconds", longestRetrySeconds),
        ] {
            try ServingError.require(value >= 0 && value <= 86400, name, "between 0 seconds and a day")
        }
    }
}
