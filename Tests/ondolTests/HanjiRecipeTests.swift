import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Painter
import Tensors
import Testing
import Tokenizers
import Training

@testable import ondol

/// What the recipes are, and that a run goes by the one it began with.
struct HanjiRecipeTests {
    @Test("the first recipe is the built-in model's")
    func first() throws {
        let recipe = HanjiRecipe()
        #expect(recipe.name == "hanji" && recipe.edition == .first && recipe.pictureSize == 128)
        let scene = Scene(seed: 17)
        #expect(
            try recipe.pixels(ofPicture: 17)
                == scene.paint(size: 128).pixels.map { Float($0) / 127.5 - 1 })
        #expect(recipe.caption(ofPicture: 17, variation: 8) == scene.caption(language: .korean, seed: 4))
        #expect(try Self.parameterCount(recipe) == 19_376_531)
    }

    @Test("the second learns the second edition at 256 pixels, in weights of at most 60 MB")
    func second() throws {
        let recipe = try #require(HanjiRecipe.named("hanji-256"))
        #expect(recipe.edition == .second && recipe.pictureSize == 256)
        #expect(recipe.latentShape.dimensions == [16, 16, 32])
        #expect(recipe.unet.sampleSize == 16 && recipe.unet.inputChannels == 32)
        #expect(recipe.unet.crossAttentionWidth == recipe.textEncoder.width)
        #expect(recipe.vocabularySize == recipe.textEncoder.vocabularySize)
        let tableau = Tableau(seed: 17)
        let pixels = try recipe.pixels(ofPicture: 17)
        #expect(try pixels == tableau.paint(size: 256).pixels.map { Float($0) / 127.5 - 1 })
        #expect(recipe.caption(ofPicture: 17, variation: 9) == tableau.caption(language: .english, seed: 4))
        #expect(try Self.parameterCount(recipe) == 29_806_883)
        #expect(try Self.parameterCount(recipe) * 2 <= 60_000_000)

        // A square of it, in its own place.
        let crop = try recipe.pixels(ofPicture: 17, crop: 64)
        #expect(crop.count == 64 * 64 * 3)
        let row = Array(crop.prefix(64 * 3))
        #expect(
            stride(from: 0, to: pixels.count - row.count, by: 3).contains {
                Array(pixels[$0..<$0 + row.count]) == row
            })
    }

    /// Weights of all networks together.
    private static func parameterCount(_ recipe: HanjiRecipe) throws -> Int {
        try [recipe.autoencoderParameters(), recipe.unetParameters(), recipe.textEncoderParameters()]
            .joined().reduce(0) { $0 + $1.storedShape.elementCount }
    }

    @Test("captions of the second edition have room in its text encoder")
    func captionLengths() throws {
        let recipe = HanjiRecipe.hanji256
        let captions = (0..<4000).map {
            recipe.caption(ofPicture: $0, variation: UInt64($0) &* 0x9E37_79B9_7F4A_7C15)
        }
        let vocabulary = try BytePairTrainer(vocabularySize: recipe.vocabularySize).train(on: captions)
        let folder = try TemporaryFolder()
        try vocabulary.write(toFolder: folder.path, maximumLength: 512)
        let tokenizer = try Tokenizer(folder: folder.path, maximumLength: 512)
        let padding = try #require(try tokenizer.encode("").last)
        var lengths: [Int] = []
        for number in 50_000..<54_000 {
            let tableau = Tableau(seed: UInt64(number))
            for text in [
                recipe.caption(ofPicture: number, variation: UInt64(number)),
                tableau.fullCaption(language: number % 2 == 0 ? .korean : .english),
            ] {
                let tokens = try tokenizer.encode(text)
                // The end and the padding are the same token.
                lengths.append((tokens.lastIndex { $0 != padding } ?? 0) + 2)
            }
        }
        lengths.sort()
        // Half of them are full captions, which name all that can be named; what people write may be longer.
        #expect(try #require(lengths.last) <= recipe.textEncoder.maximumTokens * 3 / 4)
    }

    @Test("a model of the second recipe is exported as a folder that opens, of at most 60 MB")
    func exported() throws {
        var recipe = HanjiRecipe.hanji256
        recipe.tokenizerCaptions = 200
        let folder = try TemporaryFolder()
        let tokens = try CaptionTokens(recipe: recipe, folder: folder.path + "/tokenizer")
        let initializer = ParameterInitializer(seed: 1)
        func weights(_ parameters: [ParameterSpecification], _ prefix: String) -> [String: HostTensor] {
            Dictionary(parameters.map { (prefix + $0.name, initializer.tensor(for: $0)) }) { $1 }
        }
        let model = folder.path + "/model"
        try ModelExport(recipe: recipe, folder: model).write(
            autoencoder: weights(recipe.autoencoderParameters(), ""),
            model: weights(recipe.unetParameters(), DiffusionObjective.unetPrefix + ".").merging(
                weights(recipe.textEncoderParameters(), DiffusionObjective.textEncoderPrefix + ".")
            ) { $1 }, latentScale: 0.5, tokens: tokens)
        let opened = try ModelFolder(path: model)
        #expect(opened.unet.sampleSize * opened.autoencoder.downsamplingFactor == 256)
        #expect(opened.textEncoder.maximumTokens == 64 && !opened.autoencoder.middleAttends)
        #expect(opened.autoencoder.scalingFactor == 0.5)
        let bytes = folder.names.filter { $0.hasSuffix(".safetensors") }
            .reduce(0) { $0 + folder.read($1).count }
        #expect((59_000_000...60_000_000).contains(bytes), "\(bytes)")
    }

    @Test("a run remembers its recipe and refuses another")
    func memory() throws {
        let folder = try TemporaryFolder()
        let run = folder.path + "/run"
        #expect(try RunRecipe.settle(nil, run: run).name == "hanji")
        #expect(try RunRecipe.settle("hanji-256", run: run).name == "hanji-256")
        #expect(!FileManager.default.fileExists(atPath: run))

        try RunRecipe.keep(.hanji256, run: run)
        #expect(try RunRecipe.settle(nil, run: run).name == "hanji-256")
        #expect(try RunRecipe.settle("hanji-256", run: run).pictureSize == 256)
        let error = #expect(throws: CommandError.self) { try RunRecipe.settle("hanji", run: run) }
        #expect(
            error?.description
                == "\(run) holds a run of the recipe hanji-256, not hanji; leave --recipe out, or choose another folder with --run"
        )
        for command in ["autoencoder", "model", "export", "card"] {
            let outcome = try BuiltProgram.run(
                ["train", command, "--run", run, "--recipe", "hanji"], in: folder.path)
            #expect(outcome.status == 1 && outcome.text.contains("holds a run of the recipe hanji-256"))
        }
    }

    @Test("a record that cannot be read, or names what is not known, says so")
    func damage() throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/\(RunRecipe.fileName)"
        for (text, part) in [
            ("{", "cannot be read"),
            (#"{"recipe": "hanji-4096", "edition": 9}"#, "names the recipe hanji-4096"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: file))
            let error = #expect(throws: CommandError.self) {
                try RunRecipe.settle(nil, run: folder.path)
            }
            #expect(error?.description.contains(part) == true)
        }
    }

    @Test("a run without a record is of the first recipe, and a model says which it was trained to")
    func imported() throws {
        let folder = try TemporaryFolder()
        let run = folder.path + "/run"
        let model = BuiltProgram.root + "/Models/hanji"
        #expect(try ModelImport.recipe(of: model).name == "hanji")
        let error = #expect(throws: CommandError.self) {
            try ModelImport(recipe: .hanji256, model: model).write(run: run)
        }
        #expect(error?.description.contains("was trained to the recipe hanji, not hanji-256") == true)
        #expect(!FileManager.default.fileExists(atPath: run))

        _ = try ModelImport(recipe: HanjiRecipe(), model: model).write(run: run)
        try FileManager.default.removeItem(atPath: "\(run)/\(RunRecipe.fileName)")
        #expect(try RunRecipe.settle(nil, run: run).name == "hanji")
        #expect(throws: CommandError.self) { try RunRecipe.settle("hanji-256", run: run) }
    }
}
