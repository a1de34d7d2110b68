/// How much work is asked for by the minute, where that is going, and what the line will be.
///
/// Level and trend follow the minutes by exponential smoothing, the trend damped so that a rise is not thought to last for
/// ever. A sum of what came beyond expectation detects a change of level: then the level starts anew from what is seen
/// instead of creeping after it. A minute that is not over yet counts once it is clear that it goes beyond all that was
/// expected: a wave is not waited out.
///
/// Source: E. Gardner, E. McKenzie, "Forecasting Trends in Time Series", 1985,
/// https://doi.org/10.1287/mnsc.31.10.1237; E. Page, "Continuous Inspection Schemes", 1954,
/// https://doi.org/10.1093/biomet/41.1-2.100.
public struct ArrivalForecast: Sendable, Hashable, Codable {
    /// The share of a minute's surprise that the level takes over.
    private static let levelShare = 0.3
    /// The share of the level's movement that the trend takes over.
    private static let trendShare = 0.15
    /// What is left of the trend after each further minute.
    private static let damping = 0.85
    /// Deviations beyond expectation that a minute may have without being a sign of change.
    private static let allowance = 1.0
    /// The sum of deviations at which the level has changed.
    private static let changeThreshold = 5.0
    /// Seconds of a minute after which it can tell of a wave.
    private static let leastSeconds = 5.0
    /// Silent minutes after which nothing of the past is believed any more.
    private static let longestGapMinutes: Int64 = 600

    private var minute: Int64?
    /// Work asked for in the minute under way, in device-seconds.
    private var current = 0.0
    /// Device-seconds asked for in a minute, and how much that changes from one to the next.
    private var level = 0.0
    private var trend = 0.0
    /// The mean magnitude of surprises, in device-seconds a minute.
    private var deviation = 0.0
    private var upwards = 0.0
    private var downwards = 0.0
    private var minuteCount = 0
    /// When the level last changed at one stroke; nil where it never has.
    public private(set) var changedAt: Moment?

    /// Begins without experience.
    public init() {}

    /// Takes note of a request, whether it is taken or not.
    /// - Parameter workSeconds: its device-seconds.
    public mutating func observe(workSeconds: Double, at now: Moment) {
        advance(to: now)
        if workSeconds.isFinite { current += max(0, workSeconds) }
    }

    /// Closes the minutes that are over. A clock set back closes none, and begins its minute anew.
    public mutating func advance(to now: Moment) {
        let index = Self.minute(of: now)
        guard let open = minute else {
            minute = index
            return
        }
        guard index > open else {
            // The minute before is no step: requests that come at one time are noted in any order.
            if index < open - 1 {
                minute = index
                current = 0
            }
            return
        }
        if index - open > Self.longestGapMinutes {
            self = ArrivalForecast()
            minute = index
            return
        }
        for closed in open..<index {
            close(Moment(microseconds: (closed + 1) * 60_000_000))
            current = 0
        }
        minute = index
    }

    /// Device-seconds a second that will be asked for some time from now.
    public func workPerSecond(after seconds: Double, at now: Moment) -> Double {
        let (level, trend) = state(at: now)
        let minutes = max(0, seconds) / 60
        // The sum of a trend that loses a share each minute.
        var sum = 0.0
        var step = Self.damping
        for _ in 0..<Int(min(minutes, 240).rounded(.up)) {
            sum += step
            step *= Self.damping
        }
        return max(0, level + trend * sum) / 60
    }

    /// Device-seconds that will be waiting some time from now if all that is asked for is taken.
    ///
    /// - Parameters:
    ///   - waitingSeconds: device-seconds that wait now.
    ///   - workPerSecond: device-seconds that the devices do in a second.
    ///   - workShare: what is done for each device-second asked for; less than 1 where a lower tier is given.
    public func waitingWork(
        after seconds: Double, waitingSeconds: Double, workPerSecond: Double, workShare: Double = 1,
        at now: Moment
    ) -> Double {
        var waiting = max(0, waitingSeconds)
        var passed = 0.0
        while passed < min(seconds, 86400) {
            let span = min(60, seconds - passed)
            let asked = self.workPerSecond(after: passed + span / 2, at: now) * workShare
            waiting = max(0, waiting + (asked - workPerSecond) * span)
            passed += span
        }
        return waiting
    }

    /// How many devices of a speed would keep the wait below a promise for all of the time to come.
    ///
    /// - Parameters:
    ///   - seconds: how far ahead.
    ///   - waitingSeconds: device-seconds that wait now.
    ///   - promiseSeconds: the wait that may not be exceeded at its end; more than 0.
    ///   - speed: how fast one device is beside the reference device; more than 0.
    public func devicesNeeded(
        over seconds: Double, waitingSeconds: Double, promiseSeconds: Double, speed: Double, at now: Moment
    ) -> Int {
        guard speed > 0, promiseSeconds > 0 else { return 0 }
        func holds(_ count: Int) -> Bool {
            let workPerSecond = Double(count) * speed
            let left = waitingWork(
                after: seconds, waitingSeconds: waitingSeconds, workPerSecond: workPerSecond, at: now)
            return left <= promiseSeconds * workPerSecond
        }
        // What waits falls, and what may wait rises, with each device: so the least number can be searched for.
        var high = 1
        while high < 1 << 20, !holds(high) { high *= 2 }
        var low = high / 2
        while low + 1 < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return holds(0) ? 0 : high
    }

    /// Level and trend, the minute under way considered.
    private func state(at now: Moment) -> (level: Double, trend: Double) {
        guard let minute, Self.minute(of: now) == minute else { return (level, trend) }
        let elapsed = Double(now.microseconds - minute * 60_000_000) * 1e-6
        guard elapsed >= Self.leastSeconds else { return (level, trend) }
        let seen = current * 60 / elapsed
        // A part of a minute varies more than a whole one.
        let bound = level + trend + Self.changeThreshold * deviation * (60 / elapsed).squareRoot()
        return minuteCount == 0 || seen > bound ? (seen, 0) : (level, trend)
    }

    private mutating func close(_ end: Moment) {
        defer { minuteCount += 1 }
        guard minuteCount > 0 else {
            level = current
            deviation = current / 4
            return
        }
        let expected = max(0, level + trend * Self.damping)
        let surprise = current - expected
        let scale = max(deviation, 0.02 * expected, 1e-6)
        upwards = max(0, upwards + surprise / scale - Self.allowance)
        downwards = max(0, downwards - surprise / scale - Self.allowance)
        if max(upwards, downwards) > Self.changeThreshold {
            level = current
            trend = 0
            upwards = 0
            downwards = 0
            changedAt = end
        } else {
            let before = level
            level = expected + Self.levelShare * surprise
            trend = Self.damping * trend + Self.trendShare * (level - before - Self.damping * trend)
        }
        // One surprise counts as no more than a few usual ones, so that a wave does not hide the next.
        deviation += 0.1 * (min(abs(surprise), 4 * scale) - deviation)
    }

    private static func minute(of now: Moment) -> Int64 {
        Int64((Double(now.microseconds) / 60e6).rounded(.down))
    }
}
