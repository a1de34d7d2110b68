/// One layer of brush strokes.
struct BrushLayer {
    /// The distance of strokes, and half their length and width, in picture units.
    var spacing: Double
    var length: Double
    var width: Double
    /// Strokes lie where the picture is less busy than this.
    var upTo: Int
    /// And busier than this.
    var from = -1
    var opacity: Double
    /// How much strokes differ in brightness.
    var jitter: Double
    /// How much the bristles' ridge shows.
    var ridge: Double
}

/// The brushes of a medium.
enum BrushSet {
    static let oilGround = [
        BrushLayer(
            spacing: 0.019, length: 0.030, width: 0.0080, upTo: 15, opacity: 0.74, jitter: 14, ridge: 9),
        BrushLayer(
            spacing: 0.013, length: 0.016, width: 0.0048, upTo: 28, from: 11, opacity: 0.5, jitter: 9,
            ridge: 7),
    ]
    static let oil = [
        BrushLayer(spacing: 0.020, length: 0.024, width: 0.0070, upTo: 11, opacity: 0.6, jitter: 9, ridge: 8),
        BrushLayer(
            spacing: 0.0125, length: 0.013, width: 0.0040, upTo: 26, from: 8, opacity: 0.45, jitter: 8,
            ridge: 7),
    ]
    static let gouacheGround = [
        BrushLayer(spacing: 0.024, length: 0.040, width: 0.012, upTo: 14, opacity: 0.7, jitter: 9, ridge: 2)
    ]
    static let gouache = [
        BrushLayer(spacing: 0.022, length: 0.026, width: 0.009, upTo: 9, opacity: 0.6, jitter: 7, ridge: 2)
    ]
    static let pastel = [
        BrushLayer(
            spacing: 0.020, length: 0.036, width: 0.0085, upTo: 12, opacity: 0.36, jitter: 17, ridge: 0),
        BrushLayer(
            spacing: 0.016, length: 0.022, width: 0.0050, upTo: 22, from: 6, opacity: 0.24, jitter: 15,
            ridge: 0),
    ]
}

/// Strokes that follow the forms of what is painted already.
///
/// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998: layers of
/// strokes normal to the gradient; here straight ones, laid by how busy the picture is.
extension Studio {
    func brush(_ sheet: inout Sheet, _ layers: [BrushLayer]) {
        let soft = sheet.blurred(0.008)
        let gray = soft.brightness()
        let plain = sheet.brightness()
        let (width, height) = (sheet.width, sheet.height)
        let unit = sheet.unit
        // How busy the surroundings of each pixel are.
        var busy = Sheet(
            width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
        for index in 0..<width * height {
            busy.pixels[index * 3] = UInt8(min(255, abs(plain[index] - gray[index]) * 3))
        }
        let detail = busy.blurred(0.014)
        let flowX = SmoothField(sheet, cell: 0.3, &touch)
        let flowY = SmoothField(sheet, cell: 0.3, &touch)
        for layer in layers {
            let columns = Int(Double(width) / unit / layer.spacing)
            let rows = Int(Double(height) / unit / layer.spacing)
            for cell in scattered(columns * rows) {
                let x = (Double(cell % columns) + touch.unit()) * layer.spacing * unit
                let y = (Double(cell / columns) + touch.unit()) * layer.spacing * unit
                let jitter = touch.uniform(-1...1) * layer.jitter
                let stretch = touch.uniform(0.7...1.25)
                let (column, row) = (min(width - 2, max(1, Int(x))), min(height - 2, max(1, Int(y))))
                let index = row * width + column
                let business = Int(detail.pixels[index * 3])
                guard business < layer.upTo, business > layer.from else { continue }
                let across = Double(gray[index + 1] - gray[index - 1])
                let down = Double(gray[index + width] - gray[index - width])
                var along = Point(-down, across)
                let strength = along.length
                if strength < 6 {
                    let flow = Point(0.9 + 0.4 * flowX.at(row, column), 0.55 * flowY.at(row, column))
                    along = along * (1.0 / 6) + flow * (1 - strength / 6)
                }
                let length = max(along.length, 1e-6)
                let ink = (0..<3).map { Int(soft.pixels[index * 3 + $0]) + Int(jitter) }
                sheet.stroke(
                    Point(x, y), along * (1 / length), half: layer.length * unit * stretch,
                    width: max(0.7, layer.width * unit), ink,
                    opacity: layer.opacity, ridge: layer.ridge * air.side)
            }
        }
    }

    /// All numbers below `count` in an order without rows.
    private func scattered(_ count: Int) -> [Int] {
        guard count > 1 else { return Array(0..<count) }
        // A step that shares no divisor with the count visits every number once.
        var step = max(1, count * 618 / 1000)
        func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
        while divisor(step, count) != 1 { step += 1 }
        return (0..<count).map { $0 * step % count }
    }
}

extension Sheet {
    /// Lays one straight stroke with round ends.
    mutating func stroke(
        _ center: Point, _ along: Point, half: Double, width thick: Double, _ ink: [Int], opacity: Double,
        ridge: Double
    ) {
        let reachX = Int(abs(along.x) * half + thick) + 1
        let reachY = Int(abs(along.y) * half + thick) + 1
        let (left, right) = (max(0, Int(center.x) - reachX), min(width - 1, Int(center.x) + reachX))
        let (top, bottom) = (max(0, Int(center.y) - reachY), min(height - 1, Int(center.y) + reachY))
        guard left <= right, top <= bottom else { return }
        let straight = max(0, half - thick)
        let (red, green, blue) = (Double(ink[0]), Double(ink[1]), Double(ink[2]))
        let width = self.width
        pixels.withUnsafeMutableBufferPointer { pixels in
            for row in top...bottom {
                for column in left...right {
                    let (x, y) = (Double(column) + 0.5 - center.x, Double(row) + 0.5 - center.y)
                    let a = max(abs(x * along.x + y * along.y) - straight, 0)
                    let b = y * along.x - x * along.y
                    let square = a * a + b * b
                    let outer = thick + 0.5
                    guard square < outer * outer else { continue }
                    let cover = min(1, outer - square.squareRoot()) * opacity
                    // The bristles heap paint on one side of the stroke.
                    let shade = ridge * b / thick
                    let start = (row * width + column) * 3
                    let (r, g, bl) = (
                        Double(pixels[start]), Double(pixels[start + 1]), Double(pixels[start + 2])
                    )
                    pixels[start] = UInt8(min(255, max(0, r + (red + shade - r) * cover)))
                    pixels[start + 1] = UInt8(min(255, max(0, g + (green + shade - g) * cover)))
                    pixels[start + 2] = UInt8(min(255, max(0, bl + (blue + shade - bl) * cover)))
                }
            }
        }
    }
}
