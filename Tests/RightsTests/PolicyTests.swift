import Testing

@testable import Rights

/// Decisions by example, and rule files that are refused.
@Suite struct PolicyTests {
    static let file = #"""
        schema = 1
        version = "7"
        [appeal]
        ko = "이의"
        en = "Appeal"
        [date]
        creator_died_before = 1956
        [[rules]]
        id = "artist"
        decision = "refuse"
        date_opens = true
        agreement_opens = true
        reason.ko = "‘{words}’의 이름"
        reason.en = "“{words}” is a name"
        alternative.ko = "말로"
        alternative.en = "in words"
        [[rules]]
        id = "person"
        decision = "ask"
        reason.ko = "동의?"
        reason.en = "Consent?"
        alternative.ko = "가상"
        alternative.en = "invented"
        [[names]]
        id = "kim-studio"
        rule = "artist"
        aliases = ["Hanbitgol", "한빛골"]
        [[names]]
        id = "kim-hero"
        rule = "artist"
        part_of = "kim-studio"
        aliases = ["Nuribada"]
        [[names]]
        id = "old-master"
        rule = "artist"
        died = 1955
        aliases = ["Oldenmark"]
        [[names]]
        id = "late-master"
        rule = "artist"
        died = 1956
        aliases = ["Latenberg"]
        [[names]]
        id = "somebody"
        rule = "person"
        aliases = ["Jane Doenov"]
        [[phrases]]
        rule = "artist"
        any = ["forbidden phrase"]
        [[phrases]]
        rule = "person"
        within_characters = 30
        together = [["monster", "괴물"], ["neighbour", "이웃"]]
        [[exceptions]]
        name = "late-master"
        until = "2026-12-31"
        note = "appeal 12"
        """#

    private static func decide(
        _ text: String, styles: [String] = [], confirmations: Set<String> = [],
        openings: [String: [String]] = [:],
        day: String = "2027-01-01"
    ) throws -> PolicyDecision {
        try Policy(toml: file).decide(
            PolicyQuestion(
                text: text, styles: Set(styles.map { try Identifier($0) }), confirmations: confirmations,
                openings: Dictionary(
                    uniqueKeysWithValues: openings.map {
                        (try Identifier($0), try $1.map { try Identifier($0) })
                    }),
                day: CalendarDay(day)))
    }

    @Test(
        "Outcomes",
        arguments: [
            ("a cat", .allow, nil, nil), ("Hanbitgol cat", .refuse, "kim-studio", nil),
            ("한 빛 골 고양이", .refuse, "kim-studio", nil), ("Hanbitgul cat", .askBack, "kim-studio", nil),
            ("Oldenmark", .allow, "old-master", .date), ("Latenberg", .refuse, "late-master", nil),
            ("Jane Doenov", .askBack, "somebody", nil), ("a forbidden phrase", .refuse, nil, nil),
            ("my neighbour, a monster", .askBack, nil, nil), ("이웃집 괴물", .allow, nil, nil),
            ("a monster far away, on the other side of the wide sea, and my neighbour", .allow, nil, nil),
            ("Oldenmark and Hanbitgol", .refuse, "old-master", .date),
        ] as [(String, PolicyDecision.Outcome, String?, PolicyDecision.Opening?)])
    func outcomes(
        _ text: String, _ outcome: PolicyDecision.Outcome, _ name: String?, _ opening: PolicyDecision.Opening?
    ) throws {
        let decision = try Self.decide(text)
        #expect(decision.outcome == outcome)
        #expect(decision.findings.first?.name?.text == name)
        #expect(decision.findings.first?.opening == opening)
        #expect(decision.ruleFileVersion == "7")
        #expect(decision.ruleFileHash == ContentHash(of: Self.file.utf8))
    }

    @Test("Every finding says why, what instead and where to object, in both languages")
    func explanation() throws {
        let decision = try Self.decide("a house by Ｈａｎｂｉｔｇｏｌ")
        let finding = try #require(decision.findings.first)
        #expect(finding.reason == LocalizedText(korean: "‘Ｈａｎｂｉｔｇｏｌ’의 이름", english: "“Ｈａｎｂｉｔｇｏｌ” is a name"))
        #expect(finding.alternative.english == "in words")
        #expect(decision.appeal == LocalizedText(korean: "이의", english: "Appeal"))
    }

    @Test("An agreement opens a name and what is part of it, with its style alone")
    func agreements() throws {
        let openings = ["kim-studio": ["kim-ink"]]
        for text in ["Hanbitgol", "Nuribada"] {
            #expect(try Self.decide(text, openings: openings).outcome == .useLicensedStyle)
            #expect(
                try Self.decide(text, openings: openings).findings.first?.styles.map(\.text) == ["kim-ink"])
            #expect(
                try Self.decide(text, styles: ["kim-ink"], openings: openings).findings.first?.opening
                    == .agreement)
            #expect(try Self.decide(text, styles: ["other"], openings: openings).outcome == .useLicensedStyle)
        }
        #expect(try Self.decide("Hanbitgol", openings: ["kim-hero": ["kim-ink"]]).outcome == .refuse)
        #expect(try Self.decide("Jane Doenov", openings: ["somebody": ["kim-ink"]]).outcome == .askBack)
    }

    @Test("Exceptions end, and confirmations open only what was asked")
    func openings() throws {
        #expect(try Self.decide("Latenberg", day: "2026-12-31").findings.first?.opening == .exception)
        #expect(try Self.decide("Jane Doenov", confirmations: ["somebody"]).outcome == .allow)
        #expect(try Self.decide("Hanbitgul", confirmations: ["kim-studio"]).outcome == .allow)
        #expect(try Self.decide("Hanbitgol", confirmations: ["kim-studio"]).outcome == .refuse)
        #expect(try Self.decide("my neighbour, a monster", confirmations: ["person"]).outcome == .allow)
    }

    @Test("A prompt beyond all measure is not decided")
    func tooLong() throws {
        let day = try CalendarDay("2026-11-21")
        #expect(throws: RightsError.self) {
            try PolicyQuestion(text: String(repeating: "a", count: 32_001), day: day)
        }
    }

    @Test(
        "Rule files with clashes, loops and worse",
        arguments: [
            ("schema = 1", "schema = 2", "schema 2"), ("version = \"7\"", "version = ", "line 2"),
            ("id = \"person\"", "id = \"artist\"", "rule artist is there twice"),
            ("rule = \"person\"", "rule = \"nobody\"", "under rule nobody, which is not there"),
            ("part_of = \"kim-studio\"", "part_of = \"kim-hero\"", "loop: kim-hero → kim-hero"),
            ("[\"Hanbitgol\", \"한빛골\"]", "[\"Nuri-Bada\"]", "reads as one of kim-studio"),
            ("[\"Hanbitgol\", \"한빛골\"]", "[]", "no alias"),
            ("[\"Hanbitgol\", \"한빛골\"]", "[\"ab\"]", "too short"),
            ("version = \"7\"", "version = \"7\"\nharmless = [\"hanbitgol\"]", "decide for one"),
            ("version = \"7\"", "version = \"7\"\ncolour = 1", "colour"),
            ("creator_died_before = 1956", "", "names no year"),
            ("decision = \"ask\"", "decision = \"maybe\"", "decision"),
            ("until = \"2026-12-31\"", "until = \"2026-02-30\"", "day"),
            ("name = \"late-master\"", "name = \"no-master\"", "no name of this file"),
            ("any = [\"forbidden phrase\"]", "any = []", "no words"),
            ("within_characters = 30", "within_characters = 0", "1 to 1000"),
        ])
    func refused(_ from: String, _ to: String, _ words: String) throws {
        let text = Self.file.split(separator: from, maxSplits: 1, omittingEmptySubsequences: false).joined(
            separator: to)
        let error = #expect(throws: RightsError.self) { try Policy(toml: text) }
        #expect(error?.code == .invalidRuleFile)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("A loop of three is told with its whole way")
    func loop() throws {
        var file = try RuleFile(toml: Self.file)
        let names = file.names.prefix(3).map(\.identifier)
        for index in 0..<3 { file.names[index].partOf = names[(index + 1) % 3] }
        #expect(
            file.problems() == [
                "names are part of each other in a loop: kim-studio → kim-hero → old-master → kim-studio; remove one part_of"
            ])
    }

    @Test("The rule file that ships is sound, and leaves everyday words alone")
    func defaultRules() throws {
        let policy = try Policy(toml: RuleFile.defaultTOML)
        let day = try CalendarDay("2026-11-21")
        let harmless = [
            "hockey players by the banks of a river", "a pillar in the morning", "snoop around", "夜になると猫が走る",
            "フィールドワーク",
            "달리는 말과 미로 찾기", "히브리 문자", "a marvel of engineering", "munching on grasshoppers", "重力和引力", "奈良的鹿",
            "대리석 마블 무늬", "원피스를 입은 소녀", "휠체어 탄 사람이 웃는다", "a disabled athlete winning a race",
            "flame retardant jacket",
        ]
        for text in harmless {
            let decision = try policy.decide(PolicyQuestion(text: text, day: day))
            #expect(decision.outcome == .allow, "\(text): \(decision.findings.map(\.matchedWords))")
        }
        let stopped: [(String, PolicyDecision.Outcome)] = [
            ("지브리풍 가족사진", .refuse), ("Miyazaki style", .refuse), ("Miyazaki city", .allow),
            ("van gogh sky", .allow),
            ("Pollock style", .refuse), ("Naruto", .refuse), ("习近平", .askBack),
            ("a grotesque disabled man", .askBack),
        ]
        for (text, outcome) in stopped {
            #expect(try policy.decide(PolicyQuestion(text: text, day: day)).outcome == outcome, "\(text)")
        }
    }
}
