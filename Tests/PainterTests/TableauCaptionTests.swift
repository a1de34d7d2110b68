import Testing

@testable import Painter

@Suite struct TableauCaptionTests {
    private static let girl = Tableau.Member(
        subject: .girl, hue: .red, action: .walking, held: .umbrella, heldHue: .yellow, outfit: .dress,
        aspect: .threeQuarter, facesLeft: false, expression: .smiling)
    private static let dog = Tableau.Member(
        subject: .dog, hue: .brown, action: .walking, held: nil, heldHue: .red, outfit: .shirt,
        aspect: .threeQuarter,
        facesLeft: false, expression: .calm)

    private static func tableau(
        _ cast: [Tableau.Member], _ relation: Tableau.Relation = .none, framing: Tableau.Framing = .full
    ) -> Tableau {
        Tableau(
            place: .alley, hour: .dusk, weather: .rain, season: .autumn, glow: .none, cast: cast,
            relation: relation,
            framing: framing, position: .left, medium: .watercolor, palette: .warm, composition: 1)
    }

    @Test func fullCaptions() {
        let alone = Self.tableau([Self.girl])
        #expect(
            alone.fullCaption(language: .korean)
                == "비 오는 어스름 골목에서 왼쪽에 노란 우산을 쓰고 걷는 빨간 원피스를 입은 소녀, 수채화, 따뜻한 색감")
        #expect(
            alone.fullCaption(language: .english)
                == "a girl in a red dress walking with a yellow umbrella in an alley at dusk in the rain on the left, watercolor, warm colors"
        )
        let two = Self.tableau([Self.girl, Self.dog], .together)
        #expect(two.fullCaption(language: .korean).contains("갈색 강아지와 함께 걷는 빨간 원피스를 입은 소녀"))
        #expect(
            two.fullCaption(language: .english).contains("a girl in a red dress and her brown dog walking"))
    }

    @Test(arguments: [
        ("강아지", "강아지와", "강아지가", "강아지는"), ("소년", "소년과", "소년이", "소년은"), ("말", "말과", "말이", "말은"),
        ("고래", "고래와", "고래가", "고래는"),
    ])
    func particles(noun: String, with: String, subject: String, topic: String) {
        #expect(Korean.with(noun) == with)
        #expect(Korean.subject(noun) == subject)
        #expect(Korean.topic(noun) == topic)
    }

    /// A portrait shows no legs, a back no face, a room no rain.
    @Test func captionsNameOnlyWhatIsShown() {
        for seed in UInt64(0)..<3000 {
            let tableau = Tableau(seed: seed)
            let korean = tableau.caption(language: .korean, seed: seed)
            let english = tableau.caption(language: .english, seed: seed)
            if tableau.framing == .portrait {
                for word in ["걷는", "달리는", "서 있는", "앉"] {
                    #expect(!korean.contains(word), "seed \(seed): \(korean)")
                }
                for word in [" walking", " running", " standing", "seated"] {
                    #expect(!english.contains(word), "seed \(seed): \(english)")
                }
            }
            if tableau.weather != .rain {
                #expect(!english.contains("rain,") && !english.contains("in the rain"), "seed \(seed)")
            }
            if tableau.weather != .snow, tableau.place != .snowVillage {
                #expect(
                    !korean.contains("눈 오는") && !english.contains("falling snow"), "seed \(seed): \(korean)")
            }
            if !tableau.showsStars {
                #expect(!korean.contains("별") && !english.contains("star"), "seed \(seed): \(korean)")
            }
            if !tableau.cast.contains(where: { $0.held == .umbrella || $0.subject == .umbrella }) {
                #expect(!korean.contains("우산") && !english.contains("umbrella"), "seed \(seed)")
            }
            if tableau.relation != .holdingHands {
                #expect(!korean.contains("손을 잡고") && !english.contains("hand in hand"), "seed \(seed)")
            }
            if tableau.palette != .vivid { #expect(!english.contains("vivid"), "seed \(seed)") }
            if tableau.position != .left {
                #expect(!english.contains("on the left") && !korean.contains("왼쪽"), "seed \(seed)")
            }
        }
    }

    @Test func captionsAreWellFormed() {
        var seen: Set<String> = []
        for seed in UInt64(0)..<3000 {
            let tableau = Tableau(seed: seed)
            for language in CaptionLanguage.allCases {
                let caption = tableau.caption(language: language, seed: seed)
                seen.insert(caption)
                #expect(
                    !caption.isEmpty && !caption.contains("  ") && !caption.contains(", ,"),
                    "seed \(seed): \(caption)")
                #expect(
                    !caption.hasPrefix(",") && !caption.hasSuffix(" ") && !caption.hasPrefix(" "),
                    "seed \(seed): \(caption)")
                for wrong in [" a orange", " a old", " a elderly", "은을", "를을", "소녀이 ", "소년가 ", "소년와", "소녀과"] {
                    #expect(!caption.contains(wrong), "seed \(seed): \(caption)")
                }
                #expect(caption == tableau.caption(language: language, seed: seed))
            }
        }
        #expect(seen.count > 4500, "\(seen.count) different captions")
    }

    /// Some captions say much, some little.
    @Test func captionsDifferInLength() {
        let lengths = (0..<500).map { Tableau(seed: $0).caption(language: .english, seed: $0).count }
        #expect(lengths.contains { $0 < 40 } && lengths.contains { $0 > 110 })
    }
}
