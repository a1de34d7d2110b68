/// What became of a picture that a worker delivered.
public enum CompletionOutcome: Hashable, Sendable {
    /// It is stored, and the job is done.
    ///
    /// - Parameter wasHeld: false where the lease had lapsed and the job waited again, untouched by anybody else.
    case stored(JobRecord, wasHeld: Bool)
    /// This lease has delivered before; the first picture stands, and nothing is counted again.
    case alreadyDelivered(JobRecord)
    /// The job went to another worker, or is over: the picture was thrown away, and nothing was counted.
    case lost
}

/// What became of a job that a worker could not draw.
public enum FailureOutcome: Hashable, Sendable {
    /// It waits again at its old place.
    case queued(JobRecord)
    /// It has failed for good.
    case failed(JobRecord)
    /// The job was not the worker's any more.
    case lost
}

/// What a sweep of lapsed leases did.
public struct LeaseSweep: Hashable, Sendable {
    /// Jobs that wait again at their old places.
    public var returned: [JobRecord] = []
    /// Jobs that too many workers have lost.
    public var failed: [JobRecord] = []
    /// Leases that were given more time because the clock had jumped.
    public var extendedCount = 0

    /// Makes the outcome of a sweep that found nothing.
    public init() {}
}

/// A job that was cancelled, and whether a device was at it.
public struct CancelledJob: Hashable, Sendable {
    /// The job, as it is now.
    public let job: JobRecord
    /// Whether a worker held it; that worker learns of it with its next report.
    public let wasHeld: Bool
}
