import Testing

@testable import Painter

@Suite struct CaptionTests {
    @Test func fullCaptions() {
        let boy = Scene(
            place: .meadow, timeOfDay: .sunset, weather: .clear, subject: .boy, action: .sitting,
            medium: .pencil,
            mood: .soft, composition: 1)
        #expect(boy.fullCaption(language: .korean) == "노을 속 꽃밭에 앉아 있는 소년, 색연필화, 부드러운 톤")
        #expect(
            boy.fullCaption(language: .english)
                == "a boy sitting in a flower meadow at sunset, colored pencil, soft tones")
        let man = Scene(
            place: .town, timeOfDay: .night, weather: .rain, subject: .oldMan, action: .walking, medium: .oil,
            mood: .none, composition: 1)
        #expect(man.fullCaption(language: .korean) == "비 오는 밤의 마을을 걷는 할아버지, 유화")
        #expect(
            man.fullCaption(language: .english)
                == "an old man walking through a small town at night in the rain, oil painting")
        let bird = Scene(
            place: .mountainLake, timeOfDay: .day, weather: .snow, subject: .bird, action: .walking,
            medium: .flat,
            mood: .vivid, composition: 1)
        #expect(bird.fullCaption(language: .korean) == "눈 오는 낮의 호숫가 위를 나는 새, 플랫 일러스트, 선명한 색감")
        let empty = Scene(
            place: .seaside, timeOfDay: .day, weather: .clear, subject: .none, action: .walking, medium: .ink,
            mood: .none, composition: 1)
        #expect(empty.fullCaption(language: .korean) == "낮의 바닷가 풍경, 펜화")
        #expect(empty.fullCaption(language: .english) == "the beach in the daytime, ink drawing")
    }

    @Test(arguments: [
        ("숲", "숲을"), ("바닷가", "바닷가를"), ("마을", "마을을"), ("호수", "호수를"), ("밀밭", "밀밭을"), ("거리", "거리를"),
    ])
    func objectParticle(noun: String, expected: String) { #expect(Korean.object(noun) == expected) }

    @Test func sameSeedSameWords() {
        let scene = Scene(seed: 9)
        for language in CaptionLanguage.allCases {
            #expect(scene.caption(language: language, seed: 4) == scene.caption(language: language, seed: 4))
            let captions = Set((0..<40).map { scene.caption(language: language, seed: $0) })
            #expect(captions.count > 20)
        }
    }

    /// The parts of the prompts that the model must answer, each written by some caption.
    @Test(arguments: [
        (CaptionLanguage.korean, "노을 속 혼자 앉아 있는"), (.korean, "혼자 앉아 있는 조용한 소년"), (.korean, "부드러운 톤"),
        (.korean, "손그림 느낌"),
        (.korean, "마법 숲을 걷는 소녀"), (.korean, "수채화 스타일"), (.korean, "일본 판타지 감성"),
        (.english, "sitting alone"), (.english, "Japanese fantasy mood"), (.english, "storybook"),
        (.english, "hand-drawn feel"), (.english, "walking through a magic forest"),
    ])
    func promptsAreReached(language: CaptionLanguage, words: String) {
        // Among four thousand scenes of the kinds that the prompts speak of.
        let found = (UInt64(0)..<4000).contains(where: { (seed: UInt64) -> Bool in
            let scenes = [
                Scene(
                    seed: seed, timeOfDay: .sunset, weather: .clear, subject: .boy, action: .sitting,
                    mood: .soft),
                Scene(
                    seed: seed, place: .magicForest, weather: .clear, subject: .girl, action: .walking,
                    medium: .watercolor),
            ]
            return scenes.contains { $0.caption(language: language, seed: seed).contains(words) }
        })
        #expect(found)
    }

    /// Words that would be untrue, and when.
    @Test func captionsStateNothingUntrue() {
        for seed in UInt64(0)..<3000 {
            let scene = Scene(seed: seed)
            let details = SceneDetails(scene)
            let korean = scene.caption(language: .korean, seed: seed)
            let english = scene.caption(language: .english, seed: seed).lowercased()
            if scene.weather == .snow {
                #expect(
                    !korean.contains("꽃") && !english.contains("flower"),
                    "seed \(seed): \(korean) / \(english)")
            }
            if scene.weather != .clear {
                for word in ["맑은 날", "화창", "햇살", "별이", "달"] {
                    #expect(!korean.contains(word), "seed \(seed): \(korean)")
                }
                for word in ["sunny", "bright day", "starry", "moon"] {
                    #expect(!english.contains(word), "seed \(seed): \(english)")
                }
            }
            if scene.weather != .rain {
                #expect(!korean.contains("비 ") && !korean.contains("우산") && !english.contains("rain"))
            }
            if !details.hasJapaneseGate {
                #expect(!korean.contains("일본") && !english.contains("japan"), "seed \(seed)")
            }
            if scene.medium == .flat {
                #expect(!korean.contains("손그림") && !english.contains("hand"), "seed \(seed)")
            }
            if scene.subject == .none {
                #expect(!korean.contains("혼자") && !english.contains("alone"), "seed \(seed)")
            }
            if scene.action != .sitting {
                #expect(!korean.contains("앉") && !english.contains("sitting"), "seed \(seed)")
            }
            if scene.mood != .soft {
                #expect(!korean.contains("부드러운 톤") && !english.contains("soft tones"), "seed \(seed)")
            }
        }
    }

    /// No stray spaces, empty parts or doubled words.
    @Test func captionsAreWellFormed() {
        for seed in UInt64(0)..<2000 {
            let scene = Scene(seed: seed)
            for language in CaptionLanguage.allCases {
                let caption = scene.caption(language: language, seed: seed)
                #expect(
                    !caption.isEmpty && !caption.contains("  ") && !caption.contains(", ,"),
                    "seed \(seed): \(caption)")
                #expect(
                    !caption.hasPrefix(",") && !caption.hasSuffix(" ") && !caption.hasPrefix(" "),
                    "seed \(seed): \(caption)")
                #expect(
                    !caption.contains(" a orange") && !caption.hasPrefix("a old"), "seed \(seed): \(caption)")
            }
        }
    }

    @Test func vocabularyCoversEveryValue() {
        for language in CaptionLanguage.allCases {
            let entries = CaptionVocabulary(language: language).entries
            for place in Place.allCases {
                #expect(
                    entries.contains {
                        $0.attribute == "place" && $0.value == place.rawValue && $0.words.count >= 3
                    })
            }
            for medium in Medium.allCases {
                #expect(entries.contains { $0.value == medium.rawValue && $0.words.count >= 3 })
            }
            #expect(entries.filter { $0.attribute == "place" }.map(\.value) == Place.allCases.map(\.rawValue))
            #expect(!entries.contains { $0.attribute == "mood" && $0.value == "none" })
        }
    }
}
