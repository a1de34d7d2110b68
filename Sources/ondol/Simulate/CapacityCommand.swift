import ArgumentParser
import Service
import Serving
import Simulation

extension Tier: ExpressibleByArgument {}

/// Finds out how many devices it takes.
struct CapacityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capacity",
        abstract:
            "Finds how many devices of a kind keep a promise under a demand, by simulating fleets of several sizes.",
        discussion:
            "The answer comes with its evidence: what so many devices made of the demand, and what one less did. "
            + "Docs/simulation.md explains it.")

    @OptionGroup(title: "Demand") var asked: DemandOptions
    @OptionGroup(title: "Devices") var drawn: FleetOptions

    @Option(help: "Seconds from first asking to the picture.")
    var promise = 30.0

    @Option(help: "The share of pictures that must come within them, above 0 and below 1.")
    var share = 0.95

    @Option(help: "The least effort that counts: full, standard, quick, turbo.")
    var lowestTier = Tier.standard

    @Option(help: "The most devices to try, 1 to 100000.")
    var most = 10_000

    @OptionGroup(title: "Results") var results: ReportOptions

    func validate() throws {
        guard (1...86_400).contains(promise) else { throw ValidationError("--promise must be 1 to 86400") }
        guard share > 0, share < 1 else { throw ValidationError("--share must be above 0 and below 1") }
        guard (1...100_000).contains(most) else { throw ValidationError("--most must be 1 to 100000") }
        let isSaid =
            asked.recorded != nil || asked.requestsPerSecond != nil || asked.kind == .newcomers
        guard isSaid else {
            throw ValidationError(
                "how much is asked for? name --requests-per-second, --recorded, or the demand newcomers")
        }
    }

    func run() throws {
        try results.checkFiles()
        let settings = try asked.serviceSettings()
        let trace = try asked.trace()
        let fleet = try drawn.groups(count: 1)
        guard fleet.count == 1 else {
            throw CommandError(
                "capacity counts devices of one kind; leave one table [[devices]] in the fleet file")
        }
        Interruption.watch()
        let meter = SimulationMeter(isQuiet: results.quiet)
        let answer = try SimulationFailure.translated { () throws in
            defer { meter.end() }
            let search = try CapacitySearch(
                promise: CapacitySearch.Promise(seconds: promise, share: share, lowestTier: lowestTier),
                maximumDevices: most
            ) { count throws(SimulationError) in
                try scenario(of: count, fleet[0], trace: trace, settings: settings)
            }
            let first = try scenario(of: 1, fleet[0], trace: trace, settings: settings)
            return try search.search(guess: first.devicesAtHeight) { count, progress in
                meter.watch(progress, "\(count) devices")
            }
        }
        try results.write(answer)
        if !results.quiet {
            print(CapacityReport(answer, language: results.wishedLanguage).text, terminator: "")
            Terminal.note("\(answer.trials.count) fleets in \(Terminal.duration(seconds: meter.seconds))")
        }
        guard answer.devices != nil else {
            throw CommandError(
                "\(most) devices do not keep the promise; allow more by --most, or promise less")
        }
    }

    private func scenario(
        of count: Int, _ group: DeviceGroup, trace: RecordedTrace?, settings: ServiceSettings?
    ) throws(SimulationError) -> Scenario {
        var group = group
        group.count = count
        var scenario: Scenario
        if let trace {
            scenario = try Scenario.recorded(
                trace, on: [group], plan: settings?.plan(named: "standard") ?? Demand.openPlan,
                quality: asked.quality, hasOwnSteps: !asked.ignoreSteps, seed: asked.seed)
        } else {
            // The callers must not change with the devices.
            let demand = asked.demand(
                profile: drawn.profile, deviceCount: Self.callersOfWave, settings: settings)
            scenario = try Scenario.invented(demand, on: [group], seed: asked.seed)
        }
        asked.apply(settings, to: &scenario)
        return scenario
    }

    /// Half the callers with keys in a wave, where nobody says how many.
    private static let callersOfWave = 500
}
