import FoundationEssentials
import ImagePipelines
import Provenance
import Synchronization
import Worker

/// The folder in which styles lie, one folder each: that which `ONDOL_STYLES` names, or `Styles` in the project's own.
struct StyleFolders {
    /// The environment variable that names another folder.
    static let environmentVariable = "ONDOL_STYLES"

    /// The folder.
    let folder: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let named = environment[Self.environmentVariable].flatMap { $0.isEmpty ? nil : $0 }
        folder = named ?? "\(ProjectFolder(environment: environment).path)/Styles"
    }

    /// The styles for some models.
    /// - Parameter folder: another folder than this one; empty for this one.
    func shelf(
        for pipelines: [String: TextToImagePipeline], folder: String = "",
        byteLimit: Int = StyleShelf.usualByteLimit
    ) -> StyleShelf {
        let identifiers = ModelIdentifiers(folders: pipelines.mapValues(\.folder.path))
        return StyleShelf(
            folder: folder.isEmpty ? self.folder : folder, pipelines: pipelines,
            identifiers: { identifiers.byName }, byteLimit: byteLimit)
    }
}

/// What tells models from others of their names. All weights are read for it, so that is done once, and only where there are
/// styles to be told.
private final class ModelIdentifiers: Sendable {
    private let folders: [String: String]
    private let found = Mutex<[String: String]?>(nil)

    init(folders: [String: String]) { self.folders = folders }

    var byName: [String: String] {
        found.withLock { found in
            if let found { return found }
            var all: [String: String] = [:]
            for (name, folder) in folders {
                all[name] = PictureOrigin.Model(name: name, folder: folder).identifier
            }
            found = all
            return all
        }
    }
}
