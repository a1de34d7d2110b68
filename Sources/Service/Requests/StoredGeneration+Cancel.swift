import Server
import Serving
import Stores
import Worker

extension StoredGeneration {
    /// Cancels what has not ended of the jobs that a reference names.
    func cancel(_ reference: JobReference, of caller: Caller) async throws -> CancelOutcome {
        let viewer = Viewer.caller(try identifier(of: caller))
        guard let (request, only) = try await find(reference, for: viewer) else { return .unknown }
        let job = only.flatMap { name in request.jobs.first { $0.id == name } }
        guard let cancelled = try await cancel(request.id, only: job, for: viewer) else { return .unknown }
        guard !cancelled.isEmpty else { return .alreadyEnded }
        return .cancelled(try await jobs(reference, of: caller) ?? [])
    }

    /// Says that a caller who waited has left.
    func leave(_ group: JobReference, of caller: Caller) async {
        guard let request = RequestIdentifier(group.text), let viewer = CallerIdentifier(caller.id),
            waiters.leave(request)
        else { return }
        // Where the store fails now, the picture is drawn for nobody: a waste, but nothing is lost.
        _ = try? await cancel(request, only: nil, for: .caller(viewer))
    }

    private func cancel(
        _ request: RequestIdentifier, only job: JobRecord?, for viewer: Viewer
    ) async throws -> [CancelledJob]? {
        let now = environment.now()
        let event =
            if let job { JobNotice(job, .cancelled).event } else {
                EventDraft(kind: Self.cancelledRequestKind, data: [])
            }
        let cancelled = try await withStore {
            try await store.cancel(request, only: job?.id, for: viewer, event: event, at: now)
        }
        guard let cancelled, !cancelled.isEmpty else { return cancelled }
        shared.with { state in
            for entry in cancelled {
                let work = entry.wasHeld ? entry.job.spentWorkSeconds : 0
                state.finish(
                    entry.job, .cancelled(workSeconds: work), wasDrawing: entry.wasHeld, at: now)
            }
        }
        for _ in cancelled { waiters.jobEnded(of: request) }
        announceCancelled(cancelled.filter(\.wasHeld).map(\.job.id))
        return cancelled
    }
}

extension JobRecord {
    /// The device-seconds that went into it, by the steps that are done.
    var spentWorkSeconds: Double {
        guard let progress, progress.stepCount > 0 else { return 0 }
        return terms.price.workSeconds * Double(progress.step) / Double(progress.stepCount)
    }
}
