import Rights
import Serving

/// Somebody's objection to a decision of the policy.
public struct AppealRecord: Hashable, Sendable {
    /// Its name, which its sender is given.
    public let id: AppealIdentifier
    /// Whose it is.
    public let caller: CallerIdentifier
    /// When it came.
    public let created: Moment
    /// What was to be drawn, as its sender sent it along; nil once it was removed for its age. Never logged.
    public let prompt: String?
    /// Why the decision is wrong, in the sender's words.
    public let message: String
    /// The decision, made again when the appeal came.
    public let decision: PolicyDecision
    /// The last answer; nil while there is none.
    public let answer: AppealAnswer?

    /// An appeal that was not answered yet.
    public init(
        id: AppealIdentifier, caller: CallerIdentifier, created: Moment, prompt: String, message: String,
        decision: PolicyDecision
    ) {
        self.init(
            id: id, caller: caller, created: created, prompt: prompt, message: message, decision: decision,
            answer: nil)
    }

    init(
        id: AppealIdentifier, caller: CallerIdentifier, created: Moment, prompt: String?, message: String,
        decision: PolicyDecision, answer: AppealAnswer?
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

/// An operator's answer to an appeal. A later one counts instead of an earlier one, and both are kept.
public struct AppealAnswer: Hashable, Sendable, Codable {
    /// Who answered.
    public let actor: Identifier<RegistryActor>
    /// When.
    public let time: Moment
    /// What follows.
    public let verdict: AppealVerdict
    /// Why, for the one who appealed: 1 to ``AppealLimits/textBytes`` bytes.
    public let reason: String

    /// An answer.
    public init(
        actor: Identifier<RegistryActor>, time: Moment, verdict: AppealVerdict, reason: String
    ) {
        self.actor = actor
        self.time = time
        self.verdict = verdict
        self.reason = reason
    }
}

/// Bounds of appeals: a queue that people read.
public enum AppealLimits {
    /// The longest message or answer, in bytes.
    public static let textBytes = 4_000
    /// The most open appeals of one caller.
    public static let openOfCaller = 10
    /// The most open appeals in all: more than an operator reads in a week.
    public static let open = 5_000
    /// The most answers to one appeal.
    public static let answers = 20
}
