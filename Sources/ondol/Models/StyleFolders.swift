import FoundationEssentials
import ImagePipelines
import Provenance
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
        let path = folder.isEmpty ? self.folder : folder
        // What tells models apart is read only where there are styles to be told.
        let isEmpty = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).isEmpty
        var identifiers: [String: String] = [:]
        for (name, pipeline) in pipelines where !isEmpty {
            identifiers[name] = PictureOrigin.Model(name: name, folder: pipeline.folder.path).identifier
        }
        return StyleShelf(folder: path, pipelines: pipelines, identifiers: identifiers, byteLimit: byteLimit)
    }
}
