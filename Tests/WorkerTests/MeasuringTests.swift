import Serving
import Testing

@testable import Worker

/// What a device is asked before the first picture.
@Suite struct MeasuringTests {
    @Test("Before the first picture every size of batch is measured, once")
    func sizes() async throws {
        try await withFloor { floor in
            let worker = try floor.worker()
            try await worker.measure(withinSeconds: 100)
            floor.observer.notes.withLock { notes in
                #expect(notes.steps.map(\.rows) == [1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8])
                #expect(
                    notes.steps.allSatisfy {
                        $0.evaluations == 2 * $0.rows && $0.shape == worker.settings.usualShape
                    })
                #expect(notes.steps.allSatisfy { abs($0.seconds - 0.1) < 1e-9 })
                #expect(notes.finishings == 4)
                #expect(notes.taken.isEmpty && notes.ended.isEmpty)
            }
            // What is known is not measured again.
            try await worker.measure(withinSeconds: 100)
            #expect(floor.observer.notes.withLock { $0.steps.count } == 12)
            #expect(worker.status.capacity?.rows == 4)
        }
    }

    @Test("A slow device is measured for as long as a start may take, and no longer")
    func slow() async throws {
        try await withFloor { floor in
            try await floor.worker().measure(withinSeconds: 0.55)
            // Four steps of a tenth of a second each for one row, and one more that does not count.
            #expect(floor.observer.notes.withLock { $0.steps.map(\.rows) } == [1, 1, 1, 2])
        }
    }

    @Test("A device that fails while it is measured says so")
    func failing() async throws {
        try await withFloor { floor in
            floor.engine.fail(.step)
            await #expect(throws: ScriptedEngine.Failure.self) {
                try await floor.worker().measure(withinSeconds: 100)
            }
        }
    }
}
