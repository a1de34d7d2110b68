import Server
import Serving
import Synchronization

/// Stands in for the line, the store and the devices: it does what its script says, and writes down what it was asked.
///
/// Without a script, every request is taken and drawn at once, with as many previews as were asked for.
public actor ScriptedService: GenerationService {
    /// What a script may do with a submission; nil takes it.
    public typealias Script = @Sendable (Submission) throws -> SubmissionOutcome?
    /// What happens to a job once it was taken, in order; a list without an end leaves it to ``happen(_:to:)``.
    public typealias Course = @Sendable (Submission, _ index: Int) -> [JobEvent.Change]

    private struct Job {
        var status: JobStatus
        let caller: String
    }

    private struct Group {
        let fingerprint: [UInt8]
        let caller: String
        var events: [JobEvent] = []
        var jobs: [JobReference]
        var waiters: Int
    }

    private let script: Script
    private let course: Course
    private var groups: [JobReference: Group] = [:]
    private var jobs: [JobReference: Job] = [:]
    private var groupsByKey: [String: JobReference] = [:]
    private var groupCount = 0

    /// Everything that was submitted, in order.
    public private(set) var submissions: [Submission] = []
    /// How often a caller who waited has left.
    public private(set) var departures = 0
    /// What is answered to the question whether requests are taken.
    public var currentReadiness = Readiness(isReady: true)

    /// Makes a service with a script.
    public init(
        script: @escaping Script = { _ in nil }, course: @escaping Course = ScriptedService.drawnAtOnce
    ) {
        self.script = script
        self.course = course
    }

    /// The time at which everything happens.
    public static let moment = Moment(secondsSinceEpoch: 1_800_000_000)

    /// What is left of the caller's limits, always the same: one request of 60 and ten pictures of 1000 are used.
    public static let standing: CallerStanding = {
        let plan = Plan(name: "test")
        var usage = LimitUsage()
        _ = Limits.admitRequest(&usage, plan: plan, at: moment)
        Limits.open(pictures: 10, &usage, at: moment)
        return CallerStanding(
            requests: Limits.requestStanding(usage, plan: plan, at: moment),
            pictures: Limits.pictureStanding(usage, plan: plan, at: moment))
    }()

    /// A course to the end, with previews.
    public static let drawnAtOnce: Course = { submission, index in
        let time = TimeRange(earliestSeconds: 1, expectedSeconds: 2, latestSeconds: 4, confidence: 0.9)
        let previews = (0..<submission.request.partialImages).compactMap { number in
            PictureIdentifier("preview-\(submission.request.format.rawValue)-\(number)").map {
                JobEvent.Change.preview(number: number, picture: $0)
            }
        }
        return [.waiting(Waiting(place: index + 1, timeLeft: time))]
            + [.drawing(Drawing(step: 1, stepCount: 2, timeLeft: time))] + previews
            + [.completed(result(submission, index))]
    }

    /// A finished picture.
    public static func result(_ submission: Submission, _ index: Int) -> JobResult {
        guard let picture = PictureIdentifier("picture-\(submission.request.format.rawValue)-\(index)") else {
            preconditionFailure("not a name")
        }
        return JobResult(
            picture: picture, completed: moment + 3,
            usage: TokenUsage(
                inputTextTokens: 5, inputImageTokens: submission.request.edit == nil ? 0 : 7,
                outputImageTokens: 100),
            seed: submission.request.seed ?? 42)
    }

    /// See ``GenerationService``.
    public func submit(_ submission: Submission) async throws -> SubmissionOutcome {
        submissions.append(submission)
        if let outcome = try script(submission) { return outcome }
        if let known = try repeated(submission) { return known }
        groupCount += 1
        guard let reference = JobReference("grp_\(groupCount)") else { preconditionFailure("not a name") }
        var group = Group(
            fingerprint: submission.fingerprint, caller: submission.caller.id, jobs: [],
            waiters: submission.waits ? 1 : 0)
        for index in 0..<submission.request.count {
            guard let job = JobReference("job_\(groupCount)_\(index)") else {
                preconditionFailure("not a name")
            }
            var status = JobStatus(
                reference: job, group: reference, index: index, created: Self.moment,
                model: submission.request.model,
                size: submission.request.size, format: submission.request.format,
                tier: submission.request.quality.insistedTier ?? .standard,
                isLowered: submission.request.quality == .auto,
                state: .waiting(Waiting(place: index + 1, timeLeft: nil)))
            status.styles = submission.request.styles
            jobs[job] = Job(status: status, caller: submission.caller.id)
            group.jobs.append(job)
        }
        groups[reference] = group
        if let key = submission.idempotencyKey { groupsByKey[submission.caller.id + " " + key] = reference }
        let accepted = statuses(of: reference)
        for (index, job) in group.jobs.enumerated() {
            for change in course(submission, index) { happen(change, to: job) }
        }
        return .accepted(AcceptedGroup(reference: reference, jobs: accepted, standing: Self.standing))
    }

    private func repeated(_ submission: Submission) throws -> SubmissionOutcome? {
        var reference: JobReference?
        if let key = submission.idempotencyKey {
            reference = groupsByKey[submission.caller.id + " " + key]
            if let reference, groups[reference]?.fingerprint != submission.fingerprint { return .keyReused }
        } else {
            reference =
                groups.first { reference, group in
                    group.caller == submission.caller.id && group.fingerprint == submission.fingerprint
                        && statuses(of: reference).contains { !$0.state.hasEnded }
                }?.key
        }
        guard let reference else { return nil }
        if submission.waits { groups[reference]?.waiters += 1 }
        return .accepted(
            AcceptedGroup(
                reference: reference, jobs: statuses(of: reference), isRepeated: true, standing: Self.standing
            ))
    }

    /// Lets something happen to a job.
    public func happen(_ change: JobEvent.Change, to job: JobReference) {
        guard var known = jobs[job], let group = groups[known.status.group], !known.status.state.hasEnded
        else { return }
        switch change {
        case .waiting(let waiting): known.status.state = .waiting(waiting)
        case .drawing(let drawing): known.status.state = .drawing(drawing)
        case .preview(_, let picture):
            if case .drawing(let drawing) = known.status.state {
                known.status.state = .drawing(
                    Drawing(
                        step: drawing.step, stepCount: drawing.stepCount, timeLeft: drawing.timeLeft,
                        preview: picture))
            }
        case .completed(let result): known.status.state = .completed(result)
        case .failed(let failure): known.status.state = .failed(failure)
        case .cancelled: known.status.state = .cancelled
        }
        jobs[job] = known
        groups[known.status.group]?.events.append(
            JobEvent(
                sequence: UInt64(group.events.count) + 1, job: job, index: known.status.index, change: change)
        )
    }

    /// See ``GenerationService``.
    public func jobs(_ reference: JobReference, of caller: Caller) async throws -> [JobStatus]? {
        let found = statuses(of: reference).filter { jobs[$0.reference]?.caller == caller.id }
        return found.isEmpty ? nil : found
    }

    private func statuses(of reference: JobReference) -> [JobStatus] {
        (groups[reference]?.jobs ?? [reference]).compactMap { jobs[$0]?.status }
    }

    /// See ``GenerationService``.
    public func events(
        _ reference: JobReference, after sequence: UInt64, of caller: Caller, waitingSeconds seconds: Double
    ) async throws -> JobEventPage? {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while true {
            guard let known = try await jobs(reference, of: caller), let first = known.first else {
                return nil
            }
            let names = Set(known.map(\.reference))
            let events = (groups[first.group]?.events ?? []).filter {
                $0.sequence > sequence && names.contains($0.job)
            }
            let isLast = known.allSatisfy { $0.state.hasEnded }
            if !events.isEmpty || isLast || clock.now >= end {
                return JobEventPage(events: events, isLast: isLast)
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// See ``GenerationService``.
    public func cancel(_ reference: JobReference, of caller: Caller) async throws -> CancelOutcome {
        guard let known = try await jobs(reference, of: caller) else { return .unknown }
        let open = known.filter { !$0.state.hasEnded }
        guard !open.isEmpty else { return .alreadyEnded }
        for job in open { happen(.cancelled, to: job.reference) }
        return .cancelled(statuses(of: reference))
    }

    /// See ``GenerationService``.
    public func leave(_ group: JobReference, of caller: Caller) async {
        departures += 1
        groups[group]?.waiters -= 1
        guard let known = groups[group], known.waiters <= 0 else { return }
        for job in known.jobs { happen(.cancelled, to: job) }
    }

    /// See ``GenerationService``.
    public func readiness() async -> Readiness { currentReadiness }

    /// See ``GenerationService``.
    public func standing(of caller: Caller) async -> CallerStanding? { Self.standing }

    /// Changes what is answered to the question whether requests are taken.
    public func setReadiness(_ readiness: Readiness) { currentReadiness = readiness }
}

extension JobStatus.State {
    /// Whether nothing will happen any more.
    public var hasEnded: Bool {
        switch self {
        case .waiting, .drawing: false
        case .completed, .failed, .cancelled: true
        }
    }
}
