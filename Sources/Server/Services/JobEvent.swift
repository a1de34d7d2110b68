/// Something that happened to a job.
public struct JobEvent: Sendable, Hashable {
    /// The event's number, greater than those of all earlier events of the same group; from 1.
    public let sequence: UInt64
    /// Which job.
    public let job: JobReference
    /// Which picture of the request, from 0.
    public let index: Int
    /// What happened.
    public let change: Change

    /// What may happen.
    public enum Change: Sendable, Hashable {
        /// It waits, at this place.
        case waiting(Waiting)
        /// A step is done.
        case drawing(Drawing)
        /// The picture was decoded while it was not done.
        /// - Parameter number: which preview of the job, from 0.
        case preview(number: Int, picture: PictureIdentifier)
        /// It is done.
        case completed(JobResult)
        /// It will not be drawn.
        case failed(JobFailure)
        /// Nobody wants it any more.
        case cancelled
    }

    /// Makes an event from its parts.
    public init(sequence: UInt64, job: JobReference, index: Int, change: Change) {
        self.sequence = sequence
        self.job = job
        self.index = index
        self.change = change
    }
}

/// Some events, and whether there will be more.
public struct JobEventPage: Sendable, Hashable {
    /// The events, by rising number.
    public let events: [JobEvent]
    /// Whether all the jobs have ended and these are the last events.
    public let isLast: Bool

    /// Makes a page from its parts.
    public init(events: [JobEvent], isLast: Bool) {
        self.events = events
        self.isLast = isLast
    }
}
