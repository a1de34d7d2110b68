@testable import Images

/// Makes PNG files of every kind, without any encoder: their pixels are stored and not compressed.
///
/// Source: W3C, "Portable Network Graphics (PNG) Specification"; RFC 1950 and 1951 for the stored data.
struct PNGFixture {
    /// The kinds of pixel, as the header numbers them.
    enum Kind: UInt8 {
        case grey = 0
        case color = 2
        case palette = 3
        case greyAlpha = 4
        case colorAlpha = 6
    }

    var width: Int
    var height: Int
    var kind: Kind
    var bitDepth: UInt8 = 8
    /// The rows' bytes, without the filter type before each.
    var rows: [[UInt8]]
    /// Pieces between the header and the pixels: type and data.
    var extraChunks: [(String, [UInt8])] = []

    /// The file.
    var bytes: [UInt8] {
        let header = Self.bigEndian(width) + Self.bigEndian(height) + [bitDepth, kind.rawValue, 0, 0, 0]
        let unfiltered: [UInt8] = [0]
        let data = rows.flatMap { unfiltered + $0 }
        return PNGChunks.signature + PNGChunks.serialized(type: "IHDR", data: header)
            + extraChunks.flatMap { PNGChunks.serialized(type: $0.0, data: $0.1) }
            + PNGChunks.serialized(type: "IDAT", data: Self.stored(data))
            + PNGChunks.serialized(type: "IEND", data: [])
    }

    /// A zlib stream of one stored block.
    static func stored(_ data: [UInt8]) -> [UInt8] {
        precondition(data.count < 65536)
        let count = UInt16(data.count)
        let length = [UInt8(truncatingIfNeeded: count), UInt8(count >> 8)]
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in data {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        return [0x78, 0x01, 1] + length + length.map { ~$0 } + data + bigEndian(Int(high << 16 | low))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(number).bigEndian, Array.init)
    }
}
