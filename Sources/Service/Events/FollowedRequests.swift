import Stores
import Synchronization

/// The requests that somebody follows at this moment, so that only those are told of each change of place.
final class FollowedRequests: Sendable {
    private let counts = Mutex<[RequestIdentifier: Int]>([:])
    /// What was told last of each waiting job.
    private let told = Mutex<[JobIdentifier: Int]>([:])

    /// Notes a follower for as long as the body runs.
    nonisolated(nonsending) func following<Result>(
        _ request: RequestIdentifier, _ body: () async throws -> Result
    ) async rethrows -> Result {
        counts.withLock { $0[request, default: 0] += 1 }
        defer {
            counts.withLock { counts in
                let left = counts[request, default: 1] - 1
                counts[request] = left > 0 ? left : nil
            }
        }
        return try await body()
    }

    /// The requests, in no order.
    var all: [RequestIdentifier] { counts.withLock { Array($0.keys) } }

    /// Whether a job's place is another than was told last.
    func isNews(place: Int, of job: JobIdentifier) -> Bool {
        told.withLock { told in
            guard told[job] != place else { return false }
            // Those who have left the line are not looked for; the whole memory is small and is begun anew.
            if told.count > 10_000 { told = [:] }
            told[job] = place
            return true
        }
    }
}
