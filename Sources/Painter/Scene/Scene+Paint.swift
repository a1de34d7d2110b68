extension Scene {
    /// The sizes in pixels a side at which a scene can be painted.
    public static let paintableSizes = 64...1024

    /// Paints the scene.
    ///
    /// The result depends on the scene and the size alone: the same bytes on every machine, however often and from
    /// however many threads it is called. Texture such as paper grain is left to `Painting.finished(as:seed:)`.
    ///
    /// - Parameter size: pixels a side, 64...1024.
    /// - Throws: `PainterError` where the size is outside that range or Cairo runs out of memory.
    /// - Complexity: 2 to 14 milliseconds at 128 pixels on one core, oil slowest.
    public func paint(size: Int = 128) throws(PainterError) -> Painting {
        guard Scene.paintableSizes.contains(size) else {
            throw PainterError(
                .unsupportedSize,
                "A scene cannot be painted \(size) pixels wide. Ask for 64 to 1024 pixels a side.")
        }
        let easel = try Easel(self, size: size)
        let setting = Setting(easel)
        setting.paint()
        try easel.settleBackground()
        FigurePainter(easel, horizon: setting.horizon)?.paint()
        setting.paintForeground()
        easel.paintWeather()
        try easel.finishSheet()
        return try easel.canvas.painting()
    }
}

extension Canvas {
    /// The picture as it stands.
    func painting() throws(PainterError) -> Painting {
        let sheet = try sheet()
        return try Painting(width: sheet.width, height: sheet.height, pixels: sheet.pixels)
    }
}
