/// How long something is going to take, said honestly: a range, and how often the truth lies in it.
public struct TimeRange: Sendable, Hashable, Codable {
    /// Seconds that it takes at the least.
    public let earliestSeconds: Double
    /// The single best guess, in seconds.
    public let expectedSeconds: Double
    /// Seconds that it takes at the most.
    public let latestSeconds: Double
    /// The share of all ranges given that hold.
    public let confidence: Double

    /// Makes a range.
    public init(earliestSeconds: Double, expectedSeconds: Double, latestSeconds: Double, confidence: Double) {
        self.earliestSeconds = earliestSeconds
        self.expectedSeconds = expectedSeconds
        self.latestSeconds = latestSeconds
        self.confidence = confidence
    }

    /// Whether it took neither less nor more.
    public func contains(_ seconds: Double) -> Bool {
        seconds >= earliestSeconds && seconds <= latestSeconds
    }
}

/// A range that was given, kept with its job so that it can be held against what happened.
public struct Promise: Sendable, Hashable, Codable {
    /// What was said.
    public let range: TimeRange
    /// When it was said.
    public let made: Moment
    /// What the guess without any experience was, in seconds.
    let guessSeconds: Double
    /// Which experience it was drawn from.
    let bucket: Int

    /// The moment after which the promise is broken.
    public var latest: Moment { made + range.latestSeconds }
}
