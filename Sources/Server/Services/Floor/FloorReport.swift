import Serving

/// How the floor is at one moment.
public struct FloorReport: Sendable, Hashable, Codable {
    /// The report's number: greater than those of all reports before.
    public var number: UInt64
    /// When it was so.
    public var moment: Moment
    /// The devices, in a fixed order.
    public var devices: [FloorDevice] = []
    /// What is asked for, and what can be done.
    public var demand = FloorDemand()
    /// What is to come, nearest first.
    public var forecast: [FloorForecast] = []
    /// What waits.
    public var queue = FloorQueue()
    /// The tier that requests get which leave it open.
    public var tier = Tier.full
    /// How many pictures were drawn at each tier within the last hour; tiers without any may be left out.
    public var pictures: [Tier: Int] = [:]
    /// How many requests were refused within the last hour, by reason; reasons without any may be left out.
    public var refusals: [Refusal.Reason: Int] = [:]
    /// How many requests the policy or the registry kept from being drawn within the last hour; kinds without any may be left
    /// out.
    public var policyStops: [PolicyStop: Int] = [:]
    /// The plans.
    public var plans: [Plan] = []
    /// Keys that did most today, most first: as many as fit on a page.
    public var keys: [FloorKey] = []
    /// How many keys there are in all.
    public var keyCount = 0

    /// Makes a report of an empty floor.
    public init(number: UInt64, moment: Moment) {
        self.number = number
        self.moment = moment
    }
}

/// What waits, and what is being drawn.
public struct FloorQueue: Sendable, Hashable, Codable {
    /// Pictures that wait.
    public var waiting: Int
    /// Pictures on devices.
    public var drawing: Int
    /// The work that waits, in device-seconds.
    public var workSeconds: Double
    /// How long a picture asked for now would wait, in seconds; nil where no device can draw.
    public var waitSeconds: Double?

    /// Makes a queue; an empty one by default.
    public init(waiting: Int = 0, drawing: Int = 0, workSeconds: Double = 0, waitSeconds: Double? = 0) {
        self.waiting = waiting
        self.drawing = drawing
        self.workSeconds = workSeconds
        self.waitSeconds = waitSeconds
    }
}

/// What is asked for, and what can be done.
public struct FloorDemand: Sendable, Hashable, Codable {
    /// One minute of the past.
    public struct Minute: Sendable, Hashable, Codable {
        /// The work that was asked for, in device-seconds.
        public var askedSeconds: Double
        /// The part of it that was refused, in device-seconds.
        public var refusedSeconds: Double

        /// Makes a minute.
        public init(askedSeconds: Double, refusedSeconds: Double) {
            self.askedSeconds = askedSeconds
            self.refusedSeconds = refusedSeconds
        }
    }

    /// Whole minutes of the past, oldest first; 60 at the most are shown.
    public var minutes: [Minute]
    /// The work that all devices do in a second while they draw, in device-seconds: 1 is the reference device.
    public var capacityPerSecond: Double

    /// Makes a demand; none by default.
    public init(minutes: [Minute] = [], capacityPerSecond: Double = 0) {
        self.minutes = minutes
        self.capacityPerSecond = capacityPerSecond
    }
}

/// What the queue is expected to be.
public struct FloorForecast: Sendable, Hashable, Codable {
    /// How far ahead, in minutes.
    public var minutes: Int
    /// The work that will be asked for in a second, in device-seconds.
    public var askedPerSecond: Double
    /// How long a picture asked for then would wait, in seconds; nil where no device can draw.
    public var waitSeconds: Double?
    /// How many devices would hold the promise until then.
    public var devicesNeeded: Int

    /// Makes a forecast.
    public init(minutes: Int, askedPerSecond: Double, waitSeconds: Double?, devicesNeeded: Int) {
        self.minutes = minutes
        self.askedPerSecond = askedPerSecond
        self.waitSeconds = waitSeconds
        self.devicesNeeded = devicesNeeded
    }
}

/// A key, without the key.
public struct FloorKey: Sendable, Hashable, Codable {
    /// Its name.
    public var id: String
    /// What its holder is called.
    public var label: String
    /// The name of its plan.
    public var plan: String
    /// How many pictures it had drawn today.
    public var picturesToday: Int
    /// Pictures of it that wait or are being drawn.
    public var picturesOpen: Int
    /// Whether it was revoked.
    public var isRevoked: Bool

    /// Makes a key.
    public init(
        id: String, label: String, plan: String, picturesToday: Int = 0, picturesOpen: Int = 0,
        isRevoked: Bool = false
    ) {
        self.id = id
        self.label = label
        self.plan = plan
        self.picturesToday = picturesToday
        self.picturesOpen = picturesOpen
        self.isRevoked = isRevoked
    }
}
