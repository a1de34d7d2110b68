import Server
import Serving

/// Knows a few keys, each for one behaviour.
public struct ScriptedKeys: KeyService {
    /// The error of a store that cannot be read.
    public struct Broken: Error {}

    /// A key that may do everything.
    public static let full = "sk-full"
    /// Another caller's key that may do everything.
    public static let other = "sk-other"
    /// A key that may only look.
    public static let reader = "sk-reader"
    /// A key that may look at the floor, and nothing else.
    public static let administrator = "sk-administrator"
    /// A key of the artist whose styles and works are shown, and of nothing else.
    public static let artist = "sk-artist"
    /// A key of artists that is for nobody.
    public static let nobodysArtist = "sk-nobody"
    /// A key at which looking it up fails.
    public static let broken = "sk-broken"

    /// Makes the keys.
    public init() {}

    /// See ``KeyService``.
    public func caller(of key: BearerKey) async throws -> Caller? {
        let plan = Plan(name: "test")
        switch key.secret {
        case Self.full: return Caller(id: "caller-1", plan: plan)
        case Self.other: return Caller(id: "caller-2", plan: plan)
        case Self.reader: return Caller(id: "caller-3", scopes: [.read], plan: plan)
        case Self.administrator: return Caller(id: "caller-4", scopes: [.administer], plan: plan)
        case Self.artist: return Caller(id: "caller-5", scopes: [.styles], plan: plan, holder: "kim-hana")
        case Self.nobodysArtist: return Caller(id: "caller-6", scopes: [.styles], plan: plan)
        case Self.broken: throw Broken()
        default: return nil
        }
    }
}

/// Has every picture whose name is `picture-FORMAT-N` or `preview-FORMAT-N`: its bytes are the format's first ones and
/// the name.
public struct ScriptedPictures: PictureService {
    /// Makes the pictures.
    public init() {}

    /// See ``PictureService``.
    public func picture(_ identifier: PictureIdentifier) async throws -> StoredPicture? {
        let parts = identifier.text.split(separator: "-")
        guard parts.count == 3, ["picture", "preview"].contains(parts[0]),
            let format = OutputFormat(rawValue: String(parts[1]))
        else { return nil }
        return StoredPicture(format: format, bytes: Self.signature(format) + Array(identifier.text.utf8))
    }

    /// What files of a format begin with.
    public static func signature(_ format: OutputFormat) -> [UInt8] {
        switch format {
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case .jpeg: [0xFF, 0xD8, 0xFF, 0xE0]
        case .webp: Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP".utf8)
        }
    }
}
