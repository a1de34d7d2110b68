/// A colour as red, green and blue in 0...1, gamma-encoded as it will be stored.
struct Color: Sendable, Hashable {
    var red: Double
    var green: Double
    var blue: Double

    init(_ red: Double, _ green: Double, _ blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// A colour written as 0xRRGGBB.
    init(_ hex: Int) {
        self.init(
            Double((hex >> 16) & 255) / 255, Double((hex >> 8) & 255) / 255, Double(hex & 255) / 255)
    }

    static let white = Color(1, 1, 1)
    static let black = Color(0, 0, 0)

    /// The colour `fraction` of the way to another.
    func mixed(_ other: Color, _ fraction: Double) -> Color {
        Color(
            red + (other.red - red) * fraction, green + (other.green - green) * fraction,
            blue + (other.blue - blue) * fraction)
    }

    /// Brighter or darker, never outside 0...1.
    func scaled(_ factor: Double) -> Color { multiplied(Color(factor, factor, factor)) }

    /// The product by channel, never outside 0...1.
    func multiplied(_ other: Color) -> Color {
        Color(red * other.red, green * other.green, blue * other.blue).clamped
    }

    /// More colourful above 1, greyer below.
    func saturated(_ factor: Double) -> Color {
        let gray = brightness
        return Color(gray, gray, gray).extrapolated(self, factor)
    }

    /// How bright it looks.
    var brightness: Double { red * 0.3 + green * 0.59 + blue * 0.11 }

    private func extrapolated(_ other: Color, _ factor: Double) -> Color { mixed(other, factor).clamped }

    private var clamped: Color {
        Color(min(1, max(0, red)), min(1, max(0, green)), min(1, max(0, blue)))
    }
}
