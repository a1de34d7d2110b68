import Serving
import Testing
import TestSupport

@Suite struct RangeCalibrationTests {
    static let start = Moment(secondsSinceEpoch: 1000)

    /// Whatever the guesses are worth, at least nine in ten ranges hold and few more, and no more than a few in a hundred come too late.
    @Test(arguments: [(0.5, 0.2), (1.0, 0.5), (3.0, 0.8)], 1...4 as ClosedRange<UInt64>)
    func ninetyPercentHold(error: (bias: Double, spread: Double), seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var calibration = try RangeCalibration()
        var held = 0
        var late = 0
        var now = Self.start
        for round in 0..<6000 {
            let wait = Double.random(in: 8...15, using: &generator)
            let promise = calibration.promise(waitSeconds: wait, drawSeconds: 4, at: now)
            // The sum of uniform numbers is near enough to a bell; the spread doubles half way.
            let bell = (0..<4).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &generator) }
            let spread = round < 3000 ? error.spread : error.spread * 2
            let taken = (wait + 4) * error.bias * max(0.01, 1 + spread * bell / 4)
            if round > 500 {
                held += promise.range.contains(taken) ? 1 : 0
                late += taken > promise.range.latestSeconds ? 1 : 0
            }
            calibration.observe(promise, takenSeconds: taken)
            now = now + 1
        }
        let share = Double(held) / 5499
        #expect((0.88...0.96).contains(share), "seed \(seed): \(share)")
        #expect(Double(late) / 5499 < 0.045, "seed \(seed)")
    }

    @Test func beginsWithAnHonestlyWideRange() throws {
        let promise = try RangeCalibration().promise(waitSeconds: 6, drawSeconds: 4, at: Self.start)
        #expect(promise.range.earliestSeconds < 6)
        #expect(promise.range.latestSeconds > 18)
        #expect(abs(promise.range.confidence - 0.9) < 1e-9)
        #expect(promise.latest == Self.start + promise.range.latestSeconds)
    }

    @Test func experienceIsKeptApartByDepth() throws {
        var calibration = try RangeCalibration()
        var now = Self.start
        for _ in 0..<300 {
            let promise = calibration.promise(waitSeconds: 0, drawSeconds: 4, at: now)
            calibration.observe(promise, takenSeconds: 40)
            now = now + 1
        }
        let deep = calibration.promise(waitSeconds: 60, drawSeconds: 4, at: Self.start)
        let none = calibration.promise(waitSeconds: 0, drawSeconds: 4, at: Self.start)
        #expect(abs(none.range.expectedSeconds - 40) < 1)
        #expect(deep.range.expectedSeconds < 80)
    }

    @Test(arguments: [0, .nan, .infinity, -1] as [Double])
    func survivesWhatCannotBe(seconds: Double) throws {
        var calibration = try RangeCalibration()
        let promise = calibration.promise(waitSeconds: 1, drawSeconds: 1, at: Self.start)
        calibration.observe(promise, takenSeconds: seconds)
        let range = calibration.promise(waitSeconds: 1, drawSeconds: 1, at: Self.start).range
        #expect(range.earliestSeconds > 0 && range.latestSeconds.isFinite)
    }

    @Test(arguments: [0, 0.3, .nan] as [Double])
    func refusesShares(share: Double) {
        #expect(throws: ServingError.self) { try RangeCalibration(settings: .init(lateShare: share)) }
    }
}
