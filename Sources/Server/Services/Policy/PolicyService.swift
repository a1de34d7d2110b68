import Rights
import Serving

/// Says what the policy makes of a prompt without drawing it, and takes objections.
///
/// Methods honour cancellation; ``ServiceUnavailable`` is answered with 503. Prompts and messages are never logged.
public protocol PolicyService: Sendable {
    /// Decides. A question counts as a request of the caller's plan, so that nobody tries words without end.
    func check(_ question: PolicyCheck, of caller: Caller) async throws -> PolicyCheckOutcome

    /// Takes an objection to a decision, which is made again so that what is kept is true.
    func appeal(_ appeal: NewAppeal, of caller: Caller) async throws -> AppealOutcome

    /// A caller's appeal, or nil where there is none of that name.
    func appeal(_ id: String, of caller: Caller) async throws -> AppealReport?

    /// The operator's queue, the oldest first.
    ///
    /// - Parameters:
    ///   - isOpen: only those without an answer, or only those with one; nil for all.
    ///   - id: the last one of the page before; nil for the first.
    ///   - limit: the most to give; 1 to 200.
    func appeals(isOpen: Bool?, after id: String?, limit: Int) async throws -> [AppealReport]

    /// Answers an appeal. What it changes of the rules holds at once.
    func answer(_ id: String, _ verdict: AppealVerdict, reason: String, by caller: Caller) async throws
        -> AppealAnswering
}

/// A prompt that somebody wants to know about.
public struct PolicyCheck: Sendable, Hashable {
    /// The prompt. Never logged.
    public let prompt: String
    /// The style that it is to be drawn with, if any.
    public let style: String?
    /// Names and rules that the person was asked about and said yes to.
    public let confirmations: Set<String>

    /// Makes a question.
    public init(prompt: String, style: String? = nil, confirmations: Set<String> = []) {
        self.prompt = prompt
        self.style = style
        self.confirmations = confirmations
    }
}

/// What a question came to.
public enum PolicyCheckOutcome: Sendable {
    /// The decision.
    case decided(PolicyDecision)
    /// The caller has asked too much.
    case refused(Refusal, standing: CallerStanding?)
}

/// An objection as it is sent.
public struct NewAppeal: Sendable, Hashable {
    /// What was to be drawn.
    public let prompt: String
    /// Why the decision is wrong.
    public let message: String

    /// Makes an objection.
    public init(prompt: String, message: String) {
        self.prompt = prompt
        self.message = message
    }

    /// The longest message, in Unicode scalars, of which each has four bytes at the most.
    public static let maximumMessageLength = 1_000
}

/// What became of an objection.
public enum AppealOutcome: Sendable {
    /// It waits for an answer.
    case kept(AppealReport)
    /// There is nothing to object to: the prompt is drawn as it is.
    case nothingRefused
    /// The caller has as many open appeals as anybody may have.
    case tooManyOfCaller
    /// More wait than an operator can read.
    case full
    /// The caller has asked too much.
    case refused(Refusal, standing: CallerStanding?)
}

/// An appeal as it stands.
public struct AppealReport: Sendable, Hashable {
    /// Its name.
    public let id: String
    /// Whose it is, by the name in the store.
    public let caller: String
    /// When it came.
    public let created: Moment
    /// What was to be drawn; nil once it was removed for its age.
    public let prompt: String?
    /// Why the decision is wrong.
    public let message: String
    /// The decision.
    public let decision: PolicyDecision
    /// The last answer; nil while there is none.
    public let answer: Answer?

    /// An operator's answer.
    public struct Answer: Sendable, Hashable {
        /// Who answered.
        public let actor: String
        /// When.
        public let time: Moment
        /// What follows.
        public let verdict: AppealVerdict
        /// Why, for the one who appealed.
        public let reason: String

        /// Makes an answer.
        public init(actor: String, time: Moment, verdict: AppealVerdict, reason: String) {
            self.actor = actor
            self.time = time
            self.verdict = verdict
            self.reason = reason
        }
    }

    /// Makes a report.
    public init(
        id: String, caller: String, created: Moment, prompt: String?, message: String,
        decision: PolicyDecision, answer: Answer?
    ) {
        self.id = id
        self.caller = caller
        self.created = created
        self.prompt = prompt
        self.message = message
        self.decision = decision
        self.answer = answer
    }
}

/// What became of an answer.
public enum AppealAnswering: Sendable {
    /// It is kept, and holds.
    case answered(AppealReport)
    /// There is no such appeal.
    case unknown
    /// The answer cannot be: it names what the rules do not know, or contradicts them.
    case impossible(reason: String)
}
