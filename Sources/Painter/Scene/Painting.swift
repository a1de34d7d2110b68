/// A picture in memory.
public struct Painting: Sendable, Hashable {
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    /// Red, green and blue bytes, row by row from the top: `width * height * 3` of them.
    public let pixels: [UInt8]

    /// Pixels of the shorter side; of every side of a square picture.
    public var size: Int { min(width, height) }

    /// A square picture from its bytes.
    ///
    /// - Throws: `PainterError` where the number of bytes is not `size * size * 3`, or the size is below 1.
    public init(size: Int, pixels: [UInt8]) throws(PainterError) {
        try self.init(width: size, height: size, pixels: pixels)
    }

    /// A picture from its bytes.
    ///
    /// - Throws: `PainterError` where the number of bytes is not `width * height * 3`, or a side is below 1.
    public init(width: Int, height: Int, pixels: [UInt8]) throws(PainterError) {
        let sides = 1...16384
        guard sides.contains(width), sides.contains(height), pixels.count == width * height * 3 else {
            throw PainterError(
                .wrongByteCount,
                "A picture of \(width) x \(height) pixels does not have \(pixels.count) bytes. Give three bytes a pixel."
            )
        }
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
