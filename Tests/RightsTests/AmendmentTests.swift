import Testing

@testable import Rights

/// What answered appeals change of the rules.
@Suite struct AmendmentTests {
    private static let day = "2026-11-28"

    private static func outcome(
        _ text: String, _ policy: Policy, exceptions: Set<Identifier<RuleFile.Name>> = []
    ) throws -> PolicyDecision.Outcome {
        try policy.decide(
            PolicyQuestion(text: text, exceptions: exceptions, day: CalendarDay(day))
        ).outcome
    }

    @Test("An exception opens a name up to its day, a harmless word is left alone, and the version says so")
    func amended() throws {
        let policy = try Policy.shipped()
        var amendments = PolicyAmendments()
        amendments.add(.upheld, appellant: "a", note: "apl_0")
        #expect(try policy.amended(by: amendments).file.version == policy.file.version)
        amendments.add(
            .exception(
                try Identifier("studio-ghibli"), until: try CalendarDay(Self.day), forAppellantOnly: false),
            appellant: "a", note: "apl_1")
        amendments.add(.harmless(["Snoopi"]), appellant: "a", note: "apl_2")
        let amended = try policy.amended(by: amendments)
        #expect(try Self.outcome("a Ghibli village", policy) == .refuse)
        #expect(try Self.outcome("a Ghibli village", amended) == .allow)
        #expect(try Self.outcome("my dog Snoopi", policy) == .askBack)
        #expect(try Self.outcome("my dog Snoopi", amended) == .allow)
        #expect(try Self.outcome("my dog Snoopy", amended) == .refuse)
        let later = try amended.decide(
            PolicyQuestion(text: "a Ghibli village", day: CalendarDay("2026-11-29")))
        #expect(later.outcome == .refuse)
        #expect(amended.hash == policy.hash)
        #expect(amended.file.version == policy.file.version + "+2")
    }

    @Test("Of two exceptions the one that holds longer counts, whichever was made first")
    func longest() throws {
        let policy = try Policy.shipped()
        let days: [CalendarDay?] = [try CalendarDay("2026-12-01"), nil, try CalendarDay("2027-01-01")]
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            var amendments = PolicyAmendments()
            for index in order {
                amendments.add(
                    .exception(try Identifier("pixar"), until: days[index], forAppellantOnly: false),
                    appellant: "a", note: "apl_\(index)")
            }
            let file = try policy.amended(by: amendments).file
            #expect(file.exceptions?.map(\.note) == ["apl_1"], "\(order)")
        }
    }

    @Test("An exception for one person is that person's alone, and ends on its day")
    func personal() throws {
        var amendments = PolicyAmendments()
        amendments.add(
            .exception(try Identifier("pixar"), until: try CalendarDay(Self.day), forAppellantOnly: true),
            appellant: "key_a", note: "apl_1")
        let policy = try Policy.shipped().amended(by: amendments)
        let day = try CalendarDay(Self.day)
        #expect(amendments.exceptions(for: "key_b", on: day).isEmpty)
        #expect(amendments.exceptions(for: "key_a", on: day.adding(days: 1)).isEmpty)
        let mine = amendments.exceptions(for: "key_a", on: day)
        #expect(try Self.outcome("a Pixar robot", policy) == .refuse)
        #expect(try Self.outcome("a Pixar robot", policy, exceptions: mine) == .allow)
    }

    @Test("What contradicts the rule file is refused with why")
    func contradictions() throws {
        let policy = try Policy.shipped()
        let verdicts: [(AppealVerdict, String)] = [
            (.harmless(["Ghibli"]), "harmless"),
            (.exception(try Identifier("nobody"), until: nil, forAppellantOnly: false), "no name"),
        ]
        for (verdict, words) in verdicts {
            var amendments = PolicyAmendments()
            amendments.add(verdict, appellant: "a", note: "apl_1")
            #expect {
                _ = try policy.amended(by: amendments)
            } throws: { error in
                (error as? RightsError)?.code == .invalidRuleFile
                    && (error as? RightsError)?.message.contains(words) ?? false
            }
        }
    }

    @Test("A text that names thousands tells some of them, what stands in the way first")
    func thousands() throws {
        let text = String(repeating: "Van Gogh, ", count: 2_000) + "Ghibli"
        let decision = try Policy.shipped().decide(PolicyQuestion(text: text, day: CalendarDay(Self.day)))
        #expect(decision.outcome == .refuse)
        #expect(decision.findings.count == Policy.maximumFindings)
        #expect(decision.findings.first?.matchedWords == "Ghibli")
    }
}
