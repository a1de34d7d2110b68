import Serving

/// Invented demand: who comes, how many, and how that changes.
public struct Demand: Sendable, Hashable {
    /// How demand goes with time.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Ten times what the devices can draw for three minutes, one of 200 callers sending half of it.
        case flood
        /// The same at all times.
        case steady
        /// Quiet at night, most in the evening.
        case daily
        /// Eighty times as much within a minute, and then it stays.
        case wave
        /// Very many people who were never seen before, within an hour.
        case newcomers
    }

    /// How it goes.
    public var kind: Kind
    /// Requests a second at the height.
    public var requestsPerSecond: Double
    /// How long people come, in seconds.
    public var durationSeconds: Double
    /// How many callers have keys.
    public var callerCount: Int
    /// How unequal they are; see ``Crowd/inequality``.
    public var inequality: Double
    /// What is drawn, the best liked first.
    public var shapes: [PictureShape]
    /// How unequally they are liked; see ``Crowd/shapeInequality``.
    public var shapeInequality: Double
    /// How many pictures a request asks for; one of these with equal chance.
    public var pictureCounts: [Int]
    /// What is asked for.
    public var quality: Quality
    /// What callers with keys may.
    public var plan: Plan
    /// What newcomers may.
    public var visitorPlan: Plan
    /// See ``Crowd/returnShare``.
    public var returnShare: Double
    /// See ``Crowd/impatientShare``.
    public var impatientShare: Double
    /// See ``Crowd/patienceSeconds``.
    public var patienceSeconds: Double

    /// A plan without a limit that matters, so that what is refused is refused for want of devices.
    public static let openPlan = Plan(
        name: "key", requestsPerMinute: 100_000, picturesPerDay: 10_000_000, picturesAtOnce: 64)

    /// Makes a demand.
    ///
    /// The first of a thousand callers of inequality 0.9 send about as much as in a production trace, where one in a hundred
    /// sent 28 % of the requests.
    public init(
        kind: Kind, requestsPerSecond: Double, durationSeconds: Double, callerCount: Int = 1000,
        inequality: Double = 0.9, shapes: [PictureShape], shapeInequality: Double = 1.2,
        pictureCounts: [Int] = [1], quality: Quality = .auto, plan: Plan = openPlan,
        visitorPlan: Plan = .visitor, returnShare: Double = 0.7, impatientShare: Double = 0.15,
        patienceSeconds: Double = 120
    ) {
        self.kind = kind
        self.requestsPerSecond = requestsPerSecond
        self.durationSeconds = durationSeconds
        self.callerCount = callerCount
        self.inequality = inequality
        self.shapes = shapes
        self.shapeInequality = shapeInequality
        self.pictureCounts = pictureCounts
        self.quality = quality
        self.plan = plan
        self.visitorPlan = visitorPlan
        self.returnShare = returnShare
        self.impatientShare = impatientShare
        self.patienceSeconds = patienceSeconds
    }

    /// The part at the beginning that figures leave out, in seconds: until the devices are as busy as they will be.
    var warmUpSeconds: Double {
        switch kind {
        case .flood: durationSeconds - Self.floodSeconds
        case .steady, .daily: min(300, durationSeconds / 6)
        case .wave: quietSeconds + 2 * riseSeconds
        case .newcomers: 0
        }
    }

    static let floodSeconds = 180.0
    /// How long a wave is awaited.
    private var quietSeconds: Double { durationSeconds / 12 }
    /// How long it rises.
    private var riseSeconds: Double { min(60, durationSeconds / 12) }

    /// The crowds that ask so.
    var crowds: [Crowd] {
        switch kind {
        case .flood: floodCrowds
        case .steady: [keys("people", [(0, 1)])]
        case .daily: [keys("people", Self.days(durationSeconds))]
        case .wave:
            [newcomers("newcomers", share: 0.1, waveRate), keys("keys", waveRate, share: 0.9)]
        case .newcomers:
            [
                newcomers("newcomers", share: 1, Self.rush(durationSeconds)),
                keys("keys", [(0, 1)], share: 0.1),
            ]
        }
    }

    private var waveRate: [(Double, Double)] {
        [(0, 1.0 / 80), (quietSeconds, 1.0 / 80), (quietSeconds + riseSeconds, 1)]
    }

    /// From ordinary use to the flood, beside light callers who ask for a twentieth of what can be drawn.
    private var floodCrowds: [Crowd] {
        let start = warmUpSeconds
        let flood = [(start, 0.0), (start + 1, 1.0)]
        var heavy = keys("heavy", flood, share: 0.5)
        heavy.callerCount = 1
        var many = keys("many", flood, share: 0.5)
        many.callerCount = max(1, callerCount - 1)
        many.inequality = 0
        var light = keys("light", [(0, 1)], share: 0.005)
        light.callerCount = 20
        light.inequality = 0
        var ordinary = keys("ordinary", [(0, 1), (start, 1), (start + 1, 0)], share: 1.0 / 30)
        ordinary.callerCount = 30
        ordinary.inequality = 0
        return [light, ordinary, heavy, many]
    }

    private func keys(_ name: String, _ points: [(Double, Double)], share: Double = 1) -> Crowd {
        crowd(name, callers: callerCount, share: share, points, plan: plan)
    }

    private func newcomers(_ name: String, share: Double, _ points: [(Double, Double)]) -> Crowd {
        crowd(name, callers: nil, share: share, points, plan: visitorPlan)
    }

    private func crowd(
        _ name: String, callers: Int?, share: Double, _ points: [(Double, Double)], plan: Plan
    ) -> Crowd {
        Crowd(
            name: name, callerCount: callers, inequality: callers == nil ? 0 : inequality,
            rate: points.map {
                Crowd.RatePoint(seconds: $0.0, requestsPerSecond: $0.1 * share * requestsPerSecond)
            },
            plan: plan, quality: quality, shapes: shapes, shapeInequality: shapeInequality,
            pictureCounts: pictureCounts, returnShare: returnShare, impatientShare: impatientShare,
            patienceSeconds: patienceSeconds)
    }

    /// Demand of each hour of a day beside the busiest one; invented, as people who draw after work would have it.
    private static let hours = [
        0.45, 0.3, 0.2, 0.14, 0.12, 0.12, 0.16, 0.25, 0.38, 0.5, 0.58, 0.65, 0.72, 0.66, 0.62, 0.62, 0.66,
        0.72,
        0.8, 0.9, 1, 0.98, 0.85, 0.65,
    ]

    private static func days(_ seconds: Double) -> [(Double, Double)] {
        (0...Int((seconds / 3600).rounded(.up))).map { hour in
            (Double(hour) * 3600, hours[hour % hours.count])
        }
    }

    /// News that spreads: most people come in the second quarter.
    private static func rush(_ seconds: Double) -> [(Double, Double)] {
        [(0, 0.05), (seconds / 4, 1), (seconds / 2, 1), (seconds, 0.15)]
    }

    /// Requests a second at the height of a rush that so many people make in all.
    public func height(ofPeople count: Int) -> Double {
        let points = Self.rush(durationSeconds)
        let requests = zip(points, points.dropFirst()).reduce(0) {
            $0 + ($1.1.0 - $1.0.0) * ($1.0.1 + $1.1.1) / 2
        }
        return Double(count) / requests
    }

    /// How many times what the devices draw in `full` is asked for at the height, where nobody says it.
    public var usualLoad: Double {
        switch kind {
        case .flood: 10
        case .steady: 0.8
        case .daily: 2
        case .wave: 12
        case .newcomers: 4
        }
    }

    /// The mean number of pictures in a request.
    public var picturesPerRequest: Double {
        Double(pictureCounts.reduce(0, +)) / Double(max(1, pictureCounts.count))
    }
}
