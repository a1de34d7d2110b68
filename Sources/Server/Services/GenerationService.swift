import Rights
import Serving

/// Takes requests, and tells what becomes of them.
///
/// Methods honour cancellation. ``ServiceUnavailable`` is answered with 503, anything else they throw with 500 and a text
/// that says nothing about it.
public protocol GenerationService: Sendable {
    /// Takes a request, turns it away, or finds it to be one that was taken before.
    ///
    /// What is accepted is written before this returns: it is never lost.
    func submit(_ submission: Submission) async throws -> SubmissionOutcome

    /// The jobs that a reference names, in the order of their pictures; nil where none of them is the caller's.
    func jobs(_ reference: JobReference, of caller: Caller) async throws -> [JobStatus]?

    /// What has happened to the jobs that a reference names after a sequence number, oldest first; where nothing has,
    /// waits for it.
    ///
    /// Where events of long ago are not kept any more, the state that they led to is told instead.
    ///
    /// - Parameters:
    ///   - sequence: the last number that was seen; 0 for all there is.
    ///   - seconds: the longest to wait; an empty page then says that nothing happened.
    /// - Returns: nil where none of the jobs is the caller's.
    func events(
        _ reference: JobReference, after sequence: UInt64, of caller: Caller, waitingSeconds seconds: Double
    ) async throws -> JobEventPage?

    /// Cancels what has not ended of the jobs that a reference names.
    func cancel(_ reference: JobReference, of caller: Caller) async throws -> CancelOutcome

    /// Says that a caller who waited for a group has left. The jobs are cancelled unless somebody else waits for them:
    /// every submission with ``Submission/waits`` that was answered with this group counts one.
    func leave(_ group: JobReference, of caller: Caller) async

    /// Whether requests are taken now.
    func readiness() async -> Readiness

    /// What a caller has left of its limits now, without asking for anything; nil where that is not known.
    func standing(of caller: Caller) async -> CallerStanding?
}

extension GenerationService {
    /// Nothing is known.
    public func standing(of caller: Caller) async -> CallerStanding? { nil }
}

/// A checked request, and who sent it how.
public struct Submission: Sendable {
    /// What is to be drawn.
    public let request: GenerationRequest
    /// Who wants it.
    public let caller: Caller
    /// SHA-256 over all that decides how the answer looks: two submissions with the same are the same request.
    public let fingerprint: [UInt8]
    /// The key by which the caller wants repeats to be recognised; nil where it sent none.
    public let idempotencyKey: String?
    /// The ticket that the caller brings back.
    public let ticketNumber: UInt64?
    /// Whether the connection stays open for the pictures: if the caller leaves, ``GenerationService/leave(_:of:)`` follows.
    public let waits: Bool
    /// How many times the client's library says it has sent this before; 0 where it says nothing. Such a repeat may use
    /// the ticket that its caller holds, although it cannot name it.
    public let retryCount: Int
    /// The request's id, for logs.
    public let requestIdentifier: String
}

/// What becomes of a submission.
public enum SubmissionOutcome: Sendable {
    /// Taken, or joined to the same request of before.
    case accepted(AcceptedGroup)
    /// Turned away for load or limits.
    case refused(Refusal, standing: CallerStanding?)
    /// Turned away for what it asks for.
    case forbidden(PolicyRefusal)
    /// Turned away by the policy, with all that it found.
    case againstPolicy(PolicyDecision)
    /// Turned away because its style may not be used.
    case styleUnavailable(String, StyleAvailability.Obstacle)
    /// The idempotency key was used for another request.
    case keyReused
    /// Nothing is taken at the moment, the service is stopping for one.
    case unavailable(retryAfterSeconds: Double?)
}

/// A request that was taken.
public struct AcceptedGroup: Sendable {
    /// The name of all its jobs together.
    public let reference: JobReference
    /// The jobs, in the order of their pictures.
    public let jobs: [JobStatus]
    /// Whether the request was sent before, and this is the first one's group.
    public let isRepeated: Bool
    /// What the caller has left of its limits.
    public let standing: CallerStanding?

    /// Makes a group from its parts.
    public init(
        reference: JobReference, jobs: [JobStatus], isRepeated: Bool = false, standing: CallerStanding? = nil
    ) {
        self.reference = reference
        self.jobs = jobs
        self.isRepeated = isRepeated
        self.standing = standing
    }
}

/// What a caller has left of its limits.
public struct CallerStanding: Sendable, Hashable {
    /// Requests a minute.
    public let requests: Limits.Standing
    /// Pictures a day.
    public let pictures: Limits.Standing

    /// Makes a standing from its parts.
    public init(requests: Limits.Standing, pictures: Limits.Standing) {
        self.requests = requests
        self.pictures = pictures
    }
}

/// Why something is not drawn here, whatever the load.
public struct PolicyRefusal: Sendable, Hashable {
    /// The rule, for programs; `moderation_blocked` is the one that clients of OpenAI's API know.
    public let code: String
    /// The field that the rule is about.
    public let param: String?
    /// The reason, for people. It must not repeat the prompt.
    public let message: String

    /// Makes a refusal from its parts.
    public init(code: String = "moderation_blocked", param: String? = nil, message: String) {
        self.code = code
        self.param = param
        self.message = message
    }
}

/// What became of a wish to cancel.
public enum CancelOutcome: Sendable {
    /// These are the jobs now.
    case cancelled([JobStatus])
    /// All of them had ended.
    case alreadyEnded
    /// None of them is the caller's.
    case unknown
}

/// Whether requests are taken.
public struct Readiness: Sendable, Hashable {
    /// Whether they are.
    public let isReady: Bool
    /// Why not, for the operator; nil where they are.
    public let reason: String?

    /// Makes a readiness from its parts.
    public init(isReady: Bool, reason: String? = nil) {
        self.isReady = isReady
        self.reason = reason
    }
}
