import Rights
import Server
import Serving
import Stores

/// Answers questions about the policy, and keeps the queue of appeals.
struct StoredPolicy: PolicyService {
    let generation: StoredGeneration
    let store: any AppealStore
    let rights: RightsDesk
    let environment: ServiceEnvironment

    // MARK: questions

    func check(_ question: PolicyCheck, of caller: Caller) async throws -> PolicyCheckOutcome {
        try await withStore {
            if let (refusal, standing) = try await generation.countQuestion(of: caller) {
                return .refused(refusal, standing: standing)
            }
            return .decided(
                try rights.decide(
                    question.prompt,
                    styles: Set(question.style.flatMap { try? Identifier<Style>($0) }.map { [$0] } ?? []),
                    confirmations: question.confirmations, caller: caller.id, at: environment.now()))
        }
    }

    // MARK: appeals

    func appeal(_ appeal: NewAppeal, of caller: Caller) async throws -> AppealOutcome {
        try await withStore {
            if let (refusal, standing) = try await generation.countQuestion(of: caller) {
                return .refused(refusal, standing: standing)
            }
            let now = environment.now()
            let decision = try rights.decide(
                appeal.prompt, styles: [], confirmations: [], caller: caller.id, at: now)
            guard decision.outcome != .allow else { return .nothingRefused }
            var chance = environment.chance
            let record = AppealRecord(
                id: AppealIdentifier(at: now, using: &chance), caller: try generation.identifier(of: caller),
                created: now, prompt: appeal.prompt, message: appeal.message, decision: decision)
            switch try await store.add(record) {
            case .kept: return .kept(AppealReport(record))
            case .tooManyOfCaller: return .tooManyOfCaller
            case .full: return .full
            }
        }
    }

    func appeal(_ id: String, of caller: Caller) async throws -> AppealReport? {
        guard let name = AppealIdentifier(id) else { return nil }
        let viewer = Viewer.caller(try generation.identifier(of: caller))
        return try await withStore { try await store.appeal(name, for: viewer).map { AppealReport($0) } }
    }

    func appeals(isOpen: Bool?, after id: String?, limit: Int) async throws -> [AppealReport] {
        let last = id.flatMap { AppealIdentifier($0) }
        return try await withStore {
            try await store.appeals(isOpen: isOpen, after: last, limit: limit).map { AppealReport($0) }
        }
    }

    func answer(
        _ id: String, _ verdict: AppealVerdict, reason: String, by caller: Caller
    ) async throws -> AppealAnswering {
        guard let name = AppealIdentifier(id) else { return .unknown }
        if let fault = rights.fault(of: verdict) { return .impossible(reason: fault) }
        return try await withStore {
            let answer = AppealAnswer(
                actor: try Identifier(caller.id), time: environment.now(), verdict: verdict, reason: reason)
            let record: AppealRecord?
            do {
                record = try await store.answer(name, answer)
            } catch let error as StoresError where error.code == .invalidArgument {
                return .impossible(reason: error.message)
            }
            guard let record else { return .unknown }
            try await rights.refresh()
            return .answered(AppealReport(record))
        }
    }
}

extension AppealReport {
    init(_ record: AppealRecord) {
        self.init(
            id: record.id.text, caller: record.caller.text, created: record.created, prompt: record.prompt,
            message: record.message, decision: record.decision,
            answer: record.answer.map {
                .init(actor: $0.actor.text, time: $0.time, verdict: $0.verdict, reason: $0.reason)
            })
    }
}
