import Serving

/// Something that happened to a request, as a listener is told.
public struct StoredEvent: Hashable, Sendable {
    /// The request.
    public let request: RequestIdentifier
    /// Its number among the request's events, counted from 1: the `id` of server-sent events.
    public let sequence: Int
    /// What kind of event it is: the `event` of server-sent events.
    public let kind: String
    /// The data, whose form is not this room's business.
    public let data: [UInt8]
    /// When it happened.
    public let time: Moment
}

/// An event that is to be kept.
public struct EventDraft: Hashable, Sendable {
    /// What kind of event it is; 1 to 100 bytes.
    public let kind: String
    /// The data, at most ``largestDataBytes``. Pictures are kept as files and only named in it.
    public let data: [UInt8]

    /// Makes an event.
    public init(kind: String, data: [UInt8]) {
        self.kind = kind
        self.data = data
    }

    /// The most data in an event: some times what a picture's progress takes.
    public static let largestDataBytes = 1 << 16

    /// Refuses what no row may hold.
    /// - Throws: ``StoresError`` with code `invalidArgument`.
    func validate() throws(StoresError) {
        guard (1...100).contains(kind.utf8.count), data.count <= Self.largestDataBytes else {
            throw StoresError(
                .invalidArgument,
                "an event's kind has 1 to 100 bytes and its data at most \(Self.largestDataBytes); keep pictures as files"
            )
        }
    }
}

/// The events that follow on a number.
public struct EventPage: Hashable, Sendable {
    /// The events, in order.
    public let events: [StoredEvent]
    /// Whether the request was over when they were read; then these are the last, if there are fewer than were asked for.
    public let isFinished: Bool
    /// Whether events after the number are gone for their age or their count.
    public let hasGap: Bool
}

/// Where the events of requests are kept.
public protocol EventStore: Sendable {
    /// Keeps an event. Of a request's events the last ``EventLimits/perRequest`` are kept.
    ///
    /// Not flushed to the disk on its own: after a power cut the last second's may be missing.
    ///
    /// - Returns: its number, or nil where there is no such request.
    func append(_ event: EventDraft, to request: RequestIdentifier, at now: Moment)
        async throws(StoresError) -> Int?

    /// The events after a number, or nil where there is no such request.
    ///
    /// - Parameters:
    ///   - sequence: the last number the listener has; 0 for none.
    ///   - limit: the most to give; 1 to 1000.
    func events(of request: RequestIdentifier, after sequence: Int, limit: Int)
        async throws(StoresError) -> EventPage?

    /// Follows a request's events from a number until the request is over.
    func follow(_ request: RequestIdentifier, after sequence: Int) -> EventSequence
}

/// How many events are kept.
public enum EventLimits {
    /// Events of one request: three for each step of ten pictures at thirty steps.
    public static let perRequest = 1000
    /// Events read at once, so that a slow reader holds little memory.
    static let pageSize = 64
}
