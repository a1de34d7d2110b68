import Serving
import Stores

extension PictureWorker {
    /// Keeps leases alive and tells listeners how far their pictures are.
    ///
    /// Not for a device that hangs: its leases lapse, and others draw what it held.
    func report() async {
        for await _ in reportSignal.stream {
            repeat {
                guard !Task.isCancelled else { return }
                await reportOnce()
                guard (try? await clock.sleep(settings.reportSeconds)) != nil else { return }
            } while board.withLock { !$0.jobs.isEmpty }
        }
    }

    private func reportOnce() async {
        if status.isHung {
            logger.error("the device has been at one call for too long; its leases are left to lapse")
            return
        }
        let (reports, news) = board.withLock { ($0.reports, $0.news()) }
        guard !reports.isEmpty else { return }
        let now = clock.now()
        do {
            let lost = try await store.renew(reports, until: now + settings.leaseSeconds, at: now)
            if !lost.isEmpty { lose(lost) }
            for (request, notice) in news {
                _ = try await store.append(notice.event, to: request, at: now)
            }
        } catch {
            logger.warning("leases could not be renewed", metadata: ["code": "\(error.code.rawValue)"])
        }
        announceCapacity()
    }

    /// Leases that do not hold any more: their jobs leave at the next step boundary.
    private func lose(_ leases: [Lease]) {
        let gone = board.withLock { board in
            // A job that ended while the report was written is not lost.
            let gone = leases.filter { board.jobs[$0.job]?.leased.lease.number == $0.number }
            board.unwanted(gone.filter { board.jobs[$0.job]?.phase != .delivering }.map(\.job))
            return gone
        }
        guard !gone.isEmpty else { return }
        logger.info("jobs were cancelled or taken back", metadata: ["jobs": "\(gone.count)"])
    }

    // MARK: jobs that leave without a picture

    /// Tells of jobs that left at a step boundary, and gives back those that go to the line.
    func left(_ leaving: [Job], returning: [Job]) {
        for job in leaving { observer.jobLeft(job.leased.job, workSeconds: job.workSeconds) }
        if !returning.isEmpty { errands.continuation.yield(.giveBack(returning)) }
    }

    /// Says that jobs could not be drawn.
    func fail(_ jobs: [Job], _ failure: EngineFailure) {
        guard !jobs.isEmpty else { return }
        errands.continuation.yield(.fail(jobs, failure))
    }

    /// What the device's loop leaves to be written.
    enum Errand: Sendable {
        case giveBack([Job])
        case fail([Job], EngineFailure)
    }

    /// Writes what became of jobs that were not drawn.
    func runErrands() async {
        for await errand in errands.stream {
            switch errand {
            case .giveBack(let jobs): await giveBack(jobs)
            case .fail(let jobs, let failure): for job in jobs { await fail(job, failure) }
            }
        }
    }

    func giveBack(_ jobs: [Job]) async {
        guard !jobs.isEmpty else { return }
        do {
            let now = clock.now()
            let returned = try await store.giveBack(jobs.map(\.leased.lease), at: now)
            for job in returned {
                _ = try await store.append(JobNotice(job, .waiting).event, to: job.request, at: now)
            }
            observer.jobsReturned(returned)
        } catch {
            // Their leases lapse.
            logger.error("jobs could not be given back", metadata: ["code": "\(error.code.rawValue)"])
        }
    }

    func fail(_ job: Job, _ failure: EngineFailure) async {
        do {
            let notice = JobNotice(job.leased.job, .failed(failure.failure))
            let outcome = try await store.fail(
                job.leased.lease, failure.failure, mayRetry: failure.mayRetry, event: notice.event,
                at: clock.now()
            ) { [observer] transaction, record in
                try observer.settle(record, .failed, in: transaction)
            }
            switch outcome {
            case .queued(let record):
                observer.jobsReturned([record])
                _ = try await store.append(
                    JobNotice(record, .waiting).event, to: record.request, at: clock.now())
            case .failed(let record):
                logger.warning(
                    "a job failed",
                    metadata: ["job": "\(record.id)", "code": "\(failure.failure.code)"])
                observer.jobEnded(record, .failed, wasHeld: true)
            case .lost:
                observer.jobLeft(job.leased.job, workSeconds: job.workSeconds)
            }
        } catch {
            // Its lease lapses.
            logger.error("a job's failure could not be written", metadata: ["code": "\(error.code.rawValue)"])
        }
    }
}
