import FoundationEssentials
import ScriptedService
import Server
import Synchronization

@testable import Serving

/// A line before two easels, at the pace of the machine's clock: what the pages show while it goes on.
///
/// Words in a sentence choose what is out of the ordinary: `(crowded)`, `(full)`, `(often)`, `(today)`, `(fails)`,
/// `(forbidden)`, `(broken)`, `(slow)`; a studio's name is refused as the rules that ship do.
final class PacedLine: Sendable {
    static let stepCount = 24
    private static let easels = 2
    /// From so many waiting pictures on, those who come without a ticket are turned away.
    private static let longestLine = 12

    private struct Job {
        let reference: JobReference
        let submission: Submission
        let picture: String
        var step = 0
        var ticks = 0
        var isSlow: Bool { submission.request.prompt.contains("(slow)") }
    }

    private struct State {
        var groupCount = 0
        var ticketCount: UInt64 = 1023
        var waiting: [Job] = []
        var drawing: [Job] = []
    }

    private let state = Mutex(State())
    private let pictures: PaintedPictures
    private let tickSeconds: Double

    init(pictures: PaintedPictures, tickSeconds: Double) {
        self.pictures = pictures
        self.tickSeconds = tickSeconds
    }

    private var pictureSeconds: Double { tickSeconds * Double(Self.stepCount) / Double(Self.easels) }

    // MARK: what is said to newcomers

    func script(_ submission: Submission) throws -> SubmissionOutcome? {
        let prompt = submission.request.prompt
        if prompt.contains("(broken)") { throw ServingFault() }
        if prompt.contains("(forbidden)") {
            return .forbidden(PolicyRefusal(message: "The name of a living artist is no style here."))
        }
        if prompt.contains("Ghibli") || prompt.contains("지브리") {
            return .againstPolicy(try ScriptedPolicy.decide(prompt))
        }
        if prompt.contains("(often)") {
            return .refused(Refusal(.requestsPerMinute, retryAfterSeconds: 20), standing: nil)
        }
        if prompt.contains("(today)") {
            return .refused(Refusal(.picturesPerDay, retryAfterSeconds: 36_000), standing: nil)
        }
        guard submission.ticketNumber == nil, submission.request.quality != .low else { return nil }
        if prompt.contains("(full)") {
            return .refused(Refusal(.queueFull, retryAfterSeconds: 8), standing: nil)
        }
        return state.withLock { state in
            let isCrowded = prompt.contains("(crowded)") || state.waiting.count >= Self.longestLine
            guard isCrowded else { return nil }
            state.ticketCount += 1
            let now = Moment(secondsSinceEpoch: 0)
            let wait = max(200, Double(state.waiting.count) * pictureSeconds * 4)
            let place = QueuePlace(tag: 0, number: state.ticketCount)
            let ticket = Ticket(place: place, workSeconds: 1, comeBackFrom: now, comeBackUntil: now)
            return .refused(
                Refusal(
                    .waitTooLong, waitSeconds: wait,
                    retryAfterSeconds: prompt.contains("(soon)") ? 3 : 150, ticket: ticket,
                    possibleTier: .quick),
                standing: nil)
        }
    }

    func course(_ submission: Submission, _ index: Int) -> [JobEvent.Change] {
        state.withLock { state in
            if index == 0 { state.groupCount += 1 }
            guard let reference = JobReference("job_\(state.groupCount)_\(index)") else { return [] }
            state.waiting.append(
                Job(
                    reference: reference, submission: submission,
                    picture: pictures.name(of: submission.request.prompt, index: index)))
            return [.waiting(waiting(at: state.waiting.count - 1, state))]
        }
    }

    // MARK: what happens then

    func run(_ service: ScriptedService) async throws {
        while true {
            try await Task.sleep(for: .seconds(tickSeconds))
            let open = try await openJobs(service)
            let changes = state.withLock { state in
                state.waiting.removeAll { !open.contains($0.reference) }
                state.drawing.removeAll { !open.contains($0.reference) }
                return tick(&state)
            }
            for (job, change) in changes { await service.happen(change, to: job) }
        }
    }

    private func openJobs(_ service: ScriptedService) async throws -> Set<JobReference> {
        var open: Set<JobReference> = []
        let known = state.withLock { $0.waiting + $0.drawing }
        for job in known {
            let status = try await service.jobs(job.reference, of: job.submission.caller)?.first
            if status?.state.hasEnded == false { open.insert(job.reference) }
        }
        return open
    }

    private func tick(_ state: inout State) -> [(JobReference, JobEvent.Change)] {
        var changes: [(JobReference, JobEvent.Change)] = []
        var moved = false
        while state.drawing.count < Self.easels, !state.waiting.isEmpty {
            state.drawing.append(state.waiting.removeFirst())
            moved = true
        }
        for index in state.drawing.indices {
            state.drawing[index].ticks += 1
            guard !state.drawing[index].isSlow || state.drawing[index].ticks % 12 == 1 else { continue }
            state.drawing[index].step += 1
            changes += step(state.drawing[index])
        }
        state.drawing.removeAll { $0.step >= Self.stepCount || isFailing($0) }
        if moved {
            for (index, job) in state.waiting.enumerated() {
                changes.append((job.reference, .waiting(waiting(at: index, state))))
            }
        }
        return changes
    }

    private func isFailing(_ job: Job) -> Bool {
        job.submission.request.prompt.contains("(fails)") && job.step >= 6
    }

    private func step(_ job: Job) -> [(JobReference, JobEvent.Change)] {
        if isFailing(job) { return [(job.reference, .failed(JobFailure(message: "The device failed.")))] }
        if job.step >= Self.stepCount { return [(job.reference, .completed(result(job)))] }
        let left = Double(Self.stepCount - job.step) * tickSeconds * (job.isSlow ? 12 : 1)
        let range = TimeRange(
            earliestSeconds: left * 0.8, expectedSeconds: left, latestSeconds: left * 1.4, confidence: 0.9)
        var changes: [(JobReference, JobEvent.Change)] = [
            (job.reference, .drawing(Drawing(step: job.step, stepCount: Self.stepCount, timeLeft: range)))
        ]
        let each = Self.stepCount / (PaintedPictures.previewCount + 1)
        if job.step % each == 1, let preview = PictureIdentifier("\(job.picture)-\(job.step / each)") {
            changes.append((job.reference, .preview(number: job.step / each, picture: preview)))
        }
        return changes
    }

    private func result(_ job: Job) -> JobResult {
        guard let picture = PictureIdentifier(job.picture) else { preconditionFailure("not a name") }
        return JobResult(
            picture: picture, completed: Moment(secondsSinceEpoch: Date().timeIntervalSince1970),
            usage: TokenUsage(inputTextTokens: 12, outputImageTokens: 256),
            seed: job.submission.request.seed ?? UInt64(4_711 + job.picture.utf8.count * 1_000))
    }

    private func waiting(at index: Int, _ state: State) -> Waiting {
        let isSlow = (state.drawing + state.waiting.prefix(index + 1)).contains { $0.isSlow }
        let expected = Double(index + 2) * pictureSeconds * (isSlow ? 12 : 1)
        return Waiting(
            place: index + 1,
            timeLeft: TimeRange(
                earliestSeconds: expected * 0.7, expectedSeconds: expected, latestSeconds: expected * 1.5,
                confidence: 0.9))
    }
}

/// What a broken store would throw.
struct ServingFault: Error {}
