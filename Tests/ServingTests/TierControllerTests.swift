import Serving
import Testing

@Suite struct TierControllerTests {
    static let start = Moment(secondsSinceEpoch: 1000)

    @Test func downAtOnceAndUpOneByOne() throws {
        var tiers = try TierController()
        let tier1 = tiers.update(TierLoads(always: 1.9), at: Self.start)
        #expect(tier1 == .full)
        let tier2 = tiers.update(TierLoads(always: 50), at: Self.start)
        #expect(tier2 == .turbo)
        // Between the thresholds nothing moves, however long.
        let tier3 = tiers.update(TierLoads(always: 7), at: Self.start + 500)
        #expect(tier3 == .turbo)
        var course: [Tier] = []
        for second in stride(from: 600.0, through: 700, by: 10) {
            course.append(tiers.update(TierLoads(always: 0), at: Self.start + second))
        }
        #expect(
            course == [
                .turbo, .turbo, .quick, .quick, .standard, .standard, .full, .full, .full, .full, .full,
            ])
    }

    @Test func aPeakStartsTheCalmAnew() throws {
        var tiers = try TierController()
        tiers.update(TierLoads(always: 3), at: Self.start)
        tiers.update(TierLoads(always: 0.5), at: Self.start)
        tiers.update(TierLoads(always: 1.5), at: Self.start + 15)
        let tier4 = tiers.update(TierLoads(always: 0.5), at: Self.start + 25)
        #expect(tier4 == .standard)
        let tier5 = tiers.update(TierLoads(always: 0.5), at: Self.start + 45)
        #expect(tier5 == .full)
    }

    @Test func aTierIsNotTakenBackWhileTheBetterOneWouldNotHold() throws {
        var tiers = try TierController()
        tiers.update(TierLoads(always: 3), at: Self.start)
        for second in stride(from: 0.0, to: 100, by: 5) {
            tiers.update(TierLoads { $0 == .full ? 4 : 0 }, at: Self.start + second)
        }
        #expect(tiers.tier == .standard)
        for second in stride(from: 100.0, through: 120, by: 5) {
            tiers.update(TierLoads(always: 0), at: Self.start + second)
        }
        #expect(tiers.tier == .full)
    }

    /// Where a little less effort makes the load bearable, nobody gets the least.
    @Test(
        arguments: [
            ([30, 1, 0, 0], Tier.standard), ([30, 8, 1, 0], .quick), ([30, 30, 30, 0], .turbo),
            ([1, 0, 0, 0], .full), ([3, 3, 3, 3], .standard), ([60, 60, 60, 60], .turbo),
        ] as [([Double], Tier)])
    func theBestTierThatHolds(loads: [Double], tier: Tier) throws {
        var tiers = try TierController()
        let given = tiers.update(TierLoads { loads[$0.depth] }, at: Self.start)
        #expect(given == tier)
    }

    @Test func noDeviceMeansTheLowestTier() throws {
        var tiers = try TierController()
        let tier6 = tiers.update(TierLoads(always: .infinity), at: Self.start)
        #expect(tier6 == .turbo)
    }

    @Test(arguments: [
        TierController.Settings(thresholdSeconds: [1, 2]),
        TierController.Settings(thresholdSeconds: [3, 2, 1]),
        TierController.Settings(thresholdSeconds: [0, 2, 3]),
        TierController.Settings(thresholdSeconds: [1, 2, .infinity]),
        TierController.Settings(returnShare: 1), TierController.Settings(calmSeconds: -1),
    ])
    func refusesSettings(settings: TierController.Settings) {
        #expect(throws: ServingError.self) { try TierController(settings: settings) }
    }
}
