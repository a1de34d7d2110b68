import FoundationEssentials
import Rights
import Server

/// Sample pictures of styles: those that an operator puts into a folder, `STYLE/*.png`, `*.jpg`, `*.jpeg` or `*.webp`, shown in
/// the order of their names; or else those that the style's check before publication drew and kept.
public struct SampleFolder: Sendable {
    /// Where a style's own samples lie, and the adapter they were drawn with.
    public typealias Own = @Sendable (Identifier<Style>) -> (folder: String, adapter: ContentHash)?

    /// The folder that has one for each style.
    public let path: String
    private let own: Own

    /// The most pictures of a style that are shown: a card is no gallery.
    public static let countLimit = 12
    /// The largest picture, in bytes; larger ones are passed over.
    public static let byteLimit = 10_000_000

    /// Names a folder, which need not be there.
    /// - Parameter own: where a style's own samples lie; nil where it has none.
    public init(path: String, own: @escaping Own = { _ in nil }) {
        self.path = path
        self.own = own
    }

    /// The files of a style's samples, in their order. Its own are shown only where they are of the adapter that is agreed on.
    func files(of style: Style) -> [String] {
        let chosen = Self.files(in: "\(path)/\(style.identifier)")
        guard chosen.isEmpty, let own = own(style.identifier), own.adapter == style.trainings.last?.adapter
        else { return chosen }
        return Self.files(in: own.folder)
    }

    private static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let pictures = names.filter { name in
            let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
            return ["png", "jpg", "jpeg", "webp"].contains(ending) && !name.hasPrefix(".")
        }
        return pictures.sorted().map { "\(folder)/\($0)" }.filter { file in
            let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
            return size.map { $0 <= byteLimit } ?? false
        }.prefix(countLimit).map { $0 }
    }

    /// A sample; nil where there is none of that number, or it is no picture.
    func picture(_ number: Int, of style: Style) -> StoredPicture? {
        let files = files(of: style)
        guard (1...max(1, files.count)).contains(number), !files.isEmpty,
            let data = FileManager.default.contents(atPath: files[number - 1]),
            let picture = UploadedPicture(bytes: [UInt8](data))
        else { return nil }
        return StoredPicture(format: picture.format, bytes: picture.bytes)
    }
}
