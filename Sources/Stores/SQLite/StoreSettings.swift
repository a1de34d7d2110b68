/// The bounds of a store.
public struct StoreSettings: Hashable, Sendable {
    /// How often a job may be lost by a worker, or fail and be tried again, before it fails for good.
    public var attemptLimit: Int
    /// The longest term of a lease, in seconds.
    public var longestLeaseSeconds: Double
    /// How far apart two sweeps of leases may be, in seconds, before the clock is taken to have jumped.
    public var leaseSweepToleranceSeconds: Double
    /// The same for sweeps of what is past its time.
    public var retentionToleranceSeconds: Double
    /// How old a file must be before it is taken for nobody's, in seconds.
    public var orphanSeconds: Double
    /// How much of the disk pictures leave to the database, in bytes.
    public var reserveBytes: Int
    /// How long to wait for another program that writes to the database, in seconds.
    public var busySeconds: Double
    /// How many reads run at once.
    public var readerCount: Int
    /// Whether the whole database is looked through when it is opened; about a second for each GiB.
    public var checksAtOpen: Bool

    /// Makes settings.
    public init(
        attemptLimit: Int = 5, longestLeaseSeconds: Double = 120, leaseSweepToleranceSeconds: Double = 30,
        retentionToleranceSeconds: Double = 600, orphanSeconds: Double = 3600, reserveBytes: Int = 64 << 20,
        busySeconds: Double = 5, readerCount: Int = 4, checksAtOpen: Bool = true
    ) {
        self.attemptLimit = attemptLimit
        self.longestLeaseSeconds = longestLeaseSeconds
        self.leaseSweepToleranceSeconds = leaseSweepToleranceSeconds
        self.retentionToleranceSeconds = retentionToleranceSeconds
        self.orphanSeconds = orphanSeconds
        self.reserveBytes = reserveBytes
        self.busySeconds = busySeconds
        self.readerCount = readerCount
        self.checksAtOpen = checksAtOpen
    }

    /// Throws ``StoresError`` with code `invalidArgument`, naming the first setting that is out of range.
    public func validate() throws(StoresError) {
        func require(_ isMet: Bool, _ setting: String, _ rule: String) throws(StoresError) {
            guard isMet else {
                throw StoresError(.invalidArgument, "\(setting) must be \(rule); set it so")
            }
        }
        try require((1...100).contains(attemptLimit), "attemptLimit", "between 1 and 100")
        for (name, value) in [
            ("longestLeaseSeconds", longestLeaseSeconds),
            ("leaseSweepToleranceSeconds", leaseSweepToleranceSeconds),
            ("retentionToleranceSeconds", retentionToleranceSeconds),
        ] {
            try require((1...86_400).contains(value), name, "between 1 second and a day")
        }
        try require((0...86_400).contains(orphanSeconds), "orphanSeconds", "between 0 seconds and a day")
        try require((0...1 << 40).contains(reserveBytes), "reserveBytes", "between 0 and 1 TiB")
        try require((0...60).contains(busySeconds), "busySeconds", "between 0 and 60 seconds")
        try require((1...64).contains(readerCount), "readerCount", "between 1 and 64")
    }
}
