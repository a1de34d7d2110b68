import ArgumentParser
import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Samplers
import StableHLO
import Tensors
import Training

/// Makes a model folder of a training run.
struct TrainExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the run's averaged weights as a diffusers model folder.")

    @OptionGroup var options: RunOptions

    @Option(help: "The model folder to write; by default the recipe's in Models.")
    var out: String?

    func run() throws {
        let recipe = try options.settledRecipe()
        let out = out ?? "Models/\(recipe.name)"
        guard let checkpoint = try Checkpoint.latest(in: "\(options.folder)/model") else {
            throw CommandError("\(options.folder) has no trained model; run 'ondol train model' first")
        }
        let autoencoder = try TrainedAutoencoder(run: options.folder)
        let tokens = try CaptionTokens(recipe: recipe, folder: "\(options.folder)/tokenizer")
        let scale = try LatentScale.read(folder: options.folder)
        try ModelExport(recipe: recipe, folder: out).write(
            autoencoder: autoencoder.weights, model: checkpoint.averages(), latentScale: scale, tokens: tokens
        )
        try ModelCard(run: options.folder, recipe: recipe, model: out).write()
        Terminal.note("wrote \(out) from step \(checkpoint.progress.step)")
    }
}
