import Images
import Serving
import Stores

/// What the device's thread does: one step after another, and between them whatever the board decides.
///
/// Not `Sendable`: it lives in one task. It never waits for the store: leasing, encoding, storing and reporting go on beside
/// it.
final class DeviceLoop<Engine: StepEngine> {
    typealias Job = HeldJob<Engine.Batch.Plan>

    private let worker: PictureWorker<Engine>
    private var batch: (shape: PictureShape, rows: Engine.Batch)?
    private var rows: [JobIdentifier: Engine.Batch.Row] = [:]
    /// Failures of the device, one after another.
    private var failureCount = 0

    init(_ worker: PictureWorker<Engine>) { self.worker = worker }

    /// Draws until the worker has drained.
    nonisolated(nonsending) func run() async {
        var wakeUps = worker.deviceSignal.stream.makeAsyncIterator()
        while true {
            let boundary = worker.board.withLock { $0.boundary(at: worker.clock.uptimeSeconds()) }
            for job in boundary.leaving { leave(job) }
            for job in boundary.returning { leave(job) }
            worker.left(boundary.leaving, returning: boundary.returning)
            for job in boundary.finished { await finish(job) }
            await join(boundary.joining)
            if boundary.isOver { return }
            if !rows.isEmpty {
                await step()
                await previews()
            } else if boundary.joining.isEmpty {
                // Only where nothing was to join: where all of it failed, others may stand there already, and nobody
                // would ring for them again.
                worker.leaseSignal.ring()
                if await wakeUps.next() == nil { return }
            }
        }
    }

    private func leave(_ job: Job) {
        if let row = rows.removeValue(forKey: job.id) { batch?.rows.leave(row) }
    }

    /// Measures a call of the device.
    private nonisolated(nonsending) func measured<Result>(
        _ body: nonisolated(nonsending) () async throws -> Result
    ) async throws -> (result: Result, seconds: Double) {
        let start = worker.clock.uptimeSeconds()
        worker.board.withLock { $0.deviceBegan(at: start) }
        defer { worker.board.withLock { $0.deviceEnded(at: worker.clock.uptimeSeconds()) } }
        let result = try await body()
        return (result, max(0, worker.clock.uptimeSeconds() - start))
    }

    // MARK: joining

    private nonisolated(nonsending) func join(_ joining: [Job]) async {
        guard let shape = joining.first?.shape else { return }
        do {
            try await makeRoom(for: rows.count + joining.count, shape: shape)
        } catch {
            return await refuse(joining, error)
        }
        for job in joining {
            guard let batch = batch?.rows, let plan = job.plan else { continue }
            do {
                let (row, seconds) = try await measured { try await batch.join(plan) }
                rows[job.id] = row
                worker.board.withLock { $0.spent(seconds, on: job.id, isFinishing: true) }
            } catch {
                await fail([job], error)
            }
        }
    }

    /// There is no room for these jobs.
    private nonisolated(nonsending) func refuse(_ joining: [Job], _ error: any Error) async {
        guard let batch, !rows.isEmpty else { return await fail(joining, error) }
        // What is drawn already goes on as it was, and is all that this device can hold.
        worker.logger.warning(
            "the device has no room for a larger batch", metadata: ["rows": "\(batch.rows.capacity)"])
        worker.board.withLock { $0.hasNoRoom(beyond: batch.rows.capacity) }
        worker.left([], returning: forget(joining))
    }

    /// Opens a batch of the shape, or brings the one there is to as many rows as are needed.
    private nonisolated(nonsending) func makeRoom(for count: Int, shape: PictureShape) async throws {
        let capacity = worker.settings.capacity(holding: count)
        let engine = worker.engine
        if let batch, batch.shape == shape {
            guard batch.rows.capacity != capacity else { return }
            _ = try await measured {
                try engine.prepare(shape, capacity: capacity)
                try await batch.rows.resize(to: capacity)
            }
        } else {
            batch = nil
            batch = try await measured {
                try engine.prepare(shape, capacity: capacity)
                return (shape, try engine.openBatch(of: shape, capacity: capacity))
            }.result
        }
    }

    // MARK: a step

    private nonisolated(nonsending) func step() async {
        guard let (shape, batch) = batch else { return }
        // Fewer rows than before need fewer computed; where that fails, the larger batch goes on.
        try? await makeRoom(for: rows.count, shape: shape)
        let moved = worker.board.withLock { board in
            board.beganStep()
            return board.drawing
        }
        // While the device computes, the jobs of the next boundary are leased.
        worker.leaseSignal.ring()
        let (evaluations, isReused) = (batch.evaluationCount, batch.reusesFeatures)
        do {
            let (_, seconds) = try await measured { try await batch.advance() }
            failureCount = 0
            worker.board.withLock { $0.stepped(seconds: seconds) }
            worker.observer.stepMeasured(
                StepMeasurement(
                    shape: shape, rows: moved.count, guidedRows: moved.count(where: \.isGuided),
                    capacity: batch.capacity, evaluations: evaluations, isReused: isReused, seconds: seconds))
        } catch {
            await lose(error)
        }
    }

    // MARK: pictures

    private nonisolated(nonsending) func previews() async {
        let due = worker.board.withLock { $0.drawing.filter { $0.duePreview != nil && !$0.isUnwanted } }
        for job in due {
            guard let batch = batch?.rows, let row = rows[job.id], let number = job.duePreview else {
                continue
            }
            do {
                let (picture, seconds) = try await measured { try await batch.preview(row) }
                worker.board.withLock { $0.spent(seconds, on: job.id, isFinishing: false) }
                if let picture { worker.deliver(.preview(job, number: number, picture)) }
            } catch {
                await fail([job], error)
            }
        }
    }

    private nonisolated(nonsending) func finish(_ job: Job) async {
        guard let batch = batch?.rows, let row = rows[job.id] else {
            // The batch was lost while another picture of this boundary was decoded.
            return worker.fail(forget([job]), .deviceFailed)
        }
        do {
            let (picture, seconds) = try await measured { try await batch.finish(row) }
            rows[job.id] = nil
            let spent = worker.board.withLock { board in
                board.spent(seconds, on: job.id, isFinishing: true)
                return board.jobs[job.id]
            }
            guard let spent else { return }
            worker.observer.finishingMeasured(job.shape, seconds: spent.finishingSeconds)
            worker.deliver(.result(spent, picture))
        } catch {
            await fail([job], error)
        }
    }

    // MARK: failures

    /// Ends or gives back jobs that an error is about; all rows where the batch is lost.
    private nonisolated(nonsending) func fail(_ jobs: [Job], _ error: any Error) async {
        let failure = worker.engine.judge(error)
        for job in jobs { leave(job) }
        worker.fail(forget(jobs), failure)
        if failure.losesBatch { await lose(error) }
    }

    /// Forgets jobs, and tells under which leases they are held now: one may have come to this worker again since the
    /// boundary.
    private func forget(_ jobs: [Job]) -> [Job] {
        worker.board.withLock { board in jobs.compactMap { board.forget($0.id) } }
    }

    /// The batch cannot be used any more: its jobs wait again, unless they have failed too often, and the device is left
    /// alone for a while.
    private nonisolated(nonsending) func lose(_ error: any Error) async {
        let lost = worker.board.withLock { $0.failedStep() }
        batch = nil
        rows = [:]
        failureCount += 1
        let failure = worker.engine.judge(error)
        worker.logger.error(
            "the device failed",
            metadata: [
                "code": "\(failure.failure.code)", "jobs": "\(lost.count)", "failures": "\(failureCount)",
            ])
        worker.fail(lost, failure)
        let longest = worker.settings.longestDevicePauseSeconds
        let pause = min(longest, Double(1 << min(failureCount - 1, 16)))
        worker.pauseLeasing(seconds: pause)
    }
}
