/// A point in time, as whole microseconds since the beginning of 1970 in UTC.
///
/// This room has no clock: whoever calls it says what time it is. Whole microseconds make a stored moment equal to the
/// one that was written, and a replay equal to the first run. A clock that is set back gives a moment before the last
/// one; every state in this room then stands still until time has caught up.
public struct Moment: Sendable, Hashable, Comparable, Codable {
    /// Microseconds since the epoch.
    public var microseconds: Int64

    /// Makes a moment from microseconds since the epoch.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Makes a moment from seconds since the epoch, rounded to the nearest microsecond.
    ///
    /// - Parameter seconds: between −9·10¹² and 9·10¹²; what lies outside is moved to the nearer end.
    public init(secondsSinceEpoch seconds: Double) {
        microseconds = Self.microseconds(seconds)
    }

    /// Seconds since the epoch.
    public var secondsSinceEpoch: Double { Double(microseconds) * 1e-6 }

    /// Writes the microseconds alone, not an object with one field.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }

    /// Reads the microseconds.
    /// - Throws: what the decoder throws where there is no whole number.
    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// The earlier moment is the smaller.
    public static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }

    /// The moment some seconds later.
    public static func + (moment: Moment, seconds: Double) -> Moment {
        let (sum, overflow) = moment.microseconds.addingReportingOverflow(microseconds(seconds))
        return Moment(microseconds: overflow ? (seconds > 0 ? .max : .min) : sum)
    }

    /// Seconds from the right moment to the left one.
    public static func - (left: Moment, right: Moment) -> Double {
        Double(left.microseconds &- right.microseconds) * 1e-6
    }

    /// Whole microseconds nearest to a number of seconds; what is not a number counts as none.
    static func microseconds(_ seconds: Double) -> Int64 {
        guard !seconds.isNaN else { return 0 }
        return Int64((min(max(seconds, -9e12), 9e12) * 1e6).rounded())
    }
}
