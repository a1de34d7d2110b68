import Serving

/// Kinds of devices that can be simulated by name.
///
/// The costs are those of the invented floods. The load times are a production trace's: 23 s for a base model and 4 s for
/// an adapter. A measured device's own figures belong into a fleet file.
public enum DeviceProfile: String, Sendable, Hashable, Codable, CaseIterable {
    /// A few CPU cores with a small model: batches save next to nothing.
    case cpuLike = "cpu-like"
    /// A data-centre card with a model of Stable Diffusion's size: batches pay.
    case gpuLike = "gpu-like"
    /// A data-centre card with a model of Stable Diffusion XL's size.
    case gpuLikeLarge = "gpu-like-large"

    /// Such devices, cool under full load, and never broken.
    public func group(count: Int) -> DeviceGroup {
        var group: DeviceGroup
        switch self {
        case .cpuLike:
            group = Scenario.processor
            group.modelLoadSeconds = 2
            group.adapterLoadSeconds = 0.5
            group.heat = DeviceGroup.Heat(idleCelsius: 40, busyCelsius: 75, settlingSeconds: 90)
        case .gpuLike, .gpuLikeLarge:
            group = self == .gpuLike ? Scenario.graphicsCard : Scenario.graphicsCardWithLargeModel
            group.modelLoadSeconds = 23
            group.adapterLoadSeconds = 4
            group.modelSlots = 2
            group.heat = DeviceGroup.Heat(busyCelsius: 72)
        }
        group.name = rawValue
        group.count = count
        return group
    }

    /// The picture that is asked of such a device unless somebody says otherwise, in pixels a side.
    public var usualSide: Int { self == .gpuLikeLarge ? 1024 : 512 }
}

extension DeviceGroup {
    /// The same devices, described beside another group's reference device.
    ///
    /// Prices are those of one reference device, and a device has one speed beside it. What a group truly takes for a step
    /// stays as it is.
    func beside(_ reference: DeviceGroup, shape: PictureShape) throws(SimulationError) -> DeviceGroup {
        let own = try workSeconds(shape)
        let factor = try reference.workSeconds(shape) / own
        var group = self
        group.speed = speed * factor
        group.costPerMegapixel = StepCost(
            baseSeconds: costPerMegapixel.baseSeconds * factor,
            secondsPerEvaluation: costPerMegapixel.secondsPerEvaluation * factor)
        group.finishingSecondsPerMegapixel = finishingSecondsPerMegapixel * factor
        return group
    }

    /// Device-seconds of a picture in `full`, at speed 1.
    func workSeconds(_ shape: PictureShape, recipe: TierRecipe = TierRecipes().full) throws(SimulationError)
        -> Double
    {
        do {
            return try PriceBook(
                settings: PriceSettings(
                    priorCostPerMegapixel: costPerMegapixel,
                    priorFinishingSecondsPerMegapixel: finishingSecondsPerMegapixel)
            ).price(shape, recipe: recipe).workSeconds
        } catch {
            throw SimulationError(.invalidFleet, "devices \(name): \(error.message)", cause: error)
        }
    }
}
