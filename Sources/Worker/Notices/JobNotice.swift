import FoundationEssentials
import Stores

/// Something that happened to a job, as the events of its request hold it.
public struct JobNotice: Sendable, Hashable, Codable {
    /// The job.
    public let job: JobIdentifier
    /// Which picture of the request it is, counted from 0.
    public let position: Int
    /// What happened.
    public let change: Change

    /// What can happen to a job.
    public enum Change: Sendable, Hashable, Codable {
        /// It waits, for the first time or again.
        case waiting
        /// Steps are done.
        /// - Parameters:
        ///   - step: steps done.
        ///   - count: steps in all.
        ///   - remainingSeconds: what its device makes of the rest; nil where nothing was measured yet.
        case drawing(step: Int, count: Int, remainingSeconds: Double?)
        /// The picture as it was after some step, decoded.
        /// - Parameter number: which preview of the job, counted from 0.
        case preview(number: Int, picture: PictureIdentifier)
        /// It is done.
        /// - Parameters:
        ///   - seed: what it can be drawn from again.
        ///   - promptTokens: tokens of the prompt.
        case completed(picture: PictureIdentifier, seed: UInt64, promptTokens: Int)
        /// It will not be drawn.
        case failed(JobFailure)
        /// Nobody wants it any more.
        case cancelled
    }

    /// Makes a notice.
    public init(job: JobIdentifier, position: Int, _ change: Change) {
        self.job = job
        self.position = position
        self.change = change
    }

    /// Makes a notice about a job.
    public init(_ job: JobRecord, _ change: Change) {
        self.init(job: job.id, position: job.position, change)
    }

    /// The kind of the event that holds the notice, as `job.drawing`.
    public var kind: String {
        switch change {
        case .waiting: "job.waiting"
        case .drawing: "job.drawing"
        case .preview: "job.preview"
        case .completed: "job.completed"
        case .failed: "job.failed"
        case .cancelled: "job.cancelled"
        }
    }

    /// The event that a store keeps.
    public var event: EventDraft {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Only numbers that are none can fail; a notice without its data still says what happened.
        let data = (try? encoder.encode(self)).map { Array($0) } ?? []
        return EventDraft(kind: kind, data: data)
    }

    /// Reads the notice that an event holds; nil where it holds none.
    public init?(_ event: StoredEvent) { self.init(data: event.data) }

    /// Reads the notice from an event's data; nil where there is none.
    init?(data: [UInt8]) {
        guard let notice = try? JSONDecoder().decode(Self.self, from: Data(data)) else { return nil }
        self = notice
    }
}
