import Serving

/// People who behave alike.
public struct Crowd: Sendable, Hashable, Codable {
    /// Requests a second at a time; between two points the rate goes in a straight line.
    public struct RatePoint: Sendable, Hashable, Codable {
        /// Seconds since the start.
        public var seconds: Double
        /// Requests a second of the whole crowd.
        public var requestsPerSecond: Double

        /// Makes a point.
        public init(seconds: Double, requestsPerSecond: Double) {
            self.seconds = seconds
            self.requestsPerSecond = requestsPerSecond
        }
    }

    /// A name for reports.
    public var name: String
    /// How many people there are; nil where each request comes from somebody new.
    public var callerCount: Int?
    /// How unequal they are: the n-th asks n to the power of minus this as often as the first; 0 is all alike.
    public var inequality: Double
    /// How often they ask, in the order of time; held beyond the ends.
    public var rate: [RatePoint]
    /// What they may.
    public var plan: Plan
    /// What they want.
    public var quality: Quality
    /// What they draw.
    public var shapes: [PictureShape]
    /// How unequally the shapes are liked: the n-th is asked for n to the power of minus this as often as the first; 0 is
    /// all alike.
    public var shapeInequality: Double
    /// How many pictures a request asks for; one of these with equal chance.
    public var pictureCounts: [Int]
    /// The chance that somebody who was turned away comes back when told to, with the ticket.
    public var returnShare: Double
    /// The chance that somebody who was turned away asks again after a few seconds, whatever was said, without the ticket.
    public var impatientShare: Double
    /// How often somebody comes back at the most.
    public var retryLimit: Int
    /// How long somebody waits for a picture before leaving, in seconds, or as long as was promised if that is longer.
    public var patienceSeconds: Double

    /// Makes a crowd.
    public init(
        name: String, callerCount: Int?, inequality: Double = 0, rate: [RatePoint], plan: Plan,
        quality: Quality = .auto, shapes: [PictureShape], shapeInequality: Double = 0,
        pictureCounts: [Int] = [1], returnShare: Double = 0.7, impatientShare: Double = 0.15,
        retryLimit: Int = 4, patienceSeconds: Double = 120
    ) {
        self.name = name
        self.callerCount = callerCount
        self.inequality = inequality
        self.rate = rate
        self.plan = plan
        self.quality = quality
        self.shapes = shapes
        self.shapeInequality = shapeInequality
        self.pictureCounts = pictureCounts
        self.returnShare = returnShare
        self.impatientShare = impatientShare
        self.retryLimit = retryLimit
        self.patienceSeconds = patienceSeconds
    }

    /// Requests a second at a time.
    public func requestsPerSecond(at seconds: Double) -> Double {
        guard let first = rate.first, let last = rate.last else { return 0 }
        if seconds <= first.seconds { return first.requestsPerSecond }
        if seconds >= last.seconds { return last.requestsPerSecond }
        for (left, right) in zip(rate, rate.dropFirst()) where seconds < right.seconds {
            let share = (seconds - left.seconds) / (right.seconds - left.seconds)
            return left.requestsPerSecond + share * (right.requestsPerSecond - left.requestsPerSecond)
        }
        return last.requestsPerSecond
    }

    var peakRequestsPerSecond: Double { rate.map(\.requestsPerSecond).max() ?? 0 }

    func validate() throws(SimulationError) {
        do { try plan.validate() } catch {
            throw SimulationError(.invalidScenario, "crowd \(name): \(error.message)", cause: error)
        }
        try SimulationError.require(
            callerCount.map { (1...10_000_000).contains($0) } ?? true, "callerCount of crowd \(name)",
            "between 1 and 10000000")
        try SimulationError.require(
            (0...4).contains(inequality), "inequality of crowd \(name)", "between 0 and 4")
        try SimulationError.require(
            (1...10_000).contains(shapes.count), "shapes of crowd \(name)", "between 1 and 10000")
        try SimulationError.require(
            (0...4).contains(shapeInequality), "shapeInequality of crowd \(name)", "between 0 and 4")
        try SimulationError.require(
            (1...1000).contains(pictureCounts.count) && pictureCounts.allSatisfy { (1...100).contains($0) },
            "pictureCounts of crowd \(name)", "up to 1000 numbers between 1 and 100")
        let isRising = zip(rate, rate.dropFirst()).allSatisfy { $0.seconds < $1.seconds }
        try SimulationError.require(
            isRising && !rate.isEmpty && rate.allSatisfy { (0...1e6).contains($0.requestsPerSecond) },
            "rate of crowd \(name)", "points in rising time with 0 to 1000000 requests a second")
        try SimulationError.require(
            returnShare >= 0 && impatientShare >= 0 && returnShare + impatientShare <= 1,
            "returnShare and impatientShare of crowd \(name)", "0 or more and at most 1 together")
        try SimulationError.require(retryLimit >= 0, "retryLimit of crowd \(name)", "0 or more")
        try SimulationError.require(patienceSeconds > 0, "patienceSeconds of crowd \(name)", "above 0")
    }
}
