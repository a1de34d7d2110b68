import Serving

/// The bounds of a worker.
public struct WorkerSettings: Sendable, Hashable {
    /// The worker's name in the store, the same after a restart; 1 to 200 bytes.
    public var name: String
    /// How each tier is drawn; the same as admission's.
    public var recipes = TierRecipes()
    /// How strongly a prompt is followed where its order does not say, 0 to 50.
    public var guidanceScale = 5.0
    /// Rows that batches are compiled for, rising; 1 to 64 each. A batch has the smallest that holds its pictures.
    public var capacities = [1, 2, 4, 8]
    /// The shape that the device's rows are counted in until it has drawn something.
    public var usualShape: PictureShape
    /// How many of the next jobs in line are looked at for each step; 1 to 1024.
    public var lookAhead = 24
    /// The term of a lease in seconds. It must outlive the longest step and a compilation.
    public var leaseSeconds = 60.0
    /// How often leases are renewed and progress is told, in seconds.
    public var reportSeconds = 0.5
    /// How often the line is looked at although nobody said that there is something, in seconds: other processes fill it too.
    public var pollSeconds = 2.0
    /// How often sensors are read, in seconds.
    public var heatSeconds = 5.0
    /// How many finished pictures may wait to be stored before no more jobs are leased: each is held in memory.
    public var deliveryLimit = 16
    /// How long a picture that cannot be stored is held and tried again, in seconds. Meanwhile no new jobs are leased.
    public var storageRetrySeconds = 60.0
    /// The longest a failed device is left alone before it is tried again, in seconds; the first time it is a second.
    public var longestDevicePauseSeconds = 30.0
    /// How long a step may take before the device counts as hung and its leases are left to lapse, in seconds.
    public var stallSeconds = 600.0
    /// How long finished pictures are kept where their order does not say, in seconds; nil for ever.
    public var resultKeptSeconds: Double? = 30 * 86_400
    /// How long previews are kept, in seconds.
    public var previewKeptSeconds = 3600.0

    /// Makes settings.
    public init(name: String, usualShape: PictureShape) {
        self.name = name
        self.usualShape = usualShape
    }

    /// Throws ``WorkerError`` with code `invalidSetting`, naming the first setting that is out of range.
    public func validate() throws(WorkerError) {
        func require(_ isMet: Bool, _ setting: String, _ rule: String) throws(WorkerError) {
            guard isMet else {
                throw WorkerError(.invalidSetting, "\(setting) must be \(rule); set it so")
            }
        }
        try require((1...200).contains(name.utf8.count), "name", "1 to 200 bytes long")
        do {
            try recipes.validate()
        } catch {
            throw WorkerError(.invalidSetting, error.message, cause: error)
        }
        try require((0...50).contains(guidanceScale), "guidanceScale", "between 0 and 50")
        try require(
            !capacities.isEmpty && capacities.allSatisfy { (1...64).contains($0) }
                && zip(capacities, capacities.dropFirst()).allSatisfy { $0 < $1 },
            "capacities", "rising numbers between 1 and 64, at least one")
        try require((1...1024).contains(lookAhead), "lookAhead", "between 1 and 1024")
        for (name, value) in [
            ("leaseSeconds", leaseSeconds), ("reportSeconds", reportSeconds), ("pollSeconds", pollSeconds),
            ("heatSeconds", heatSeconds), ("longestDevicePauseSeconds", longestDevicePauseSeconds),
            ("stallSeconds", stallSeconds), ("storageRetrySeconds", storageRetrySeconds),
            ("previewKeptSeconds", previewKeptSeconds),
        ] {
            try require((0.01...86_400).contains(value), name, "between a hundredth of a second and a day")
        }
        try require(reportSeconds * 3 <= leaseSeconds, "reportSeconds", "a third of leaseSeconds at most")
        try require((1...1024).contains(deliveryLimit), "deliveryLimit", "between 1 and 1024")
        try require((0...1e10).contains(resultKeptSeconds ?? 0), "resultKeptSeconds", "0 or more")
    }

    /// The largest batch that is compiled for and has at most so many rows; 0 for none.
    func rows(atMost rows: Int) -> Int { rows <= 0 ? 0 : capacities.last { $0 <= rows } ?? capacities[0] }

    /// The smallest batch that is compiled for and has at least so many rows.
    func capacity(holding rows: Int) -> Int {
        capacities.first { $0 >= rows } ?? capacities[capacities.count - 1]
    }
}
