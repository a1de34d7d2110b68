import Images
import Serving
import Stores
import Synchronization

extension PictureWorker {
    typealias Job = HeldJob<Engine.Batch.Plan>

    /// Leases jobs for the next step boundary, each time somebody waits and a boundary comes.
    func leaseJobs() async {
        for await _ in leaseSignal.stream {
            guard !Task.isCancelled else { return }
            do {
                try await leaseOnce()
            } catch {
                logger.error("no jobs can be leased", metadata: ["code": "\(error.code.rawValue)"])
                pauseLeasing(seconds: settings.pollSeconds)
            }
        }
    }

    private func leaseOnce() async throws(StoresError) {
        let uptime = clock.uptimeSeconds()
        let outlook = board.withLock { board in
            let outlook = board.outlook(
                deliveryLimit: settings.deliveryLimit, stallSeconds: settings.stallSeconds, at: uptime)
            // Whoever joins the line from now on sets it again.
            if outlook != nil { board.mayHaveWaiting = false }
            return outlook
        }
        guard let outlook else { return }
        let now = clock.now()
        let hasMore = Atomic(false)
        let leased = try await store.lease(
            for: settings.name, models: engine.models, lookAhead: settings.lookAhead,
            until: now + settings.leaseSeconds, at: now
        ) { [self] waiting in
            let chosen = choose(from: waiting, outlook, at: now)
            if chosen.count < waiting.count || waiting.count == settings.lookAhead {
                hasMore.store(true, ordering: .relaxed)
            }
            return chosen
        }
        let isMore = hasMore.load(ordering: .relaxed)
        let new = board.withLock { board in
            if isMore { board.mayHaveWaiting = true }
            return board.took(leased, recipes: settings.recipes)
        }
        guard !leased.isEmpty else { return }
        observer.jobsTaken(leased.map(\.job))
        reportSignal.ring()
        let waiting = new.filter(waitsForStyle)
        for job in new where !waiting.contains(where: { $0.job.id == job.job.id }) { await prepare(job) }
        deviceSignal.ring()
        // Side by side, after those that could join at once: loading one style holds up no job that does not want it.
        await withDiscardingTaskGroup { group in
            for job in waiting {
                group.addTask {
                    await self.prepare(job)
                    self.deviceSignal.ring()
                }
            }
        }
    }

    private func choose(from waiting: [WaitingJob], _ outlook: Board.Outlook, at now: Moment) -> [Int] {
        guard let first = waiting.first else { return [] }
        let shape = outlook.coming.isEmpty ? first.shape : outlook.shape ?? first.shape
        let alike = waiting.filter { $0.shape == shape }
        // Rows are reckoned in the recipe of most of those who come next: one that asks the model twice where the others ask
        // once takes two of their seats.
        let usual = settings.recipes[Tier.usual(among: alike.lazy.map(\.tier)) ?? first.tier]
        let target = observer.rowTarget(
            shape, recipe: usual,
            waiting: alike.count + outlook.coming.count { !$0.row.isCancelled && $0.row.stepsLeft > 0 })
        let hardLimit = settings.rows(atMost: min(outlook.roomLimit, settings.capacities.last ?? 1))
        // A batch of three is computed as one of four: what is allowed is brought down to what is compiled.
        let allowed = settings.rows(
            atMost: outlook.heat.rows(of: max(1, target), at: outlook.heat.level(at: now)))
        let rowLimit = min(allowed, hardLimit)
        func seats(_ recipe: TierRecipe, _ isLight: Bool) -> Int {
            observer.seats(shape, recipe: recipe, isLight: isLight, beside: usual, rowLimit: rowLimit)
        }
        let running = outlook.coming.map { coming in
            var row = coming.row
            row.seats = seats(coming.recipe, row.isLight)
            return row
        }
        let weighed = waiting.map { job in
            var job = job
            job.seats = seats(settings.recipes[job.tier], job.isLight)
            return job
        }
        return planner.plan(
            running: running, shape: outlook.shape, waiting: weighed,
            rowLimit: rowLimit, hardLimit: hardLimit, virtualTime: observer.virtualTime()
        ).joining
    }

    /// Whether a job wants a style that is to be loaded first.
    private func waitsForStyle(_ leased: LeasedJob) -> Bool {
        guard let order = try? DrawingOrder(payload: leased.payload), !order.styles.isEmpty else {
            return false
        }
        return !engine.hasLoaded(order.styles, for: order.shape.model)
    }

    /// Reads a job's order, and makes it into what the device can draw; a job that cannot be drawn ends here.
    private func prepare(_ leased: LeasedJob) async {
        do {
            let order = try DrawingOrder(payload: leased.payload)
            let recipe = order.recipe(tier: leased.job.terms.tier, of: settings.recipes)
            guard order.shape == leased.job.shape, order.seeds.count > leased.job.position else {
                throw WorkerError(.invalidOrder, "the order does not fit its job; ask for the picture again")
            }
            let plan = try await engine.plan(
                PictureInstructions(
                    prompt: order.prompt, negativePrompt: order.negativePrompt, shape: order.shape,
                    seed: order.seeds[leased.job.position], recipe: recipe,
                    guidanceScale: order.guidanceScale ?? settings.guidanceScale,
                    photo: try await photo(of: order, for: leased.job), styles: order.styles))
            board.withLock { $0.prepared(leased.job.id, order: order, recipe: recipe, plan: plan) }
        } catch {
            guard let job = board.withLock({ $0.forget(leased.job.id) }) else { return }
            await fail(job, judge(error))
        }
    }

    /// The photo that an order begins with, and its mask, decoded beside the device.
    private func photo(of order: DrawingOrder, for job: JobRecord) async throws -> (
        picture: Picture, strength: Double, mask: PictureMask?
    )? {
        guard let photo = order.photo else { return nil }
        let bytes = try await upload(photo.picture, "the photo", of: job)
        let picture = try await besideDevice.run { try Picture(decoding: bytes, name: "the photo") }
        guard let name = photo.mask else { return (picture, photo.strength, nil) }
        let maskBytes = try await upload(name, "the mask", of: job)
        let mask = try await besideDevice.run { try PictureMask(decoding: maskBytes) }
        return (picture, photo.strength, mask)
    }

    private func upload(_ id: PictureIdentifier, _ name: String, of job: JobRecord) async throws -> [UInt8] {
        // Looked up as the caller: nobody draws over another's photo.
        guard let record = try await store.picture(id, for: .caller(job.caller), at: clock.now()) else {
            throw WorkerError(.photoMissing, "\(name) is gone; send it again")
        }
        return try await store.open(record).collect()
    }

    /// The photo that an order begins with, as it was sent; nil where there is none, or where it cannot be read any more:
    /// the picture is drawn by then, and says that there was one.
    func photoFile(of order: DrawingOrder, for job: JobRecord) async -> [UInt8]? {
        guard let photo = order.photo,
            let record = try? await store.picture(
                photo.picture, for: .caller(job.caller), at: clock.now())
        else { return nil }
        return try? await store.open(record).collect()
    }

    private func judge(_ error: any Error) -> EngineFailure {
        switch error {
        case let error as WorkerError
        where ![.unknownModel, .styleUnavailable, .invalidStyle].contains(error.code):
            let code = error.code == .photoMissing ? "photo_missing" : "invalid_request"
            // A newer program may be able to read it.
            return EngineFailure(
                JobFailure(code: code, message: error.message), mayRetry: error.code == .newerOrder,
                losesBatch: false)
        case let error as ImagesError:
            return EngineFailure(
                JobFailure(code: "invalid_photo", message: error.message), mayRetry: false, losesBatch: false)
        case let error as StoresError:
            return EngineFailure(
                JobFailure(
                    code: error.code == .pictureMissing ? "photo_missing" : "storage_failed",
                    message: "The photo cannot be read."),
                mayRetry: error.code != .pictureMissing, losesBatch: false)
        default:
            return engine.judge(error)
        }
    }
}
