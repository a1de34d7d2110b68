/// Checks a request against a plan, and counts what was accepted.
///
/// The rate limit is the generic cell rate algorithm: one moment per caller instead of a count of tokens.
///
/// Source: ITU-T I.371, annex A; the virtual scheduling form.
public enum Limits {
    /// A limit that has no room.
    public struct Excess: Sendable, Hashable {
        /// Which limit.
        public let limit: Limit
        /// Seconds until asking again can help; nil where it depends on the caller's own open pictures.
        public let retryAfterSeconds: Double?

        /// Makes an excess.
        public init(limit: Limit, retryAfterSeconds: Double?) {
            self.limit = limit
            self.retryAfterSeconds = retryAfterSeconds
        }
    }

    /// The limits of a plan.
    public enum Limit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Requests a minute.
        case requestsPerMinute
        /// Pictures a day.
        case picturesPerDay
        /// Pictures open at once.
        case picturesAtOnce
    }

    /// What is left of a limit, as rate-limit headers tell it.
    public struct Standing: Sendable, Hashable {
        /// What the plan allows.
        public let limit: Int
        /// What is left now.
        public let remaining: Int
        /// Seconds until all of it is there again.
        public let resetSeconds: Double

        /// Names every number.
        public init(limit: Int, remaining: Int, resetSeconds: Double) {
            self.limit = limit
            self.remaining = remaining
            self.resetSeconds = resetSeconds
        }
    }

    /// Counts a request, whatever becomes of it, or tells that there were too many; those are not counted.
    public static func admitRequest(_ usage: inout LimitUsage, plan: Plan, at now: Moment) -> Excess? {
        let excess = requestExcess(usage, plan: plan, at: now)
        guard excess <= 0 else { return Excess(limit: .requestsPerMinute, retryAfterSeconds: excess) }
        countRequest(&usage, plan: plan, at: now)
        return nil
    }

    /// Whether there is room for more pictures; changes nothing.
    public static func check(
        pictures: Int, _ usage: LimitUsage, plan: Plan, at now: Moment
    ) -> Excess? {
        let (day, end) = LimitUsage.day(of: now)
        // Compared by subtraction: the caller names the number of pictures, and a sum could overflow.
        if pictures > plan.picturesPerDay - usage.pictures(on: day) {
            return Excess(limit: .picturesPerDay, retryAfterSeconds: end - now)
        }
        if pictures > plan.picturesAtOnce - usage.picturesOpen {
            return Excess(limit: .picturesAtOnce, retryAfterSeconds: nil)
        }
        return nil
    }

    /// Counts pictures that were accepted.
    public static func open(pictures: Int, _ usage: inout LimitUsage, at now: Moment) {
        let (day, _) = LimitUsage.day(of: now)
        if day > usage.day {
            usage.day = day
            usage.picturesToday = 0
        }
        usage.picturesToday += pictures
        usage.picturesOpen += pictures
    }

    /// Counts pictures that are done with.
    ///
    /// - Parameters:
    ///   - delivered: false where they failed or were cancelled: they are then given back to the day they were accepted on.
    ///   - accepted: when they were accepted.
    public static func close(
        pictures: Int, _ usage: inout LimitUsage, delivered: Bool, accepted: Moment
    ) {
        usage.picturesOpen = max(0, usage.picturesOpen - pictures)
        guard !delivered, LimitUsage.day(of: accepted).number == usage.day else { return }
        usage.picturesToday = max(0, usage.picturesToday - pictures)
    }

    /// What is left of requests a minute.
    public static func requestStanding(_ usage: LimitUsage, plan: Plan, at now: Moment) -> Standing {
        let interval = 60 / Double(plan.requestsPerMinute)
        let debt = debtSeconds(usage, at: now)
        let remaining = Int(((60 - debt) / interval + 1e-6).rounded(.down))
        return Standing(
            limit: plan.requestsPerMinute, remaining: min(max(0, remaining), plan.requestsPerMinute),
            resetSeconds: min(debt, 60))
    }

    /// What is left of pictures a day.
    public static func pictureStanding(_ usage: LimitUsage, plan: Plan, at now: Moment) -> Standing {
        let (day, end) = LimitUsage.day(of: now)
        return Standing(
            limit: plan.picturesPerDay, remaining: max(0, plan.picturesPerDay - usage.pictures(on: day)),
            resetSeconds: end - now)
    }

    /// Seconds until a request would be in time; 0 or less where it is.
    private static func requestExcess(_ usage: LimitUsage, plan: Plan, at now: Moment) -> Double {
        let interval = 60 / Double(plan.requestsPerMinute)
        let excess = debtSeconds(usage, at: now) + interval - 60
        return excess <= 1e-6 ? 0 : excess
    }

    private static func countRequest(_ usage: inout LimitUsage, plan: Plan, at now: Moment) {
        let interval = 60 / Double(plan.requestsPerMinute)
        usage.nextRequestDue = now + (debtSeconds(usage, at: now) + interval)
    }

    /// How far ahead of an even rate a caller is; 0 to 60 seconds.
    ///
    /// Nobody gets further ahead than a minute: where somebody seems to be, the clock was set back, and what was counted
    /// before means nothing. Kept, it would lock the caller out until the clock has caught up.
    private static func debtSeconds(_ usage: LimitUsage, at now: Moment) -> Double {
        let debt = usage.nextRequestDue.map { $0 - now } ?? 0
        return debt > 60 + 1e-3 ? 0 : min(max(0, debt), 60)
    }
}
