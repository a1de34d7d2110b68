import Serving

extension Scenario {
    /// The picture that the invented floods ask for.
    public static let floodShape = PictureShape(model: "hanji", width: 512, height: 512)
    /// The picture that the wave asks for.
    public static let waveShape = PictureShape(model: "large", width: 1024, height: 1024)

    /// A device like a data-centre card with a model of Stable Diffusion's size at 512 px: batches pay, and a `standard`
    /// picture takes about a third of a second of it.
    public static let graphicsCard = DeviceGroup(
        count: 1, costPerMegapixel: StepCost(baseSeconds: 0.016, secondsPerEvaluation: 0.014),
        finishingSecondsPerMegapixel: 0.08)

    /// A device like a data-centre card with a model of Stable Diffusion XL's size: a `full` picture of a megapixel takes
    /// four seconds.
    public static let graphicsCardWithLargeModel = DeviceGroup(
        count: 1, costPerMegapixel: StepCost(baseSeconds: 0.025, secondsPerEvaluation: 0.06),
        finishingSecondsPerMegapixel: 0.25)

    /// A device like a few CPU cores with a small model: batches save next to nothing, and a `standard` picture takes
    /// some three seconds.
    public static let processor = DeviceGroup(
        count: 1, costPerMegapixel: StepCost(baseSeconds: 0.008, secondsPerEvaluation: 0.3),
        finishingSecondsPerMegapixel: 0.6)

    /// Prices of the invented floods: the guess is half of the truth and has to be learned.
    static func prices(of group: DeviceGroup) -> PriceSettings {
        PriceSettings(
            priorCostPerMegapixel: StepCost(
                baseSeconds: group.costPerMegapixel.baseSeconds / 2,
                secondsPerEvaluation: group.costPerMegapixel.secondsPerEvaluation / 2),
            priorFinishingSecondsPerMegapixel: group.finishingSecondsPerMegapixel / 2)
    }

    /// Invented demand on a fleet.
    ///
    /// The first group is the reference device; see ``DeviceGroup/speed``. Prices begin from half of its truth.
    /// - Throws: ``SimulationError`` where a group's costs cannot be priced.
    public static func invented(
        _ demand: Demand, on fleet: [DeviceGroup], seed: UInt64
    ) throws(SimulationError) -> Scenario {
        guard let first = fleet.first else {
            throw SimulationError(.invalidFleet, "there is no device; name at least one kind")
        }
        let shape = demand.shapes.first ?? floodShape
        var groups = [first]
        for group in fleet.dropFirst() { groups.append(try group.beside(first, shape: shape)) }
        return Scenario(
            name: demand.kind.rawValue, seed: seed, durationSeconds: demand.durationSeconds,
            warmUpSeconds: demand.warmUpSeconds, fleet: groups, crowds: demand.crowds,
            prices: prices(of: first))
    }

    /// What was recorded elsewhere, asked of a fleet.
    ///
    /// - Parameters:
    ///   - plan: what each of the recorded people may.
    ///   - hasOwnSteps: whether requests that name their steps get these, and no tier.
    /// - Throws: ``SimulationError`` where a group's costs cannot be priced.
    public static func recorded(
        _ trace: RecordedTrace, on fleet: [DeviceGroup], plan: Plan = Demand.openPlan,
        quality: Quality = .auto,
        hasOwnSteps: Bool = true, seed: UInt64
    ) throws(SimulationError) -> Scenario {
        var trace = trace
        if !hasOwnSteps {
            for index in trace.requests.indices { trace.requests[index].steps = 0 }
        }
        // A second for the last request to be asked in.
        let demand = Demand(
            kind: .steady, requestsPerSecond: 0, durationSeconds: trace.seconds + 1,
            callerCount: trace.userCount, shapes: trace.shapes, plan: plan)
        var scenario = try invented(demand, on: fleet, seed: seed)
        scenario.name = "recorded"
        scenario.recorded = trace
        scenario.crowds[0].name = "recorded"
        scenario.crowds[0].quality = quality
        scenario.warmUpSeconds = 0
        return scenario
    }

    /// Pictures in `full` that a fleet draws in a second, of shapes that are liked as a demand says.
    /// - Throws: ``SimulationError`` where a group's costs cannot be priced.
    public static func fullPicturesPerSecond(
        _ fleet: [DeviceGroup], _ demand: Demand
    ) throws(SimulationError) -> Double {
        let weights = demand.shapes.indices.map {
            SimulationRun.rankWeight($0 + 1, demand.shapeInequality)
        }
        let total = weights.reduce(0, +)
        var pictures = 0.0
        for group in fleet {
            var work = 0.0
            for (shape, weight) in zip(demand.shapes, weights) {
                work += try group.workSeconds(shape) * weight / total
            }
            pictures += Double(group.count) * group.speed / work
        }
        return pictures
    }

    /// Ten times what the devices can draw, three minutes long, from 200 callers of whom one sends half.
    ///
    /// Before it there is a quarter of an hour of ordinary use, at a third of what the devices can draw, which the figures leave
    /// out. Beside it light callers ask now and then, each for less than a fair share.
    ///
    /// - Parameters:
    ///   - lightQuality: what the light callers ask for.
    ///   - hasFlood: false leaves the light callers alone.
    /// - Throws: ``SimulationError`` where the group's costs cannot be priced.
    public static func flood(
        on group: DeviceGroup = graphicsCard, seed: UInt64, lightQuality: Quality = .auto,
        hasFlood: Bool = true
    ) throws(SimulationError) -> Scenario {
        let plan = Plan(
            name: "key", requestsPerMinute: 100_000, picturesPerDay: 1_000_000, picturesAtOnce: 16)
        var demand = Demand(
            kind: .flood, requestsPerSecond: 0, durationSeconds: 900 + Demand.floodSeconds, callerCount: 200,
            shapes: [floodShape], plan: plan)
        demand.requestsPerSecond = 10 * (try fullPicturesPerSecond([group], demand))
        var scenario = try invented(demand, on: [group], seed: seed)
        scenario.crowds[0].quality = lightQuality
        if !hasFlood { scenario.crowds = [scenario.crowds[0]] }
        return scenario
    }

    /// A wave: within a minute the requests rise to eighty times what they were, some of them from people never seen
    /// before, beside callers with keys who always want more than they get.
    ///
    /// - Parameters:
    ///   - devices: how many devices there are.
    ///   - seconds: how long it lasts; the figures leave out the twelfth before it comes, and its rise.
    ///   - keyCallers: how many callers have keys.
    ///   - load: demand at the height, in parts of what the devices draw in `full`.
    /// - Throws: ``SimulationError`` where the costs cannot be priced.
    public static func wave(
        devices: Int, seconds: Double, keyCallers: Int, load: Double = 12, seed: UInt64
    ) throws(SimulationError) -> Scenario {
        var group = graphicsCardWithLargeModel
        group.count = devices
        var demand = Demand(
            kind: .wave, requestsPerSecond: 0, durationSeconds: seconds, callerCount: keyCallers,
            inequality: 0.3, shapes: [waveShape])
        demand.requestsPerSecond = load * (try fullPicturesPerSecond([group], demand))
        return try invented(demand, on: [group], seed: seed)
    }
}
