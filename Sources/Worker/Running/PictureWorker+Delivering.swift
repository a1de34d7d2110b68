import Images
import Serving
import Stores

extension PictureWorker {
    /// A picture that the device has drawn.
    enum Delivery: Sendable {
        /// A job's result.
        case result(Job, Picture)
        /// How far it is.
        case preview(Job, number: Int, Picture)
    }

    /// Hands a picture over to be encoded and stored.
    func deliver(_ delivery: Delivery) { deliveries.continuation.yield(delivery) }

    /// Encodes and stores pictures, several at a time, so that one that waits for the disk holds up no other.
    func deliverAll() async {
        await withDiscardingTaskGroup { group in
            for await delivery in deliveries.stream {
                group.addTask {
                    switch delivery {
                    case .result(let job, let picture): await self.store(picture, of: job)
                    case .preview(let job, let number, let picture):
                        await self.keepPreview(number, picture, of: job)
                    }
                    self.deviceSignal.ring()
                    self.leaseSignal.ring()
                }
            }
        }
    }

    private func encode(_ picture: Picture, of job: Job, isPreview: Bool) async throws -> (
        file: FinishedPicture, mediaType: String
    ) {
        guard let order = job.order else {
            throw WorkerError(.invalidOrder, "the picture has no order")
        }
        let context = FinishingContext(
            job: job.leased.job, order: order, recipe: job.recipe, seed: job.seed, isPreview: isPreview,
            drawnArea: job.plan?.drawnArea, loadedStyles: job.plan?.loadedStyles ?? [],
            photo: await photoFile(of: order, for: job.leased.job))
        let file = try await besideDevice.run { [finisher] in try finisher(picture, context) }
        return (file, order.output.format.mediaType)
    }

    // MARK: previews

    /// Keeps a preview and tells of it. One that cannot be kept is left out: the picture itself is worth more.
    private func keepPreview(_ number: Int, _ picture: Picture, of job: Job) async {
        do {
            let encoded = try await encode(picture, of: job, isPreview: true)
            let now = clock.now()
            let written = try await store.write(
                encoded.file.bytes, as: newPicture(now), mediaType: encoded.mediaType,
                until: now + settings.previewKeptSeconds)
            let record = job.leased.job
            do {
                _ = try await store.keep(
                    written, as: .partial, of: record.caller, request: record.request, at: now)
            } catch {
                await store.discard(written)
                throw error
            }
            let notice = JobNotice(record, .preview(number: number, picture: written.id))
            _ = try await store.append(notice.event, to: record.request, at: now)
        } catch {
            logger.warning(
                "a preview was left out", metadata: ["job": "\(job.id)", "reason": "\(Self.code(of: error))"])
        }
    }

    // MARK: results

    private func store(_ picture: Picture, of job: Job) async {
        do {
            let encoded = try await encode(picture, of: job, isPreview: false)
            try await complete(job, encoded.file, mediaType: encoded.mediaType)
        } catch {
            let failure: JobFailure
            if error is StoresError || error is CancellationError {
                failure = JobFailure(
                    code: "storage_failed", message: "The picture was drawn and could not be stored.")
            } else {
                failure = JobFailure(code: "encoding_failed", message: "The picture could not be encoded.")
            }
            logger.error(
                "a picture was lost", metadata: ["job": "\(job.id)", "reason": "\(Self.code(of: error))"])
            // Forgotten first: once the line has the job again, it may come to this worker anew.
            guard let held = board.withLock({ $0.forget(job.id) }) else { return }
            await fail(held, EngineFailure(failure, mayRetry: true, losesBatch: false))
        }
    }

    /// Stores a result; where the disk is full or busy, again and again for a while, in which no jobs are leased.
    private func complete(_ job: Job, _ file: FinishedPicture, mediaType: String) async throws {
        let end = clock.uptimeSeconds() + settings.storageRetrySeconds
        let name = newPicture(clock.now())
        var written: WrittenPicture?
        var pause = 0.5
        while true {
            do {
                let kept = job.order?.keptSeconds ?? settings.resultKeptSeconds
                let now = clock.now()
                if written == nil {
                    written = try await store.write(
                        file.bytes, as: name, mediaType: mediaType, until: kept.map { now + $0 })
                    written?.likeness = file.likeness
                }
                if let kept = written {
                    if try await complete(job, with: kept) { return }
                    // The store has discarded it.
                    written = nil
                    continue
                }
            } catch {
                if error.code == .pictureMissing { written = nil }
                let isPassing = Self.passing.contains(error.code)
                let limit = min(end, board.withLock { $0.drainUntil } ?? .infinity)
                guard isPassing, clock.uptimeSeconds() + pause <= limit else {
                    if let written { await store.discard(written) }
                    throw error
                }
                logger.warning("a picture waits to be stored", metadata: ["reason": "\(error.code.rawValue)"])
                pauseLeasing(seconds: pause + settings.pollSeconds)
                try await clock.sleep(pause)
                pause = min(pause * 2, 8)
            }
        }
    }

    /// Says that a job is done, and forgets it.
    /// - Returns: false where it was lost under the lease that was shown, and has come to this worker again under another.
    private func complete(_ job: Job, with written: WrittenPicture) async throws(StoresError) -> Bool {
        let notice = JobNotice(
            job.leased.job,
            .completed(picture: written.id, seed: job.seed, promptTokens: job.plan?.promptTokens ?? 0))
        let ending = AdmissionDesk.Ending.delivered(workSeconds: job.workSeconds)
        let lease = board.withLock { $0.jobs[job.id]?.leased.lease } ?? job.leased.lease
        let outcome = try await store.complete(
            lease, picture: written, event: notice.event, at: clock.now()
        ) { [observer] transaction, record in
            try observer.settle(record, ending, in: transaction)
        }
        switch outcome {
        case .stored(let record, let wasHeld):
            observer.jobEnded(record, ending, wasHeld: wasHeld)
            logger.debug("a picture is stored", metadata: ["job": "\(record.id)"])
        case .alreadyDelivered: break
        case .lost:
            guard board.withLock({ $0.forget(job.id, under: lease) }) else { return false }
            observer.jobLeft(job.leased.job, workSeconds: job.workSeconds)
            return true
        }
        board.withLock { _ = $0.forget(job.id) }
        return true
    }

    /// Failures of a store that may pass.
    private static var passing: Set<StoresError.Code> {
        [.diskFull, .locked, .inputOutput, .overloaded, .notWritable, .pictureMissing]
    }

    private static func code(of error: any Error) -> String {
        switch error {
        case let error as StoresError: error.code.rawValue
        case let error as ImagesError: error.code.rawValue
        case is CancellationError: "cancelled"
        default: "\(type(of: error))"
        }
    }
}
