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

    @OptionGroup var options: RunOptions

    @Option(help: "The model folder, with its training record.")
    var model = "Models/\(HanjiRecipe().name)"

    func run() throws {
        let recipe = try options.recipe.flatMap(HanjiRecipe.named) ?? ModelImport.recipe(of: model)
        let folder = options.training.run ?? "\(ProjectFolder().training)/\(recipe.name)"
        let step = try ModelImport(recipe: recipe, model: model).write(run: folder)
        Terminal.note("\(folder) stands at step \(step), as \(model) does")
    }
}
