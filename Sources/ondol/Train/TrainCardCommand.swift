import ArgumentParser

/// Writes a trained model's card and training record.
struct TrainCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Writes the model's card and training record from a training run; export does it too.")

    @OptionGroup var options: TrainingOptions

    @Option(help: "The model folder to write into.")
    var out = "Models/hanji"

    func run() throws {
        try ModelCard(run: options.folder, recipe: HanjiRecipe(), model: out).write()
        Terminal.note("wrote \(out)/README.md and \(out)/training-record.json")
    }
}
