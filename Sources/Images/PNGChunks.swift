/// The pieces that a PNG file is made of.
///
/// Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", sections 5 and Annex D.
struct PNGChunks: Sequence, IteratorProtocol {
    /// The first bytes of every PNG.
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// One piece.
    struct Chunk {
        /// Four letters.
        let type: String
        /// Where the whole piece lies in the file.
        let range: Range<Int>
        /// Where its data lies.
        let dataRange: Range<Int>
    }

    private let bytes: [UInt8]
    private var position: Int

    /// The pieces of a file; none where it is no PNG. They end at the first that is cut off or has a wrong
    /// checksum.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: Self.signature) ? Self.signature.count : bytes.count
    }

    mutating func next() -> Chunk? {
        // Length, type and checksum, four bytes each.
        guard bytes.count - position >= 12 else { return nil }
        let count = Int(Self.number(in: bytes, at: position))
        guard count <= bytes.count - position - 12 else { return nil }
        let typeRange = position + 4..<position + 8
        let dataRange = typeRange.upperBound..<typeRange.upperBound + count
        let checksum = Self.checksum(of: bytes[typeRange.lowerBound..<dataRange.upperBound])
        guard checksum == Self.number(in: bytes, at: dataRange.upperBound) else { return nil }
        defer { position = dataRange.upperBound + 4 }
        return Chunk(
            type: String(decoding: bytes[typeRange], as: UTF8.self),
            range: position..<dataRange.upperBound + 4, dataRange: dataRange)
    }

    /// One piece, ready to be put into a file.
    /// - Precondition: the type is four ASCII letters, the data shorter than 2 GiB.
    static func serialized(type: String, data: [UInt8]) -> [UInt8] {
        precondition(type.utf8.count == 4 && data.count <= Int(Int32.max), "no PNG chunk can be so")
        let body = Array(type.utf8) + data
        return bigEndian(UInt32(data.count)) + body + bigEndian(checksum(of: body[...]))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian, Array.init)
    }

    private static func number(in bytes: [UInt8], at position: Int) -> UInt32 {
        bytes[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// CRC-32 as PNG, zip and Ethernet use it.
    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { checksum, byte in
            checksumTable[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)] ^ (checksum >> 8)
        }
    }

    private static let checksumTable: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
