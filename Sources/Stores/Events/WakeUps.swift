import Synchronization

/// Wakes those who wait for something in this process.
///
/// A signal says only that there may be something to read: signals that come while one is pending are one signal, so that
/// a slow listener holds no memory. What was missed is found in the store.
final class WakeUps: Sendable {
    /// What is waited for.
    enum Topic: Hashable, Sendable {
        /// Jobs in the line.
        case queue
        /// Changes of the registry.
        case registry
        /// Answers to appeals.
        case appeals
        /// Events of a request.
        case request(RequestIdentifier)
    }

    private struct State {
        var nextNumber = 0
        var listeners: [Topic: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// Begins to listen. The stream has a first signal from the start, so that what is there already is read.
    func listen(to topic: Topic) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextNumber += 1
            state.listeners[topic, default: [:]][state.nextNumber] = continuation
            return state.nextNumber
        }
        continuation.onTermination = { [weak self] _ in self?.leave(topic, number) }
        continuation.yield()
        return stream
    }

    /// Wakes all who listen to these.
    func ring(_ topics: Set<Topic>) {
        guard !topics.isEmpty else { return }
        let woken = state.withLock { state in
            topics.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] }
        }
        for continuation in woken { continuation.yield() }
    }

    /// How many listen to a topic.
    func listenerCount(of topic: Topic) -> Int { state.withLock { $0.listeners[topic]?.count ?? 0 } }

    private func leave(_ topic: Topic, _ number: Int) {
        // Released outside of the lock: the last reference to a continuation may end its stream.
        _ = state.withLock { state in
            let left = state.listeners[topic]?.removeValue(forKey: number)
            if state.listeners[topic]?.isEmpty == true { state.listeners[topic] = nil }
            return left
        }
    }
}
