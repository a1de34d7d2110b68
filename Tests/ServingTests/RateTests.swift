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
        #expect(rate.passing(beforeLag: -1, at: end).workPerSecond == 0)
        #expect(abs(rate.passing(beforeLag: 0.01, at: end).workPerSecond - 2) < 0.2)
        #expect(abs(rate.passing(beforeLag: 1, at: end).workPerSecond - 2) < 0.2)
        // Half of the way to a lag of 16 lies beyond 8, so half of what comes there passes.
        let far = rate.passing(beforeLag: 16, at: end).workPerSecond
        #expect(far > 3 && far < 4.5)
    }

    @Test func aWaveIsBelievedSoonAndItsEndLater() {
        var rate = Self.rates(seconds: 120)
        let end = Self.start + 120
        for step in 0..<40 { rate.observe(lag: -0.5, workSeconds: 2, at: end + Double(step) / 10) }
        #expect(rate.passing(beforeLag: 0.01, at: end + 4).workPerSecond > 12)
        let later = rate.passing(beforeLag: 0.01, at: end + 34).workPerSecond
        #expect(later > 0.5 && later < 5)
    }

    /// What began a moment ago is not taken for what goes on for ever; what has come for half a minute is.
    @Test func whatHasJustBegunIsExpectedForAWhileOnly() {
        var burst = OvertakingRate()
        for _ in 0..<70 { burst.observe(lag: -0.5, workSeconds: 1, at: Self.start) }
        let sudden = burst.passing(beforeLag: 0.01, at: Self.start)
        #expect(sudden.seconds < 5)
        #expect(sudden.workPerSecond * sudden.seconds < 70.01)
        #expect(Self.rates(seconds: 8).passing(beforeLag: 0.01, at: Self.start + 8).seconds < 100)
        #expect(Self.rates(seconds: 45).passing(beforeLag: 0.01, at: Self.start + 45).seconds == .infinity)
        // Long after a burst there is nothing left of it.
        let later = burst.passing(beforeLag: 0.01, at: Self.start + 120)
        #expect(later.workPerSecond < 0.02)
    }

    /// Of what a caller has asked for itself nothing passes its next place; what others ask for does.
    @Test func nobodyPassesItself() {
        var (alone, beside) = (OvertakingRate(), OvertakingRate())
        var own = OwnArrivals(at: Self.start)
        for number in 0..<100 {
            let now = Self.start + Double(number) / 2
            alone.observe(lag: Double(number), workSeconds: 1, at: now)
            beside.observe(lag: Double(number), workSeconds: 1, at: now)
            beside.observe(lag: -1, workSeconds: 1, at: now)
            own.observe(lag: Double(number), workSeconds: 1, at: now)
        }
        let end = Self.start + 50
        #expect(alone.passing(beforeLag: 100, at: end).workPerSecond > 0.3)
        #expect(alone.passing(beforeLag: 100, without: own, at: end).workPerSecond < 0.02)
        let others = beside.passing(beforeLag: 100, without: own, at: end).workPerSecond
        #expect(others > 1.5 && others < 2.5)
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
        #expect(abs(rate.passing(beforeLag: 0.01, at: back + 600).workPerSecond - 2) < 0.2)
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
