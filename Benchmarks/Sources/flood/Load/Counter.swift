import Synchronization

/// Counts what is under way.
final class Counter: Sendable {
    private let count = Atomic(0)

    /// Counts one more, unless there are as many as may be.
    func enter(limit: Int) -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    /// Counts one less.
    func leave() { count.subtract(1, ordering: .relaxed) }
}
