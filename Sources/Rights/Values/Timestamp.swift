/// A moment, in milliseconds since 1970-01-01T00:00:00 UTC. It always comes from the caller's clock.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since 1970 began in UTC.
    public let milliseconds: Int64

    /// The earliest and latest moment taken: the years 1970 to 9999.
    public static let range: ClosedRange<Int64> = 0...253_402_300_799_999

    /// Takes a moment.
    /// - Throws: ``RightsError`` with code `invalidValue` outside ``range``: such a clock is broken.
    public init(milliseconds: Int64) throws {
        guard Self.range.contains(milliseconds) else {
            throw RightsError(
                .invalidValue,
                "\(milliseconds) milliseconds is not between 1970 and 9999; look at the clock it came from")
        }
        self.milliseconds = milliseconds
    }

    /// The moment nearest to so many milliseconds that is taken: what must be recorded is not lost to a broken clock.
    public init(nearestTo milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    /// Reads whole milliseconds.
    public init(from decoder: any Decoder) throws {
        try self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes whole milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// Earlier comes first.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The calendar day at that moment, where clocks run ahead of UTC by so many minutes (Korea: 540).
    public func day(utcOffsetMinutes: Int = 0) -> CalendarDay {
        let shifted = milliseconds + Int64(utcOffsetMinutes) * 60_000
        let days = shifted >= 0 ? shifted / 86_400_000 : (shifted - 86_399_999) / 86_400_000
        return CalendarDay(daysSinceEpoch: Int(days))
    }
}
