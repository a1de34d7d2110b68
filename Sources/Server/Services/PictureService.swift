/// The name of a stored picture, safe in a path.
public struct PictureIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The name's text.
    public let text: String

    /// Makes a name; nil where it is not 1 to 64 letters, digits, `-` or `_` of ASCII.
    public init?(_ text: some StringProtocol) {
        guard let text = safeIdentifier(text) else { return nil }
        self.text = text
    }

    /// Takes a name that the service made, of letters, digits, `-` and `_` alone.
    package init(known text: String) { self.text = text }

    /// The name's text.
    public var description: String { text }
}

/// A picture's bytes, as they are delivered.
public struct StoredPicture: Sendable, Hashable {
    /// How the bytes are encoded.
    public let format: OutputFormat
    /// The encoded picture.
    public let bytes: [UInt8]

    /// Makes a picture from its parts.
    public init(format: OutputFormat, bytes: [UInt8]) {
        self.format = format
        self.bytes = bytes
    }
}

/// Keeps pictures.
public protocol PictureService: Sendable {
    /// A picture, finished or a preview; nil where there is none of that name, or no longer.
    ///
    /// Whether the asker may see it was decided before: by the job it belongs to, or by a signed link.
    func picture(_ identifier: PictureIdentifier) async throws -> StoredPicture?
}

/// The text, where it can be a name in an address.
func safeIdentifier(_ text: some StringProtocol) -> String? {
    let isSafe = text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
    return isSafe && (1...64).contains(text.utf8.count) ? String(text) : nil
}
