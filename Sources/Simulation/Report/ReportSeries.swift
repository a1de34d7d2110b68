import Glibc
import Serving

/// What happened when: figures of equal spans of time, from the first second to the last in which people came.
public struct ReportSeries: Sendable, Hashable, Codable {
    /// One span.
    public struct Span: Sendable, Hashable, Codable {
        /// Requests, those that were repeated included.
        public internal(set) var requests = 0
        /// Device-seconds asked for, as if all of it were drawn in `full`.
        public internal(set) var askedSeconds = 0.0
        /// Device-seconds that the devices could do.
        public internal(set) var capacitySeconds = 0.0
        /// Device-seconds delivered to people who were still there.
        public internal(set) var deliveredSeconds = 0.0
        /// Pictures accepted.
        public internal(set) var accepted = 0
        /// Pictures delivered to people who were still there.
        public internal(set) var delivered = 0
        /// Pictures that their callers gave up on.
        public internal(set) var abandoned = 0
        /// Pictures delivered in each tier, in the order of the tiers.
        public internal(set) var tiers = [Int](repeating: 0, count: Tier.allCases.count)
        /// Requests turned away, in the order of the reasons.
        public internal(set) var refusals = [Int](repeating: 0, count: Refusal.Reason.allCases.count)
        /// Seconds to the picture of those who first asked in this span: what 50, 95 and 99 in 100 do not exceed; nil where
        /// nobody got one.
        public internal(set) var waitSeconds: [Double]?
        /// The longest line.
        public internal(set) var longestLine = 0
        /// The mean temperature of devices that have one, in °C.
        public internal(set) var meanCelsius: Double?
        /// The temperature of the hottest device, in °C.
        public internal(set) var hottestCelsius: Double?
        /// Devices that took smaller batches at the end of the span, because they were warm.
        public internal(set) var warmDevices = 0
        /// Devices that took no new work, because they were hot.
        public internal(set) var hotDevices = 0
        /// Devices that were broken.
        public internal(set) var awayDevices = 0
    }

    /// How long a span is, in seconds.
    public let spanSeconds: Double
    /// From when on plots show it, in seconds: a part of the warm-up so that a change can be seen.
    public let viewedFrom: Double
    /// The spans in the order of time.
    public internal(set) var spans: [Span]

    /// About how many spans there are: as many points as a plot of a page's width can show.
    static let aim = 180.0
    /// Lengths of spans that a reader can count in, in seconds.
    private static let lengths = [
        0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
    ]

    /// The most spans, where little of a long time is looked at.
    private static let limit = 2000.0

    /// - Parameter warmUpSeconds: the part that figures leave out; plots show only the end of it.
    init(durationSeconds: Double, warmUpSeconds: Double) {
        let measured = durationSeconds - warmUpSeconds
        viewedFrom = max(0, warmUpSeconds - measured / 4)
        let viewed = durationSeconds - viewedFrom
        spanSeconds =
            Self.lengths.first { viewed / $0 <= Self.aim && durationSeconds / $0 <= Self.limit } ?? 21600
        let count = Int((durationSeconds / spanSeconds).rounded(.up))
        spans = Array(repeating: Span(), count: max(1, count))
    }

    /// The span of a moment, or the last one after all of them.
    func offset(at microseconds: Int64) -> Int {
        min(max(0, Int(Double(microseconds) * 1e-6 / spanSeconds)), spans.count - 1)
    }

    /// The spans that plots show.
    var viewed: ArraySlice<Span> { spans[min(Int(viewedFrom / spanSeconds), spans.count - 1)...] }

    /// When a span begins, in seconds.
    public func start(of offset: Int) -> Double { Double(offset) * spanSeconds }
}

/// Waits, counted by length: enough to tell percentiles within three in a hundred, whatever their number.
struct WaitHistogram {
    private static let shortest = 0.02
    private static let growth = 1.03
    private static let count = 560

    private var counts = [Int32](repeating: 0, count: Self.count)
    private var total = 0

    mutating func add(_ seconds: Double) {
        let steps = log(max(seconds, Self.shortest) / Self.shortest) / log(Self.growth)
        counts[min(Int(steps), Self.count - 1)] += 1
        total += 1
    }

    /// The waits that the shares do not exceed; nil where there are none.
    func percentiles(_ shares: [Double]) -> [Double]? {
        guard total > 0 else { return nil }
        return shares.map { share in
            let wanted = Int((share * Double(total)).rounded(.up))
            var sum = 0
            for (index, count) in counts.enumerated() {
                sum += Int(count)
                if sum >= wanted { return Self.shortest * pow(Self.growth, Double(index) + 0.5) }
            }
            return Self.shortest * pow(Self.growth, Double(Self.count))
        }
    }
}
