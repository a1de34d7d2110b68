extension AdmissionDesk {
    /// How far ahead a wave is looked out for, in seconds: long enough to lower `auto` before the line is long.
    public static let forecastSeconds = 300.0

    /// Takes over what a forecast expects to wait soon, so that `auto` gives less before the line is long.
    ///
    /// To be called about once a second.
    public mutating func lookAhead(with forecast: inout ArrivalForecast, at now: Moment) {
        forecast.advance(to: now)
        let workPerSecond = capacity.workPerSecond
        guard workPerSecond > 0 else {
            expectedLoad = TierLoads(always: 0)
            return
        }
        let (seen, waiting) = (forecast, queue.workSeconds)
        expectedLoad = TierLoads { tier in
            seen.waitingWork(
                after: Self.forecastSeconds, waitingSeconds: waiting, workPerSecond: workPerSecond,
                workShare: workShare(of: tier), at: now) / workPerSecond
        }
    }
}
