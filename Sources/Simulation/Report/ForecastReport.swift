/// What the forecast said, beside what came.
public struct ForecastReport: Sendable, Hashable, Codable {
    /// How far ahead the forecast is judged, in minutes.
    public static let horizons = [5, 15, 60]

    /// Minutes between two points.
    public let stepMinutes: Int
    /// Device-seconds a second that were asked for in each minute at a point.
    public internal(set) var came: [Double]
    /// For each horizon and point what had been foreseen for that minute so many minutes before; nil where the simulation
    /// had not begun by then.
    public internal(set) var foreseen: [[Double?]]
    /// For each horizon how far the forecast was off on the average, as a share of what came; nil where there is no such
    /// point.
    public internal(set) var errorShares: [Double?]

    /// The most points: what a plot can show.
    private static let pointLimit = 480

    /// - Parameters:
    ///   - asked: device-seconds asked for in each whole minute.
    ///   - said: at the end of each minute, what is foreseen at each horizon, in device-seconds a second.
    init(asked: [Double], said: [[Double]]) {
        let minutes = asked.count
        stepMinutes = max(1, (minutes + Self.pointLimit - 1) / Self.pointLimit)
        let came = asked.map { $0 / 60 }
        var foreseen: [[Double?]] = []
        var errors: [Double?] = []
        for (place, horizon) in Self.horizons.enumerated() {
            // What was said at the end of minute m, for `horizon` minutes later, is about minute m + horizon.
            let line: [Double?] = (0..<minutes).map { minute in
                let then = minute - horizon
                return then >= 0 && then < said.count ? said[then][place] : nil
            }
            var off = 0.0
            var sum = 0.0
            for (said, came) in zip(line, came) {
                guard let said else { continue }
                off += abs(said - came)
                sum += came
            }
            foreseen.append(line)
            errors.append(sum > 0 ? off / sum : nil)
        }
        let points = stride(from: 0, to: minutes, by: stepMinutes)
        self.came = points.map { came[$0] }
        self.foreseen = foreseen.map { line in points.map { line[$0] } }
        errorShares = errors
    }
}
