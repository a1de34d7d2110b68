import FoundationEssentials
import Rights
import Server

/// Sample pictures of styles, as an operator puts them into a folder: `STYLE/*.png`, `*.jpg`, `*.jpeg` or `*.webp`, shown in the
/// order of their names.
public struct SampleFolder: Sendable, Hashable {
    /// The folder that has one for each style.
    public let path: String

    /// The most pictures of a style that are shown: a card is no gallery.
    public static let countLimit = 12
    /// The largest picture, in bytes; larger ones are passed over.
    public static let byteLimit = 10_000_000

    /// Names a folder, which need not be there.
    public init(path: String) { self.path = path }

    /// The files of a style's samples, in their order.
    func files(of style: Identifier<Style>) -> [String] {
        let folder = "\(path)/\(style)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let pictures = names.filter { name in
            let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
            return ["png", "jpg", "jpeg", "webp"].contains(ending) && !name.hasPrefix(".")
        }
        return pictures.sorted().map { "\(folder)/\($0)" }.filter { file in
            let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
            return size.map { $0 <= Self.byteLimit } ?? false
        }.prefix(Self.countLimit).map { $0 }
    }

    /// A sample; nil where there is none of that number, or it is no picture.
    func picture(_ number: Int, of style: Identifier<Style>) -> StoredPicture? {
        let files = files(of: style)
        guard (1...max(1, files.count)).contains(number), !files.isEmpty,
            let data = FileManager.default.contents(atPath: files[number - 1]),
            let picture = UploadedPicture(bytes: [UInt8](data))
        else { return nil }
        return StoredPicture(format: picture.format, bytes: picture.bytes)
    }
}
