import FoundationEssentials
import Rights

/// What a style's folder says of it: `style.json` beside the adapter's file.
///
/// Says whose the style is and what it was made for, never how it is paid: that is the agreement's, in the registry.
public struct StyleManifest: Sendable, Hashable, Codable {
    /// What requests call it, and the registry.
    public var identifier: Identifier<Style>
    /// Its title in both languages.
    public var title: LocalizedText
    /// The artist as they are credited.
    public var artist: String
    /// Words that bring the style out where the adapter was trained with such; for whoever writes prompts.
    public var triggerWords: [String]
    /// The adapter's file beside the manifest.
    public var adapter: String
    /// The hash of that file.
    public var adapterHash: ContentHash
    /// The name of the model it was trained for.
    public var baseModel: String
    /// What tells that model from others of its name, as `sha256:…`; nil where that is not known.
    public var baseModelIdentifier: String?
    /// The agreement it is used under; nil for a style without one, which no service publishes.
    public var agreement: Identifier<Agreement>?
    /// How many of its pictures were near copies of its works when it was checked; nil where it never was.
    public var nearCopyCount: Int?

    /// The manifest's file.
    public static let fileName = "style.json"
    /// The largest manifest, in bytes.
    static let byteLimit = 64 << 10
    private static let triggerLimit = 16
    private static let textLimit = 200

    /// Names a style.
    public init(
        identifier: Identifier<Style>, title: LocalizedText, artist: String, adapter: String,
        adapterHash: ContentHash, baseModel: String, baseModelIdentifier: String? = nil
    ) {
        self.identifier = identifier
        self.title = title
        self.artist = artist
        triggerWords = []
        self.adapter = adapter
        self.adapterHash = adapterHash
        self.baseModel = baseModel
        self.baseModelIdentifier = baseModelIdentifier
    }

    /// Reads the manifest of a folder.
    /// - Throws: ``WorkerError`` with `invalidStyle`, saying what to mend.
    public init(folder: String) throws(WorkerError) {
        let path = "\(folder)/\(Self.fileName)"
        let bytes: [UInt8]
        do {
            bytes = try BoundedBytes.read(path, limit: Self.byteLimit)
        } catch {
            throw WorkerError(.invalidStyle, error.message)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw WorkerError(
                .invalidStyle,
                "\(path) is no style's manifest: \(Self.fault(error)); write it as Docs/styles.md says")
        }
        try validate(path)
    }

    /// The manifest as its file has it, members sorted by name.
    public func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return Array(try encoder.encode(self)) + Array("\n".utf8)
    }

    private func validate(_ path: String) throws(WorkerError) {
        func require(_ isMet: Bool, _ rule: String) throws(WorkerError) {
            guard isMet else { throw WorkerError(.invalidStyle, "\(path): \(rule); mend it") }
        }
        func isShort(_ text: String) -> Bool { (1...Self.textLimit).contains(text.utf8.count) }
        // Requests write names without points.
        try require(
            identifier.text.utf8.count <= 64 && !identifier.text.utf8.contains(UInt8(ascii: ".")),
            "\"id\" has at most 64 letters a-z, digits, '-' and '_'")
        try require(
            isShort(title.korean) && isShort(title.english) && isShort(artist) && isShort(baseModel),
            "title, artist and model are texts of 1 to \(Self.textLimit) bytes")
        try require(
            triggerWords.count <= Self.triggerLimit && triggerWords.allSatisfy(isShort),
            "there are at most \(Self.triggerLimit) trigger words of \(Self.textLimit) bytes")
        try require(
            isShort(adapter) && !adapter.contains("/") && adapter.hasSuffix(".safetensors"),
            "\"adapter\" names a .safetensors file beside the manifest")
        try require((nearCopyCount ?? 0) >= 0, "\"nearCopies\" is a count")
    }

    /// Where a decoder stopped, without what stands there.
    private static func fault(_ error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\"\(place(context.codingPath + [key]))\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(place(context.codingPath))\" is of another kind"
        default: "it is not JSON, or a name or hash in it breaks its form"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case identifier = "id"
        case title, artist, triggerWords, adapter, adapterHash
        case baseModel = "model"
        case baseModelIdentifier = "modelIdentifier"
        case agreement
        case nearCopyCount = "nearCopies"
    }

    /// Reads what is there; lists may be left out.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        identifier = try fields.decode(Identifier<Style>.self, forKey: .identifier)
        title = try fields.decode(LocalizedText.self, forKey: .title)
        artist = try fields.decode(String.self, forKey: .artist)
        triggerWords = try fields.decodeIfPresent([String].self, forKey: .triggerWords) ?? []
        adapter = try fields.decode(String.self, forKey: .adapter)
        adapterHash = try fields.decode(ContentHash.self, forKey: .adapterHash)
        baseModel = try fields.decode(String.self, forKey: .baseModel)
        baseModelIdentifier = try fields.decodeIfPresent(String.self, forKey: .baseModelIdentifier)
        agreement = try fields.decodeIfPresent(Identifier<Agreement>.self, forKey: .agreement)
        nearCopyCount = try fields.decodeIfPresent(Int.self, forKey: .nearCopyCount)
    }
}
