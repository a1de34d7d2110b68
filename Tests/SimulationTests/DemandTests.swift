import Serving
import Simulation
import Testing

/// Invented demand, fleets from files, loading, stopping, and how many devices it takes.
@Suite struct DemandTests {
    static let shape = Scenario.floodShape

    @Test(arguments: Demand.Kind.allCases)
    func everyKindRuns(kind: Demand.Kind) throws {
        let demand = Demand(
            kind: kind, requestsPerSecond: 3, durationSeconds: 600, callerCount: 50, shapes: [Self.shape])
        let report = try Scenario.invented(demand, on: [DeviceProfile.gpuLike.group(count: 1)], seed: 1).run()
        #expect(report.delivered > 20, "\(kind)")
        #expect(report.name == kind.rawValue)
    }

    @Test func aRushHasAsManyPeopleAsItWasToldTo() throws {
        var demand = Demand(
            kind: .newcomers, requestsPerSecond: 0, durationSeconds: 600, callerCount: 5, shapes: [Self.shape]
        )
        demand.requestsPerSecond = demand.height(ofPeople: 20_000)
        let report = try Scenario.invented(demand, on: [DeviceProfile.gpuLike.group(count: 20)], seed: 1)
            .run()
        let newcomers = try #require(report.crowd("newcomers"))
        #expect(abs(Double(newcomers.pictures) - 20_000) < 600)
    }

    /// Twice what can be drawn in `full` is drawn with a little less effort, not with the least.
    @Test func noMoreIsTakenFromPicturesThanItTakes() throws {
        let fleet = [DeviceProfile.gpuLike.group(count: 4)]
        var demand = Demand(
            kind: .steady, requestsPerSecond: 0, durationSeconds: 1800, callerCount: 200, inequality: 0.3,
            shapes: [Self.shape])
        demand.requestsPerSecond = 1.3 * (try Scenario.fullPicturesPerSecond(fleet, demand))
        let report = try Scenario.invented(demand, on: fleet, seed: 1).run()
        let delivered = Double(report.delivered)
        #expect(Double(report.tiers["turbo"] ?? 0) < 0.05 * delivered, "\(report.tiers)")
        #expect(Double(report.tiers["standard"] ?? 0) > 0.6 * delivered, "\(report.tiers)")
        #expect(report.inTimeShare >= 0.95)
        #expect(report.picturesInPromise == report.picturesAsked)
    }

    /// With many models, devices prefer what they have loaded: far fewer loads than pictures.
    @Test func loadedModelsArePreferred() throws {
        var group = DeviceProfile.gpuLike.group(count: 6)
        group.modelSlots = 2
        let shapes = (1...5).map { PictureShape(model: "model\($0)", width: 512, height: 512) }
        let demand = Demand(
            kind: .steady, requestsPerSecond: 4, durationSeconds: 3600, callerCount: 100, shapes: shapes)
        let report = try Scenario.invented(demand, on: [group], seed: 1).run()
        #expect(report.loadingShare > 0.001)
        #expect(report.loadingShare < 0.1, "\(report.loadingShare)")
        #expect(report.promiseShare > 0.97, "\(report.promiseShare)")
    }

    @Test func aRunEndsWhenNobodyWantsIt() throws {
        let scenario = try Scenario.wave(devices: 40, seconds: 600, keyCallers: 90, seed: 5)
        var calls = 0
        var code: SimulationError.Code?
        do {
            _ = try scenario.run { progress in
                calls += 1
                return calls < 2
            }
        } catch { code = error.code }
        #expect(code == .cancelled)
        #expect(calls == 2)
    }

    /// A job whose model is loaded goes before one that needs loading, but passes it over for no longer than the bound.
    @Test func whoIsLoadedGoesFirstWithinTheBound() throws {
        let planner = try BatchPlanner()
        let (cold, warm) = (PictureShape(model: "cold", width: 512, height: 512), Self.shape)
        let waiting = [
            WaitingJob(place: QueuePlace(tag: 1, number: 1), shape: cold),
            WaitingJob(place: QueuePlace(tag: 2, number: 2), shape: warm),
        ]
        func plan(_ virtualTime: Double, _ isLoaded: (PictureShape) -> Bool) -> BatchPlan {
            planner.plan(
                running: [], shape: nil, waiting: waiting, rowLimit: 4, hardLimit: 4,
                virtualTime: virtualTime,
                isLoaded: isLoaded)
        }
        #expect(plan(2) { $0 == warm }.joining == [1])
        #expect(plan(2) { $0 == warm }.shape == warm)
        #expect(plan(6.1) { $0 == warm }.joining == [0])
        #expect(plan(2) { _ in false }.joining == [0])
        #expect(plan(2) { _ in true }.joining == [0])
    }

    @Test func fleetsFromFiles() throws {
        let groups = try FleetFile.groups(
            toml: """
                [[devices]]
                profile = "gpu-like-large"
                name = "cards"
                count = 3
                failure_hours = 5
                busy_celsius = 90

                [[devices]]
                profile = "cpu-like"
                count = 2
                speed = 0.5
                """)
        #expect(groups.map(\.count) == [3, 2])
        #expect(groups.map(\.name) == ["cards", "cpu-like"])
        #expect(groups[0].meanSecondsBetweenFailures == 18000)
        #expect(groups[0].heat?.busyCelsius == 90)
        #expect(groups[0].costPerMegapixel == Scenario.graphicsCardWithLargeModel.costPerMegapixel)
        // Two kinds of devices at one line: both draw, and the slower one less.
        let demand = Demand(
            kind: .steady, requestsPerSecond: 2, durationSeconds: 900, callerCount: 20, shapes: [Self.shape])
        let report = try Scenario.invented(demand, on: groups, seed: 1).run()
        #expect(report.deviceCount == 5)
        #expect(report.inTimeShare > 0.9)
    }

    @Test(arguments: [
        ("", "tables [[devices]]"), ("devices = 3", "tables [[devices]]"), ("x = [", "not TOML at line 1"),
        ("[[devices]]\ncount = -1", "count must be a whole number from 0"),
        ("[[devices]]\nprofile = \"abacus\"", "profile must be one of cpu-like"),
        ("[[devices]]\ncolour = 1\nspeed = 0", "speed must be a number from"),
        ("[[devices]]\ncolour = 1", "colour is no setting of a device"),
        ("[[devices]]\nspeed = nan", "speed must be"), ("[[devices]]\nname = \"\"", "name must be"),
        ("a\u{0}", "a zero byte"),
    ])
    func refusesFleets(toml: String, part: String) {
        let error = #expect(throws: SimulationError.self) { try FleetFile.groups(toml: toml) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func aHotFleetWithWrongThresholdsIsRefused() throws {
        let groups = try FleetFile.groups(toml: "[[devices]]\nwarm_celsius = 90\nhot_celsius = 80")
        let demand = Demand(
            kind: .steady, requestsPerSecond: 1, durationSeconds: 60, shapes: [Self.shape])
        let scenario = try Scenario.invented(demand, on: groups, seed: 1)
        #expect(throws: SimulationError.self) { try scenario.run() }
    }

    static func search(share: Double, most: Int = 64) throws -> CapacitySearch.Answer {
        let demand = Demand(
            kind: .steady, requestsPerSecond: 12, durationSeconds: 600, callerCount: 100, inequality: 0.3,
            shapes: [shape])
        let search = try CapacitySearch(
            promise: .init(seconds: 20, share: share, lowestTier: .standard), maximumDevices: most
        ) { count throws(SimulationError) in
            try Scenario.invented(demand, on: [DeviceProfile.gpuLike.group(count: count)], seed: 1)
        }
        return try search.search(guess: 20)
    }

    /// The answer keeps the promise, one device less does not, and it lies where arithmetic says.
    @Test func howManyDevices() throws {
        let answer = try Self.search(share: 0.95)
        let devices = try #require(answer.devices)
        #expect(try #require(answer.trial(devices)).isKept)
        #expect(try #require(answer.trial(devices - 1)).isKept == false)
        // A picture in `standard` takes a device about 0.29 s, one in `full` 0.48 s.
        #expect((3...6).contains(devices), "\(devices)")
        #expect(answer.trials.allSatisfy { $0.tiers[2] + $0.tiers[3] == 0 })
        #expect(try Self.search(share: 0.95) == answer)
        for language in ReportLanguage.allCases {
            let text = CapacityReport(answer, language: language).text
            #expect(text.contains("\(devices)"))
            #expect(text.contains("←"))
        }
    }

    @Test func notEnoughDevices() throws {
        let answer = try Self.search(share: 0.95, most: 2)
        #expect(answer.devices == nil)
        #expect(answer.trials.map(\.devices) == [2])
    }

    @Test(arguments: [0, 1, .nan] as [Double])
    func refusesPromises(share: Double) {
        #expect(throws: SimulationError.self) { try Self.search(share: share) }
    }
}
