import Serving
import Testing
import TestSupport

@Suite struct LimitsTests {
    static let start = Moment(secondsSinceEpoch: 1_800_000_000)

    @Test func aBurstAndThenTheRate() {
        let plan = Plan(name: "test", requestsPerMinute: 6)
        var usage = LimitUsage()
        for _ in 0..<6 {
            let excess = Limits.admitRequest(&usage, plan: plan, at: Self.start)
            #expect(excess == nil)
        }
        let excess = Limits.admitRequest(&usage, plan: plan, at: Self.start)
        #expect(excess == .init(limit: .requestsPerMinute, retryAfterSeconds: 10))
        #expect(Limits.requestStanding(usage, plan: plan, at: Self.start).remaining == 0)
        let tooSoon = Limits.admitRequest(&usage, plan: plan, at: Self.start + 9.9)
        #expect(tooSoon != nil)
        let inTime = Limits.admitRequest(&usage, plan: plan, at: Self.start + 10)
        #expect(inTime == nil)
        #expect(Limits.requestStanding(usage, plan: plan, at: Self.start + 70).remaining == 6)
    }

    /// No minute sees more than the rate and one burst, whenever requests come.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theRateHoldsInTheLongRun(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let plan = Plan(name: "test", requestsPerMinute: Int.random(in: 1...90, using: &generator))
        var usage = LimitUsage()
        var now = Self.start
        var admitted: [Moment] = []
        while now - Self.start < 900 {
            now = now + Double.random(in: 0...0.6, using: &generator)
            if Limits.admitRequest(&usage, plan: plan, at: now) == nil { admitted.append(now) }
        }
        let expected = Double(plan.requestsPerMinute) * 16
        #expect(Double(admitted.count) <= expected + 1, "seed \(seed)")
        #expect(Double(admitted.count) >= 0.9 * expected, "seed \(seed)")
        for (index, moment) in admitted.enumerated() {
            let within = admitted[index...].prefix { $0 - moment < 59.9 }.count
            #expect(within <= 2 * plan.requestsPerMinute, "seed \(seed)")
        }
    }

    @Test func theDayEndsAtMidnight() {
        let plan = Plan(name: "test", picturesPerDay: 3)
        let midnight = Moment(secondsSinceEpoch: 1_800_057_600)
        var usage = LimitUsage()
        Limits.open(pictures: 3, &usage, at: midnight + -60)
        #expect(
            Limits.check(pictures: 1, usage, plan: plan, at: midnight + -60)
                == .init(limit: .picturesPerDay, retryAfterSeconds: 60))
        #expect(Limits.check(pictures: 1, usage, plan: plan, at: midnight) == nil)
        // What failed yesterday is not given back today.
        Limits.open(pictures: 1, &usage, at: midnight)
        Limits.close(pictures: 1, &usage, delivered: false, accepted: midnight + -60)
        #expect(usage.picturesToday == 1)
        Limits.close(pictures: 1, &usage, delivered: false, accepted: midnight)
        #expect(usage.picturesToday == 0)
        // The clock set back over midnight gives no second day.
        Limits.open(pictures: 3, &usage, at: midnight)
        #expect(Limits.check(pictures: 1, usage, plan: plan, at: midnight + -1)?.limit == .picturesPerDay)
    }

    @Test func picturesAtOnce() {
        let plan = Plan(name: "test", picturesAtOnce: 2)
        var usage = LimitUsage()
        #expect(Limits.check(pictures: 3, usage, plan: plan, at: Self.start)?.limit == .picturesAtOnce)
        Limits.open(pictures: 2, &usage, at: Self.start)
        #expect(Limits.check(pictures: 1, usage, plan: plan, at: Self.start)?.limit == .picturesAtOnce)
        Limits.close(pictures: 1, &usage, delivered: true, accepted: Self.start)
        #expect(Limits.check(pictures: 1, usage, plan: plan, at: Self.start) == nil)
        #expect(Limits.check(pictures: .max, usage, plan: plan, at: Self.start) != nil)
    }

    @Test func aClockSetFarBackLocksNobodyOut() {
        let plan = Plan(name: "test", requestsPerMinute: 1)
        var usage = LimitUsage()
        _ = Limits.admitRequest(&usage, plan: plan, at: Self.start)
        let earlier = Self.start + -86400
        let excess = Limits.admitRequest(&usage, plan: plan, at: earlier)
        #expect((excess?.retryAfterSeconds ?? 0) <= 60)
        // And the rate holds from there on, until the clock has caught up and after.
        var admitted = 0
        for second in 0..<600 {
            let now = earlier + Double(second)
            if Limits.admitRequest(&usage, plan: plan, at: now) == nil { admitted += 1 }
        }
        #expect((9...11).contains(admitted))
    }

    @Test(arguments: [
        Plan(name: "a", requestsPerMinute: 0), Plan(name: "a", picturesPerDay: 0),
        Plan(name: "a", picturesAtOnce: 0), Plan(name: "a", weight: 0), Plan(name: "a", weight: .nan),
        Plan(name: "a", longestWaitSeconds: 0), Plan(name: "a", longestWaitSeconds: .infinity),
    ])
    func refusesPlans(plan: Plan) {
        #expect(throws: ServingError.self) { try plan.validate() }
    }
}
