import Server
import Serving
import Stores
import Worker

extension StoredGeneration {
    /// The jobs that a reference names; nil where none of them is the caller's.
    func jobs(_ reference: JobReference, of caller: Caller) async throws -> [JobStatus]? {
        guard let (request, only) = try await find(reference, for: .caller(try identifier(of: caller))) else {
            return nil
        }
        let statuses = statuses(request)
        guard let only else { return statuses }
        return statuses.filter { $0.reference == JobReference(only) }
    }

    /// A request's jobs as their caller sees them.
    func statuses(_ request: RequestRecord) -> [JobStatus] {
        let order = request.payload.flatMap { try? DrawingOrder(payload: $0) }
        let now = environment.now()
        return shared.with { state in
            request.jobs.map { job in
                let usage = job.state == .done ? order.map(usage) : nil
                return JobStatus(job, order: order, usage: usage, desk: state, now: now)
            }
        }
    }
}

extension JobReference {
    /// The name of a kept request or job.
    init(_ name: RecordIdentifier<some RecordKind>) { self.init(known: name.text) }
}

extension Server.PictureIdentifier {
    /// The name of a kept picture.
    init(_ name: Stores.PictureIdentifier) { self.init(known: name.text) }
}

extension JobStatus {
    /// - Parameter order: what was asked for; nil once it was removed for its age.
    init(
        _ job: JobRecord, order: DrawingOrder?, usage: TokenUsage?, desk: borrowing SharedDesk.State,
        now: Moment
    ) {
        self.init(
            reference: JobReference(job.id), group: JobReference(job.request), index: job.position,
            created: job.accepted, model: job.shape.model, size: PictureSize(job.shape),
            format: order.map { OutputFormat($0.output.format) } ?? .png, tier: job.terms.tier,
            isLowered: order?.askedQuality == .auto && job.terms.tier > .full,
            state: State(job, order: order, usage: usage, desk: desk, now: now))
        styles = (order?.styles ?? []).map { StyleWish($0.style, strengthMilli: $0.strengthMilli) }
    }
}

extension JobStatus.State {
    init(
        _ job: JobRecord, order: DrawingOrder?, usage: TokenUsage?, desk: borrowing SharedDesk.State,
        now: Moment
    ) {
        switch job.state {
        case .queued:
            self = .waiting(desk.waiting(job, at: now))
        case .leased, .drawing:
            self = .drawing(desk.drawing(job, at: now))
        case .done:
            guard let picture = job.picture, let finished = job.finished else {
                self = .failed(.lost)
                return
            }
            self = .completed(
                JobResult(
                    picture: .init(picture), completed: finished,
                    usage: usage ?? TokenUsage(),
                    seed: order.flatMap { job.position < $0.seeds.count ? $0.seeds[job.position] : nil }))
        case .failed: self = .failed(Server.JobFailure(job.failure))
        case .cancelled: self = .cancelled
        }
    }
}

extension Server.JobFailure {
    /// A kept failure, as its caller is told.
    init(_ failure: Stores.JobFailure?) {
        guard let failure else {
            self = .lost
            return
        }
        self.init(
            code: failure.code, message: failure.message,
            isCallersFault: failure.code.hasPrefix("invalid_")
                || failure.code == StoredGeneration.styleStoppedCode)
    }

    /// What is told where the reason was not kept.
    static let lost = Self(message: "The picture could not be drawn, and the reason was not kept.")
}

extension SharedDesk.State {
    /// A waiting job's place and time.
    ///
    /// Whoever has just been promised a time is told that very range: it is the one that is kept and held against what
    /// happens, and so the one that experience has made hold. Later the line is looked at anew.
    func waiting(_ job: JobRecord, at now: Moment) -> Waiting {
        let terms = job.terms
        let isNew = (0..<Self.newSeconds).contains(now - terms.promise.made)
        return Waiting(
            place: desk.position(of: terms.place) + 1,
            timeLeft: isNew
                ? terms.promise.range : desk.timeLeft(terms, arrivals: accounts[job.caller].arrivals, at: now)
        )
    }

    /// How long a promise is new: the time of writing a request and answering it, and then some.
    private static var newSeconds: Double { 1 }

    /// How far a job being drawn is.
    func drawing(_ job: JobRecord, at now: Moment) -> Drawing {
        let recipe = desk.recipes[job.terms.tier]
        let (step, stepCount) = (job.progress?.step ?? 0, job.progress?.stepCount ?? recipe.steps)
        let remaining = job.terms.price.drawSeconds * (1 - Double(step) / Double(max(1, stepCount)))
        return Drawing(
            step: step, stepCount: stepCount, timeLeft: desk.timeLeft(drawingFor: remaining, at: now))
    }

    /// Counts the end of a job.
    mutating func finish(
        _ job: JobRecord, _ ending: AdmissionDesk.Ending, wasDrawing: Bool, at now: Moment
    ) {
        end(job.terms, ending, wasDrawing: wasDrawing, of: job.caller, address: job.alsoCountedTo, at: now)
        tally.count(job.terms, ending, at: now)
        if case .delivered = ending { history.delivered(job.terms.tier, at: now) }
    }
}
