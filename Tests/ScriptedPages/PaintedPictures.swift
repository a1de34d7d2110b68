import FoundationEssentials
import Server

/// Pictures out of a folder: `N.png` finished, `N-0.jpg` and so on while they come out of the noise, and `captions.txt`
/// with a sentence a line.
struct PaintedPictures: PictureService {
    private let pictures: [String: StoredPicture]
    private let captions: [String]

    init(folder: String) throws {
        var pictures: [String: StoredPicture] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            guard name.hasSuffix(".png") || name.hasSuffix(".jpg"),
                let file = UploadedPicture(
                    bytes: [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + name))))
            else { continue }
            pictures[String(name.dropLast(4))] = StoredPicture(format: file.format, bytes: file.bytes)
        }
        self.pictures = pictures
        captions = try String(contentsOfFile: folder + "/captions.txt", encoding: .utf8).split(
            separator: "\n"
        )
        .map(String.init)
    }

    /// How many previews a picture has.
    static let previewCount = 5

    /// The picture that a sentence is about; another for every other picture of the request.
    func name(of sentence: String, index: Int) -> String {
        let known = captions.firstIndex { caption in
            let words = caption.split(separator: "|").map { $0.filter { $0 != " " } }
            return words.contains { sentence.filter { $0 != " " }.hasPrefix($0) }
        }
        let first = known ?? Int(sentence.unicodeScalars.reduce(UInt32(7)) { $0 &* 31 &+ $1.value } % 997)
        return String((first + index) % max(1, captions.count))
    }

    func picture(_ identifier: PictureIdentifier) async throws -> StoredPicture? { pictures[identifier.text] }
}
