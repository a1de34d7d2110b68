import ArgumentParser
import Service
import Serving
import Simulation

extension Demand.Kind: ExpressibleByArgument {}
extension Quality: ExpressibleByArgument {}

/// What is asked for in a simulation.
struct DemandOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "What comes: flood (far more than can be drawn, for three minutes, half of it from one caller), steady, "
                + "daily (quiet at night, most in the evening), wave (eighty times as much within a minute), newcomers "
                + "(a million people within an hour).", valueName: "demand"))
    var kind = Demand.Kind.flood

    @Option(
        help: ArgumentHelp(
            "Requests from a CSV file instead, with a heading: time,user and any of size,steps,count,model,adapter.",
            valueName: "file"))
    var recorded: String?

    @Flag(help: "The steps that are recorded do not count; the tier says them.")
    var ignoreSteps = false

    @Option(help: "Minutes that people come; 18 in a flood, 1440 daily, 60 otherwise.")
    var minutes: Double?

    @Option(help: "Requests a second at the height.")
    var requestsPerSecond: Double?

    @Option(help: "How many newcomers, one request each; one million unless given.")
    var people: Int?

    @Option(help: "Callers with keys; 200 in a flood, twice the devices in a wave, 1000 otherwise.")
    var callers: Int?

    @Option(
        help:
            "How unequal they are, 0 to 4: the n-th asks n to the power of minus this as often as the first.")
    var inequality: Double?

    @Option(help: "Height and width of a picture in pixels; 1024 for gpu-like-large, 512 otherwise.")
    var size: Int?

    @Option(help: "Different models, the first by far the best liked; devices load them when they need them.")
    var models = 1

    @Option(help: "The share of requests that ask for four pictures instead of one.")
    var several = 0.0

    @Option(help: "What callers ask for: auto, high, medium, low.")
    var quality = Quality.auto

    @Option(help: "The share of those turned away who come back when they are told to, with their ticket.")
    var returning = 0.7

    @Option(help: "The share of those turned away who ask again within seconds, whatever was said.")
    var impatient = 0.15

    @Option(help: "Seconds after which somebody leaves, or as long as was promised if that is longer.")
    var patience = 120.0

    @Option(help: "All chance follows from it: the same seed gives the same bytes.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "A service's settings: its plans (visitor for newcomers, standard for the others), tiers, admission.",
            valueName: "file"))
    var settings: String?

    func validate() throws {
        func require(_ isMet: Bool, _ text: String) throws {
            guard isMet else { throw ValidationError(text) }
        }
        try require((0.5...44_640).contains(minutes ?? 1), "--minutes must be 0.5 to 44640, a month")
        try require(
            kind != .flood || recorded != nil || (minutes ?? 18) >= 4,
            "--minutes must be 4 or more in a flood: its last three are the flood")
        try require(
            (0.001...1e6).contains(requestsPerSecond ?? 1), "--requests-per-second must be 0.001 to 1000000")
        try require((1...50_000_000).contains(people ?? 1), "--people must be 1 to 50000000")
        try require((1...5_000_000).contains(callers ?? 1), "--callers must be 1 to 5000000")
        try require((0...4).contains(inequality ?? 0), "--inequality must be 0 to 4")
        try require((64...8192).contains(size ?? 512), "--size must be 64 to 8192")
        try require((1...1000).contains(models), "--models must be 1 to 1000")
        try require((0...1).contains(several), "--several must be 0 to 1")
        for (name, share) in [("--returning", returning), ("--impatient", impatient)] {
            try require((0...1).contains(share), "\(name) must be 0 to 1")
        }
        try require(returning + impatient <= 1, "--returning and --impatient must be 1 or less together")
        try require((1...86_400).contains(patience), "--patience must be 1 to 86400")
        try require(people == nil || kind == .newcomers, "--people is about newcomers; ask for that demand")
        try require(
            people == nil || requestsPerSecond == nil,
            "--people and --requests-per-second say the same; name one")
        try require(!ignoreSteps || recorded != nil, "--ignore-steps needs --recorded")
        let invented: [(String, Bool)] = [
            ("--minutes", minutes != nil), ("--requests-per-second", requestsPerSecond != nil),
            ("--people", people != nil), ("--callers", callers != nil), ("--inequality", inequality != nil),
            ("--size", size != nil), ("--models", models != 1), ("--several", several != 0),
        ]
        if recorded != nil, let option = invented.first(where: \.1) {
            throw ValidationError("\(option.0) is about invented demand, and --recorded names a recording")
        }
    }

    /// The recording, where one is named.
    /// - Throws: ``CommandError`` where it cannot be read or used.
    func trace() throws -> RecordedTrace? {
        guard let recorded else { return nil }
        let bytes = try InputFile.bytes(
            recorded, maximumBytes: RecordedTrace.Bounds().bytes, kind: "recording")
        do { return try RecordedTrace(csv: bytes) } catch {
            throw CommandError("\(recorded): \(error.message)")
        }
    }

    /// The service's settings, where they are named.
    func serviceSettings() throws -> ServiceSettings? {
        guard let settings else { return nil }
        let text = try InputFile.text(
            settings, maximumBytes: ServiceSettings.maximumFileBytes, kind: "settings")
        do { return try ServiceSettings(toml: text) } catch {
            throw CommandError("\(settings): \(error.message)")
        }
    }

    /// The demand, before its height is known.
    func demand(profile: DeviceProfile, deviceCount: Int, settings: ServiceSettings?) -> Demand {
        let side = size ?? profile.usualSide
        let shapes = (1...models).map {
            PictureShape(model: models == 1 ? "model" : "model\($0)", width: side, height: side)
        }
        // In fiftieths, of which as many ask for four.
        let four = Int((several * 50).rounded())
        let usualMinutes = kind == .flood ? 18.0 : kind == .daily ? 1440 : 60
        let usualCallers = kind == .flood ? 200 : kind == .wave ? 2 * deviceCount : 1000
        var demand = Demand(
            kind: kind, requestsPerSecond: requestsPerSecond ?? 0,
            durationSeconds: (minutes ?? usualMinutes) * 60, callerCount: callers ?? usualCallers,
            inequality: inequality ?? (kind == .wave ? 0.3 : 0.9), shapes: shapes,
            pictureCounts: four == 0 ? [1] : (0..<50).map { $0 < four ? 4 : 1 }, quality: quality,
            returnShare: returning, impatientShare: impatient, patienceSeconds: patience)
        if let settings {
            demand.plan = settings.plan(named: ServiceSettings.standardPlan)
            demand.visitorPlan = settings.plan(named: settings.visitors.plan)
        } else if kind == .flood {
            demand.plan.picturesAtOnce = 16
        }
        if kind == .newcomers, requestsPerSecond == nil {
            demand.requestsPerSecond = demand.height(ofPeople: people ?? 1_000_000)
        }
        return demand
    }

    /// What a service's settings change in a scenario beside the plans.
    func apply(_ settings: ServiceSettings?, to scenario: inout Scenario) {
        guard let settings else { return }
        scenario.admission = settings.admission
        scenario.tiers = settings.tiers
        scenario.recipes = settings.recipes
        scenario.prices.rowLimit = settings.drawing.batchRows
    }
}
