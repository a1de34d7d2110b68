import Rights
import RightsSamples
import Serving
import Stores
import Testing

@testable import Server
@testable import Service

/// Requests judged by the policy before anything is written, and objections to what it says.
struct PolicyServiceTests {
    private static let refused = "a village in the style of Studio Ghibli"

    @Test(
        "What a rule refuses is turned away with its rule and words; nothing is written, one request is counted"
    )
    func refusal() async throws {
        try await TestHouse.run { house in
            let before = house.usage()
            let outcome = try await house.core.generation.submit(try house.submission(Self.refused))
            guard case .againstPolicy(let decision) = outcome else { throw Unexpected() }
            #expect(decision.outcome == .refuse)
            #expect(decision.findings.first?.rule.text == "studio-style")
            #expect(decision.findings.first?.matchedWords.lowercased().contains("ghibli") ?? false)
            #expect(decision.ruleFileHash == (try Policy.shipped().hash))
            #expect(house.deskState == (0, 0))
            #expect(house.usage().picturesOpen == 0 && before.picturesOpen == 0)
            let name = try #require(CallerIdentifier(house.caller.id))
            #expect(try await house.store.requests(of: name, before: nil, limit: 10).isEmpty)
            let standing = try #require(await house.core.generation.standing(of: house.caller))
            #expect(standing.requests.remaining == TestHouse.plan.requestsPerMinute - 1)
        }
    }

    @Test("What is drawn is kept with its decision, which goes with the prompt")
    func kept() async throws {
        try await TestHouse.run { house in
            // Van Gogh died in 1890: found, and open by the date.
            let group = try await house.accept(try house.submission("a field, style of Vincent van Gogh"))
            let id = try #require(RequestIdentifier(group.reference.text))
            let decision = try #require(try await house.store.decision(on: id, for: .service))
            #expect(decision.outcome == .allow)
            #expect(decision.findings.map(\.opening) == [.date])
            #expect(decision.ruleFileHash == (try Policy.shipped().hash))
            let stranger = try #require(CallerIdentifier("visitor:other"))
            #expect(try await house.store.decision(on: id, for: .caller(stranger)) == nil)
            try await house.deliver(try await house.lease()[0])
            for day in [0.0, 1, 86_401] {
                house.clock.now = house.clock.now + day
                _ = try await house.store.sweep(RetentionPolicy(), at: house.clock.now)
            }
            _ = try await house.store.sweep(RetentionPolicy(), at: house.clock.now + 1)
            #expect(try await house.store.request(id, for: .service)?.payload == nil)
            #expect(try await house.store.decision(on: id, for: .service) == nil)
        }
    }

    @Test("What is asked about is drawn once the person has said yes to it")
    func confirmed() async throws {
        try await TestHouse.run { house in
            let prompt = "a portrait of Taylor Swift on a stage"
            let outcome = try await house.core.generation.submit(try house.submission(prompt))
            guard case .againstPolicy(let decision) = outcome else { throw Unexpected() }
            #expect(decision.outcome == .askBack)
            #expect(decision.confirmations.count == 1)
            _ = try await house.accept(
                try house.submission(prompt, confirmations: Set(decision.confirmations)))
        }
    }

    @Test("Asking without drawing is answered as drawing would be, and is limited as requests are")
    func check() async throws {
        var plan = TestHouse.plan
        plan.requestsPerMinute = 3
        try await TestHouse.run(plan: plan) { house in
            for (prompt, expected) in [
                (Self.refused, PolicyDecision.Outcome.refuse), ("a quiet lake", .allow),
            ] {
                let outcome = try await house.core.policy.check(.init(prompt: prompt), of: house.caller)
                guard case .decided(let decision) = outcome else { throw Unexpected() }
                #expect(decision.outcome == expected)
            }
            // A refused request counts as well, and then nothing more is told.
            _ = try await house.core.generation.submit(try house.submission(Self.refused))
            guard
                case .refused(let refusal, _) = try await house.core.policy.check(
                    .init(prompt: Self.refused), of: house.caller)
            else { throw Unexpected() }
            #expect(refusal.reason == .requestsPerMinute)
            guard case .refused = try await house.core.generation.submit(try house.submission(Self.refused))
            else { throw Unexpected() }
            #expect(house.deskState == (0, 0))
        }
    }

    @Test("An appeal waits, is answered, and the answer holds at once and after a restart")
    func appeals() async throws {
        try await withServiceFolder { folder in
            let clock = ManualClock()
            let administrator = Caller(
                id: "key_" + String(repeating: "0", count: 26), scopes: [.administer], plan: TestHouse.plan)
            try await TestHouse.open(folder, clock) { house in
                let policy = house.core.policy
                guard
                    case .nothingRefused = try await policy.appeal(
                        .init(prompt: "a quiet lake", message: "why not"), of: house.caller)
                else { throw Unexpected() }
                guard
                    case .kept(let report) = try await policy.appeal(
                        .init(prompt: Self.refused, message: "We are that studio."), of: house.caller)
                else { throw Unexpected() }
                let other = Caller(id: "visitor:other", plan: TestHouse.plan)
                #expect(try await policy.appeal(report.id, of: other) == nil)
                #expect(
                    try await policy.appeals(isOpen: true, after: nil, limit: 10).map(\.id) == [report.id])
                let name = try #require(report.decision.findings.first?.name)
                let impossible: [AppealVerdict] = [
                    .exception(try RightsSamples.name("nobody"), until: nil, forAppellantOnly: false),
                    // A name's own spelling cannot be harmless.
                    .harmless(["Studio Ghibli", "Ghibli"]),
                ]
                for verdict in impossible {
                    guard
                        case .impossible = try await policy.answer(
                            report.id, verdict, reason: "no", by: administrator)
                    else { throw Unexpected() }
                }
                guard
                    case .answered(let answered) = try await policy.answer(
                        report.id, .exception(name, until: nil, forAppellantOnly: true), reason: "shown",
                        by: administrator)
                else { throw Unexpected() }
                #expect(answered.answer?.actor == administrator.id)
                _ = try await house.accept(try house.submission(Self.refused))
                guard
                    case .againstPolicy = try await house.core.generation.submit(
                        try house.submission(Self.refused, caller: other))
                else { throw Unexpected() }
            }
            try await TestHouse.open(folder, clock) { house in
                _ = try await house.accept(try house.submission(Self.refused))
            }
        }
    }

    @Test("An answer given by another process is followed within a round")
    func otherProcess() async throws {
        try await TestHouse.run { house in
            let prompt = "my dog Snoopi by the fire"
            guard
                case .kept(let report) = try await house.core.policy.appeal(
                    .init(prompt: prompt, message: "제 강아지입니다"), of: house.caller)
            else { throw Unexpected() }
            let beside = try SQLiteStore(folder: house.store.folder)
            _ = try await beside.answer(
                try #require(AppealIdentifier(report.id)),
                AppealAnswer(
                    actor: try RightsSamples.name("operator"), time: house.clock.now,
                    verdict: .harmless(["Snoopi"]), reason: "a dog"))
            try beside.close()
            try await house.housekeeping.followRights()
            let group = try await house.accept(try house.submission(prompt))
            let id = try #require(RequestIdentifier(group.reference.text))
            let version = try await house.store.decision(on: id, for: .service)?.ruleFileVersion
            #expect(version == (try Policy.shipped().file.version) + "+1")
        }
    }

    private struct Unexpected: Error {}
}
