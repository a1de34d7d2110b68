extension Tableau {
    /// The lengths in pixels that the shorter side of a picture may have.
    public static let paintableSizes = 64...1024

    /// Paints the tableau on a sheet of one of the formats.
    ///
    /// - Parameters:
    ///   - size: pixels of the shorter side, 64...1024.
    ///   - format: the sheet's shape.
    /// - Throws: `PainterError` where the size is outside that range or Cairo runs out of memory.
    public func paint(size: Int = 256, format: Format = .square) throws(PainterError) -> Painting {
        let (width, height) = format.pixels(size: min(size, 1 << 20))
        return try paint(width: width, height: height)
    }

    /// Paints the tableau.
    ///
    /// The result depends on the tableau and the size alone: the same bytes on every machine, however often and from
    /// however many threads it is called. Texture such as paper grain is left to `Painting.finished(as:seed:)`.
    ///
    /// - Parameters:
    ///   - width: pixels; the shorter side 64...1024, the longer at most 1.6 times the shorter.
    ///   - height: pixels, as the width.
    /// - Throws: `PainterError` where the size is outside that range or Cairo runs out of memory.
    /// - Complexity: linear in the number of pixels; Docs/painter.md has the pictures a second.
    public func paint(width: Int, height: Int) throws(PainterError) -> Painting {
        let (shorter, longer) = (min(width, height), max(width, height))
        guard Tableau.paintableSizes.contains(shorter), longer * 10 <= shorter * 16 else {
            throw PainterError(
                .unsupportedSize,
                "A tableau cannot be painted \(width) x \(height) pixels large. Ask for 64 to 1024 pixels on the shorter side and at most 1.6 times as many on the longer."
            )
        }
        let studio = try Studio(self, width: width, height: height)
        let staging = Staging(self, width: studio.width, height: studio.height)
        let stage = Stage(studio, staging)
        stage.paint()
        try studio.settleBackground()
        studio.paintCast(staging)
        stage.paintFront()
        return try studio.finishSheet()
    }
}
