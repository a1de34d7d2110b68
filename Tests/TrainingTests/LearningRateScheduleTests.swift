import Testing
import Training

struct LearningRateScheduleTests {
    private static let schedule = LearningRateSchedule(
        peak: 2, warmupSteps: 4, totalSteps: 20, decaySteps: 5)

    @Test(
        "warms up, holds, decays, and is nothing beyond the end",
        arguments: [
            (0, 0.5), (1, 1), (3, 2), (4, 2), (15, 2), (16, 1.6), (19, 0.4), (20, 0), (1000, 0),
        ])
    func rate(step: Int, expected: Double) {
        #expect(abs(Self.schedule.rate(at: step) - expected) < 1e-12)
    }

    @Test("without warm-up and decay the rate holds from the first step to the last")
    func constant() {
        let schedule = LearningRateSchedule(peak: 3, warmupSteps: 0, totalSteps: 7, decaySteps: 0)
        #expect((0..<7).allSatisfy { schedule.rate(at: $0) == 3 })
    }

    @Test("a schedule shorter than its warm-up and decay never exceeds either")
    func short() {
        let schedule = LearningRateSchedule(peak: 1, warmupSteps: 10, totalSteps: 4, decaySteps: 4)
        #expect((0..<4).map(schedule.rate) == [0.1, 0.2, 0.3, 0.25])
    }
}
