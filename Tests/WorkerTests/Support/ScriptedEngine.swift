import Images
import Serving
import Stores
import Synchronization
import Worker

/// An engine that draws nothing, and says what it was asked to: its pictures tell their seed and their steps.
///
/// A step takes the clock's time. With a gate, each step waits until the test lets it go.
final class ScriptedEngine: StepEngine {
    struct Plan: DrawingPlan {
        let instructions: PictureInstructions
        var stepCount: Int { instructions.recipe.steps }
        var guidedStepCount: Int { instructions.recipe.guidedSteps }
        var promptTokens: Int { instructions.prompt.count }
        var drawnArea: PictureMask? { instructions.photo?.mask }
    }

    /// What a device can fail with.
    enum Failure: Error { case step, join, finish, plan, room }

    struct Script {
        var failures: [Failure] = []
        var hasGate = false
        var stepsAllowed = 0
        var stepsStarted = 0
        var waiting: CheckedContinuation<Void, Never>?
        /// Rows at each step, by seeds.
        var log: [[UInt64]] = []
        var capacities: [Int] = []
        var openedShapes: [PictureShape] = []
        var hangs = false
    }

    let models: Set<String> = ["hanji"]
    let clock: ManualClock
    let stepSeconds: Double
    let script = Mutex(Script())

    init(_ clock: ManualClock, stepSeconds: Double = 0.1, hasGate: Bool = false) {
        self.clock = clock
        self.stepSeconds = stepSeconds
        script.withLock { $0.hasGate = hasGate }
    }

    /// Lets steps go.
    func allow(_ steps: Int) {
        script.withLock { script in
            script.stepsAllowed += steps
            if script.stepsAllowed > 0, let waiting = script.waiting {
                script.stepsAllowed -= 1
                script.waiting = nil
                return waiting.resume()
            }
        }
    }

    /// Lets all steps go from now on.
    func open() {
        script.withLock { $0.hasGate = false }
        allow(1)
    }

    /// The next call of a kind fails.
    func fail(_ failures: Failure...) { script.withLock { $0.failures += failures } }

    func throwIfScripted(_ failure: Failure) throws {
        let isScripted = script.withLock { script in
            guard let index = script.failures.firstIndex(of: failure) else { return false }
            script.failures.remove(at: index)
            return true
        }
        if isScripted { throw failure }
    }

    func pass() async {
        await withCheckedContinuation { continuation in
            script.withLock { script in
                script.stepsStarted += 1
                if script.hangs {
                    script.waiting = continuation
                } else if !script.hasGate || script.stepsAllowed > 0 {
                    script.stepsAllowed = max(0, script.stepsAllowed - 1)
                    continuation.resume()
                } else {
                    script.waiting = continuation
                }
            }
        }
    }

    func plan(_ instructions: PictureInstructions) throws -> Plan {
        try throwIfScripted(.plan)
        return Plan(instructions: instructions)
    }

    func prepare(_ shape: PictureShape, capacity: Int) throws { try throwIfScripted(.room) }

    func openBatch(of shape: PictureShape, capacity: Int) throws -> Batch {
        script.withLock {
            $0.openedShapes.append(shape)
            $0.capacities.append(capacity)
        }
        return Batch(engine: self, capacity: capacity)
    }

    func judge(_ error: any Error) -> EngineFailure {
        switch error as? Failure {
        case .plan:
            EngineFailure(
                JobFailure(code: "invalid_request", message: "scripted"), mayRetry: false, losesBatch: false)
        case .join, .finish:
            EngineFailure(
                JobFailure(code: "drawing_failed", message: "scripted"), mayRetry: true, losesBatch: false)
        case .step, .room, nil:
            EngineFailure(
                JobFailure(code: "device_failed", message: "scripted"), mayRetry: true, losesBatch: true)
        }
    }

    /// What a picture looks like after some steps.
    static func picture(seed: UInt64, steps: Int) -> Picture {
        Picture(
            width: 8, height: 8, filledWith: .init(red: UInt8(seed % 256), green: UInt8(steps), blue: 7))
    }

    final class Batch: StepBatch {
        struct Row: Hashable, Sendable { let number: Int }

        private let engine: ScriptedEngine
        private(set) var capacity: Int
        private var rows: [(row: Row, plan: Plan, steps: Int)] = []
        private var nextNumber = 0

        init(engine: ScriptedEngine, capacity: Int) {
            self.engine = engine
            self.capacity = capacity
        }

        var evaluationCount: Int {
            capacity * (rows.contains { $0.steps < $0.plan.guidedStepCount } ? 2 : 1)
        }

        nonisolated(nonsending) func join(_ plan: Plan) async throws -> Row {
            try engine.throwIfScripted(.join)
            precondition(rows.count < capacity, "a row too many")
            nextNumber += 1
            rows.append((Row(number: nextNumber), plan, 0))
            return Row(number: nextNumber)
        }

        func leave(_ row: Row) { rows.removeAll { $0.row == row } }

        nonisolated(nonsending) func resize(to capacity: Int) async throws {
            precondition(rows.count <= capacity, "a row too many")
            self.capacity = capacity
            engine.script.withLock { $0.capacities.append(capacity) }
        }

        nonisolated(nonsending) func advance() async throws {
            engine.script.withLock { script in
                script.log.append(rows.map { $0.plan.instructions.seed })
            }
            await engine.pass()
            engine.clock.advance(by: engine.stepSeconds)
            try engine.throwIfScripted(.step)
            for index in rows.indices where rows[index].steps < rows[index].plan.stepCount {
                rows[index].steps += 1
            }
        }

        nonisolated(nonsending) func preview(_ row: Row) async throws -> Picture? { picture(row) }

        nonisolated(nonsending) func finish(_ row: Row) async throws -> Picture {
            try engine.throwIfScripted(.finish)
            defer { leave(row) }
            return picture(row)
        }

        private func picture(_ row: Row) -> Picture {
            let found = rows.first { $0.row == row }
            return ScriptedEngine.picture(
                seed: found?.plan.instructions.seed ?? 0, steps: found?.steps ?? 0)
        }
    }
}
