/// How close a device is to where it must slow down.
public enum HeatLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Draws as it likes.
    case cool
    /// Takes smaller batches.
    case warm
    /// Finishes what it has, and takes no new work until it has cooled.
    case hot

    private var rank: Int {
        switch self {
        case .cool: 0
        case .warm: 1
        case .hot: 2
        }
    }

    /// The hotter is the greater.
    public static func < (left: HeatLevel, right: HeatLevel) -> Bool { left.rank < right.rank }
}

/// Turns a device's temperatures into what it may do, with hysteresis.
///
/// Each level is entered at its threshold and left only some degrees below. A sensor that fell silent keeps the level for
/// a while, and then counts as warm: unknown is not cool. A reading that no chip can have is left out.
public struct HeatGuard: Sendable, Hashable, Codable {
    /// The thresholds.
    public struct Settings: Sendable, Hashable, Codable {
        /// From here on batches are smaller, in °C.
        public var warmCelsius: Double
        /// From here on there is no new work, in °C.
        public var hotCelsius: Double
        /// How far below its threshold a level is left, in °C.
        public var hysteresisCelsius: Double
        /// The share of a full batch's rows that a warm device takes; more than 0, at most 1.
        public var warmRowShare: Double
        /// How long the last reading holds, in seconds.
        public var staleSeconds: Double

        /// Makes settings; the defaults stay below where data-centre cards throttle.
        public init(
            warmCelsius: Double = 80, hotCelsius: Double = 88, hysteresisCelsius: Double = 6,
            warmRowShare: Double = 0.5, staleSeconds: Double = 30
        ) {
            self.warmCelsius = warmCelsius
            self.hotCelsius = hotCelsius
            self.hysteresisCelsius = hysteresisCelsius
            self.warmRowShare = warmRowShare
            self.staleSeconds = staleSeconds
        }

        /// Throws ``ServingError`` where a setting is out of range.
        public func validate() throws(ServingError) {
            try ServingError.require(
                warmCelsius > 0 && warmCelsius < hotCelsius && hotCelsius <= 150, "warmCelsius",
                "above 0 and below hotCelsius, which is 150 at most")
            try ServingError.require(
                (0.5...50).contains(hysteresisCelsius), "hysteresisCelsius", "between 0.5 and 50")
            try ServingError.require(
                warmRowShare > 0 && warmRowShare <= 1, "warmRowShare", "more than 0 and at most 1")
            try ServingError.require(staleSeconds > 0 && staleSeconds.isFinite, "staleSeconds", "more than 0")
        }
    }

    /// The thresholds.
    public let settings: Settings
    /// The level by the last reading.
    public private(set) var lastLevel: HeatLevel = .cool
    /// The last believable reading, in °C.
    public private(set) var celsius: Double?
    private var readAt: Moment?

    /// Begins cool; a device without any sensor stays so.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(settings: Settings = Settings()) throws(ServingError) {
        try settings.validate()
        self.settings = settings
    }

    /// Takes a reading: the hottest of the device's sensors.
    @discardableResult
    public mutating func observe(celsius: Double, at now: Moment) -> HeatLevel {
        guard celsius.isFinite, (-60...200).contains(celsius) else { return level(at: now) }
        self.celsius = celsius
        readAt = now
        if celsius >= settings.hotCelsius {
            lastLevel = .hot
        } else if lastLevel == .hot, celsius >= settings.hotCelsius - settings.hysteresisCelsius {
            lastLevel = .hot
        } else if celsius >= settings.warmCelsius {
            lastLevel = .warm
        } else if lastLevel > .cool, celsius >= settings.warmCelsius - settings.hysteresisCelsius {
            lastLevel = .warm
        } else {
            lastLevel = .cool
        }
        return lastLevel
    }

    /// The level at a moment, the age of the last reading considered.
    public func level(at now: Moment) -> HeatLevel {
        guard let readAt, now - readAt > settings.staleSeconds else { return lastLevel }
        return max(lastLevel, .warm)
    }

    /// How many rows a device may have at this level, of those it has when cool: at least 1 unless hot.
    public func rows(of rowTarget: Int, at level: HeatLevel) -> Int {
        switch level {
        case .cool: rowTarget
        case .warm: max(1, Int((Double(rowTarget) * settings.warmRowShare).rounded(.down)))
        case .hot: 0
        }
    }
}
