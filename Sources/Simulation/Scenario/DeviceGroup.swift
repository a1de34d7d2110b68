import Serving

/// Devices of one kind.
public struct DeviceGroup: Sendable, Hashable, Codable {
    /// How a device warms up: its temperature goes towards what its load makes of it.
    public struct Heat: Sendable, Hashable, Codable {
        /// Temperature without load, in °C.
        public var idleCelsius: Double
        /// Temperature that full load leads to, in °C.
        public var busyCelsius: Double
        /// Seconds in which two thirds of the way are gone.
        public var settlingSeconds: Double
        /// The thresholds.
        public var guardSettings: HeatGuard.Settings

        /// Makes a heat model.
        public init(
            idleCelsius: Double = 35, busyCelsius: Double, settlingSeconds: Double = 60,
            guardSettings: HeatGuard.Settings = HeatGuard.Settings()
        ) {
            self.idleCelsius = idleCelsius
            self.busyCelsius = busyCelsius
            self.settlingSeconds = settlingSeconds
            self.guardSettings = guardSettings
        }
    }

    /// What the devices are called in reports.
    public var name: String
    /// How many there are.
    public var count: Int
    /// How fast one is beside the reference device.
    public var speed: Double
    /// What a step of one megapixel truly costs on the reference device.
    public var costPerMegapixel: StepCost
    /// What reading a prompt and decoding one megapixel truly costs, in seconds on the reference device.
    public var finishingSecondsPerMegapixel: Double
    /// How much step times vary, as a share.
    public var stepJitter: Double
    /// Seconds between two breakdowns of one device, on the average; nil where it never breaks.
    public var meanSecondsBetweenFailures: Double?
    /// How long it is gone then, in seconds.
    public var repairSeconds: Double
    /// How it warms up; nil where it stays cool.
    public var heat: Heat?
    /// How long a base model takes to load, in seconds, whatever the device's speed.
    public var modelLoadSeconds: Double
    /// How long an adapter takes to load onto its base model, in seconds.
    public var adapterLoadSeconds: Double
    /// How many base models fit into one device's memory.
    public var modelSlots: Int
    /// How many adapters fit beside them.
    public var adapterSlots: Int

    /// Makes a group.
    public init(
        name: String = "device", count: Int, speed: Double = 1, costPerMegapixel: StepCost,
        finishingSecondsPerMegapixel: Double = 0,
        stepJitter: Double = 0.03, meanSecondsBetweenFailures: Double? = nil, repairSeconds: Double = 60,
        heat: Heat? = nil, modelLoadSeconds: Double = 0, adapterLoadSeconds: Double = 0, modelSlots: Int = 1,
        adapterSlots: Int = 4
    ) {
        self.name = name
        self.count = count
        self.speed = speed
        self.costPerMegapixel = costPerMegapixel
        self.finishingSecondsPerMegapixel = finishingSecondsPerMegapixel
        self.stepJitter = stepJitter
        self.meanSecondsBetweenFailures = meanSecondsBetweenFailures
        self.repairSeconds = repairSeconds
        self.heat = heat
        self.modelLoadSeconds = modelLoadSeconds
        self.adapterLoadSeconds = adapterLoadSeconds
        self.modelSlots = modelSlots
        self.adapterSlots = adapterSlots
    }

    func validate() throws(SimulationError) {
        try SimulationError.require(count >= 0, "count of a device group", "0 or more")
        try SimulationError.require(
            speed >= 1e-3 && speed <= 1e3, "speed of a device group", "between 0.001 and 1000")
        for (name, seconds) in [
            ("modelLoadSeconds", modelLoadSeconds), ("adapterLoadSeconds", adapterLoadSeconds),
        ] {
            try SimulationError.require(
                (0...3600).contains(seconds), name, "between 0 seconds and an hour")
        }
        for (name, slots) in [("modelSlots", modelSlots), ("adapterSlots", adapterSlots)] {
            try SimulationError.require((1...64).contains(slots), name, "between 1 and 64")
        }
        try SimulationError.require((0...0.3).contains(stepJitter), "stepJitter", "between 0 and 0.3")
        try SimulationError.require(
            finishingSecondsPerMegapixel >= 0 && finishingSecondsPerMegapixel.isFinite,
            "finishingSecondsPerMegapixel", "0 or more")
        try SimulationError.require(
            meanSecondsBetweenFailures.map { $0 >= 1 } ?? true, "meanSecondsBetweenFailures", "at least 1")
        try SimulationError.require(
            repairSeconds > 0 && repairSeconds <= 86400 * 31, "repairSeconds", "above 0, at most a month")
        try SimulationError.require(
            heat.map { $0.settlingSeconds > 0 } ?? true, "settlingSeconds", "above 0")
        try SimulationError.require(
            heat.map { (-50...150).contains($0.idleCelsius) && (-50...200).contains($0.busyCelsius) } ?? true,
            "idleCelsius and busyCelsius", "temperatures that a chip can have")
    }
}
