import ArgumentParser

/// What all training of a built-in model is asked.
struct RunOptions: ParsableArguments {
    @OptionGroup var training: TrainingOptions

    @Option(
        help: ArgumentHelp(
            "What is trained, \(HanjiRecipe.names); a run that has begun knows its own.", valueName: "name"))
    var recipe: String?

    /// The folder of the run.
    var folder: String {
        training.run ?? "\(ProjectFolder().training)/\(recipe ?? HanjiRecipe().name)"
    }

    /// The recipe of the run in the folder, or the one that was asked for where none has begun.
    /// - Throws: ``CommandError`` where the two differ.
    func settledRecipe() throws -> HanjiRecipe { try RunRecipe.settle(recipe, run: folder) }

    func validate() throws {
        guard recipe.map({ HanjiRecipe.named($0) != nil }) ?? true else {
            throw ValidationError("--recipe must be \(HanjiRecipe.names)")
        }
    }
}
