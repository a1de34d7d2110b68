import Serving

/// How long what is personal is kept after it is of use. Pictures carry their own ends.
public struct RetentionPolicy: Hashable, Sendable, Codable {
    /// Prompts and all else of a request's payload, in seconds after its last job was over; of an appeal, after its answer.
    public var promptSeconds: Double
    /// The prompt of an appeal that nobody has answered, in seconds after it came: long enough for an operator who is away for
    /// a month, and no longer, for whoever was refused has not agreed to more. The appeal itself waits on.
    public var appealSeconds: Double
    /// Events, in seconds after the request was over.
    public var eventSeconds: Double
    /// The rest of a request and its jobs, in seconds after it was over.
    public var requestSeconds: Double
    /// How long a delivered picture is known by what it looks like.
    public var likenessSeconds: Double
    /// Claims and what came with them, in seconds after their answer.
    public var claimSeconds: Double

    /// Makes a policy.
    public init(
        promptSeconds: Double = 86_400, eventSeconds: Double = 3_600, requestSeconds: Double = 30 * 86_400,
        likenessSeconds: Double = 365 * 86_400, claimSeconds: Double = 365 * 86_400,
        appealSeconds: Double = 31 * 86_400
    ) {
        self.promptSeconds = promptSeconds
        self.eventSeconds = eventSeconds
        self.requestSeconds = requestSeconds
        self.likenessSeconds = likenessSeconds
        self.claimSeconds = claimSeconds
        self.appealSeconds = appealSeconds
    }

    /// Throws ``StoresError`` with code `invalidArgument`, naming the first part that is out of range.
    public func validate() throws(StoresError) {
        for (name, value) in [
            ("promptSeconds", promptSeconds), ("eventSeconds", eventSeconds),
            ("requestSeconds", requestSeconds), ("likenessSeconds", likenessSeconds),
            ("claimSeconds", claimSeconds), ("appealSeconds", appealSeconds),
        ] where !(0...3_153_600_000).contains(value) {
            throw StoresError(.invalidArgument, "\(name) must be between 0 seconds and 100 years; set it so")
        }
        guard requestSeconds >= promptSeconds, requestSeconds >= eventSeconds else {
            throw StoresError(
                .invalidArgument,
                "requestSeconds must be no less than promptSeconds and eventSeconds, which go with the request; raise it"
            )
        }
    }
}

/// What a sweep removed.
public struct RetentionReport: Hashable, Sendable {
    /// Payloads of requests.
    public var promptCount = 0
    /// Pictures that were past their end.
    public var pictureCount = 0
    /// Requests whose events were removed.
    public var eventRequestCount = 0
    /// Requests that were removed whole.
    public var requestCount = 0
    /// Likenesses that were past their time, or more than are kept.
    public var likenessCount = 0
    /// Claims that were past their time.
    public var claimCount = 0
    /// Visitors' accounts that were past their end.
    public var accountCount = 0
    /// Idempotency keys that were past their end.
    public var idempotencyKeyCount = 0
    /// Whether nothing was removed because the clock had jumped since the last sweep, or there was none.
    public var wasSkipped = false

    /// Makes the report of a sweep that found nothing.
    public init() {}

    /// Everything that was removed.
    public var total: Int {
        promptCount + pictureCount + eventRequestCount + requestCount + likenessCount + claimCount
            + accountCount
            + idempotencyKeyCount
    }
}

/// Removes what has been kept long enough.
public protocol RetentionStore: Sendable {
    /// Removes what is past its time, and gives the room back to the disk. Call it every minute.
    ///
    /// Removed text is overwritten in the database's file, not only unlinked. Where the clock has jumped since the last
    /// sweep, or there was none, nothing is removed.
    func sweep(_ policy: RetentionPolicy, at now: Moment) async throws(StoresError) -> RetentionReport
}
