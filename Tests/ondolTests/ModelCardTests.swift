import FoundationEssentials
import Painter
import Testing
import Training

@testable import ondol

/// What a model's card and its training record say.
struct ModelCardTests {
    /// A run in JSON; `more` adds fields.
    private static func run(steps: Int, measured: String, more: String = "") -> String {
        """
        {"steps": \(steps), "samples": \(8 * steps), "seconds": 7260, "objective": "o", "lossCurve": [[1, 0.5]],
         "measured": {\(measured)}\(more)}
        """
    }

    private static func card(
        right: Double, wrong: Double, decoder: String? = nil, recipe: HanjiRecipe = HanjiRecipe()
    ) throws -> ModelCard {
        let description = RunDescription(
            settings: TrainingSettings(
                schedule: .init(peak: 0.001, warmupSteps: 1, totalSteps: 2, decaySteps: 1)),
            batchSize: 8, pictures: 64, device: "cpu", crop: 32)
        let described = String(decoding: try JSONEncoder().encode(description), as: UTF8.self)
        let autoencoder = run(steps: 100, measured: #""unseen PSNR": 27.88"#)
        let model = run(
            steps: 3000,
            measured: #""unseen error": \#(right), "unseen error, wrong captions": \#(wrong)"#,
            more: #", "description": \#(described)"#)
        let json = """
            {"version": "1", "seed": 5, "vocabularySize": 2048, "tokenizerCaptions": 9, "files": {},
             "pictures": {"size": 128, "autoencoderFirst": 0, "autoencoderEnd": 9, "modelFirst": 0, "modelEnd": 64,
               "unseenFirst": 90, "unseenEnd": 99, "first64Pixels": "p", "first64Captions": "c", "command": "x"},
             "autoencoder": \(autoencoder), "decoder": \(decoder ?? "null"), "model": \(model)}
            """
        return ModelCard(
            record: try JSONDecoder().decode(TrainingRecord.self, from: Data(json.utf8)),
            recipe: recipe, folder: "")
    }

    @Test("the card tells parts, time, device and what was measured")
    func text() throws {
        let text = try Self.card(right: 0.25, wrong: 0.5).text
        #expect(text.hasPrefix("---\nlicense: apache-2.0\n"))
        #expect(text.contains("| autoencoder | 100 | 800 | 2 h 01 min |\n| UNet and text encoder | 3000 |"))
        #expect(text.contains("24000 | 2 h 01 min on cpu |"))
        #expect(text.contains("27.9 dB (PSNR)"))
        #expect(text.contains("0.2500") && text.contains("0.5000") && text.contains("it reads."))
        #expect(!text.contains("decoder alone"))
        for place in ["magic forest", "mountain lake"] { #expect(text.contains(place)) }
        #expect(text.contains("128 × 128 pixels"))
    }

    @Test("a decoder that learned on alone has a row, and its measure counts")
    func decoder() throws {
        let decoder = Self.run(steps: 40, measured: #""unseen PSNR": 28.44"#)
        let text = try Self.card(right: 0.25, wrong: 0.5, decoder: decoder).text
        #expect(text.contains("|\n| decoder alone | 40 | 320 |"))
        #expect(text.contains("28.4 dB") && !text.contains("27.9 dB"))
    }

    @Test("a model that does not read says so")
    func honesty() throws {
        #expect(try Self.card(right: 0.5, wrong: 0.5).text.contains("it does not read."))
    }

    @Test("every value the painter has is named")
    func vocabulary() throws {
        let text = try Self.card(right: 0, wrong: 1).text
        #expect(text.contains("- Media: ") && text.contains("- Subjects: "))
        for medium in Medium.allCases where medium.rawValue.allSatisfy(\.isLowercase) {
            #expect(text.contains(medium.rawValue))
        }
        #expect(!text.contains(": none") && !text.contains(", none"))
    }

    @Test("the second edition's card names its own world")
    func secondEdition() throws {
        let text = try Self.card(right: 0.25, wrong: 0.5, recipe: .hanji256).text
        #expect(text.contains("\n# Hanji 256\n") && text.contains("256 × 256 pixels"))
        #expect(text.contains("`ondol paint --edition 2 --seed N --size 256` paints picture N again"))
        for words in ["- Seasons: spring", "snow village", "starry night", "paper cut", "grandmother"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains(": none") && !text.contains("storybook"))
    }
}
