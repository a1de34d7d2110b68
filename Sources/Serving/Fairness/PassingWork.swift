/// Work that is yet to come and will be served before a place: so much in a second, for so long.
public struct PassingWork: Sendable, Hashable {
    /// Device-seconds that come in each second.
    public let workPerSecond: Double
    /// For how many seconds; infinite where it is expected for good.
    public let seconds: Double

    /// Makes an expectation.
    public init(workPerSecond: Double, seconds: Double) {
        self.workPerSecond = workPerSecond
        self.seconds = seconds
    }

    /// Someone always gets through: a place is never told more than so many times what waits before it.
    static let longestStretch = 20.0

    /// Seconds until work that waits is done and what passes it meanwhile as well.
    ///
    /// - Parameters:
    ///   - ahead: device-seconds that wait before the place.
    ///   - capacity: device-seconds that are drawn in a second; more than 0.
    func waitSeconds(ahead: Double, capacity: Double) -> Double {
        let rest = capacity - workPerSecond
        let meanwhile = rest > 0 ? ahead / rest : .infinity
        let wait = meanwhile <= seconds ? meanwhile : (ahead + workPerSecond * seconds) / capacity
        return min(wait, Self.longestStretch * ahead / capacity)
    }
}
