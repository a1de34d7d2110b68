import Testing

@testable import Rights

/// What becomes of a claim, and what is refused.
@Suite struct ClaimTests {
    private static let day: Int64 = 86_400_000

    private static func time(_ days: Int64) throws -> Timestamp {
        try Timestamp(milliseconds: 1_790_000_000_000 + days * day)
    }

    private static func statement(_ text: String = "The third sheet is mine.", link: String = "") throws
        -> ClaimStatement
    {
        try ClaimStatement(
            subject: .style(Identifier("kim-ink")), text: text, link: link, name: "이도윤",
            contact: "a@b.example",
            tongue: .korean)
    }

    private static func step(_ stage: Claim.Stage, _ reason: String = "looked", stops: Bool = false) throws
        -> Claim.Step
    {
        Claim.Step(
            stage: stage, time: try time(1), actor: try Identifier("operator"), reason: reason,
            suspendedStyle: stops)
    }

    @Test("A claim has its deadlines from the rules, and only steps that follow are added")
    func life() throws {
        let rules = try ClaimRules(lookDays: 2, answerDays: 10)
        var claim = try Claim(try Self.statement(), at: try Self.time(0), rules: rules)
        #expect(claim.stage == .received && claim.stage.isOpen)
        let (soon, late) = (try Self.time(2), try Self.time(10))
        #expect(claim.lookBy == soon && claim.answerBy == late)
        #expect(throws: RightsError.self) { try claim.add(try Self.step(.received)) }
        try claim.add(try Self.step(.takenUp, "", stops: true))
        #expect(claim.stage.isOpen && claim.suspendedStyle)
        #expect(throws: RightsError.self) { try claim.add(try Self.step(.takenUp)) }
        for reason in ["", " \n", String(repeating: "a", count: 4_001)] {
            #expect(throws: RightsError.self) { try claim.add(try Self.step(.rejected, reason)) }
        }
        try claim.add(try Self.step(.rejected))
        #expect(!claim.stage.isOpen && claim.steps.map(\.stage) == [.takenUp, .rejected])
        // An answer may be changed, and every one stays.
        try claim.add(try Self.step(.upheld))
        #expect(claim.stage == .upheld && claim.steps.count == 3)
        for _ in 3..<Claim.stepLimit {
            try claim.add(try Self.step(claim.stage == .upheld ? .rejected : .upheld))
        }
        #expect(throws: RightsError.self) { try claim.add(try Self.step(.takenUp)) }
    }

    @Test("What stops a style meanwhile is what the rule says")
    func holds() throws {
        let expected: [(ClaimRules.Suspension, [Bool])] = [
            (.never, [false, false, false, false]), (.whenTakenUp, [false, true, true, false]),
            (.atOnce, [true, true, true, false]),
        ]
        for (suspension, holds) in expected {
            let rules = try ClaimRules(suspension: suspension)
            for (stage, isHeld) in zip(Claim.Stage.allCases, holds) {
                var claim = try Claim(try Self.statement(), at: try Self.time(0), rules: rules)
                if stage != .received { try claim.add(try Self.step(stage)) }
                #expect(claim.holdsStyle(by: rules) == isHeld, "\(suspension) \(stage)")
            }
        }
    }

    @Test("Statements and rules that cannot be are refused, and no description tells what was said")
    func refusals() throws {
        let long = String(repeating: "가", count: 4_001)
        for (text, link) in [
            ("", ""), ("  \n", ""), (long, ""), ("x", "ftp://a"), ("x", "javascript:alert(1)"),
        ] {
            #expect(throws: RightsError.self, "\(link)") { try Self.statement(text, link: link) }
        }
        #expect(throws: RightsError.self) {
            try ClaimStatement(subject: .other, text: "x", name: " ", contact: "c", tongue: .english)
        }
        for (look, answer) in [(0, 5), (5, 4), (91, 100), (1, 366)] {
            #expect(throws: RightsError.self) { try ClaimRules(lookDays: look, answerDays: answer) }
        }
        let statement = try Self.statement("secret words")
        var dumped = ""
        dump(statement, to: &dumped)
        for text in ["\(statement)", String(reflecting: statement), dumped] {
            #expect(!text.contains("secret") && !text.contains("이도윤") && !text.contains("a@b"))
        }
    }
}
