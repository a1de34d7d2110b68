import Serving
import Synchronization
import Worker

/// A clock that moves only when it is told to. Whoever sleeps is woken when its time has come.
final class ManualClock: Sendable {
    static let start = Moment(secondsSinceEpoch: 1_800_000_000)

    private struct State {
        var uptime = 0.0
        /// How far the wall clock was set.
        var offset = 0.0
        var sleepers: [Int: (until: Double, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var nextNumber = 0
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    var uptime: Double { state.withLock { $0.uptime } }
    var now: Moment { state.withLock { Self.start + ($0.uptime + $0.offset) } }

    /// The clock as a worker is given it.
    var clock: WorkerClock {
        WorkerClock(
            now: { self.now }, uptimeSeconds: { self.uptime }, sleep: { try await self.sleep($0) })
    }

    /// Lets time pass.
    func advance(by seconds: Double) {
        let due = state.withLock { state in
            state.uptime += seconds
            let due = state.sleepers.filter { $0.value.until <= state.uptime }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    private func sleep(_ seconds: Double) async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(number) { return true }
                    state.sleepers[number] = (state.uptime + seconds, continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(number)
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
