import Crypto
import FoundationEssentials
import Images
import Tokenizers

/// A folder of pictures with captions: a text file of the same name beside each, or `metadata.jsonl` with a line
/// `{"file_name": …, "text": …}` for each, as Hugging Face's `imagefolder` has it.
struct CaptionedPictures {
    /// A picture and what it shows.
    struct Entry: Hashable {
        /// The picture's path below the folder.
        let name: String
        let caption: String
    }

    let folder: String
    /// Sorted by name.
    let entries: [Entry]

    /// The most pictures; more want a training run of their own, not an adapter.
    static let countLimit = 10_000
    /// The largest `metadata.jsonl`, in bytes: room for as many captions of six kilobytes.
    private static let metadataLimit = 64 << 20
    private static let metadataName = "metadata.jsonl"

    /// Finds the pictures and their captions; the pictures themselves are not read yet.
    /// - Throws: ``CommandError`` that names everything that is missing at once.
    init(folder: String) throws {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder
        else {
            throw CommandError("there is no folder \(folder); name one with pictures and captions")
        }
        self.folder = folder
        let listed = try Self.listed(in: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let pictures = Set(names.filter { !$0.hasPrefix(".") && PictureFormat(fileName: $0) != nil })
            .union(listed.keys).sorted()
        guard !pictures.isEmpty else {
            throw CommandError("\(folder) holds no pictures; put JPEG, PNG or WebP files into it")
        }
        guard pictures.count <= Self.countLimit else {
            throw CommandError(
                "\(folder) holds \(pictures.count) pictures; at most \(Self.countLimit) are taken")
        }
        let absent = pictures.filter { !FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        guard absent.isEmpty else {
            throw CommandError(
                "\(folder)/\(Self.metadataName) names pictures that are not there: \(Self.list(absent))")
        }
        var entries: [Entry] = []
        var missing: [String] = []
        for name in pictures {
            let caption = try listed[name] ?? Self.caption(beside: name, in: folder)
            if let caption, !caption.isEmpty {
                entries.append(Entry(name: name, caption: caption))
            } else {
                missing.append(name)
            }
        }
        guard missing.isEmpty else {
            throw CommandError(
                "these pictures in \(folder) have no caption: \(Self.list(missing)); write each into a text file of "
                    + "the same name, or all into \(Self.metadataName)")
        }
        self.entries = entries
    }

    private static func caption(beside name: String, in folder: String) throws -> String? {
        let stem = name.split(separator: ".").dropLast().joined(separator: ".")
        let path = "\(folder)/\(stem).txt"
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try checked(data, path)
    }

    /// A caption's text, without white space at its ends.
    private static func checked(_ data: some Collection<UInt8>, _ path: String) throws -> String {
        guard data.count <= Tokenizer.maximumTextBytes else {
            throw CommandError(
                "\(path) holds a caption of \(data.count) bytes; at most \(Tokenizer.maximumTextBytes) are read"
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandError("\(path) is not UTF-8; save it as UTF-8")
        }
        let isSpace: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
        let start = text.drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }

    // MARK: metadata.jsonl

    private struct Line: Decodable {
        let fileName: String
        let text: String

        enum CodingKeys: String, CodingKey {
            case fileName = "file_name"
            case text
        }
    }

    private static func listed(in folder: String) throws -> [String: String] {
        let path = "\(folder)/\(metadataName)"
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size <= metadataLimit, let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path) cannot be read, or has more than \(metadataLimit) bytes")
        }
        var captions: [String: String] = [:]
        for (index, line) in data.split(separator: 0x0A).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            guard let entry = try? JSONDecoder().decode(Line.self, from: Data(line)) else {
                throw CommandError(
                    #"\#(path), line \#(index + 1), is not {"file_name": "…", "text": "…"}; mend or remove it"#
                )
            }
            // A list must not reach out of its folder.
            guard !entry.fileName.isEmpty, !entry.fileName.hasPrefix("/"),
                !entry.fileName.split(separator: "/").contains("..")
            else {
                throw CommandError("\(path), line \(index + 1), names a file outside the folder")
            }
            captions[entry.fileName] = try checked(Array(entry.text.utf8), path)
        }
        return captions
    }

    // MARK: pictures

    /// Hands every picture to `body`, upright, its middle cut to a square of `size` pixels.
    /// - Returns: a digest of all pictures and captions.
    /// - Throws: ``CommandError`` that names every picture that cannot be read; what `body` throws.
    func forEach(size: Int, _ body: (Picture) throws -> Void) throws -> String {
        var hash = SHA256()
        var unreadable: [String] = []
        for entry in entries {
            do {
                let picture = try Picture(contentsOf: "\(folder)/\(entry.name)").fitted(
                    width: size, height: size)
                hash.update(data: picture.bytes)
                hash.update(data: Array("\(entry.caption)\u{0}".utf8))
                if unreadable.isEmpty { try body(picture) }
            } catch let error as ImagesError {
                unreadable.append(error.message)
            }
        }
        guard unreadable.isEmpty else {
            throw CommandError("not every picture can be read: \(Self.list(unreadable, separator: "; "))")
        }
        return hash.finalize().prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The first names, and how many more there are.
    private static func list(_ names: [String], separator: String = ", ") -> String {
        let shown = names.prefix(20).joined(separator: separator)
        return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
    }
}
