import Serving

/// What is simulated: who asks, what draws, and for how long.
public struct Scenario: Sendable, Hashable, Codable {
    /// Who decides.
    public enum Policy: String, Sendable, Hashable, Codable, CaseIterable {
        /// The `Serving` room.
        case ondol
        /// Everybody is taken and served in the order they came, in `full`; nobody notices who has left.
        case firstComeFirstServed
    }

    /// A name for reports.
    public var name: String
    /// All chance follows from it.
    public var seed: UInt64
    /// How long people come, in seconds.
    public var durationSeconds: Double
    /// The part at the beginning that figures leave out, in seconds: until the devices are busy.
    public var warmUpSeconds: Double
    /// The devices.
    public var fleet: [DeviceGroup]
    /// The people.
    public var crowds: [Crowd]
    /// What people asked for elsewhere, asked for again by the first crowd; nil where all demand is invented.
    public var recorded: RecordedTrace?
    /// Who decides.
    public var policy: Policy
    /// What prices begin from; it may be wrong, since prices learn.
    public var prices: PriceSettings
    /// The bounds of admission.
    public var admission: AdmissionSettings
    /// When `auto` is lowered.
    public var tiers: TierController.Settings
    /// The bounds of batches.
    public var batches: BatchPlanner.Settings
    /// How each tier is drawn.
    public var recipes: TierRecipes
    /// What is reported as kept: a picture within so many seconds from the first time it was asked for.
    public var promiseSeconds: Double

    /// Makes a scenario.
    public init(
        name: String, seed: UInt64, durationSeconds: Double, warmUpSeconds: Double = 0, fleet: [DeviceGroup],
        crowds: [Crowd], recorded: RecordedTrace? = nil, policy: Policy = .ondol,
        prices: PriceSettings = PriceSettings(),
        admission: AdmissionSettings = AdmissionSettings(),
        tiers: TierController.Settings = TierController.Settings(),
        batches: BatchPlanner.Settings = BatchPlanner.Settings(), recipes: TierRecipes = TierRecipes(),
        promiseSeconds: Double = 60
    ) {
        self.name = name
        self.seed = seed
        self.durationSeconds = durationSeconds
        self.warmUpSeconds = warmUpSeconds
        self.fleet = fleet
        self.crowds = crowds
        self.recorded = recorded
        self.policy = policy
        self.prices = prices
        self.admission = admission
        self.tiers = tiers
        self.batches = batches
        self.recipes = recipes
        self.promiseSeconds = promiseSeconds
    }

    /// The same with another who decides.
    public func with(policy: Policy) -> Scenario {
        var scenario = self
        scenario.policy = policy
        return scenario
    }

    /// Throws ``SimulationError`` naming the first part that is out of range.
    public func validate() throws(SimulationError) {
        try SimulationError.require(
            durationSeconds > 0 && durationSeconds <= 31 * 86400, "durationSeconds",
            "above 0, at most a month")
        try SimulationError.require(
            warmUpSeconds >= 0 && warmUpSeconds < durationSeconds, "warmUpSeconds",
            "0 or more and less than durationSeconds")
        try SimulationError.require(
            fleet.reduce(0) { $0 + max(0, $1.count) } <= 100_000 && !fleet.isEmpty, "fleet",
            "between one group and 100000 devices")
        try SimulationError.require((1...100).contains(crowds.count), "crowds", "between 1 and 100 crowds")
        try SimulationError.require(
            promiseSeconds > 0 && promiseSeconds <= 86400, "promiseSeconds", "above 0 and at most a day")
        if let recorded { try recorded.validate(for: crowds[0]) }
        for group in fleet { try group.validate() }
        for crowd in crowds { try crowd.validate() }
    }
}
