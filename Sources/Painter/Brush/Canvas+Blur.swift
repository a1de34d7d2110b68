extension Canvas {
    /// Softens everything drawn so far by box blurs of whole-number arithmetic, the same on every machine.
    ///
    /// - Parameters:
    ///   - radius: in picture units; rounded to whole pixels, and nothing happens below half a pixel.
    ///   - strength: the share of the softened picture, 0...1; the rest stays sharp.
    func soften(radius: Double, strength: Double) throws(PainterError) {
        let reach = Int((radius * Double(size)).rounded())
        guard reach > 0 else { return }
        let (width, height) = (self.width, self.height)
        let share = Int(strength * 256)
        try withPixels { pixels, stride in
            var line = [UInt8](repeating: 0, count: width)
            var column = [UInt8](repeating: 0, count: height)
            for channel in 0..<3 {
                for index in 0..<height {
                    Self.blurLine(pixels + index * stride + channel, step: 4, reach: reach, share, &line)
                }
                for index in 0..<width {
                    Self.blurLine(pixels + index * 4 + channel, step: stride, reach: reach, share, &column)
                }
            }
        }
    }

    /// Averages a row or column over `2 * reach + 1` values, repeating the outermost ones.
    private static func blurLine(
        _ start: UnsafeMutablePointer<UInt8>, step: Int, reach: Int, _ share: Int, _ line: inout [UInt8]
    ) {
        let count = line.count
        for index in 0..<count { line[index] = start[index * step] }
        let window = 2 * reach + 1
        var sum = 0
        for offset in -reach...reach { sum += Int(line[min(count - 1, max(0, offset))]) }
        for index in 0..<count {
            let average = (sum + reach) / window
            start[index * step] = UInt8((average * share + Int(line[index]) * (256 - share) + 128) >> 8)
            sum += Int(line[min(count - 1, index + reach + 1)]) - Int(line[max(0, index - reach)])
        }
    }
}
