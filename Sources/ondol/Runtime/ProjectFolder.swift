import FoundationEssentials

/// The folders Ondol keeps things in, under the project's own folder.
struct ProjectFolder {
    /// The folder that holds `Models` and `.ondol`: from the environment's `ONDOL_HOME`, or the working folder.
    let path: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        path = environment["ONDOL_HOME"] ?? FileManager.default.currentDirectoryPath
    }

    /// What was installed and what can be made again.
    var state: String { "\(path)/.ondol" }
    /// Compiled programs.
    var cache: String { "\(state)/cache" }
    /// Training runs.
    var training: String { "\(state)/training" }
    /// Model folders.
    var models: String { "\(path)/Models" }
}
