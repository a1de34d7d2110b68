/// What prices begin from before anything was measured, and how batches are sized by them.
public struct PriceSettings: Sendable, Hashable, Codable {
    /// The guess for a picture of one megapixel on a device that was never measured.
    public var priorCostPerMegapixel: StepCost
    /// The guess for reading a prompt and making the latents into a picture, for each megapixel.
    public var priorFinishingSecondsPerMegapixel: Double
    /// The most rows a batch may have; memory sets it.
    public var rowLimit: Int
    /// The share by which one row more must raise throughput.
    public var leastRowGain: Double
    /// How many times as long as a lone row's step a full batch's step may take.
    public var longestStretch: Double
    /// The most shapes kept; beyond it new shapes are priced from their like and not learned. A caller chooses sizes, and
    /// must not be able to fill memory with them.
    public var shapeLimit: Int

    /// Makes settings; the defaults suit a small model on a few CPU cores.
    public init(
        priorCostPerMegapixel: StepCost = StepCost(baseSeconds: 0.05, secondsPerEvaluation: 0.5),
        priorFinishingSecondsPerMegapixel: Double = 0.5,
        rowLimit: Int = 8,
        leastRowGain: Double = 0.02,
        longestStretch: Double = 1.6,
        shapeLimit: Int = 1024
    ) {
        self.priorCostPerMegapixel = priorCostPerMegapixel
        self.priorFinishingSecondsPerMegapixel = priorFinishingSecondsPerMegapixel
        self.rowLimit = rowLimit
        self.leastRowGain = leastRowGain
        self.longestStretch = longestStretch
        self.shapeLimit = shapeLimit
    }

    /// Throws ``ServingError`` naming the first setting that is out of range.
    public func validate() throws(ServingError) {
        try ServingError.require(
            priorFinishingSecondsPerMegapixel >= 0 && priorFinishingSecondsPerMegapixel.isFinite,
            "priorFinishingSecondsPerMegapixel", "a finite number of seconds, 0 or more")
        try ServingError.require((1...64).contains(rowLimit), "rowLimit", "between 1 and 64 rows")
        try ServingError.require((0...1).contains(leastRowGain), "leastRowGain", "between 0 and 1")
        try ServingError.require(
            (1...16).contains(longestStretch), "longestStretch", "between 1 and 16")
        try ServingError.require(shapeLimit >= 1, "shapeLimit", "at least 1")
    }
}
