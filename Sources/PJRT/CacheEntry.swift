/// The bytes of one entry: a header that proves the rest, then the executable.
///
/// The header holds a mark, the entry's key, and the payload's length and SHA-256. It finds entries that were cut
/// short, damaged or renamed; it does not protect from someone who may write to the cache.
enum CacheEntry {
    private static let mark = Array("ondol executable".utf8)
    private static let lengthByteCount = 8

    private static var headerByteCount: Int { mark.count + 2 * ContentDigest.byteCount + lengthByteCount }

    /// The entry's bytes.
    static func encode(payload: [UInt8], key: ExecutableKey) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerByteCount + payload.count)
        bytes += mark
        bytes += key.digest
        withUnsafeBytes(of: UInt64(payload.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes += ContentDigest.of(payload)
        bytes += payload
        return bytes
    }

    /// The payload, or nil where the bytes are not a whole entry of that key.
    static func decode(_ bytes: [UInt8], key: ExecutableKey) -> [UInt8]? {
        guard bytes.count >= headerByteCount else { return nil }
        let payload = Array(bytes[headerByteCount...])
        return bytes[..<headerByteCount].elementsEqual(encode(payload: payload, key: key)[..<headerByteCount])
            ? payload : nil
    }
}
