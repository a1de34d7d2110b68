import Rights
import Server
import Serving
import Synchronization

/// Decides by the rules that ship, and keeps appeals in memory.
public final class ScriptedPolicy: PolicyService {
    private let appeals = Mutex<[AppealReport]>([])

    /// Makes an empty queue.
    public init() {}

    /// What the rules that ship say of a prompt.
    public static func decide(_ prompt: String, confirmations: Set<String> = []) throws -> PolicyDecision {
        try Policy.shipped().decide(
            PolicyQuestion(text: prompt, confirmations: confirmations, day: CalendarDay("2026-11-28")))
    }

    /// `too often` is refused.
    public func check(_ question: PolicyCheck, of caller: Caller) async throws -> PolicyCheckOutcome {
        if question.prompt == "too often" {
            return .refused(Refusal(.init(limit: .requestsPerMinute, retryAfterSeconds: 7)), standing: nil)
        }
        return .decided(try Self.decide(question.prompt, confirmations: question.confirmations))
    }

    /// `full` and `many` are refused.
    public func appeal(_ appeal: NewAppeal, of caller: Caller) async throws -> AppealOutcome {
        if appeal.message == "full" { return .full }
        if appeal.message == "many" { return .tooManyOfCaller }
        let decision = try Self.decide(appeal.prompt)
        guard decision.outcome != .allow else { return .nothingRefused }
        let report = appeals.withLock { appeals in
            let report = AppealReport(
                id: "apl_\(appeals.count + 1)", caller: caller.id,
                created: Moment(secondsSinceEpoch: 1_800_000_000),
                prompt: appeal.prompt, message: appeal.message, decision: decision, answer: nil)
            appeals.append(report)
            return report
        }
        return .kept(report)
    }

    /// See ``PolicyService``.
    public func appeal(_ id: String, of caller: Caller) async throws -> AppealReport? {
        appeals.withLock { $0.first { $0.id == id && $0.caller == caller.id } }
    }

    /// See ``PolicyService``.
    public func appeals(isOpen: Bool?, after id: String?, limit: Int) async throws -> [AppealReport] {
        appeals.withLock { $0.filter { (isOpen ?? ($0.answer == nil)) == ($0.answer == nil) } }
    }

    /// No words are harmless here.
    public func answer(_ id: String, _ verdict: AppealVerdict, reason: String, by caller: Caller) async throws
        -> AppealAnswering
    {
        if case .harmless = verdict { return .impossible(reason: "it is a name's own spelling") }
        return appeals.withLock { appeals in
            guard let index = appeals.firstIndex(where: { $0.id == id }) else { return .unknown }
            let old = appeals[index]
            appeals[index] = AppealReport(
                id: old.id, caller: old.caller, created: old.created, prompt: old.prompt,
                message: old.message, decision: old.decision,
                answer: .init(actor: caller.id, time: old.created, verdict: verdict, reason: reason))
            return .answered(appeals[index])
        }
    }
}
