/// A request's events as they come, from a number on until the request is over.
///
/// Reads pages from the store when it is woken, so that a slow listener costs neither memory nor anybody's time. Ends at
/// once where there is no such request. Leaving the loop, or cancelling its task, ends it.
public struct EventSequence: AsyncSequence, Sendable {
    /// Events.
    public typealias Element = StoredEvent

    let request: RequestIdentifier
    let sequence: Int
    let wakeUps: WakeUps
    let read: @Sendable (RequestIdentifier, Int) async throws(StoresError) -> EventPage?

    /// Begins to listen.
    public func makeAsyncIterator() -> Iterator {
        Iterator(
            request: request, sequence: sequence, read: read,
            signals: wakeUps.listen(to: .request(request)).makeAsyncIterator())
    }

    /// One listener's place.
    public struct Iterator: AsyncIteratorProtocol {
        let request: RequestIdentifier
        var sequence: Int
        let read: @Sendable (RequestIdentifier, Int) async throws(StoresError) -> EventPage?
        var signals: AsyncStream<Void>.AsyncIterator
        private var pending: ArraySlice<StoredEvent> = []
        private var isFinished = false
        private var mayHaveMore = false

        init(
            request: RequestIdentifier, sequence: Int,
            read: @escaping @Sendable (RequestIdentifier, Int) async throws(StoresError) -> EventPage?,
            signals: AsyncStream<Void>.AsyncIterator
        ) {
            self.request = request
            self.sequence = sequence
            self.read = read
            self.signals = signals
        }

        /// The next event; nil when the request is over, or the task is cancelled.
        /// - Throws: ``StoresError`` where the store cannot be read.
        public mutating func next() async throws -> StoredEvent? {
            while true {
                if let event = pending.popFirst() {
                    sequence = event.sequence
                    return event
                }
                if isFinished { return nil }
                if !mayHaveMore, await signals.next() == nil { return nil }
                guard !Task.isCancelled, let page = try await read(request, sequence) else { return nil }
                pending = page.events[...]
                mayHaveMore = page.events.count >= EventLimits.pageSize
                isFinished = page.isFinished && !mayHaveMore
            }
        }
    }
}
