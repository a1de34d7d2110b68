import FoundationEssentials
import Tensors

/// The files that hold a component's weights: one, or the shards that an index names.
struct WeightFiles: Sendable {
    /// The most shards that are opened at once; each costs a file descriptor.
    static let shardLimit = 128
    private let single: SafetensorsFile?
    private let shards: [String: SafetensorsFile]

    /// Finds the weights in a component's folder.
    ///
    /// Whole precision comes before half, one file before shards. Pickles are never opened.
    /// - Throws: ``ModelError``.
    init(folder: String) throws(ModelError) {
        for name in Self.candidates {
            let path = "\(folder)/\(name)"
            guard BoundedFile.exists(path) else { continue }
            if name.hasSuffix(".json") {
                single = nil
                shards = try Self.shards(index: path, folder: folder)
            } else {
                single = try Self.open(path)
                shards = [:]
            }
            return
        }
        throw Self.nothing(in: folder)
    }

    /// The file that holds a parameter of that name.
    func file(holding name: String) -> SafetensorsFile? {
        guard let file = single ?? shards[name], file.description(of: name) != nil else { return nil }
        return file
    }

    // MARK: finding

    private static let candidates = ["diffusion_pytorch_model", "model"].flatMap { stem in
        [
            "\(stem).safetensors", "\(stem).safetensors.index.json", "\(stem).fp16.safetensors",
            "\(stem).safetensors.index.fp16.json", "\(stem).fp16.safetensors.index.json",
        ]
    }
    private static let pickleSuffixes = [".bin", ".ckpt", ".pt", ".pth", ".pkl", ".pickle"]

    private static func shards(
        index: String, folder: String
    ) throws(ModelError) -> [String: SafetensorsFile] {
        let files = try ConfigurationFields(file: index).texts("weight_map")
        let names = Set(files.values)
        guard names.count <= shardLimit else {
            throw ModelError(
                .unsupported, "\(index) names \(names.count) files; at most \(shardLimit) are opened")
        }
        var opened: [String: SafetensorsFile] = [:]
        for name in names.sorted() {
            // An index must not reach out of its folder.
            guard name.hasSuffix(".safetensors"), !name.contains("/") else {
                throw ModelError(
                    .malformed,
                    "\(index) names \(JSONValue.string(name).shown), which is no .safetensors file beside it")
            }
            opened[name] = try open("\(folder)/\(name)")
        }
        return files.compactMapValues { opened[$0] }
    }

    private static func open(_ path: String) throws(ModelError) -> SafetensorsFile {
        do {
            return try SafetensorsFile(path: path)
        } catch {
            throw ModelError(file: path, error)
        }
    }

    private static func nothing(in folder: String) -> ModelError {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let pickles = files.filter { file in pickleSuffixes.contains { file.hasSuffix($0) } }.sorted()
        guard let pickle = pickles.first else {
            return ModelError(
                .missing,
                "\(folder) has no weights; they are expected in diffusion_pytorch_model.safetensors or model.safetensors"
            )
        }
        return ModelError(
            .unsupported,
            """
            \(folder) has its weights only as a pickle (\(pickle)), which can run code and is never loaded; get the \
            model's .safetensors files, or let diffusers write them, where you trust the file, with \
            save_pretrained(folder, safe_serialization=True)
            """)
    }
}

extension ModelError {
    /// What went wrong in a file of tensors.
    init(file path: String, _ error: any Error) {
        guard let error = error as? TensorsError else {
            self.init(.malformed, "\(path) cannot be used", cause: error)
            return
        }
        let code: Code =
            switch error.code {
            case .cannotOpen: .missing
            case .cannotWrite, .diskFull: .unwritable
            default: .malformed
            }
        self.init(code, error.message)
    }
}
