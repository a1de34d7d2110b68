/// How much of its limits a caller has used.
///
/// A store keeps one for each key; for a visitor without a key one for the cookie and one for the address, and both must
/// have room: a new cookie does not buy a new day. See ``Limits``.
public struct LimitUsage: Sendable, Hashable, Codable {
    /// When the next request would be due if requests came evenly at the plan's rate; the whole state of the rate limit.
    public internal(set) var nextRequestDue: Moment?
    /// The day that ``picturesToday`` counts, in days of UTC since the epoch.
    public internal(set) var day: Int64 = 0
    /// Pictures accepted on that day, less those that were cancelled or failed.
    public internal(set) var picturesToday = 0
    /// Pictures waiting or being drawn.
    public internal(set) var picturesOpen = 0

    /// Makes the usage of a caller that was never seen.
    public init() {}

    static let dayMicroseconds: Int64 = 86_400_000_000

    /// The day of a moment, and the moment it ends.
    static func day(of now: Moment) -> (number: Int64, end: Moment) {
        let number = Int64((Double(now.microseconds) / Double(dayMicroseconds)).rounded(.down))
        return (number, Moment(microseconds: (number + 1) &* dayMicroseconds))
    }

    /// Pictures counted on the day of a moment.
    func pictures(on day: Int64) -> Int { day > self.day ? 0 : picturesToday }
}

extension LimitUsage {
    /// Puts the number of open pictures right, after a restart for one: what the jobs say counts.
    public mutating func correct(openPictures: Int) { picturesOpen = max(0, openPictures) }
}
