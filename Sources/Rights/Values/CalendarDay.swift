/// A day of the Gregorian calendar, written `2026-11-21`. Terms of licences and agreements are kept in days.
public struct CalendarDay: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let daysSinceEpoch: Int

    /// The day so many days after 1970-01-01.
    init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

    /// A day from its parts.
    ///
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, `days_from_civil`.
    /// - Throws: ``RightsError`` with code `invalidValue` where there is no such day between the years 1 and 9999.
    public init(year: Int, month: Int, day: Int) throws {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
            throw Self.noSuchDay
        }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
        let parts = parts
        guard parts.month == month, parts.day == day else { throw Self.noSuchDay }
    }

    /// A day from text such as `2026-11-21`.
    /// - Throws: ``RightsError`` with code `invalidValue` where the text is anything else.
    public init(_ text: String) throws {
        let fields = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard text.utf8.count == 10, fields.map(\.count) == [4, 2, 2],
            fields.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { throw Self.noSuchDay }
        let numbers = fields.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        try self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// Year, month and day.
    ///
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, `civil_from_days`.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The month that the day is in.
    public var month: CalendarMonth { CalendarMonth(unchecked: parts.year, parts.month) }

    /// The day so many days later.
    public func adding(days: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: daysSinceEpoch + days) }

    /// The day as `2026-11-21`.
    public var description: String {
        let (_, _, day) = parts
        return "\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// Reads `2026-11-21`.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes `2026-11-21`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Earlier comes first.
    public static func < (left: Self, right: Self) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

    private static let noSuchDay = RightsError(
        .invalidValue, "a day is written as 2026-11-21 and exists in the calendar; correct it")
}

/// A month of the Gregorian calendar, written `2026-11`.
public struct CalendarMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int

    /// A month from its parts.
    /// - Throws: ``RightsError`` with code `invalidValue` where there is no such month.
    public init(year: Int, month: Int) throws {
        _ = try CalendarDay(year: year, month: month, day: 1)
        self.init(unchecked: year, month)
    }

    /// A month from text such as `2026-11`.
    /// - Throws: ``RightsError`` with code `invalidValue` where the text is anything else.
    public init(_ text: String) throws {
        do {
            self = try CalendarDay(text + "-01").month
        } catch {
            throw RightsError(
                .invalidValue, "a month is written as 2026-11 and exists in the calendar; correct it")
        }
    }

    init(unchecked year: Int, _ month: Int) {
        self.year = year
        self.month = month
    }

    /// The month as `2026-11`.
    public var description: String {
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + (month < 10 ? "-0" : "-")
            + String(month)
    }

    /// Earlier comes first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}
