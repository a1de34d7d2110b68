import Rights
import RightsSamples
import Serving
import Stores
import Testing

/// Objections, their answers, and what follows from them.
@Suite struct AppealStoreTests {
    private static func appeal(_ samples: inout Samples, caller: Int = 0) throws -> AppealRecord {
        let policy = try Policy(toml: RuleFile.defaultTOML)
        let decision = policy.decide(try PolicyQuestion(text: "a snoopi", day: CalendarDay("2026-11-28")))
        return AppealRecord(
            id: AppealIdentifier(at: Samples.start, using: &samples.generator),
            caller: Samples.caller(caller),
            created: Samples.start, prompt: Samples.prompt, message: "제 강아지 이름입니다", decision: decision)
    }

    private static func answer(_ verdict: AppealVerdict, reason: String = "looked into") throws
        -> AppealAnswer
    {
        AppealAnswer(
            actor: try RightsSamples.name("operator"), time: Samples.start + 10, verdict: verdict,
            reason: reason)
    }

    @Test("An appeal waits until it is answered; both are kept, and its sender alone sees it")
    func life() async throws {
        try await withDataFolder { folder in
            var samples = Samples(seed: 4)
            let store = try SQLiteStore(folder: folder)
            let appeal = try Self.appeal(&samples)
            #expect(try await store.add(appeal) == .kept)
            #expect(try await store.appeals(isOpen: true, after: nil, limit: 10) == [appeal])
            #expect(try await store.appeals(isOpen: false, after: nil, limit: 10) == [])
            #expect(try await store.appeals(isOpen: nil, after: appeal.id, limit: 10) == [])
            #expect(try await store.appeal(appeal.id, for: .caller(Samples.caller(1))) == nil)
            let first = try Self.answer(.upheld)
            #expect(try await store.answer(appeal.id, first)?.answer == first)
            #expect(try await store.policyAmendments().isEmpty)
            try store.close()
            let again = try SQLiteStore(folder: folder)
            // An operator thinks again: the later answer counts, the earlier one stays.
            let second = try Self.answer(.harmless(["snoopi"]), reason: "a dog's name")
            #expect(try await again.answer(appeal.id, second)?.answer == second)
            #expect(try await again.policyAmendments().harmless == ["snoopi"])
            #expect(try await again.appealAnswerCount() == 2)
            let found = try await again.appeal(appeal.id, for: .caller(appeal.caller))
            #expect(found?.answer == second && found?.decision == appeal.decision)
            try again.close()
        }
    }

    @Test("Too many, too long, empty and unknown appeals are refused")
    func limits() async throws {
        try await withStore { store, samples in
            for _ in 0..<AppealLimits.openOfCaller {
                #expect(try await store.add(try Self.appeal(&samples)) == .kept)
            }
            #expect(try await store.add(try Self.appeal(&samples)) == .tooManyOfCaller)
            let other = try Self.appeal(&samples, caller: 1)
            #expect(try await store.add(other) == .kept)
            for reason in ["", String(repeating: "a", count: AppealLimits.textBytes + 1)] {
                let answer = try Self.answer(.upheld, reason: reason)
                #expect(await code { _ = try await store.answer(other.id, answer) } == .invalidArgument)
            }
            let unknown = try Self.appeal(&samples)
            #expect(try await store.answer(unknown.id, try Self.answer(.upheld)) == nil)
            for _ in 0..<AppealLimits.answers {
                _ = try await store.answer(other.id, try Self.answer(.upheld))
            }
            let more = try Self.answer(.upheld)
            #expect(await code { _ = try await store.answer(other.id, more) } == .invalidArgument)
        }
    }

    @Test(
        "Where nobody answers, the prompt goes after its term and the appeal waits on; an answer still counts"
    )
    func unanswered() async throws {
        try await withStore { store, samples in
            let appeal = try Self.appeal(&samples)
            _ = try await store.add(appeal)
            let term = RetentionPolicy().appealSeconds
            #expect(term == 31 * 86_400)
            _ = try await RetentionTests.sweep(store, at: appeal.created + (term - 1))
            #expect(try await store.appeal(appeal.id, for: .service)?.prompt == Samples.prompt)
            let report = try await store.sweep(RetentionTests.policy, at: appeal.created + term)
            #expect(report.promptCount == 1)
            let left = try #require(try await store.appeal(appeal.id, for: .service))
            #expect(left.prompt == nil && left.message == appeal.message && left.answer == nil)
            #expect(try await store.appeals(isOpen: true, after: nil, limit: 10) == [left])
            #expect(
                !allBytes(in: store.folder).contains {
                    $0.firstRange(of: Array(Samples.prompt.utf8)) != nil
                })
            #expect(try await store.answer(appeal.id, try Self.answer(.upheld)) != nil)
        }
    }

    @Test("Exceptions are everybody's or the appellant's alone; the prompt goes some time after the answer")
    func amendments() async throws {
        try await withStore { store, samples in
            let day = try CalendarDay("2026-12-31")
            let verdicts: [AppealVerdict] = [
                .exception(try RightsSamples.name("ghibli"), until: day, forAppellantOnly: false),
                .exception(try RightsSamples.name("pixar"), until: nil, forAppellantOnly: true),
            ]
            var appeals: [AppealRecord] = []
            for (number, verdict) in verdicts.enumerated() {
                let appeal = try Self.appeal(&samples, caller: number)
                appeals.append(appeal)
                _ = try await store.add(appeal)
                _ = try await store.answer(appeal.id, try Self.answer(verdict))
            }
            let amendments = try await store.policyAmendments()
            #expect(amendments.exceptions.map(\.name.text) == ["ghibli"])
            #expect(amendments.exceptions.map(\.note) == [appeals[0].id.text])
            #expect(
                amendments.exceptions(for: appeals[1].caller.text, on: day).map(\.text) == ["pixar"])
            #expect(amendments.exceptions(for: appeals[0].caller.text, on: day).isEmpty)

            func hasPrompt() -> Bool {
                allBytes(in: store.folder).contains { $0.firstRange(of: Array(Samples.prompt.utf8)) != nil }
            }
            #expect(hasPrompt())
            _ = try await RetentionTests.sweep(store, at: Samples.start + 109)
            #expect(try await store.appeal(appeals[0].id, for: .service)?.prompt == Samples.prompt)
            _ = try await RetentionTests.sweep(store, at: Samples.start + 110 + 700)
            #expect(try await store.appeal(appeals[0].id, for: .service)?.prompt == nil)
            #expect(!hasPrompt())
        }
    }
}
