import Crypto
import HTTPTypes

/// A file that browsers get: its bytes, and what they must know to use it and to keep it.
struct WebFile: Sendable {
    /// The address under the server's root, without a slash before it.
    let path: String
    let mediaType: String
    let bytes: [UInt8]
    /// Another for other bytes: the beginning of their SHA-256, in quotes as HTTP writes it.
    let entityTag: String

    /// Makes a file; nil where its name ends like none that browsers know here.
    init?(path: String, bytes: [UInt8]) {
        let ending = path.split(separator: ".").last.map(String.init) ?? ""
        guard let mediaType = Self.mediaTypes[ending] else { return nil }
        self.path = path
        self.mediaType = mediaType
        self.bytes = bytes
        let digest = SHA256.hash(data: bytes).prefix(12).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        entityTag = "\"\(digest.joined())\""
    }

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "json": "application/json", "svg": "image/svg+xml",
    ]

    /// Whether a browser that has the file already says so.
    ///
    /// Source: RFC 9110, 13.1.2: the tags are compared weakly.
    func isKnown(to headers: HTTPFields) -> Bool {
        let tags = headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        return tags.contains { tag in
            let plain = tag.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            let text = String(plain)
            return text == "*" || text == entityTag || text == "W/" + entityTag
        }
    }
}
