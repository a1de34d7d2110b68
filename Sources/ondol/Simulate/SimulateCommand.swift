import ArgumentParser
import Simulation

/// Simulates a service in a flood.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Simulates a service when everyone comes at once, by the code that serves, and reports how it went.",
        discussion:
            "Nothing is drawn: devices are numbers, and an hour takes seconds. The report says what was promised and kept, "
            + "who waited how long, and who was turned away why; with --html it has plots. Docs/simulation.md explains it."
    )

    /// Whom the service is compared with.
    enum Rival: String, ExpressibleByArgument, CaseIterable {
        /// First come, first served, without limits.
        case fifo
    }

    @OptionGroup(title: "Demand") var asked: DemandOptions
    @OptionGroup(title: "Devices") var drawn: FleetOptions

    @Option(help: "How many devices, 1 to 100000; 1 in a flood, 40 for newcomers, 8 otherwise.")
    var devices: Int?

    @Option(
        help: "Demand at the height in parts of what the devices draw in full; 10 in a flood, 12 in a wave.")
    var load: Double?

    @Option(help: "Run first come, first served beside it: fifo.")
    var compare: Rival?

    @Option(help: ArgumentHelp("A page with plots to write.", valueName: "file"))
    var html: String?

    @Flag(help: "Put the time it took into the JSON file, which then differs from run to run.")
    var timed = false

    @OptionGroup(title: "Results") var results: ReportOptions

    func validate() throws {
        guard (1...100_000).contains(devices ?? 1) else {
            throw ValidationError("--devices must be 1 to 100000")
        }
        guard (0.001...1000).contains(load ?? 1) else {
            throw ValidationError("--load must be 0.001 to 1000")
        }
        guard devices == nil || drawn.fleet == nil else {
            throw ValidationError("--fleet says how many devices there are; leave out --devices")
        }
        guard load == nil || asked.requestsPerSecond == nil && asked.people == nil && asked.recorded == nil
        else {
            throw ValidationError(
                "--load says how much is asked for, and so does the other option; name one of them")
        }
        guard !timed || results.json != nil else { throw ValidationError("--timed needs --json") }
    }

    func run() throws {
        try results.checkFiles([(html, "simulation.html")])
        let scenario = try scenario()
        Interruption.watch()
        let meter = SimulationMeter(isQuiet: results.quiet)
        var reports: [SimulationReport] = []
        for policy in [Scenario.Policy.ondol] + (compare == nil ? [] : [.firstComeFirstServed]) {
            reports.append(try simulate(scenario.with(policy: policy), meter))
        }
        let seconds = meter.seconds
        let language = results.wishedLanguage
        if !results.quiet { print(TextReport(reports, language: language).text, terminator: "") }
        if let html {
            let page = HTMLReport(reports, scenario: scenario, language: language).html
            try ReportOptions.write(Array(page.utf8), to: html)
            results.note("wrote \(html)")
        }
        let requests = reports.reduce(0) { $0 + $1.allRequests }
        let speed = Double(requests) / max(seconds, 1e-9)
        try results.write(
            SimulationFigures(
                reports: reports, wallSeconds: timed ? seconds : nil,
                requestsPerWallSecond: timed ? speed : nil))
        results.note(
            "\(requests) requests in \(Terminal.duration(seconds: seconds)), \(Terminal.fixed(speed, 0)) a second"
        )
    }

    private func simulate(_ scenario: Scenario, _ meter: SimulationMeter) throws -> SimulationReport {
        defer { meter.end() }
        let label = scenario.policy == .ondol ? "Ondol" : "first come, first served"
        return try SimulationFailure.translated { () throws(SimulationError) in
            try scenario.run { meter.watch($0, label) }
        }
    }

    /// What is simulated.
    private func scenario() throws -> Scenario {
        let settings = try asked.serviceSettings()
        let kind = asked.kind
        let fleet = try drawn.groups(count: devices ?? (kind == .flood ? 1 : kind == .newcomers ? 40 : 8))
        return try SimulationFailure.translated { () throws in
            var scenario: Scenario
            if let trace = try asked.trace() {
                scenario = try Scenario.recorded(
                    trace, on: fleet, plan: settings?.plan(named: "standard") ?? Demand.openPlan,
                    quality: asked.quality, hasOwnSteps: !asked.ignoreSteps, seed: asked.seed)
            } else {
                let count = fleet.reduce(0) { $0 + $1.count }
                var demand = asked.demand(profile: drawn.profile, deviceCount: count, settings: settings)
                if demand.requestsPerSecond == 0 || load != nil {
                    let pictures = try Scenario.fullPicturesPerSecond(fleet, demand)
                    demand.requestsPerSecond =
                        (load ?? demand.usualLoad) * pictures / demand.picturesPerRequest
                }
                scenario = try Scenario.invented(demand, on: fleet, seed: asked.seed)
            }
            asked.apply(settings, to: &scenario)
            try scenario.validate()
            return scenario
        }
    }
}

/// What goes into the JSON file.
struct SimulationFigures: Encodable {
    /// One for each who decided: Ondol, and first come, first served where it was compared.
    let reports: [SimulationReport]
    /// Seconds that the simulations took.
    let wallSeconds: Double?
    /// Simulated requests for each of them.
    let requestsPerWallSecond: Double?
}

/// What can go wrong in a simulation, as a command tells it.
enum SimulationFailure {
    /// The same with an error that the command line knows.
    static func translated<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as SimulationError {
            if error.code == .cancelled { throw CancellationError() }
            throw CommandError(error.message)
        }
    }
}
