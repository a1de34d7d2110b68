import FoundationEssentials
import Training

/// Which recipe a run is trained to: kept in its folder, so that every later command goes by the same.
enum RunRecipe {
    private struct Document: Codable {
        let recipe: String
        /// The painter's edition, for whoever reads the folder.
        let edition: Int
    }

    static let fileName = "recipe.json"

    /// The recipe of a run.
    /// - Parameter name: what was asked for; nil takes the folder's own, or `hanji` where nothing stands there yet.
    /// - Throws: ``CommandError`` where the folder's run has another recipe than was asked for, or one that is not known.
    static func settle(_ name: String?, run: String) throws -> HanjiRecipe {
        let kept = try recorded(run: run)
        if let name, let kept, name != kept {
            throw CommandError(
                "\(run) holds a run of the recipe \(kept), not \(name); leave --recipe out, or choose another folder with --run"
            )
        }
        let chosen = kept ?? name ?? HanjiRecipe().name
        guard let recipe = HanjiRecipe.named(chosen) else {
            throw CommandError(
                "\(run)/\(fileName) names the recipe \(chosen), which this version does not know; it knows \(HanjiRecipe.names)"
            )
        }
        return recipe
    }

    /// Writes the recipe's name into the run's folder, which is made.
    static func keep(_ recipe: HanjiRecipe, run: String) throws {
        try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try encoder.encode(Document(recipe: recipe.name, edition: recipe.edition.rawValue)).write(
            to: URL(filePath: "\(run)/\(fileName)"), options: .atomic)
    }

    /// The name in the folder; runs that began before there was a second recipe are of the first.
    private static func recorded(run: String) throws -> String? {
        let path = "\(run)/\(fileName)"
        guard FileManager.default.fileExists(atPath: path) else {
            let hasRun = try ["autoencoder", "model"].contains {
                try Checkpoint.latest(in: "\(run)/\($0)") != nil
            }
            return hasRun ? HanjiRecipe().name : nil
        }
        guard let data = FileManager.default.contents(atPath: path),
            let document = try? JSONDecoder().decode(Document.self, from: data)
        else {
            throw CommandError(
                "\(path) cannot be read; write {\"edition\":…,\"recipe\":\"…\"} into it with the run's recipe, \(HanjiRecipe.names)"
            )
        }
        return document.recipe
    }
}
