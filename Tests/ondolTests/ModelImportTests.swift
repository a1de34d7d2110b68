import FoundationEssentials
import Testing
import Training

@testable import ondol

/// A run begun from the built-in model, where the run that made it is lost.
struct ModelImportTests {
    private static let model = BuiltProgram.root + "/Models/hanji"

    @Test("a model that is imported and exported is the same, and its record says that it was imported")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let run = folder.path + "/run"
        let recipe = HanjiRecipe()
        let step = try ModelImport(recipe: recipe, model: Self.model).write(run: run)

        let out = folder.path + "/hanji"
        let (autoencoder, tokens) = (
            try TrainedAutoencoder(run: run), try CaptionTokens(recipe: recipe, folder: run + "/tokenizer")
        )
        let checkpoint = try #require(try Checkpoint.latest(in: run + "/model"))
        try ModelExport(recipe: recipe, folder: out).write(
            autoencoder: autoencoder.weights, model: checkpoint.averages(),
            latentScale: LatentScale.read(folder: run), tokens: tokens)
        for part in [
            "unet/diffusion_pytorch_model.safetensors", "vae/diffusion_pytorch_model.safetensors",
            "text_encoder/model.safetensors", "vae/config.json", "tokenizer/merges.txt",
        ] {
            let (old, new) = (
                FileManager.default.contents(atPath: "\(Self.model)/\(part)"),
                FileManager.default.contents(atPath: "\(out)/\(part)")
            )
            #expect(old != nil && old == new, "\(part)")
        }

        let record = try TrainingRecord(run: run, recipe: recipe, modelFolder: out)
        #expect(record.recipe == "hanji" && record.edition == 1)
        #expect(record.model.steps == step && record.model.importedAtSteps == [step])
        #expect(record.model.samples == checkpoint.progress.samples)
        #expect(record.model.lossCurve.count > 100)
        #expect(try #require(record.model.measured["unseen error"]) > 0)
        #expect(record.autoencoder.measured["unseen PSNR"] ?? 0 > 25)

        // What is there is not overwritten.
        let error = #expect(throws: CommandError.self) {
            try ModelImport(recipe: recipe, model: Self.model).write(run: run)
        }
        #expect(error?.description.contains("holds a run already") == true)
    }

    @Test("a model without a training record cannot be imported")
    func withoutRecord() throws {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/hanji"
        try FileManager.default.copyItem(atPath: Self.model, toPath: copy)
        try FileManager.default.removeItem(atPath: copy + "/" + ModelCard.recordName)
        let error = #expect(throws: CommandError.self) {
            try ModelImport(recipe: HanjiRecipe(), model: copy).write(run: folder.path + "/run")
        }
        #expect(error?.description.contains("training-record.json cannot be read") == true)
    }
}
