import Serving

/// One requested picture, as it is kept. Its prompt is not part of it.
public struct JobRecord: Hashable, Sendable {
    /// Its name.
    public let id: JobIdentifier
    /// The call that asked for it.
    public let request: RequestIdentifier
    /// Which of the call's pictures it is, counted from 0.
    public let position: Int
    /// Whose it is.
    public let caller: CallerIdentifier
    /// A second account that it is counted to, as a visitor's address; nil where there is none.
    public let alsoCountedTo: CallerIdentifier?
    /// Model and size.
    public let shape: PictureShape
    /// Place, tier, price and promise.
    public let terms: JobTerms
    /// How far it has come.
    public let state: JobState
    /// How often it was leased.
    public let leaseCount: Int
    /// How often a worker lost it or failed at it.
    public let failedAttempts: Int
    /// Who holds it, while somebody does.
    public let worker: String?
    /// When the present lease lapses.
    public let leaseEnd: Moment?
    /// How far the drawing is.
    public let progress: JobProgress?
    /// The picture, once it is done; it may have expired since.
    public let picture: PictureIdentifier?
    /// Why it failed, if it did.
    public let failure: JobFailure?
    /// When it was accepted.
    public let accepted: Moment
    /// When it was first leased.
    public let started: Moment?
    /// When it became done, failed or cancelled.
    public let finished: Moment?
}

/// Why a job failed, as its caller is told.
public struct JobFailure: Hashable, Sendable, Codable {
    /// A word that programs compare, such as `worker_lost`.
    public let code: String
    /// A sentence for people. Never a prompt.
    public let message: String

    /// Makes a failure.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// What a job fails with that was lost by as many workers as are tried.
    public static let workerLost = JobFailure(
        code: "worker_lost",
        message: "Every machine that tried to draw this picture stopped before it was done.")
}

/// One call, and what became of it.
public struct RequestRecord: Hashable, Sendable {
    /// Its name.
    public let id: RequestIdentifier
    /// Whose it is.
    public let caller: CallerIdentifier
    /// When it was accepted.
    public let accepted: Moment
    /// When its last job was over; nil while one is open.
    public let finished: Moment?
    /// The checked request; nil once it was removed for its age.
    public let payload: [UInt8]?
    /// Its jobs, in the order of their positions.
    public let jobs: [JobRecord]
}
