import ArgumentParser

/// Writes a trained model's card and training record.
struct TrainCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Writes the model's card and training record from a training run; export does it too.")

    @OptionGroup var options: RunOptions

    @Option(help: "The model folder to write into; by default the recipe's in Models.")
    var out: String?

    func run() throws {
        let recipe = try options.settledRecipe()
        let out = out ?? "Models/\(recipe.name)"
        try ModelCard(run: options.folder, recipe: recipe, model: out).write()
        Terminal.note("wrote \(out)/README.md and \(out)/training-record.json")
    }
}
