import Serving
import Testing
import TestSupport

@Suite struct ArrivalForecastTests {
    static let start = Moment(secondsSinceEpoch: 6000)

    /// Requests of one device-second at a rate by the minute, with chance.
    static func forecast(_ rates: [Double], seed: UInt64 = 1) -> ArrivalForecast {
        var generator = SeededGenerator(seed: seed)
        var forecast = ArrivalForecast()
        for (minute, rate) in rates.enumerated() {
            for second in 0..<60 {
                let work = rate * Double.random(in: 0.5...1.5, using: &generator)
                forecast.observe(workSeconds: work, at: start + Double(minute * 60 + second))
            }
        }
        forecast.advance(to: start + Double(rates.count * 60))
        return forecast
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func aSteadyLoadStaysWhatItIs(seed: UInt64) {
        let forecast = Self.forecast(Array(repeating: 3, count: 60), seed: seed)
        let end = Self.start + 3600
        #expect(forecast.changedAt == nil, "seed \(seed)")
        for ahead in [300.0, 900, 3600] {
            let rate = forecast.workPerSecond(after: ahead, at: end)
            #expect(abs(rate - 3) < 0.5, "seed \(seed): \(rate)")
        }
    }

    @Test func aRiseIsSeenToGoOnForAWhile() {
        let forecast = Self.forecast((0..<40).map { 2 + 0.2 * Double($0) })
        let end = Self.start + 2400
        #expect(forecast.workPerSecond(after: 300, at: end) > forecast.workPerSecond(after: 0, at: end))
        #expect(forecast.workPerSecond(after: 300, at: end) < 20)
    }

    /// Eighty times as much within a minute is known after seconds, not after the minutes that smoothing would need.
    @Test func aWaveIsKnownWithinSeconds() {
        var forecast = Self.forecast(Array(repeating: 1, count: 30))
        let begin = Self.start + 1800
        for second in 0..<10 { forecast.observe(workSeconds: 80, at: begin + Double(second)) }
        #expect(forecast.workPerSecond(after: 300, at: begin + 10) > 60)
        for second in 10..<60 { forecast.observe(workSeconds: 80, at: begin + Double(second)) }
        forecast.advance(to: begin + 60)
        #expect(forecast.changedAt == begin + 60)
        #expect(abs(forecast.workPerSecond(after: 0, at: begin + 60) - 80) < 1)
    }

    @Test func theEndOfAWaveIsKnownToo() {
        let forecast = Self.forecast(Array(repeating: 80, count: 20) + Array(repeating: 1, count: 3))
        #expect(forecast.workPerSecond(after: 300, at: Self.start + 1380) < 5)
    }

    @Test func theLineAndTheDevicesItNeeds() {
        let forecast = Self.forecast(Array(repeating: 10, count: 60))
        let end = Self.start + 3600
        let waiting = forecast.waitingWork(after: 300, waitingSeconds: 100, workPerSecond: 8, at: end)
        #expect((450...1100).contains(waiting))
        let drained = forecast.waitingWork(after: 300, waitingSeconds: 100, workPerSecond: 20, at: end)
        #expect(drained == 0)
        let devices = forecast.devicesNeeded(
            over: 3600, waitingSeconds: 0, promiseSeconds: 30, speed: 2, at: end)
        #expect((5...6).contains(devices))
        let none = ArrivalForecast().devicesNeeded(
            over: 3600, waitingSeconds: 0, promiseSeconds: 30, speed: 2, at: end)
        #expect(none == 0)
    }

    @Test func clocksThatJump() {
        var forecast = Self.forecast(Array(repeating: 3, count: 30))
        let rate = forecast.workPerSecond(after: 60, at: Self.start)
        // Set back by a day, it goes on from there, and nothing piles up in one minute.
        let back = Self.start + -86_400
        for second in 0..<1800 {
            forecast.observe(workSeconds: second == 7 ? .nan : 3, at: back + Double(second))
        }
        #expect(abs(forecast.workPerSecond(after: 60, at: back + 1800) - rate) < 0.5)
        #expect(forecast.changedAt == nil)
        forecast.advance(to: Self.start + 1e9)
        #expect(forecast.workPerSecond(after: 60, at: Self.start + 1e9) == 0)
    }
}
