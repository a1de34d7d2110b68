import Serving
import Testing

/// What comes in a second, and how much of it passes a place.
@Suite struct RateTests {
    static let start = Moment(secondsSinceEpoch: 1000)

    /// 2 device-seconds a second of work that is owed, and 3 at a lag of 8.
    static func rates(seconds: Double) -> OvertakingRate {
        var rate = OvertakingRate()
        for step in 0..<Int(seconds * 10) {
            let now = start + Double(step) / 10
            rate.observe(lag: -0.5, workSeconds: 0.2, at: now)
            rate.observe(lag: 8, workSeconds: 0.3, at: now)
        }
        return rate
    }

    @Test func onlyWhatLiesNearerPasses() {
        let rate = Self.rates(seconds: 120)
        let end = Self.start + 120
        #expect(rate.workPerSecond(beforeLag: -1, at: end) == 0)
        #expect(abs(rate.workPerSecond(beforeLag: 0.01, at: end) - 2) < 0.2)
        #expect(abs(rate.workPerSecond(beforeLag: 1, at: end) - 2) < 0.2)
        // Half of the way to a lag of 16 lies beyond 8, so half of what comes there passes.
        let far = rate.workPerSecond(beforeLag: 16, at: end)
        #expect(far > 3 && far < 4.5)
    }

    @Test func aWaveIsBelievedSoonAndItsEndLater() {
        var rate = Self.rates(seconds: 120)
        let end = Self.start + 120
        for step in 0..<40 { rate.observe(lag: -0.5, workSeconds: 2, at: end + Double(step) / 10) }
        #expect(rate.workPerSecond(beforeLag: 0.01, at: end + 4) > 12)
        let later = rate.workPerSecond(beforeLag: 0.01, at: end + 34)
        #expect(later > 0.5 && later < 5)
    }

    /// A clock that is set back by a day piles nothing up until it has caught up.
    @Test func aClockSetBackGoesOnFromThere() {
        var rate = Self.rates(seconds: 120)
        var demand = DemandMeter()
        for step in 0..<1200 { demand.observe(workSeconds: 0.4, at: Self.start + Double(step) / 10) }
        let back = Self.start + (120 - 86_400)
        for step in 0..<6000 {
            let now = back + Double(step) / 10
            rate.observe(lag: -0.5, workSeconds: 0.2, at: now)
            demand.observe(workSeconds: 0.4, at: now)
        }
        #expect(abs(rate.workPerSecond(beforeLag: 0.01, at: back + 600) - 2) < 0.2)
        #expect(abs(demand.workPerSecond(at: back + 600) - 4) < 0.2)
    }

    @Test func demandIsWhatIsAskedForInASecond() {
        var demand = DemandMeter()
        #expect(demand.workPerSecond(at: Self.start) == 0)
        for step in 0..<3000 { demand.observe(workSeconds: 0.4, at: Self.start + Double(step) / 10) }
        let end = Self.start + 300
        #expect(abs(demand.workPerSecond(at: end) - 4) < 0.2)
        #expect(demand.workPerSecond(at: end + 300) < 0.01)
        // A clock set back neither adds nor forgets.
        #expect(abs(demand.workPerSecond(at: Self.start) - 4) < 0.2)
    }
}
