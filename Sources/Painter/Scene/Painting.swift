/// A square picture in memory.
public struct Painting: Sendable, Hashable {
    /// Pixels a side.
    public let size: Int
    /// Red, green and blue bytes, row by row from the top: `size * size * 3` of them.
    public let pixels: [UInt8]

    /// A picture from its bytes.
    ///
    /// - Throws: `PainterError` where the number of bytes is not `size * size * 3`, or the size is below 1.
    public init(size: Int, pixels: [UInt8]) throws(PainterError) {
        guard size > 0, size <= 16384, pixels.count == size * size * 3 else {
            throw PainterError(
                .wrongByteCount,
                "A picture of \(size) pixels a side does not have \(pixels.count) bytes. Give three bytes a pixel."
            )
        }
        self.size = size
        self.pixels = pixels
    }
}
