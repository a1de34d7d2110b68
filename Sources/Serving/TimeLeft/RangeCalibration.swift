import Glibc

/// Makes ranges out of guesses, by how guesses of the kind turned out before.
///
/// Waits of different depth go wrong in different ways, so experience is kept apart by how the wait compares with the
/// drawing. The upper end leaves out less than the lower: a picture that comes too soon offends nobody.
public struct RangeCalibration: Sendable, Hashable, Codable {
    /// What is promised.
    public struct Settings: Sendable, Hashable, Codable {
        /// The share of pictures that may come sooner than said.
        public var earlyShare: Double
        /// The share of pictures that may come later than said.
        public var lateShare: Double

        /// Makes settings; the defaults make a range of 90 %.
        public init(earlyShare: Double = 0.07, lateShare: Double = 0.03) {
            self.earlyShare = earlyShare
            self.lateShare = lateShare
        }

        /// The stated confidence.
        public var confidence: Double { 1 - earlyShare - lateShare }

        /// Throws ``ServingError`` where a share is out of range.
        public func validate() throws(ServingError) {
            try ServingError.require(
                (0.005...0.2).contains(earlyShare), "earlyShare", "between 0.005 and 0.2")
            try ServingError.require((0.005...0.2).contains(lateShare), "lateShare", "between 0.005 and 0.2")
        }
    }

    /// What is promised.
    public let settings: Settings
    /// For a picture being drawn, for one that need not wait, then for each fourfold of wait over drawing, first of those
    /// that nobody can pass any more, then of the others.
    private var windows: [ScoreWindow]

    /// Experience is of the past, and load changes: to keep what it states, a range leaves out this much less.
    private static let aim = 0.7
    /// The least distance, as a logarithm, from the middle of a range to either end where others may still pass.
    private static let leastMargin = 0.08
    private static let doublingsPerBucket = 2.0
    private static let firstDoubling = -2
    private static let depthCount = 6

    /// Begins without experience.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(settings: Settings = Settings()) throws(ServingError) {
        try settings.validate()
        self.settings = settings
        windows = Array(
            repeating: ScoreWindow(
                lowerTail: Self.aim * settings.earlyShare, upperTail: Self.aim * settings.lateShare),
            count: 2 + 2 * Self.depthCount)
    }

    /// The range for a wait and the drawing after it.
    ///
    /// - Parameters:
    ///   - waitSeconds: the guess of the wait; 0 or more.
    ///   - drawSeconds: the guess of the drawing; more than 0.
    ///   - isPassable: whether others may still be put before it: its caller has had more than a fair share.
    ///   - isDrawing: whether the picture is being drawn; `drawSeconds` is then what is left.
    public func promise(
        waitSeconds: Double, drawSeconds: Double, isPassable: Bool = false, isDrawing: Bool = false,
        at now: Moment
    ) -> Promise {
        let bucket =
            isDrawing ? 0 : Self.bucket(waitSeconds / max(drawSeconds, 1e-6), isPassable: isPassable)
        let guess = max(waitSeconds + drawSeconds, 1e-6)
        let ends = windows[bucket].ends
        // While load is steady all waits are alike; a range as narrow as that would break at the first breath of change.
        let margin = isPassable ? Self.leastMargin : 0
        let range = TimeRange(
            earliestSeconds: guess * exp(min(ends.lower, ends.middle - margin)),
            expectedSeconds: guess * exp(ends.middle),
            latestSeconds: guess * exp(max(ends.upper, ends.middle + margin)), confidence: settings.confidence
        )
        return Promise(range: range, made: now, guessSeconds: guess, bucket: bucket)
    }

    /// Learns what became of a promise.
    ///
    /// - Parameter seconds: from the moment it was made to the finished picture.
    public mutating func observe(_ promise: Promise, takenSeconds seconds: Double) {
        guard seconds.isFinite, windows.indices.contains(promise.bucket) else { return }
        let score = log(max(seconds, 1e-6) / promise.guessSeconds)
        windows[promise.bucket].observe(
            score: Float(min(max(score, -5), 5)), wasEarly: seconds < promise.range.earliestSeconds,
            wasLate: seconds > promise.range.latestSeconds, lowerTarget: Self.aim * settings.earlyShare,
            upperTarget: Self.aim * settings.lateShare, at: promise.made + seconds)
    }

    private static func bucket(_ waitOverDraw: Double, isPassable: Bool) -> Int {
        guard waitOverDraw > 0 else { return 1 }
        let doubling = (log2(waitOverDraw) / doublingsPerBucket).rounded(.down)
        let offset = min(max(doubling - Double(firstDoubling), 0), Double(depthCount - 1))
        return 2 + Int(offset) + (isPassable ? depthCount : 0)
    }
}
