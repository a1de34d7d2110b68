import Server
import Serving
import Stores
import Worker

extension StoredGeneration {
    /// What has happened to the jobs that a reference names after a sequence number; where nothing has, waits for it.
    func events(
        _ reference: JobReference, after sequence: UInt64, of caller: Caller, waitingSeconds seconds: Double
    ) async throws -> JobEventPage? {
        guard let found = try await find(reference, for: .caller(try identifier(of: caller))) else {
            return nil
        }
        let (id, only) = (found.request.id, found.only)
        let seconds = min(seconds, settings.longestEventWaitSeconds)
        return try await follows.following(id) {
            var (last, hasWaited) = (Int(clamping: sequence), seconds <= 0)
            while true {
                guard
                    let kept = try await withStore({
                        try await store.events(of: id, after: last, limit: Self.eventLimit)
                    }),
                    // Read after its events, so that no state is older than they are.
                    let request = try await withStore({ try await store.request(id, for: .service) })
                else { return nil }
                let isLast = kept.isFinished && kept.events.count < Self.eventLimit
                let events = translate(kept, request, after: last).filter {
                    only == nil || $0.job == JobReference(known: only?.text ?? "")
                }
                if !events.isEmpty || isLast || (hasWaited && kept.events.isEmpty) {
                    return JobEventPage(events: events, isLast: isLast)
                }
                if let newest = kept.events.last {
                    // Nothing among them that this listener is told of.
                    last = newest.sequence
                } else {
                    try await waitForEvent(of: id, after: last, seconds: seconds)
                    hasWaited = true
                }
            }
        }
    }

    /// Events read at once.
    private static let eventLimit = 200

    /// The event of a request that was cancelled as a whole.
    static let cancelledRequestKind = "request.cancelled"

    /// Returns when the store has something new, or the time is over.
    private func waitForEvent(of request: RequestIdentifier, after sequence: Int, seconds: Double)
        async throws
    {
        let (store, sleep) = (store, environment.sleep)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                var iterator = store.follow(request, after: sequence).makeAsyncIterator()
                _ = try await iterator.next()
            }
            tasks.addTask { try await sleep(seconds) }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    /// The events as their caller is told of them.
    private func translate(_ page: EventPage, _ request: RequestRecord, after sequence: Int) -> [JobEvent] {
        var events: [JobEvent] = []
        if page.hasGap {
            // What is not kept any more led to the states of today.
            let number = page.events.first.map { $0.sequence - 1 } ?? sequence + 1
            events = statuses(request).map { JobEvent($0, sequence: UInt64(max(1, number))) }
        }
        let order = request.payload.flatMap { try? DrawingOrder(payload: $0) }
        for event in page.events {
            if event.kind == Self.cancelledRequestKind {
                events += request.jobs.filter { $0.state == .cancelled }.map {
                    JobEvent(
                        sequence: UInt64(event.sequence), job: JobReference($0.id), index: $0.position,
                        change: .cancelled)
                }
            } else if let notice = JobNotice(event),
                let change = change(notice, at: event.time, in: request, order: order)
            {
                events.append(
                    JobEvent(
                        sequence: UInt64(event.sequence), job: JobReference(notice.job),
                        index: notice.position, change: change))
            }
        }
        return events
    }

    /// What a notice tells; nil where it is about a line in which the job does not stand any more.
    private func change(
        _ notice: JobNotice, at time: Moment, in request: RequestRecord, order: DrawingOrder?
    ) -> JobEvent.Change? {
        let now = environment.now()
        switch notice.change {
        case .waiting:
            guard let job = request.jobs.first(where: { $0.id == notice.job }), job.state == .queued else {
                return nil
            }
            return .waiting(shared.with { $0.waiting(job, at: now) })
        case .drawing(let step, let count, let remaining):
            let timeLeft = remaining.map { seconds in
                shared.with { $0.desk.timeLeft(drawingFor: seconds - max(0, now - time), at: now) }
            }
            return .drawing(Drawing(step: step, stepCount: count, timeLeft: timeLeft))
        case .preview(let number, let picture):
            return .preview(number: number, picture: Server.PictureIdentifier(picture))
        case .completed(let picture, let seed, _):
            return .completed(
                JobResult(
                    picture: Server.PictureIdentifier(picture), completed: time,
                    usage: order.map(usage) ?? TokenUsage(), seed: seed))
        case .failed(let failure): return .failed(Server.JobFailure(failure))
        case .cancelled: return .cancelled
        }
    }

    /// What an order's pictures took each, as OpenAI's API counts.
    func usage(_ order: DrawingOrder) -> TokenUsage {
        TokenUsage(
            inputTextTokens: settings.tokenCount(order.shape.model, order.prompt),
            inputImageTokens: order.photo == nil ? 0 : Self.tokens(of: order.shape),
            outputImageTokens: Self.tokens(of: order.shape))
    }

    /// A token is a square of sixteen pixels' side.
    private static func tokens(of shape: PictureShape) -> Int {
        (shape.width + 15) / 16 * ((shape.height + 15) / 16)
    }
}

extension JobEvent {
    /// The event that tells a state.
    init(_ status: JobStatus, sequence: UInt64) {
        let change: Change =
            switch status.state {
            case .waiting(let waiting): .waiting(waiting)
            case .drawing(let drawing): .drawing(drawing)
            case .completed(let result): .completed(result)
            case .failed(let failure): .failed(failure)
            case .cancelled: .cancelled
            }
        self.init(sequence: sequence, job: status.reference, index: status.index, change: change)
    }
}
