import Crypto
import FoundationEssentials
import Provenance

extension PictureOrigin.Model {
    /// The model in a folder: its name, and a hash over its weights, so that two of the same name can be told apart.
    ///
    /// Weights of more than a gigabyte are not read once more for that, which would take seconds.
    init(name: String, folder: String) {
        self.init(name: name, identifier: Self.identifier(of: folder))
    }

    private static let byteLimit = 1 << 30
    private static let parts = ["text_encoder", "unet", "vae"]

    /// SHA-256 over the weights' files in the order of their names; nil where they are large, or cannot be read.
    private static func identifier(of folder: String) -> String? {
        let files = FileManager.default
        var paths: [String] = []
        var byteCount = 0
        for part in parts {
            let names = (try? files.contentsOfDirectory(atPath: "\(folder)/\(part)")) ?? []
            for name in names.sorted() where name.hasSuffix(".safetensors") {
                let path = "\(folder)/\(part)/\(name)"
                byteCount += (try? files.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
                paths.append(path)
            }
        }
        guard !paths.isEmpty, byteCount <= byteLimit else { return nil }
        var hasher = SHA256()
        for path in paths {
            guard let bytes = files.contents(atPath: path) else { return nil }
            hasher.update(data: bytes)
        }
        let digits = hasher.finalize().map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        return "sha256:" + digits.joined()
    }
}
