import Dispatch
import Synchronization

/// Numbered pieces of work that several threads take one after another.
final class SharedWork: Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Void
    private let next = Atomic(0)
    private let finishedCount = Atomic(0)
    private let allFinished = DispatchSemaphore(value: 0)

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
        self.count = count
        self.body = body
    }

    /// Takes pieces until none is left.
    func run() {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index)
            let finished = finishedCount.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue
            if finished == count { allFinished.signal() }
        }
    }

    /// Blocks until every piece is finished.
    func waitUntilDone() {
        if count > 0 { allFinished.wait() }
    }
}
