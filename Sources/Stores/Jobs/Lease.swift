import Serving

/// A worker's claim on a job, with an end.
///
/// The number fences: each time a job is leased it grows by one, so that whoever held it before is known by the number.
public struct Lease: Hashable, Sendable, Codable {
    /// The job.
    public let job: JobIdentifier
    /// Which lease of that job this is, counted from 1.
    public let number: Int
    /// The worker that holds it.
    public let worker: String
    /// When it lapses unless it is renewed.
    public let end: Moment

    /// Makes a lease from its parts.
    public init(job: JobIdentifier, number: Int, worker: String, end: Moment) {
        self.job = job
        self.number = number
        self.worker = worker
        self.end = end
    }
}

/// What a worker says of a job it holds: that it still does, and how far it is.
public struct LeaseReport: Hashable, Sendable {
    /// The lease.
    public let lease: Lease
    /// How far the drawing is; nil where it has not begun.
    public let progress: JobProgress?

    /// Makes a report.
    public init(lease: Lease, progress: JobProgress? = nil) {
        self.lease = lease
        self.progress = progress
    }
}

/// Denoising steps done, of those to do.
public struct JobProgress: Hashable, Sendable, Codable {
    /// Steps done; 0 or more.
    public let step: Int
    /// All steps; at least 1.
    public let stepCount: Int

    /// Makes a progress.
    public init(step: Int, stepCount: Int) {
        self.step = step
        self.stepCount = stepCount
    }
}

/// A job with all that a worker needs to draw it.
public struct LeasedJob: Hashable, Sendable {
    /// The claim.
    public let lease: Lease
    /// The job.
    public let job: JobRecord
    /// The checked request, as it was accepted.
    public let payload: [UInt8]
}

/// Where a worker that reports about a job stands.
enum LeaseStanding: Hashable {
    /// It holds the job.
    case holds
    /// Its lease has lapsed and the job waits again, but nobody has taken it since.
    case lapsed
    /// It was this very lease that delivered the picture.
    case delivered
    /// The job is another's, or is over.
    case lost

    /// Decides by a job's row and the lease that the worker shows.
    init(of lease: Lease, state: JobState, leaseNumber: Int) {
        guard lease.number == leaseNumber, leaseNumber > 0 else {
            self = .lost
            return
        }
        switch state {
        case .leased, .drawing: self = .holds
        case .queued: self = .lapsed
        case .done: self = .delivered
        case .failed, .cancelled: self = .lost
        }
    }
}
