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

    /// Pictures in `full` that a group draws in a second.
    static func fullPicturesPerSecond(_ group: DeviceGroup, _ shape: PictureShape = floodShape) throws
        -> Double
    {
        var prices = PriceSettings(priorCostPerMegapixel: group.costPerMegapixel)
        prices.priorFinishingSecondsPerMegapixel = group.finishingSecondsPerMegapixel
        let price = try PriceBook(settings: prices).price(shape, recipe: TierRecipes().full)
        return Double(group.count) * group.speed / price.workSeconds
    }

    /// Ten times what the devices can draw, three minutes long, from 200 callers of whom one sends half.
    ///
    /// Before it there is a quarter of an hour of ordinary use, at a third of what the devices can draw, which the figures leave
    /// out. Beside it light callers ask now and then, each for less than a fair share.
    ///
    /// - Parameters:
    ///   - lightQuality: what the light callers ask for.
    ///   - hasFlood: false leaves the light callers alone.
    /// - Throws: ``ServingError`` where the group's costs cannot be priced.
    public static func flood(
        on group: DeviceGroup = graphicsCard, seed: UInt64, lightQuality: Quality = .auto,
        hasFlood: Bool = true
    ) throws -> Scenario {
        let capacity = try fullPicturesPerSecond(group)
        let plan = Plan(
            name: "key", requestsPerMinute: 100_000, picturesPerDay: 1_000_000, picturesAtOnce: 16)
        let quiet = 900.0
        func from(_ start: Double, _ requestsPerSecond: Double) -> [Crowd.RatePoint] {
            start == 0
                ? [.init(seconds: 0, requestsPerSecond: requestsPerSecond)]
                : [
                    .init(seconds: start, requestsPerSecond: 0),
                    .init(seconds: start + 1, requestsPerSecond: requestsPerSecond),
                ]
        }
        // All light callers together ask for a twentieth of what can be drawn.
        var crowds = [
            Crowd(
                name: "light", callerCount: 20, rate: from(0, capacity / 20), plan: plan,
                quality: lightQuality,
                shapes: [floodShape])
        ]
        if hasFlood {
            crowds.append(
                Crowd(
                    name: "ordinary", callerCount: 30,
                    rate: [
                        .init(seconds: 0, requestsPerSecond: capacity / 3),
                        .init(seconds: quiet, requestsPerSecond: capacity / 3),
                        .init(seconds: quiet + 1, requestsPerSecond: 0),
                    ], plan: plan, shapes: [floodShape]))
            crowds.append(
                Crowd(
                    name: "heavy", callerCount: 1, rate: from(quiet, 5 * capacity), plan: plan,
                    shapes: [floodShape]))
            crowds.append(
                Crowd(
                    name: "many", callerCount: 199, rate: from(quiet, 5 * capacity), plan: plan,
                    shapes: [floodShape]))
        }
        return Scenario(
            name: "flood", seed: seed, durationSeconds: quiet + 180, warmUpSeconds: quiet, fleet: [group],
            crowds: crowds, prices: prices(of: group))
    }

    /// A wave: within a minute the requests rise to eighty times what they were, most of them from people never seen
    /// before, beside callers with keys who always want more than they get.
    ///
    /// - Parameters:
    ///   - devices: how many devices there are.
    ///   - seconds: how long it lasts; the first twelfth is left out of the figures.
    ///   - keyCallers: how many callers have keys.
    ///   - load: demand at the height, in parts of what the devices draw in `full`.
    /// - Throws: ``ServingError`` where the costs cannot be priced.
    public static func wave(
        devices: Int, seconds: Double, keyCallers: Int, load: Double = 12, seed: UInt64
    ) throws -> Scenario {
        var group = graphicsCardWithLargeModel
        group.count = devices
        let peak = load * (try fullPicturesPerSecond(group, waveShape))
        let rise = min(60, seconds / 12)
        func wave(_ share: Double) -> [Crowd.RatePoint] {
            [
                .init(seconds: 0, requestsPerSecond: share * peak / 80),
                .init(seconds: rise, requestsPerSecond: share * peak),
                .init(seconds: seconds, requestsPerSecond: share * peak),
            ]
        }
        let key = Plan(
            name: "key", requestsPerMinute: 100_000, picturesPerDay: 10_000_000, picturesAtOnce: 64)
        let crowds = [
            Crowd(
                name: "newcomers", callerCount: nil, rate: wave(0.1), plan: .visitor, shapes: [waveShape]),
            Crowd(
                name: "keys", callerCount: keyCallers, inequality: 0.3, rate: wave(0.9), plan: key,
                shapes: [waveShape]),
        ]
        return Scenario(
            name: "wave", seed: seed, durationSeconds: seconds, warmUpSeconds: 2 * rise, fleet: [group],
            crowds: crowds, prices: prices(of: group))
    }
}
