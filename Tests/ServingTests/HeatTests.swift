import Serving
import Testing

@Suite struct HeatTests {
    static let start = Moment(secondsSinceEpoch: 1000)

    @Test func levelsAreLeftBelowWhereTheyAreEntered() throws {
        var heat = try HeatGuard()
        let course: [(celsius: Double, level: HeatLevel)] = [
            (60, .cool), (79.9, .cool), (80, .warm), (75, .warm), (74, .warm), (73.9, .cool), (88, .hot),
            (82, .hot), (81.9, .warm), (87, .warm), (90, .hot), (20, .cool),
        ]
        for (index, reading) in course.enumerated() {
            let level = heat.observe(celsius: reading.celsius, at: Self.start + Double(index))
            #expect(level == reading.level, "reading \(index)")
        }
    }

    @Test func whatNoChipCanHaveIsLeftOut() throws {
        var heat = try HeatGuard()
        heat.observe(celsius: 85, at: Self.start)
        for celsius in [Double.nan, .infinity, -300, 4000] {
            let level = heat.observe(celsius: celsius, at: Self.start + 1)
            #expect(level == .warm)
        }
        #expect(heat.celsius == 85)
    }

    @Test func aSilentSensorIsNotACoolOne() throws {
        var heat = try HeatGuard()
        #expect(heat.level(at: Self.start) == .cool)
        heat.observe(celsius: 40, at: Self.start)
        #expect(heat.level(at: Self.start + 30) == .cool)
        #expect(heat.level(at: Self.start + 31) == .warm)
    }

    @Test func rowsShrinkWithHeat() throws {
        let heat = try HeatGuard()
        #expect(HeatLevel.allCases.map { heat.rows(of: 8, at: $0) } == [8, 4, 0])
        #expect(HeatLevel.allCases.map { heat.rows(of: 1, at: $0) } == [1, 1, 0])
    }

    @Test func lostCapacityIsKnown() {
        var fleet = FleetCapacity()
        fleet.set("a", .init(speed: 1, rows: 4))
        fleet.set("b", .init(speed: 2, rows: 8))
        #expect(fleet.workPerSecond == 3)
        #expect(fleet.seats == 12)
        let cost = StepCost(baseSeconds: 0.1, secondsPerEvaluation: 0.1)
        fleet.allow(rows: 4, on: "b", cost: cost, evaluationsPerRow: 1)
        // 4 rows in 0.5 s against 8 rows in 0.9 s.
        #expect(abs(fleet.workPerSecond - (1 + 2 * 0.9)) < 1e-9)
        fleet.allow(rows: 0, on: "b", cost: cost, evaluationsPerRow: 1)
        #expect(abs(fleet.workPerSecond - 1) < 1e-9)
        #expect(fleet.seats == 4)
        fleet.remove("a")
        #expect(fleet.workPerSecond == 0)
        #expect(fleet.deviceCount == 1)
    }

    @Test(arguments: [
        HeatGuard.Settings(warmCelsius: 90), HeatGuard.Settings(hysteresisCelsius: 0),
        HeatGuard.Settings(warmRowShare: 0), HeatGuard.Settings(staleSeconds: 0),
    ])
    func refusesSettings(settings: HeatGuard.Settings) {
        #expect(throws: ServingError.self) { try HeatGuard(settings: settings) }
    }
}
