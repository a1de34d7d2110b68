import FoundationEssentials
import Glibc
import ImagePipelines

/// What a shelf's folder held when it was last looked at: plain state.
struct ShelfContents: Sendable {
    /// What tells one state of a file from another, without reading it.
    struct Mark: Sendable, Hashable {
        private let device, inode, size, seconds, nanoseconds: Int

        /// The mark of a file; nil where there is none.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode, size) = (Int(status.st_dev), Int(status.st_ino), Int(status.st_size))
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        }
    }

    /// What was read from one folder.
    private struct Reading: Sendable {
        let manifestMark, adapterMark: Mark?
        let manifest: Result<StyleManifest, WorkerError>
        let obstacle: String?
        let forms: StyleForms?

        func isCurrent(_ folder: String) -> Bool {
            manifestMark == Mark("\(folder)/\(StyleManifest.fileName)")
                && adapterMark == (try? manifest.get()).flatMap { Mark("\(folder)/\($0.adapter)") }
        }
    }

    private(set) var entries: [StyleShelf.Entry] = []
    private(set) var byName: [String: StyleShelf.Entry] = [:]
    private(set) var faults: [String] = []
    private(set) var forms: [String: StyleForms] = [:]
    private var readings: [String: Reading] = [:]

    /// Reads a folder; what has not changed since an earlier look is taken from there.
    init(
        folder: String, pipelines: [String: TextToImagePipeline], identifiers: () -> [String: String],
        after earlier: ShelfContents?
    ) {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { !$0.hasPrefix(".") }.sorted().prefix(StyleShelf.countLimit)
        // Asked for once, and only where there is something to read: it may have to read a model's weights.
        var known: [String: String]?
        for name in names {
            let path = "\(folder)/\(name)"
            if let reading = earlier?.readings[name], reading.isCurrent(path) {
                add(reading, of: name, path)
            } else {
                let models = known ?? identifiers()
                known = models
                add(Self.read(path, pipelines: pipelines, identifiers: models), of: name, path)
            }
        }
        entries.sort { $0.manifest.identifier < $1.manifest.identifier }
    }

    private mutating func add(_ reading: Reading, of name: String, _ folder: String) {
        readings[name] = reading
        switch reading.manifest {
        case .failure(let error): faults.append(error.message)
        case .success(let manifest):
            let identifier = manifest.identifier.text
            if let other = byName[identifier] {
                faults.append("\(folder) holds the style \(identifier), as \(other.folder) does; remove one")
                return
            }
            let entry = StyleShelf.Entry(manifest: manifest, folder: folder, obstacle: reading.obstacle)
            byName[identifier] = entry
            entries.append(entry)
            if let asked = reading.forms {
                forms[manifest.baseModel] = forms[manifest.baseModel]?.union(asked) ?? asked
            }
        }
    }

    private static func read(
        _ folder: String, pipelines: [String: TextToImagePipeline], identifiers: [String: String]
    ) -> Reading {
        // Before the files are read: what changes meanwhile is read again.
        let mark = Mark("\(folder)/\(StyleManifest.fileName)")
        do {
            let manifest = try StyleManifest(folder: folder)
            let adapter = "\(folder)/\(manifest.adapter)"
            let adapterMark = Mark(adapter)
            let found: Result<StyleForms, WorkerError> = Self.forms(
                manifest, adapter, pipelines: pipelines, identifiers: identifiers)
            var obstacle: String?
            if case .failure(let error) = found { obstacle = error.message }
            return Reading(
                manifestMark: mark, adapterMark: adapterMark, manifest: .success(manifest),
                obstacle: obstacle,
                forms: try? found.get())
        } catch {
            return Reading(
                manifestMark: mark, adapterMark: nil, manifest: .failure(error), obstacle: nil, forms: nil)
        }
    }

    private static func forms(
        _ manifest: StyleManifest, _ adapter: String, pipelines: [String: TextToImagePipeline],
        identifiers: [String: String]
    ) -> Result<StyleForms, WorkerError> {
        func refused(_ reason: String) -> Result<StyleForms, WorkerError> {
            .failure(WorkerError(.styleUnavailable, reason))
        }
        if let count = manifest.nearCopyCount, count > 0 {
            return refused("\(count) of its pictures were near copies of its works")
        }
        let model = manifest.baseModel
        guard let pipeline = pipelines[model] else { return refused("its model \(model) is not served here") }
        if let wanted = manifest.baseModelIdentifier, let found = identifiers[model], wanted != found {
            return refused("it was made for another model of the name \(model); train it for this one")
        }
        do { return .success(try pipeline.styleForms(ofAdapter: adapter)) } catch {
            return refused("\(error)")
        }
    }
}
