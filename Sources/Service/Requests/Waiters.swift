import Stores
import Synchronization

/// Who waits at an open connection for which request.
///
/// A request is cancelled when the last of those who waited for it has left, unless somebody asked to be answered later.
final class Waiters: Sendable {
    private struct Count {
        var waiting = 0
        /// Whether the pictures are wanted even when nobody waits.
        var isKept = false
        var openJobs: Int
    }

    private let counts = Mutex<[RequestIdentifier: Count]>([:])

    /// How many requests are watched.
    var count: Int { counts.withLock { $0.count } }

    /// Notes that a submission was answered with a request.
    /// - Parameters:
    ///   - openJobs: how many of its pictures are not done with.
    ///   - waits: whether its caller stays for the pictures; if not, they are wanted whoever leaves.
    func arrive(at request: RequestIdentifier, openJobs: Int, waits: Bool) {
        guard openJobs > 0 else { return }
        counts.withLock { counts in
            var count = counts[request] ?? Count(openJobs: openJobs)
            if waits { count.waiting += 1 } else { count.isKept = true }
            counts[request] = count
        }
    }

    /// Notes that a caller has left.
    /// - Returns: whether nobody wants the pictures any more.
    func leave(_ request: RequestIdentifier) -> Bool {
        counts.withLock { counts in
            // A request of before a restart: its caller's connection broke with the old process, and it may come back.
            guard var count = counts[request] else { return false }
            count.waiting -= 1
            counts[request] = count
            return count.waiting <= 0 && !count.isKept
        }
    }

    /// Notes that one of a request's pictures is done with; after the last the request is forgotten.
    func jobEnded(of request: RequestIdentifier) {
        counts.withLock { counts in
            guard var count = counts[request] else { return }
            count.openJobs -= 1
            counts[request] = count.openJobs > 0 ? count : nil
        }
    }

    /// Forgets a request that was not written after all.
    func forget(_ request: RequestIdentifier) { counts.withLock { $0[request] = nil } }
}
