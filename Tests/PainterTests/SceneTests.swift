import FoundationEssentials
import Testing

@testable import Painter

@Suite struct SceneTests {
    /// The reference sequence of SplitMix64 for seed 1234567, as published with the Java and C sources of Vigna.
    ///
    /// Source: https://prng.di.unimi.it/splitmix64.c, values as listed on Rosetta Code, "Pseudo-random
    /// numbers/Splitmix64".
    @Test func generatorMatchesItsReference() {
        var random = SeededGenerator(seed: 1_234_567)
        let found = (0..<5).map { _ in random.next() }
        #expect(
            found == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ])
    }

    @Test func sineIsExactEnough() {
        let expected: [(Double, Double)] = [
            (0, 0), (0.125, 0.7071067811865476), (0.25, 1), (0.5, 0), (0.75, -1), (1, 0),
            (-0.125, -0.7071067811865476),
            (1.0 / 12, 0.5), (7.25, 1),
        ]
        for (turns, value) in expected {
            #expect(abs(Trigonometry.sine(turns: turns) - value) < 1e-7, "\(turns)")
        }
        #expect(abs(Trigonometry.cosine(turns: 0.5) + 1) < 1e-7)
    }

    @Test func landscapesCarryOneAction() {
        for action in Action.allCases {
            #expect(Scene(seed: 3, subject: Subject.none, action: action).action == .standing)
            #expect(Scene(seed: 3, subject: .cat, action: action).action == action)
        }
    }

    @Test func decodedScenesAreChecked() throws {
        let scene = Scene(seed: 12, subject: .dog, action: .walking)
        let data = try JSONEncoder().encode(scene)
        #expect(try JSONDecoder().decode(Scene.self, from: data) == scene)
        let text = String(decoding: data, as: UTF8.self).replacing("\"dog\"", with: "\"none\"")
        #expect(try JSONDecoder().decode(Scene.self, from: Data(text.utf8)).action == .standing)
        let wrong = Data(text.replacing("\"none\"", with: "\"whale\"").utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Scene.self, from: wrong) }
    }

    @Test func givenAttributesAreKeptAndOthersStay() {
        for seed in UInt64(0)..<50 {
            let free = Scene(seed: seed)
            let fixed = Scene(seed: seed, place: .town)
            #expect(fixed.place == .town)
            #expect(
                fixed.timeOfDay == free.timeOfDay && fixed.medium == free.medium && fixed.mood == free.mood)
            #expect(fixed.composition == free.composition)
        }
    }

    @Test func everyValueIsSampled() {
        let scenes = (0..<600).map { Scene(seed: UInt64($0)) }
        for place in Place.allCases { #expect(scenes.contains { $0.place == place }) }
        for subject in Subject.allCases { #expect(scenes.contains { $0.subject == subject }) }
        for medium in Medium.allCases { #expect(scenes.count { $0.medium == medium } > 50) }
        for weather in Weather.allCases { #expect(scenes.count { $0.weather == weather } > 60) }
    }

    @Test func detailsFitTheScene() {
        for seed in UInt64(0)..<400 {
            let scene = Scene(seed: seed)
            let details = SceneDetails(scene)
            if details.hasUmbrella { #expect(scene.weather == .rain && scene.subject.isPerson) }
            if details.hasJapaneseGate { #expect(scene.place == .magicForest) }
            if details.isCloseUp { #expect(scene.action == .standing && scene.subject.isPerson) }
        }
    }
}
