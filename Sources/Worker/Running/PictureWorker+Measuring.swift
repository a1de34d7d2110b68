import Images
import Serving

extension PictureWorker {
    /// Draws a few steps of nothing in batches of each size, where that was not measured before, and tells what they took: so
    /// that the first who ask are promised what this device does and not what a guess says, and batches have the size that
    /// pays from the first picture on.
    ///
    /// To be called before ``run()``. Nothing is stored. Ends after about `limitSeconds`, at a step's end: what a slow
    /// device has not shown by then it shows while it draws.
    ///
    /// - Parameter limitSeconds: how long it may take, compiling left out.
    /// - Throws: what the engine throws.
    public func measure(withinSeconds limitSeconds: Double) async throws {
        let thread = DeviceThread(label: "ondol.worker.measure")
        // On a thread of its own, since some plugins compute in the thread that calls them.
        try await Task(executorPreference: thread) { try await self.measureSteps(limitSeconds) }.value
    }

    /// Steps of each size; the first is not counted, because memory is touched for the first time in it.
    private static var measuredSteps: Int { 4 }

    private func measureSteps(_ limitSeconds: Double) async throws {
        let shape = settings.usualShape
        var spent = 0.0
        func measured<Result>(
            _ body: nonisolated(nonsending) () async throws -> Result
        ) async throws -> (Result, Double) {
            let start = clock.uptimeSeconds()
            let result = try await body()
            let seconds = max(0, clock.uptimeSeconds() - start)
            spent += seconds
            return (result, seconds)
        }
        for capacity in settings.capacities {
            // Guided rows ask the model twice.
            guard !observer.hasMeasured(shape, evaluations: 2 * capacity), spent < limitSeconds else {
                continue
            }
            try engine.prepare(shape, capacity: capacity)
            let batch = try engine.openBatch(of: shape, capacity: capacity)
            var rows: [Engine.Batch.Row] = []
            var joiningSeconds = 0.0
            for number in 0..<capacity {
                let (row, seconds) = try await measured { try await batch.join(await measuringPlan(number)) }
                rows.append(row)
                joiningSeconds = seconds
            }
            for step in 0..<Self.measuredSteps where spent < limitSeconds {
                let evaluations = batch.evaluationCount
                let seconds = try await measured { try await batch.advance() }.1
                guard step > 0 else { continue }
                observer.stepMeasured(
                    StepMeasurement(
                        shape: shape, rows: capacity, guidedRows: capacity, capacity: capacity,
                        evaluations: evaluations, seconds: seconds))
            }
            guard spent < limitSeconds, let row = rows.first else { continue }
            let seconds = try await measured { try await batch.finish(row) }.1
            observer.finishingMeasured(shape, seconds: joiningSeconds + seconds)
        }
        announceCapacity()
        logger.info("the device was measured", metadata: ["seconds": "\(spent)"])
    }

    /// A picture of nothing, guided in all its steps.
    private func measuringPlan(_ number: Int) async throws -> Engine.Batch.Plan {
        try await engine.plan(
            PictureInstructions(
                // Texts are read once and then known; each row has another, as in earnest.
                prompt: "\(number)", negativePrompt: "", shape: settings.usualShape, seed: UInt64(number),
                recipe: TierRecipe(steps: Self.measuredSteps), guidanceScale: settings.guidanceScale))
    }
}
