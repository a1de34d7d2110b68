import Serving

extension SQLiteStore {
    /// Stores a picture as a job's result. See ``JobStore``.
    public func complete(
        _ lease: Lease, picture: WrittenPicture, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> CompletionOutcome {
        try event?.validate()
        let outcome = try await writer.write(.now) { [pictureFolder] transaction -> CompletionOutcome in
            let standing = try transaction.standing(of: lease)
            switch standing {
            case .lost: return .lost
            case .delivered: return .alreadyDelivered(try transaction.job(lease.job))
            case .holds, .lapsed: break
            }
            guard pictureFolder.contains(picture.id) else {
                throw StoresError(.pictureMissing, "the file of \(picture.id.text) is gone; write it again")
            }
            let request = try transaction.request(of: lease.job)
            try transaction.end(lease.job, of: request, as: .done, picture: picture.id, at: now)
            let job = try transaction.job(lease.job)
            try transaction.insert(picture, as: .result, of: job.caller, request: request, at: now)
            if let likeness = picture.likeness {
                try transaction.insert(likeness, of: picture.id, caller: job.caller, at: now)
            }
            if let event { try transaction.append(event, to: request, at: now) }
            try transaction.runAlongside { try alongside(transaction, job) }
            return .stored(job, wasHeld: standing == .holds)
        }
        switch outcome {
        case .stored: recorded(picture.id)
        case .alreadyDelivered(let job) where job.picture == picture.id: break
        case .alreadyDelivered, .lost: await discard(picture)
        }
        return outcome
    }

    /// Says that a job could not be drawn. See ``JobStore``.
    public func fail(
        _ lease: Lease, _ failure: JobFailure, mayRetry: Bool, event: EventDraft?, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, JobRecord) throws -> Void
    ) async throws(StoresError) -> FailureOutcome {
        try event?.validate()
        let limit = settings.attemptLimit
        return try await writer.write(.now) { transaction in
            guard try transaction.standing(of: lease) == .holds else { return .lost }
            let job = try transaction.job(lease.job)
            if mayRetry, job.failedAttempts + 1 < limit {
                try transaction.requeue(lease.job, isFailedAttempt: true)
                return .queued(try transaction.job(lease.job))
            }
            try transaction.end(lease.job, of: job.request, as: .failed, failure: failure, at: now)
            let failed = try transaction.job(lease.job)
            if let event { try transaction.append(event, to: job.request, at: now) }
            try transaction.runAlongside { try alongside(transaction, failed) }
            return .failed(failed)
        }
    }

    /// Cancels open jobs of a request. See ``JobStore``.
    public func cancel(
        _ request: RequestIdentifier, only job: JobIdentifier?, for viewer: Viewer, event: EventDraft?,
        at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction, [CancelledJob]) throws -> Void
    ) async throws(StoresError) -> [CancelledJob]? {
        try event?.validate()
        return try await writer.write(.now) { transaction in
            let jobs = try transaction.jobs(of: request).filter { job == nil || $0.id == job }
            guard let first = jobs.first, viewer.sees(first.caller) else { return nil }
            let cancelled = try jobs.filter { !$0.state.isFinal }.map { open in
                try transaction.end(open.id, of: request, as: .cancelled, at: now)
                return CancelledJob(job: try transaction.job(open.id), wasHeld: open.state.isHeld)
            }
            guard !cancelled.isEmpty else { return [] }
            if let event { try transaction.append(event, to: request, at: now) }
            try transaction.runAlongside { try alongside(transaction, cancelled) }
            return cancelled
        }
    }

    /// Ends the open jobs of a request with a reason. See ``JobRightsStore``.
    public func stop(
        _ request: RequestIdentifier, because failure: JobFailure,
        event: @escaping @Sendable (JobRecord) -> EventDraft?, at now: Moment
    ) async throws(StoresError) -> [CancelledJob] {
        try await writer.write(.now) { transaction in
            try transaction.jobs(of: request).filter { !$0.state.isFinal }.map { open in
                try transaction.end(open.id, of: request, as: .failed, failure: failure, at: now)
                let job = try transaction.job(open.id)
                if let event = event(job) { try transaction.append(event, to: request, at: now) }
                return CancelledJob(job: job, wasHeld: open.state.isHeld)
            }
        }
    }
}
