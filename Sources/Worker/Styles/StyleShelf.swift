import FoundationEssentials
import ImagePipelines
import Rights
import Synchronization

/// The styles that lie in a folder, one folder each, and those of them that are loaded.
///
/// Manifests are read at the start, and again where ``refresh(preparing:)`` finds their files changed; adapters are loaded when a
/// job first wants them, on a thread of the shelf's own while the job waits, and stay until others need their place. Rows that
/// draw with one keep it alive. May be used from any thread.
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

    private struct Key: Hashable {
        let style: Identifier<Style>
        let hash: ContentHash

        init(_ manifest: StyleManifest) { (style, hash) = (manifest.identifier, manifest.adapterHash) }

        /// What the pipeline knows it by.
        var name: String { "\(style)@\(hash)" }
    }

    /// Where each style has a folder of its own.
    public let folder: String
    private let pipelines: [String: TextToImagePipeline]
    private let identifiers: @Sendable () -> [String: String]
    private let contents: Mutex<ShelfContents>
    private let loaded: Mutex<RecentStyles<Key, PipelineStyle>>
    /// What the manifests said of styles when they were loaded, for pictures that were begun before a change.
    private let signedOff = Mutex<[String: Entry]>([:])
    private let permission = Mutex<@Sendable (StyleManifest) -> String?> { _ in nil }
    /// One at a time, so that two jobs that want the same load it once.
    private let loading = BesideDevice(label: "styles")
    /// One at a time; programs of new styles are compiled on it, too.
    private let reading = BesideDevice(label: "styles' folder")

    /// Reads the manifests of a folder, and what the adapters' headers say.
    /// - Parameters:
    ///   - folder: where each style has a folder of its own; one that is not there has no styles.
    ///   - pipelines: the models, by the names that jobs have.
    ///   - identifiers: what tells the models from others of their names, as `sha256:…`; asked for when there are styles, once
    ///     for each reading.
    public init(
        folder: String, pipelines: [String: TextToImagePipeline],
        identifiers: @escaping @Sendable () -> [String: String] = { [:] },
        byteLimit: Int = StyleShelf.usualByteLimit
    ) {
        self.folder = folder
        self.pipelines = pipelines
        self.identifiers = identifiers
        loaded = Mutex(RecentStyles(byteLimit: byteLimit))
        contents = Mutex(
            ShelfContents(folder: folder, pipelines: pipelines, identifiers: identifiers, after: nil))
    }

    /// The styles in the order of their names, those that cannot be drawn with included.
    public var entries: [Entry] { contents.withLock { $0.entries } }
    /// Folders that hold no style at all, with why.
    public var faults: [String] { contents.withLock { $0.faults } }
    /// What the usable styles of each model ask of its programs.
    public var forms: [String: StyleForms] { contents.withLock { $0.forms } }

    /// A style by its name; nil where there is none.
    public func entry(_ name: String) -> Entry? { contents.withLock { $0.byName[name] } }

    /// Bytes that loaded styles take.
    public var loadedByteCount: Int { loaded.withLock { $0.byteCount } }

    /// Sets who is asked before each use of a style: it says why its adapter may not be used now, or nil.
    ///
    /// The shelf knows files; whether the one that lies here now is the one that was agreed on, the registry knows.
    public func permit(_ permission: @escaping @Sendable (StyleManifest) -> String?) {
        self.permission.withLock { $0 = permission }
    }

    /// Looks at the folder again, and reads what was added, replaced or taken away.
    ///
    /// Pictures being drawn keep the adapter they began with. What is new is offered once its programs are prepared.
    /// - Parameter prepare: compiles what a model's styles ask for; called only where they ask for more than before, beside what
    ///   is drawn. Where it throws, the shelf stays as it was, and the next call tries again.
    /// - Returns: what has changed.
    public func refresh(
        preparing prepare: @escaping @Sendable (_ model: String, _ forms: StyleForms) throws -> Void
    ) async throws -> ShelfChanges {
        try await reading.run { [self] in
            let before = contents.withLock { $0 }
            let now = ShelfContents(
                folder: folder, pipelines: pipelines, identifiers: identifiers, after: before)
            let changes = ShelfChanges(from: before, to: now)
            guard !changes.isEmpty else { return changes }
            for (model, forms) in now.forms {
                if let known = before.forms[model], known.union(forms) == known { continue }
                try prepare(model, forms)
            }
            contents.withLock { $0 = now }
            return changes
        }
    }

    /// Whether asking for a style takes no time: it is loaded, or cannot be drawn with.
    public func hasLoaded(_ name: String, for model: String) -> Bool {
        guard let entry = entry(name), entry.obstacle == nil, entry.manifest.baseModel == model else {
            return true
        }
        return loaded.withLock { $0.style(for: Key(entry.manifest)) != nil }
    }

    /// A style, ready to be drawn with; loaded first where it is not.
    /// - Throws: ``WorkerError`` with `styleUnavailable` where there is none for this model or it may not be used, or
    ///   `PipelineError` where its adapter cannot be used.
    public func style(_ name: String, for model: String) async throws -> PipelineStyle {
        guard let entry = entry(name) else {
            throw WorkerError(.styleUnavailable, "there is no style \(name) here; ask for one that is listed")
        }
        let isPermitted = permission.withLock { $0 }
        if let obstacle = entry.obstacle ?? isPermitted(entry.manifest) {
            throw WorkerError(.styleUnavailable, "the style \(name) cannot be drawn with: \(obstacle)")
        }
        guard entry.manifest.baseModel == model, let pipeline = pipelines[model] else {
            throw WorkerError(
                .styleUnavailable,
                "the style \(name) was made for the model \(entry.manifest.baseModel); ask for that model")
        }
        let key = Key(entry.manifest)
        if let known = loaded.withLock({ $0.style(for: key) }) { return known }
        return try await loading.run { [self] in
            // Somebody before may have loaded it.
            if let known = loaded.withLock({ $0.style(for: key) }) { return known }
            let path = "\(entry.folder)/\(entry.manifest.adapter)"
            let found = ContentHash(of: try BoundedBytes.read(path, limit: Self.adapterByteLimit))
            guard found == key.hash else {
                throw WorkerError(
                    .styleUnavailable,
                    "the style \(name) cannot be drawn with: its adapter was changed after it was signed off")
            }
            let style = try pipeline.style(named: key.name, adapterFile: path)
            remember(entry)
            _ = loaded.withLock { $0.keep(style, byteCount: style.byteCount, for: key) }
            return style
        }
    }

    private func remember(_ entry: Entry) {
        signedOff.withLock { known in
            // A service that runs for years under changing styles begins anew; pictures that are being drawn lose nothing but
            // a name that the manifest of now still has.
            if known.count >= Self.countLimit { known.removeAll() }
            known[Key(entry.manifest).name] = entry
        }
    }

    /// What was signed off of a style that a picture was drawn with, by the name that its pipeline knows it by, or else what
    /// lies here now.
    func entry(_ name: String, drawnAs loadedNames: [String]) -> Entry? {
        let own = loadedNames.first { $0.hasPrefix("\(name)@") }
        return own.flatMap { own in signedOff.withLock { $0[own] } } ?? entry(name)
    }
}
