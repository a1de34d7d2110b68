import ArgumentParser

/// Makes a training run of a model folder.
struct TrainImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Begins a run from an exported model, where its own checkpoints are lost.",
        discussion: """
            Autoencoder, UNet and text encoder stand where the model's training record says; the optimizer's moments \
            begin anew, which the next record says too. Afterwards every other training command goes on from there.
            """)

    @OptionGroup var options: TrainingOptions

    @Option(help: "The model folder, with its training record.")
    var model = "Models/hanji"

    func run() throws {
        let step = try ModelImport(recipe: HanjiRecipe(), model: model).write(run: options.folder)
        Terminal.note("\(options.folder) stands at step \(step), as \(model) does")
    }
}
