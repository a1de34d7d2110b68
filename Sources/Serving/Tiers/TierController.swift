/// Chooses the tier of `auto` by load, with hysteresis.
///
/// Load is the seconds of work queued for each device, or expected to be. Down goes at once, to the best tier with which
/// the load stays bearable: a wave does not wait, and where a little less effort is enough nobody gets the least. Up goes
/// one tier at a time, when the load has stayed below a share of the threshold that was crossed for a while.
public struct TierController: Sendable, Hashable, Codable {
    /// When tiers change.
    public struct Settings: Sendable, Hashable, Codable {
        /// Load in seconds from which `standard`, `quick` and `turbo` are given; rising.
        public var thresholdSeconds: [Double]
        /// A tier is left upwards below this share of its threshold; between 0 and 1.
        public var returnShare: Double
        /// How long the load must stay there, in seconds.
        public var calmSeconds: Double

        /// Makes settings.
        public init(
            thresholdSeconds: [Double] = [2, 6, 12], returnShare: Double = 0.5, calmSeconds: Double = 20
        ) {
            self.thresholdSeconds = thresholdSeconds
            self.returnShare = returnShare
            self.calmSeconds = calmSeconds
        }

        /// Throws ``ServingError`` where a setting is out of range.
        public func validate() throws(ServingError) {
            let isRising = zip(thresholdSeconds, thresholdSeconds.dropFirst()).allSatisfy { $0 < $1 }
            try ServingError.require(
                thresholdSeconds.count == 3 && isRising
                    && thresholdSeconds.allSatisfy { $0 > 0 && $0.isFinite },
                "thresholdSeconds", "three rising numbers of seconds above 0")
            try ServingError.require(returnShare > 0 && returnShare < 1, "returnShare", "between 0 and 1")
            try ServingError.require(calmSeconds >= 0 && calmSeconds.isFinite, "calmSeconds", "0 or more")
        }
    }

    /// When tiers change.
    public let settings: Settings
    /// The tier given now.
    public private(set) var tier: Tier = .full
    /// Since when the load has been low enough to go up; nil while it is not.
    public private(set) var calmSince: Moment?

    /// Begins with `full`.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(settings: Settings = Settings()) throws(ServingError) {
        try settings.validate()
        self.settings = settings
    }

    /// Takes note of the load, and tells the tier to give.
    ///
    /// - Parameters:
    ///   - loads: the load with each of the tiers.
    @discardableResult
    public mutating func update(_ loads: TierLoads, at now: Moment) -> Tier {
        let wanted = Tier.allCases.first { $0 == .turbo || loads[$0] < settings.thresholdSeconds[$0.depth] }
        if let wanted, wanted > tier {
            tier = wanted
            calmSince = nil
        } else if tier > .full, canGoUp(loads) {
            // A clock set back begins the wait anew rather than ending it.
            let since = calmSince.map { min($0, now) } ?? now
            calmSince = since
            if now - since >= settings.calmSeconds {
                tier = Tier.allCases[tier.depth - 1]
                calmSince = now
            }
        } else {
            calmSince = nil
        }
        return tier
    }

    /// A tier is taken back only where the better one would hold, too: else it would go up and down for ever.
    private func canGoUp(_ loads: TierLoads) -> Bool {
        let load = max(loads[tier], loads[Tier.allCases[tier.depth - 1]])
        return load < settings.thresholdSeconds[tier.depth - 1] * settings.returnShare
    }
}
