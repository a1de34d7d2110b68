import Serving
import Stores

extension PictureWorker {
    /// Draws until ``drain(within:)`` was called and all is done, or the task is cancelled, which drains at once.
    ///
    /// Call it once. Jobs that a worker of this name held when it died go back to the line first. Returns a few seconds after
    /// the drain's time at the latest, even where the device hangs in a step: then its jobs are given back, and the process
    /// should end.
    ///
    /// - Throws: `StoresError` where the store cannot be used at the start.
    public func run() async throws {
        try await takeBackOwnJobs()
        announceCapacity()
        // A loose task that is waited for: a run that is cancelled stops in order, and writes what it has drawn.
        let loops = Task { await runLoops() }
        await withTaskCancellationHandler {
            await loops.value
        } onCancel: {
            drain(within: 0)
        }
        announceCapacity()
    }

    private func takeBackOwnJobs() async throws(StoresError) {
        let sweep = try await store.release(worker: settings.name, at: clock.now()) { job in
            job.failure.map { JobNotice(job, .failed($0)).event }
        }
        guard !sweep.returned.isEmpty || !sweep.failed.isEmpty else { return }
        logger.notice(
            "jobs of an earlier run were taken back",
            metadata: ["returned": "\(sweep.returned.count)", "failed": "\(sweep.failed.count)"])
        observer.jobsReturned(sweep.returned)
        for job in sweep.failed { observer.jobEnded(job, .failed, wasHeld: true) }
    }

    private func runLoops() async {
        let ended = Signal()
        let thread = DeviceThread(label: "ondol.worker.device")
        // A loose task, because a device that hangs in a step could not be left behind otherwise.
        Task(executorPreference: thread) {
            await DeviceLoop(self).run()
            self.board.withLock { $0.isOver = true }
            ended.ring()
        }
        async let delivered: Void = deliverAll()
        async let errandsRun: Void = runErrands()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.leaseJobs() }
            group.addTask { await self.listenToLine() }
            group.addTask { await self.poll() }
            group.addTask { await self.report() }
            group.addTask { await self.watchHeat() }
            group.addTask { await self.endBy(ended) }
            // Not the group's `next`: which of the loops ends first does not matter.
            for await _ in ended.stream { break }
            group.cancelAll()
        }
        // What was handed over until now is written, however the device ended.
        deliveries.continuation.finish()
        await delivered
        errands.continuation.finish()
        await errandsRun
        let left = board.withLock { board in
            board.isOver = true
            let left = Array(board.jobs.values)
            for job in left { board.forget(job.id) }
            return left
        }
        await giveBack(left)
    }

    /// Ends the run where the device does not, some seconds after the drain's time.
    private func endBy(_ ended: Signal) async {
        for await _ in drainSignal.stream { break }
        while true {
            let until = board.withLock { $0.drainUntil ?? 0 } + Self.drainGraceSeconds
            let left = until - clock.uptimeSeconds()
            guard left > 0 else { break }
            // In pieces, because a second drain may leave less time than the first.
            guard (try? await clock.sleep(min(left, 1))) != nil else { return }
        }
        logger.error("the device did not stop in time; its jobs are given back")
        ended.ring()
    }

    /// What a step at hand and the last pictures' way to the disk may take beyond the time of a drain.
    static var drainGraceSeconds: Double { 5 }

    /// Looks at the line now and then, because other processes fill it too, and pauses end.
    private func poll() async {
        while (try? await clock.sleep(settings.pollSeconds)) != nil {
            board.withLock { $0.mayHaveWaiting = true }
            leaseSignal.ring()
        }
    }

    private func listenToLine() async {
        for await _ in store.jobsWaiting() {
            board.withLock { $0.mayHaveWaiting = true }
            leaseSignal.ring()
        }
    }

    /// Leases nothing for a while.
    func pauseLeasing(seconds: Double) {
        let until = clock.uptimeSeconds() + seconds
        board.withLock { $0.pausedUntil = max($0.pausedUntil, until) }
    }
}
