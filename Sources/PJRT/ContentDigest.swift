import Crypto

/// A SHA-256 over labelled fields. Labels and lengths go in too, so that no two lists of fields run together.
struct ContentDigest {
    private var hasher = SHA256()

    /// The digest's length in bytes.
    static let byteCount = SHA256Digest.byteCount

    /// Adds a field.
    mutating func add(_ label: String, _ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        for part in [Array(label.utf8), bytes] {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { hasher.update(bufferPointer: $0) }
            part.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
    }

    /// Adds a field of text.
    mutating func add(_ label: String, _ text: String) { add(label, text.utf8) }

    /// Adds bytes as they are, as when a file is read piece by piece.
    mutating func addRaw(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

    /// The digest of everything added.
    func finished() -> [UInt8] { Array(hasher.finalize()) }

    /// The digest of one piece of content.
    static func of(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// Bytes as lower-case hexadecimal digits.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
