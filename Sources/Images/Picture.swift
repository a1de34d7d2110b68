/// A picture in memory: sRGB, eight bits for each of red, green and blue, no transparency.
///
/// A value type: copies share their bytes until one is changed, and may cross threads.
public struct Picture: Sendable, Hashable {
    /// Pixels in a row; at least 1.
    public let width: Int
    /// Rows; at least 1.
    public let height: Int
    /// `[height, width, 3]`, red, green, blue for each pixel, rows from the top.
    public let bytes: [UInt8]

    /// Bytes a pixel takes.
    static let channelCount = 3

    /// Makes a picture of pixels.
    /// - Precondition: the sizes are positive and there are `width * height * 3` bytes.
    public init(width: Int, height: Int, bytes: [UInt8]) {
        precondition(width > 0 && height > 0, "a picture needs a positive size, not \(width)x\(height)")
        precondition(
            bytes.count == width * height * Self.channelCount,
            "a picture of \(width)x\(height) takes \(width * height * Self.channelCount) bytes, not \(bytes.count)"
        )
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    /// Makes a picture of one colour.
    /// - Precondition: the sizes are positive.
    public init(width: Int, height: Int, filledWith color: Color) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * Self.channelCount)
        for _ in 0..<width * height { bytes += [color.red, color.green, color.blue] }
        self.init(width: width, height: height, bytes: bytes)
    }

    /// The colour of one pixel, counted from the top left.
    /// - Precondition: the pixel lies inside the picture.
    public subscript(x x: Int, y y: Int) -> Color {
        precondition((0..<width).contains(x) && (0..<height).contains(y), "no pixel at \(x), \(y)")
        let offset = (y * width + x) * Self.channelCount
        return Color(red: bytes[offset], green: bytes[offset + 1], blue: bytes[offset + 2])
    }

    /// An sRGB colour.
    public struct Color: Sendable, Hashable {
        /// From 0, none, to 255, full.
        public var red, green, blue: UInt8

        /// Makes a colour.
        public init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        /// White.
        public static let white = Color(red: 255, green: 255, blue: 255)
        /// Black.
        public static let black = Color(red: 0, green: 0, blue: 0)
    }
}

extension Picture: CustomStringConvertible {
    /// The size as `Picture 512x384`.
    public var description: String { "Picture \(width)x\(height)" }
}
