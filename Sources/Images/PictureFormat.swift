/// A picture file format that we read and write.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
    /// JPEG: small, loses detail.
    case jpeg
    /// PNG: loses nothing, carries texts.
    case png
    /// WebP: smaller than JPEG.
    case webp

    /// The format that the first bytes announce, or nil for any other file. Looks at twelve bytes at most.
    public init?(magicOf bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(12))
        if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if start.starts(with: PNGChunks.signature) {
            self = .png
        } else if start.count == 12, start.starts(with: "RIFF".utf8), start[8...].elementsEqual("WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }

    /// The format that a file name's ending asks for, or nil.
    public init?(fileName: String) {
        switch fileName.split(separator: ".").last?.lowercased() {
        case "jpg", "jpeg": self = .jpeg
        case "png": self = .png
        case "webp": self = .webp
        default: return nil
        }
    }

    /// The media type, as HTTP names it.
    public var mediaType: String { "image/\(rawValue)" }
}

/// What is refused before a picture is decoded.
public struct PictureLimits: Sendable, Hashable {
    /// The most pixels, counted from the header. Each takes up to eight bytes while it is decoded.
    public var pixelCount: Int
    /// The most bytes a file may have.
    public var byteCount: Int

    /// Makes limits.
    public init(pixelCount: Int, byteCount: Int) {
        self.pixelCount = pixelCount
        self.byteCount = byteCount
    }

    /// 40 megapixels, as large cameras make, and 50 MB.
    public static let standard = PictureLimits(pixelCount: 40_000_000, byteCount: 50_000_000)
}
