/// Where requests are taken, lowered or turned away, and where the line is kept.
///
/// A value without clock, lock or I/O: each method takes what happened and when, and says what follows. Whoever owns it
/// guards it with a lock, writes what it decided to the store, and then acts. A decision costs some microseconds however
/// long the line is. The jobs themselves live in the store; the desk keeps only the sums that decisions need, and is made
/// again from ``Memory`` and the waiting jobs' terms when the service starts.
public struct AdmissionDesk: Sendable {
    /// What outlives a restart beside the jobs; a store keeps it as one row.
    public struct Memory: Sendable, Hashable, Codable {
        /// What pictures cost.
        public var prices: PriceBook
        /// The fair clock.
        public var clock = FairClock()
        /// What `auto` gives.
        public var tiers: TierController
        /// How promises turned out.
        public var calibration: RangeCalibration
        /// How much work passes a place on its way.
        public var overtaking = OvertakingRate()
        /// How much is asked for.
        public var demand = DemandMeter()
        /// The number of the next job or ticket.
        public var nextNumber: UInt64 = 1

        /// Begins without experience.
        public init(prices: PriceBook, tiers: TierController, calibration: RangeCalibration) {
            self.prices = prices
            self.tiers = tiers
            self.calibration = calibration
        }
    }

    /// The bounds.
    public let settings: AdmissionSettings
    /// How each tier is drawn.
    public let recipes: TierRecipes
    /// What a store keeps.
    public internal(set) var memory: Memory
    /// The devices; whoever watches them says what they can do.
    public var capacity = FleetCapacity()
    /// Seconds of work for each device that a forecast expects to wait soon with each tier; lowers `auto` before the line
    /// is long.
    public var expectedLoad = TierLoads(always: 0)
    /// The jobs that wait.
    public internal(set) var queue = WorkIndex()
    /// Jobs being drawn.
    public internal(set) var drawingCount = 0

    var tickets = TicketOffice()

    /// Makes a desk.
    ///
    /// Tickets that were out are honoured, since accounts hold them, but no longer counted on.
    ///
    /// - Parameters:
    ///   - waiting: the terms of the jobs that the store has waiting, in any order.
    ///   - drawingCount: how many jobs are leased by workers that outlived the restart.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(
        settings: AdmissionSettings = AdmissionSettings(), recipes: TierRecipes = TierRecipes(),
        memory: Memory, waiting: [JobTerms] = [], drawingCount: Int = 0
    ) throws(ServingError) {
        try settings.validate()
        try recipes.validate()
        self.settings = settings
        self.recipes = recipes
        self.memory = memory
        self.drawingCount = max(0, drawingCount)
        for terms in waiting {
            queue.insert(terms.place, workSeconds: terms.price.workSeconds)
            self.memory.nextNumber = max(self.memory.nextNumber, terms.place.number + 1)
        }
    }

    /// Seconds of waiting work for each device.
    public var loadSeconds: Double {
        capacity.workPerSecond > 0 ? queue.workSeconds / capacity.workPerSecond : .infinity
    }

    /// Seconds of work for each device that wait now, or will in ``lookAheadSeconds`` if people go on asking as they do and
    /// get a tier.
    func loadSeconds(givenTo tier: Tier, at now: Moment) -> Double {
        guard capacity.workPerSecond > 0 else { return .infinity }
        let asked = memory.demand.workPerSecond(at: now) * workShare(of: tier) / capacity.workPerSecond
        return max(loadSeconds + max(0, asked - 1) * Self.lookAheadSeconds, expectedLoad[tier])
    }

    /// The work of a tier beside that of `full`.
    func workShare(of tier: Tier) -> Double { recipes[tier].evaluations / recipes.full.evaluations }

    /// How far ahead load is reckoned: about what it takes until a lower tier shows in the line.
    static let lookAheadSeconds = 15.0

    /// How many jobs are served before a place.
    public func position(of place: QueuePlace) -> Int { queue.count(before: place) }

    // MARK: what the fair clock says about waiting

    /// The guess, in seconds, of how long a job at a place waits until a device takes it.
    ///
    /// - Parameters:
    ///   - ownWorkSeconds: work of the same request that is not in the line yet and goes first.
    ///   - arrivals: what the place's caller has put into the line lately.
    ///   - countsTickets: whether those who hold tickets for earlier places are expected to come.
    func waitSeconds(
        at place: QueuePlace, ownWorkSeconds: Double = 0, arrivals: OwnArrivals? = nil, drawSeconds: Double,
        countsTickets: Bool, now: Moment
    ) -> Double {
        var ahead = queue.workSeconds(before: place) + ownWorkSeconds
        if countsTickets { ahead += tickets.workSeconds(before: place) }
        let workPerSecond = capacity.workPerSecond
        guard workPerSecond > 0 else { return .infinity }
        let freeSeats = capacity.seats - drawingCount
        if freeSeats > queue.count, ahead <= 0 { return 0 }
        let lag = place.tag - memory.clock.virtualTime
        let passing = memory.overtaking.passing(beforeLag: lag, without: arrivals, at: now)
        let nextSeat = drawSeconds / Double(capacity.seats + 1)
        return passing.waitSeconds(ahead: ahead, capacity: workPerSecond) + (freeSeats > 0 ? 0 : nextSeat)
    }

    /// The time that is left for a job that waits.
    /// - Parameter arrivals: what its caller has put into the line lately, as its account says.
    public func timeLeft(_ terms: JobTerms, arrivals: OwnArrivals? = nil, at now: Moment) -> TimeRange {
        let draw = drawSeconds(terms.price)
        let wait = waitSeconds(
            at: terms.place, arrivals: arrivals, drawSeconds: draw, countsTickets: true, now: now)
        return memory.calibration.promise(
            waitSeconds: min(wait, 86400), drawSeconds: draw, isPassable: isPassable(terms.place), at: now
        ).range
    }

    /// The time that is left for a job that is being drawn.
    ///
    /// - Parameter remainingSeconds: what its device makes of it: steps left times what a step takes now, and finishing.
    public func timeLeft(drawingFor remainingSeconds: Double, at now: Moment) -> TimeRange {
        promise(drawingFor: remainingSeconds, at: now).range
    }

    /// A promise about a job that is being drawn, to be held against what happened by ``observe(_:takenSeconds:)``.
    public func promise(drawingFor remainingSeconds: Double, at now: Moment) -> Promise {
        memory.calibration.promise(
            waitSeconds: 0, drawSeconds: max(remainingSeconds, 1e-3), isDrawing: true, at: now)
    }

    /// Learns what became of a promise about a job being drawn.
    public mutating func observe(_ promise: Promise, takenSeconds: Double) {
        memory.calibration.observe(promise, takenSeconds: takenSeconds)
    }

    func isPassable(_ place: QueuePlace) -> Bool { place.tag > memory.clock.virtualTime }

    func drawSeconds(_ price: Price) -> Double {
        // Where nobody waits and seats are free, batches are small and steps short.
        let isQuiet = queue.isEmpty && drawingCount * 2 < capacity.seats
        return (isQuiet ? price.aloneSeconds : price.drawSeconds) / capacity.meanSpeed
    }
}
