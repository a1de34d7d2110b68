import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore {
    /// Gives a worker jobs. See ``JobStore``.
    public func lease(
        for worker: String, models: Set<String>, lookAhead: Int, until end: Moment, at now: Moment,
        choosing: @escaping @Sendable ([WaitingJob]) -> [Int]
    ) async throws(StoresError) -> [LeasedJob] {
        guard (1...200).contains(worker.utf8.count), (1...1024).contains(lookAhead) else {
            throw StoresError(
                .invalidArgument, "a worker's name has 1 to 200 bytes, and it sees 1 to 1024 jobs")
        }
        let latestEnd = min(end, now + settings.longestLeaseSeconds)
        return try await writer.write(.soon) { transaction in
            let candidates = try transaction.waiting(models: models, limit: lookAhead)
            guard !candidates.isEmpty else { return [] }
            var chosen = Set<Int>()
            return try choosing(candidates.map(\.job)).compactMap { offset in
                guard candidates.indices.contains(offset), chosen.insert(offset).inserted else { return nil }
                return try transaction.lease(candidates[offset].id, to: worker, until: latestEnd, at: now)
            }
        }
    }

    /// Keeps leases alive. See ``JobStore``.
    public func renew(_ reports: [LeaseReport], until end: Moment, at now: Moment)
        async throws(StoresError) -> [Lease]
    {
        let latestEnd = min(end, now + settings.longestLeaseSeconds)
        return try await writer.write(.soon) { transaction in
            try reports.filter { report in
                guard try transaction.standing(of: report.lease) == .holds else { return true }
                try transaction.execute(
                    """
                    UPDATE job SET leaseEnd = ?, state = max(state, ?), step = coalesce(?, step),
                        stepCount = coalesce(?, stepCount) WHERE id = ?
                    """,
                    [
                        latestEnd.microseconds, report.progress == nil ? 1 : 2, report.progress?.step,
                        report.progress?.stepCount, report.lease.job.text,
                    ])
                return false
            }.map(\.lease)
        }
    }

    /// Gives jobs back without blame. See ``JobStore``.
    public func giveBack(_ leases: [Lease], at now: Moment) async throws(StoresError) -> [JobRecord] {
        try await writer.write(.soon) { transaction in
            try leases.compactMap { lease in
                guard try transaction.standing(of: lease) == .holds else { return nil }
                try transaction.requeue(lease.job, isFailedAttempt: false)
                return try transaction.job(lease.job)
            }
        }
    }

    /// Takes back all that a worker held. See ``JobStore``.
    public func release(
        worker: String, at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?
    ) async throws(StoresError) -> LeaseSweep {
        let limit = settings.attemptLimit
        return try await writer.write(.now) { transaction in
            let held = try transaction.rows(
                "SELECT id, state FROM job WHERE state IN (1, 2) AND worker = ?", [worker])
            // A job that was not being drawn cannot be why the worker went down.
            let untouched = held.filter { $0[1] == JobRow.number(of: .leased) }
            for row in untouched {
                try transaction.requeue(JobIdentifier(stored: row[0]), isFailedAttempt: false)
            }
            var sweep = try transaction.takeBack(
                held.filter { $0[1] != JobRow.number(of: .leased) }, attemptLimit: limit, at: now,
                failureEvent: failureEvent)
            sweep.returned += try untouched.map { try transaction.job(JobIdentifier(stored: $0[0])) }
            return sweep
        }
    }

    /// Ends lapsed leases. See ``JobStore``.
    public func sweepLeases(
        at now: Moment, failureEvent: @escaping @Sendable (JobRecord) -> EventDraft?
    ) async throws(StoresError) -> LeaseSweep {
        let verdict = leaseClock.withLock { $0.sweep(at: now) }
        let limit = settings.attemptLimit
        let lapsed = "state IN (1, 2) AND leaseEnd <= ?"
        return try await writer.write(.now) { transaction in
            var sweep = LeaseSweep()
            if verdict.endsLapsed {
                let rows = try transaction.rows("SELECT id FROM job WHERE \(lapsed)", [now.microseconds])
                sweep = try transaction.takeBack(
                    rows, attemptLimit: limit, at: now, failureEvent: failureEvent)
            } else {
                try transaction.execute(
                    "UPDATE job SET leaseEnd = ? WHERE \(lapsed)",
                    [verdict.termEnd.microseconds, now.microseconds])
                sweep.extendedCount = transaction.database.changesCount
            }
            try transaction.execute(
                "UPDATE job SET leaseEnd = ? WHERE state IN (1, 2) AND leaseEnd > ?",
                [verdict.termEnd.microseconds, verdict.termEnd.microseconds])
            return sweep
        }
    }

    /// Signals that jobs wait. See ``JobStore``.
    public func jobsWaiting() -> AsyncStream<Void> { wakeUps.listen(to: .queue) }
}

extension SQLiteTransaction {
    /// The smallest places among the jobs that wait for some models.
    fileprivate func waiting(models: Set<String>, limit: Int) throws -> [(id: JobIdentifier, job: WaitingJob)]
    {
        var found: [(id: JobIdentifier, job: WaitingJob)] = []
        for model in models.sorted() {
            let rows = try rows(
                """
                SELECT id, tag, number, width, height, isLight, json_extract(CAST(terms AS TEXT), '$.tier')
                FROM job WHERE state = 0 AND model = ? ORDER BY tag, number LIMIT ?
                """, [model, limit])
            found += rows.map { row in
                let place = QueuePlace(tag: row[1], number: UInt64(bitPattern: row[2]))
                let shape = PictureShape(model: model, width: row[3], height: row[4])
                // Terms that cannot be read are told of when the job is leased.
                let tier = (row[6] as String?).flatMap(Tier.init(rawValue:)) ?? .full
                return (
                    JobIdentifier(stored: row[0]),
                    WaitingJob(place: place, shape: shape, tier: tier, isLight: row[5])
                )
            }
        }
        guard models.count > 1 else { return found }
        return Array(found.sorted { $0.job.place < $1.job.place }.prefix(limit))
    }

    fileprivate func lease(_ id: JobIdentifier, to worker: String, until end: Moment, at now: Moment) throws
        -> LeasedJob
    {
        try execute(
            """
            UPDATE job SET state = 1, leaseCount = leaseCount + 1, worker = ?, leaseEnd = ?,
                started = coalesce(started, ?) WHERE id = ?
            """, [worker, end.microseconds, now.microseconds, id.text])
        let job = try job(id)
        guard let payload = try row("SELECT payload FROM request WHERE id = ?", [job.request.text]),
            let bytes = payload[0] as Data?
        else {
            throw StoresError(.damaged, "job \(id.text) waits and its request is gone; restore a backup")
        }
        wake(.request(job.request))
        return LeasedJob(
            lease: Lease(job: id, number: job.leaseCount, worker: worker, end: end), job: job,
            payload: Array(bytes))
    }

    /// Takes jobs from workers that are lost.
    fileprivate func takeBack(
        _ rows: [Row], attemptLimit: Int, at now: Moment,
        failureEvent: (JobRecord) -> EventDraft?
    ) throws -> LeaseSweep {
        var sweep = LeaseSweep()
        for row in rows {
            let job = try job(JobIdentifier(stored: row[0]))
            if job.failedAttempts + 1 >= attemptLimit {
                try end(job.id, of: job.request, as: .failed, failure: .workerLost, at: now)
                let failed = try self.job(job.id)
                if let event = failureEvent(failed) { try append(event, to: job.request, at: now) }
                sweep.failed.append(failed)
            } else {
                try requeue(job.id, isFailedAttempt: true)
                sweep.returned.append(try self.job(job.id))
            }
        }
        return sweep
    }
}
