internal import CVips
import Glibc

/// Where ink is: one line of text, cut to its ink.
public struct TextMask: Sendable, Hashable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `[height, width]`, rows from the top: 0 for no ink to 255 for full ink.
    public let coverage: [UInt8]

    /// Rows from the first to the last that a letter covers at least half of somewhere: the height that is seen.
    public var inkHeight: Int {
        let rows = (0..<height).filter { row in
            coverage[row * width..<(row + 1) * width].contains { $0 >= 128 }
        }
        guard let first = rows.first, let last = rows.last else { return 0 }
        return last - first + 1
    }
}

/// A font file of the system's, and a family in it.
public struct TextFont: Sendable, Hashable {
    /// The file.
    public let path: String
    /// The family with its weight, as Pango names it: `Noto Sans CJK KR Bold`.
    public let family: String

    /// Names a font.
    public init(path: String, family: String) {
        self.path = path
        self.family = family
    }

    /// Draws a line of text as a mask.
    ///
    /// Takes a lock that all texts share: the library that lays text out is not for several threads.
    /// - Parameter size: the font's size in pixels, 4 to 4096.
    /// - Throws: ``ImagesError`` with `cannotOpen` where the font's file is missing, `invalidText` where nothing of the
    ///   text has ink, `invalidSize`, or `library`.
    public func mask(_ text: String, size: Int) throws -> TextMask {
        guard (4...4096).contains(size) else {
            throw ImagesError(.invalidSize, "a font's size is 4 to 4096 pixels, not \(size)")
        }
        // Without the file boxes would be drawn instead of letters.
        guard access(path, R_OK) == 0 else {
            throw ImagesError(
                .cannotOpen, "the font \(path) is not there; install it with `make setup`")
        }
        try Vips.start()
        let mask = VipsPicture { image in
            ondol_vips_text(&image, Self.escaped(text), "\(family) \(size)", path)
        }
        guard let mask else {
            throw ImagesError(.library, "libvips could not draw a text\(Vips.takeReason())")
        }
        guard mask.width > 1, mask.height > 1, let coverage = mask.plane() else {
            throw ImagesError(.invalidText, "the text has no ink; give it letters")
        }
        return TextMask(width: mask.width, height: mask.height, coverage: coverage)
    }

    /// The text as markup that means itself.
    private static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            default: output.append(character)
            }
        }
        return output
    }
}

extension VipsPicture {
    /// The values of an image of one band of bytes; nil where it is none.
    fileprivate borrowing func plane() -> [UInt8]? {
        let (width, height, isPlane) = (width, height, bandCount == 1 && isBytes)
        guard isPlane else { return nil }
        return withPointer { pointer in
            var count = 0
            guard let memory = vips_image_write_to_memory(pointer, &count) else { return nil }
            defer { g_free(memory) }
            guard count == width * height else { return nil }
            return [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
        }
    }
}
