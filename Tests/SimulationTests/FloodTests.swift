import Serving
import Simulation
import Testing

/// What a flood must not do, held against the very code that serves.
@Suite struct FloodTests {
    /// Ten times what the device can draw, three minutes, 200 callers of whom one sends half.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func tenTimesTheCapacity(seed: UInt64) throws {
        let report = try Scenario.flood(seed: seed).run()
        #expect(report.inTimeShare >= 0.95, "seed \(seed)")
        #expect((0.85...0.95).contains(report.heldShare), "seed \(seed)")
        #expect(report.busyShare >= 0.97, "seed \(seed)")
        #expect(report.goodput >= 0.95, "seed \(seed)")
        let heavy = try #require(report.crowd("heavy"))
        let many = try #require(report.crowd("many"))
        #expect(
            heavy.refused > heavy.accepted * 5, "seed \(seed): the one who sends half is the one turned away"
        )
        #expect(many.delivered > 5 * many.refused, "seed \(seed)")
    }

    /// First come, first served lets the same flood bury everybody.
    @Test func firstComeFirstServedForContrast() throws {
        let scenario = try Scenario.flood(seed: 1)
        let fair = try scenario.run()
        let inOrder = try scenario.with(policy: .firstComeFirstServed).run()
        #expect(inOrder.inTimeShare < 0.5)
        #expect(inOrder.delivered * 3 < fair.delivered)
        #expect(inOrder.crowds.reduce(0) { $0 + $1.wasted } > 0)
        let lightInOrder = try #require(inOrder.crowd("light"))
        let light = try #require(fair.crowd("light"))
        #expect(Double(lightInOrder.delivered) < 0.95 * Double(light.delivered))
    }

    /// A light caller beside the flood waits no longer than twice what it waits alone.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func aLightCallerBesideTheFlood(seed: UInt64) throws {
        let beside = try #require(try Scenario.flood(seed: seed).run().crowd("light"))
        let alone = try #require(try Scenario.flood(seed: seed, hasFlood: false).run().crowd("light"))
        let wait = try #require(beside.percentile95Seconds)
        let waitAlone = try #require(alone.medianSeconds)
        #expect(wait <= 2 * waitAlone, "seed \(seed): \(wait) s beside, \(waitAlone) s alone")
        #expect(beside.refused == 0, "seed \(seed)")
    }

    /// A light caller who insists on the best waits no longer than twice what it waits alone, either.
    ///
    /// What joins beside such a row makes its picture take at most `longestStretch`, 1.6 times, as long as alone, the finishing of
    /// the others' pictures included; the rest is the step boundary, the rows that it meets until they are done, and other light
    /// callers. In these seeds no light caller is seen for the first time in the flood: a stranger is owed nothing, and waits for
    /// a seat like anybody.
    @Test(arguments: [2, 3, 5, 6, 7, 8] as [UInt64])
    func aLightCallerWhoInsistsBesideTheFlood(seed: UInt64) throws {
        let beside = try Scenario.flood(seed: seed, lightQuality: .high).run()
        let alone = try Scenario.flood(seed: seed, lightQuality: .high, hasFlood: false).run()
        let wait = try #require(beside.crowd("light")?.percentile95Seconds)
        let waitAlone = try #require(alone.crowd("light")?.medianSeconds)
        #expect(wait <= 2 * waitAlone, "seed \(seed): \(wait) s beside, \(waitAlone) s alone")
        #expect(beside.crowd("light")?.refused == 0, "seed \(seed)")
        // Seats that are left empty beside such a row cost the others less than a tenth.
        #expect(beside.goodput >= 0.9, "seed \(seed)")
    }

    /// A wave over many devices: all are busy with what people still want, and those who always want more get equal shares.
    @Test func aWave() throws {
        let report = try Scenario.wave(devices: 12, seconds: 600, keyCallers: 24, seed: 1).run()
        #expect(report.goodput >= 0.95)
        #expect(report.busyShare >= 0.97)
        #expect(report.backloggedCallers >= 5)
        #expect(try #require(report.fairness) >= 0.95)
        #expect(report.tiers["turbo", default: 0] > report.delivered / 2)
    }
}
