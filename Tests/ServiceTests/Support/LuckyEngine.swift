import Images
import Serving
import Stores
import Synchronization
import Worker

/// A device that draws a little square, and has bad luck when it is told to.
final class LuckyEngine: StepEngine {
    /// How its next steps go.
    enum Luck { case good, fails, hangs }

    struct Plan: DrawingPlan {
        let stepCount: Int
        var guidedStepCount: Int { stepCount }
        let promptTokens = 3
        var drawnArea: PictureMask? { nil }
    }

    struct DeviceFailure: Error {}

    let models: Set<String> = ["hanji"]
    private let state = Mutex((luck: Luck.good, steps: 0, largestBatch: 0))

    /// How its steps go from now on; one that hangs goes on when its luck turns.
    var luck: Luck {
        get { state.withLock { $0.luck } }
        set { state.withLock { $0.luck = newValue } }
    }
    /// The most pictures that one step moved.
    var largestBatch: Int { state.withLock { $0.largestBatch } }
    /// Steps that were begun.
    var stepCount: Int { state.withLock { $0.steps } }

    func plan(_ instructions: PictureInstructions) -> Plan { Plan(stepCount: instructions.recipe.steps) }
    func prepare(_ shape: PictureShape, capacity: Int) {}
    func openBatch(of shape: PictureShape, capacity: Int) -> Batch { Batch(engine: self, capacity: capacity) }
    func judge(_ error: any Error) -> EngineFailure {
        EngineFailure(
            JobFailure(code: "device_failed", message: "The device that drew this picture failed."),
            mayRetry: true,
            losesBatch: true)
    }

    fileprivate func step(rows: Int) async throws {
        state.withLock { state in
            state.steps += 1
            state.largestBatch = max(state.largestBatch, rows)
        }
        while luck == .hangs { try await Task.sleep(for: .milliseconds(2)) }
        if luck == .fails { throw DeviceFailure() }
        try await Task.sleep(for: .milliseconds(1))
    }

    final class Batch: StepBatch {
        private let engine: LuckyEngine
        private(set) var capacity: Int
        private var nextRow = 0
        private var rows: Set<Int> = []

        init(engine: LuckyEngine, capacity: Int) {
            self.engine = engine
            self.capacity = capacity
        }

        var evaluationCount: Int { capacity * 2 }

        nonisolated(nonsending) func join(_ plan: Plan) async throws -> Int {
            nextRow += 1
            rows.insert(nextRow)
            return nextRow
        }

        func leave(_ row: Int) { rows.remove(row) }
        nonisolated(nonsending) func resize(to capacity: Int) async throws { self.capacity = capacity }
        nonisolated(nonsending) func advance() async throws { try await engine.step(rows: rows.count) }
        nonisolated(nonsending) func preview(_ row: Int) async throws -> Picture? { nil }
        nonisolated(nonsending) func finish(_ row: Int) async throws -> Picture {
            rows.remove(row)
            return Picture(width: 8, height: 8, filledWith: .white)
        }
    }
}
