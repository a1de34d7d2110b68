import FoundationEssentials

/// The folder in which model folders lie: that which `ONDOL_MODELS` names, or `Models` in the project's own.
struct ModelShelf {
    /// The built-in model's name.
    static let builtIn = "hanji"
    /// The environment variable that names another shelf.
    static let environmentVariable = "ONDOL_MODELS"

    /// The shelf.
    let folder: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let named = environment[Self.environmentVariable].flatMap { $0.isEmpty ? nil : $0 }
        folder = named ?? ProjectFolder(environment: environment).models
    }

    /// The names of what lies on the shelf, sorted: folders, each with a `model_index.json`.
    var names: [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/model_index.json") }
            .sorted()
    }

    /// The folder of a model that was named on the command line: a path, or a name on the shelf.
    /// - Throws: ``CommandError`` where there is neither.
    func path(of model: String) throws(CommandError) -> String {
        if names.contains(model) { return "\(folder)/\(model)" }
        if model.contains("/") || FileManager.default.fileExists(atPath: model) { return model }
        let others = names.filter { $0 != model }
        let remedy =
            if !others.isEmpty {
                "there is \(others.joined(separator: ", ")), or name a model's folder by --model"
            } else if model == Self.builtIn {
                "restore it with `git checkout -- Models`, train it with `ondol train`, or name another by --model"
            } else {
                "name a model's folder by --model; \(Self.environmentVariable) names another shelf"
            }
        throw CommandError("there is no model \(model) in \(folder); \(remedy)")
    }

    /// A model's name: that of its folder.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
