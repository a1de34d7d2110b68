import DiffusionModels
import FoundationEssentials
import Glibc
import Tensors

/// What there is to say of a model folder without loading its weights.
struct ModelSummary {
    let name: String
    let path: String
    /// Bytes of all its files.
    let byteCount: Int
    /// Numbers in its weights.
    let parameterCount: Int
    /// The side of the pictures it was trained on.
    let side: Int
    /// Its licence in a word, where it says.
    let licence: String?

    /// Opens a folder and reads its files' headers.
    /// - Throws: `ModelError` where it is no model that can be drawn with.
    init(path: String) throws {
        let folder = try ModelFolder(path: path)
        self.path = path
        name = ModelShelf.name(of: path)
        side = folder.unet.sampleSize * folder.autoencoder.downsamplingFactor
        let files = try FileManager.default.subpathsOfDirectory(atPath: path)
        byteCount = files.reduce(0) { $0 + Self.byteCount(of: "\(path)/\($1)") }
        var parameterCount = 0
        for component in ModelComponent.allCases {
            // Opening them says whether they can be used.
            _ = try folder.weights(of: component)
            parameterCount += try Self.parameterCount(in: folder.folder(of: component))
        }
        self.parameterCount = parameterCount
        licence = Self.licence(in: path)
    }

    /// `8.4 M`, or `860 M` and `1.1 G`.
    var parameterText: String {
        let count = Double(parameterCount)
        return switch parameterCount {
        case ..<1_000_000: "\(Terminal.fixed(count / 1e3, 0)) k"
        case ..<100_000_000: "\(Terminal.fixed(count / 1e6, 1)) M"
        case ..<1_000_000_000: "\(Terminal.fixed(count / 1e6, 0)) M"
        default: "\(Terminal.fixed(count / 1e9, 2)) G"
        }
    }

    private static func byteCount(of path: String) -> Int {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int(status.st_size)
    }

    /// A folder may hold the same weights in several forms; the whole ones count.
    private static func parameterCount(in folder: String) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".safetensors") }
        let whole = files.filter { !$0.contains("fp16") && !$0.contains("non_ema") }
        let single = whole.filter { !$0.contains("-of-") }
        let chosen = !single.isEmpty ? Array(single.sorted().prefix(1)) : (whole.isEmpty ? files : whole)
        return try chosen.reduce(0) { sum, file in
            try SafetensorsFile(path: "\(folder)/\(file)").header.tensors
                .reduce(sum) { $0 + $1.shape.elementCount }
        }
    }

    /// The `license` of a model card's front matter, or the first line of a licence file.
    private static func licence(in path: String) -> String? {
        if let line = lines(of: "\(path)/README.md").first(where: { $0.hasPrefix("license:") }) {
            return String(line.dropFirst("license:".count).drop { $0 == " " })
        }
        return ["LICENSE", "LICENSE.txt", "LICENSE.md"].lazy
            .compactMap { lines(of: "\(path)/\($0)").first { $0.contains { $0.isLetter } } }
            .first.map { String($0.drop { !$0.isLetter }.prefix(60)) }
    }

    /// The first lines of a file.
    private static func lines(of path: String) -> [Substring] {
        guard let file = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else { return [] }
        return String(decoding: file.prefix(8192), as: UTF8.self).split(separator: "\n").prefix(60).map { $0 }
    }
}

/// Sizes for people.
enum ByteCount {
    /// `512 kB`, `17.3 MB`, `3.4 GB`.
    static func text(_ count: Int) -> String {
        let bytes = Double(count)
        return switch count {
        case ..<1_000_000: "\(Terminal.fixed(bytes / 1e3, 0)) kB"
        case ..<1_000_000_000: "\(Terminal.fixed(bytes / 1e6, 1)) MB"
        default: "\(Terminal.fixed(bytes / 1e9, 1)) GB"
        }
    }
}
