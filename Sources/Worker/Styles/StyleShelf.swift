import FoundationEssentials
import ImagePipelines
import Rights
import Synchronization

/// The styles that lie in a folder, one folder each, and those of them that are loaded.
///
/// What the manifests say is read once; adapters are loaded when a job first wants them, on a thread of the shelf's own while
/// the job waits, and stay until others need their place. Rows that draw with one keep it alive. May be used from any thread.
public final class StyleShelf: Sendable {
    /// A style of the folder.
    public struct Entry: Sendable, Hashable {
        /// What its manifest says.
        public let manifest: StyleManifest
        /// Where it lies.
        public let folder: String
        /// Why it cannot be drawn with; nil where it can.
        public let obstacle: String?
    }

    /// The most styles: manifests are all in memory.
    public static let countLimit = 10_000
    /// The largest adapter's file, in bytes: a third of Stable Diffusion 1.5 itself.
    public static let adapterByteLimit = 1 << 30
    /// Bytes of loaded styles that are kept unless settings say otherwise: some eighty of rank 16 for Stable Diffusion 1.5.
    public static let usualByteLimit = 512 << 20

    /// The styles in the order of their names, those that cannot be drawn with included.
    public let entries: [Entry]
    /// Folders that hold no style at all, with why.
    public let faults: [String]
    /// What the usable styles of each model ask of its programs.
    public let forms: [String: StyleForms]

    private struct Key: Hashable {
        let style: Identifier<Style>
        let hash: ContentHash
    }

    private let pipelines: [String: TextToImagePipeline]
    private let loaded: Mutex<RecentStyles<Key, PipelineStyle>>
    /// One at a time, so that two jobs that want the same load it once.
    private let loading = BesideDevice(label: "styles")

    /// Reads the manifests of a folder, and what the adapters' headers say.
    /// - Parameters:
    ///   - folder: where each style has a folder of its own; one that is not there has no styles.
    ///   - pipelines: the models, by the names that jobs have.
    ///   - identifiers: what tells the models from others of their names, as `sha256:…`.
    public init(
        folder: String, pipelines: [String: TextToImagePipeline], identifiers: [String: String] = [:],
        byteLimit: Int = StyleShelf.usualByteLimit
    ) {
        self.pipelines = pipelines
        loaded = Mutex(RecentStyles(byteLimit: byteLimit))
        var reading = ShelfReading(pipelines: pipelines, identifiers: identifiers)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted().prefix(Self.countLimit) where !name.hasPrefix(".") {
            reading.read("\(folder)/\(name)")
        }
        entries = reading.entries.sorted { $0.manifest.identifier < $1.manifest.identifier }
        faults = reading.faults
        forms = reading.forms
    }

    /// A style by its name; nil where there is none.
    public func entry(_ name: String) -> Entry? { entries.first { $0.manifest.identifier.text == name } }

    /// Bytes that loaded styles take.
    public var loadedByteCount: Int { loaded.withLock { $0.byteCount } }

    /// Whether asking for a style takes no time: it is loaded, or cannot be drawn with.
    public func hasLoaded(_ name: String, for model: String) -> Bool {
        guard let entry = entry(name), entry.obstacle == nil, entry.manifest.baseModel == model else {
            return true
        }
        let key = Key(style: entry.manifest.identifier, hash: entry.manifest.adapterHash)
        return loaded.withLock { $0.style(for: key) != nil }
    }

    /// A style, ready to be drawn with; loaded first where it is not.
    /// - Throws: ``WorkerError`` with `styleUnavailable` where there is none for this model, or `PipelineError` where its
    ///   adapter cannot be used.
    public func style(_ name: String, for model: String) async throws -> PipelineStyle {
        guard let entry = entry(name) else {
            throw WorkerError(.styleUnavailable, "there is no style \(name) here; ask for one that is listed")
        }
        if let obstacle = entry.obstacle {
            throw WorkerError(.styleUnavailable, "the style \(name) cannot be drawn with: \(obstacle)")
        }
        guard entry.manifest.baseModel == model, let pipeline = pipelines[model] else {
            throw WorkerError(
                .styleUnavailable,
                "the style \(name) was made for the model \(entry.manifest.baseModel); ask for that model")
        }
        let key = Key(style: entry.manifest.identifier, hash: entry.manifest.adapterHash)
        if let known = loaded.withLock({ $0.style(for: key) }) { return known }
        return try await loading.run { [self] in
            // Somebody before may have loaded it.
            if let known = loaded.withLock({ $0.style(for: key) }) { return known }
            let path = "\(entry.folder)/\(entry.manifest.adapter)"
            let found = ContentHash(of: try BoundedBytes.read(path, limit: Self.adapterByteLimit))
            guard found == entry.manifest.adapterHash else {
                throw WorkerError(
                    .styleUnavailable,
                    "the style \(name) cannot be drawn with: its adapter was changed after it was signed off")
            }
            let style = try pipeline.style(named: "\(name)@\(found)", adapterFile: path)
            _ = loaded.withLock { $0.keep(style, byteCount: style.byteCount, for: key) }
            return style
        }
    }
}

/// Folders, read into what a shelf knows.
private struct ShelfReading {
    let pipelines: [String: TextToImagePipeline]
    let identifiers: [String: String]
    var entries: [StyleShelf.Entry] = []
    var faults: [String] = []
    var forms: [String: StyleForms] = [:]

    mutating func read(_ folder: String) {
        let manifest: StyleManifest
        do {
            manifest = try StyleManifest(folder: folder)
        } catch {
            faults.append(error.message)
            return
        }
        if let other = entries.first(where: { $0.manifest.identifier == manifest.identifier }) {
            faults.append(
                "\(folder) holds the style \(manifest.identifier), as \(other.folder) does; remove one")
            return
        }
        let obstacle = obstacle(manifest, folder)
        entries.append(StyleShelf.Entry(manifest: manifest, folder: folder, obstacle: obstacle))
    }

    private mutating func obstacle(_ manifest: StyleManifest, _ folder: String) -> String? {
        if let count = manifest.nearCopyCount, count > 0 {
            return "\(count) of its pictures were near copies of its works"
        }
        let model = manifest.baseModel
        guard let pipeline = pipelines[model] else { return "its model \(model) is not served here" }
        if let wanted = manifest.baseModelIdentifier, let found = identifiers[model], wanted != found {
            return "it was made for another model of the name \(model); train it for this one"
        }
        do {
            let asked = try pipeline.styleForms(ofAdapter: "\(folder)/\(manifest.adapter)")
            forms[model] = forms[model]?.union(asked) ?? asked
            return nil
        } catch {
            return "\(error)"
        }
    }
}
