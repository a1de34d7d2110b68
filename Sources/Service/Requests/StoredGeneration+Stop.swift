import Rights
import Server
import Serving
import Stores
import Worker

extension StoredGeneration {
    /// What jobs fail with whose style may not be used any more.
    static let styleStoppedCode = "style_stopped"

    /// How many open requests of a style are ended in one go, so that a crowd of them takes turns with everybody else.
    private static let stopLimit = 200

    /// Ends the open jobs of styles that were suspended, have ended, or whose agreement is over. Their callers are told why
    /// and pay nothing.
    /// - Returns: how many jobs were ended.
    func stopUnusableStyles() async throws -> Int {
        var count = 0
        for (style, obstacle) in rights.stylesToStop(at: environment.now()) {
            let failure = Stores.JobFailure(
                code: Self.styleStoppedCode,
                message: "\(obstacle.reason.english) Nothing was charged. \(obstacle.reason.korean) 요금은 없습니다."
            )
            while case let requests = try await store.openRequests(with: style, limit: Self.stopLimit),
                !requests.isEmpty
            {
                // All at once, so that they share the disk's flushes.
                count += try await withThrowingTaskGroup(of: Int.self) { tasks in
                    for request in requests {
                        tasks.addTask { try await self.stop(request, because: failure) }
                    }
                    return try await tasks.reduce(0, +)
                }
            }
        }
        return count
    }

    private func stop(_ request: RequestIdentifier, because failure: Stores.JobFailure) async throws -> Int {
        let now = environment.now()
        let stopped = try await store.stop(
            request, because: failure, event: { JobNotice($0, .failed(failure)).event }, at: now)
        shared.with { state in
            for entry in stopped { state.finish(entry.job, .failed, wasDrawing: entry.wasHeld, at: now) }
        }
        for _ in stopped { waiters.jobEnded(of: request) }
        announceCancelled(stopped.filter(\.wasHeld).map(\.job.id))
        return stopped.count
    }
}
