/// The pieces of a PNG, read without any of the code under test.
struct PNGPieces: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 8

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> (type: String, range: Range<Int>)? {
        guard position + 12 <= bytes.count else { return nil }
        let count = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
        let range = position..<position + 12 + count
        guard range.upperBound <= bytes.count else { return nil }
        position = range.upperBound
        return (String(decoding: bytes[range.lowerBound + 4..<range.lowerBound + 8], as: UTF8.self), range)
    }

    /// A piece from its type and data.
    static func chunk(_ body: [UInt8]) -> [UInt8] {
        func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
        var checksum: UInt32 = ~0
        for byte in body {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? 0xEDB8_8320 ^ (checksum >> 1) : checksum >> 1 }
        }
        return bigEndian(UInt32(body.count - 4)) + body + bigEndian(~checksum)
    }
}
