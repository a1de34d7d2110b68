/// The canvas together with air and medium: here a shape with its own colour becomes paint.
///
/// A studio lives for one picture, on one thread. The shorter side of the picture is 1 long.
final class Studio {
    let canvas: Canvas
    let tableau: Tableau
    let air: Air
    let manner: Manner
    /// Width and height in picture units.
    let width: Double
    let height: Double
    /// Numbers for the manner of painting, apart from those that decide what is painted.
    var touch: SeededGenerator
    /// How far away the things are that are painted now, 0...1.
    var depth = 0.0
    /// 1 where a figure is painted now, 0 in the background.
    var focus = 0.0
    /// Discs over which no rain and no snow falls.
    var faces: [(center: Point, radius: Double)] = []
    /// Shapes smaller than this get no line of their own.
    private let inks: [Color]

    init(_ tableau: Tableau, width: Int, height: Int) throws(PainterError) {
        canvas = try Canvas(width: width, height: height)
        self.tableau = tableau
        var random = SeededGenerator(seed: tableau.composition, part: .air)
        air = Air(tableau, &random)
        manner = Manner(tableau.medium)
        touch = SeededGenerator(seed: tableau.composition, part: .touch)
        self.width = Double(width) / Double(min(width, height))
        self.height = Double(height) / Double(min(width, height))
        inks = tableau.medium == .woodcut ? Self.inks(air, manner.paper, &random) : []
    }

    /// The picture's rectangle, a little larger than it.
    var wholeSheet: Path { .rectangle(-0.05, -0.05, width + 0.05, height + 0.05) }

    /// Whether a point lies on a face.
    func isOnFace(_ point: Point) -> Bool {
        faces.contains { (point - $0.center).length < $0.radius }
    }

    // MARK: Colour

    /// The colour as it ends up on the canvas; glowing things keep theirs.
    func tint(_ color: Color, glowing: Bool = false) -> Color {
        graded(glowing ? color : air.on(color, depth: depth, focus: focus))
    }

    /// The medium's and the palette's share in a colour.
    private func graded(_ color: Color) -> Color {
        var result = toned(color)
        let share = manner.paperShare + (manner.figurePaperShare - manner.paperShare) * focus
        // White paper would turn a night grey.
        result = result.saturated(manner.saturation).scaled(manner.gain)
            .mixed(manner.paper, air.isDark ? share * 0.5 : share)
        return inks.isEmpty ? result : nearestInk(result)
    }

    private func toned(_ color: Color) -> Color {
        // A figure keeps more of its own colours: skin must stay skin.
        let share = 1 - 0.55 * focus
        return switch tableau.palette {
        case .natural: color
        case .soft:
            color.saturated(0.72).mixed(air.isDark ? Color(0x8E92B4) : Color(0xF8EEE6), 0.20 - 0.06 * focus)
        case .vivid: color.saturated(1.38).mixed(color.multiplied(color), 0.12)
        case .warm: color.mixed(color.multiplied(Color(1.04, 0.96, 0.84)).mixed(Color(0xE8A058), 0.10), share)
        case .cool: color.mixed(color.multiplied(Color(0.86, 0.96, 1.04)).mixed(Color(0x5C88B8), 0.10), share)
        }
    }

    /// The inks of a woodcut: paper, key black, and five colours in two strengths.
    private static func inks(_ air: Air, _ paper: Color, _ random: inout SeededGenerator) -> [Color] {
        let sets = [
            [0x2E5A88, 0xC8452F, 0xE0A63C, 0x4F7F5A, 0x8A5A44],
            [0x27506E, 0xD2553C, 0xEBBE5A, 0x6B8F55, 0x7A4E58],
            [0x355C7D, 0xB83A3A, 0xD99A4E, 0x5E8870, 0x94684A],
        ]
        let strong = random.pick(sets).map { Color($0) }
        let base = air.isDark ? strong.map { $0.mixed(Color(0x1C2450), 0.35) } : strong
        var inks = [paper, Color(0x1E1A1C), paper.scaled(0.82), Color(0xEFC3A0), Color(0x9C9A94)]
        for ink in base { inks += [ink, ink.mixed(paper, 0.38), ink.mixed(paper, 0.68)] }
        if air.isDark { inks += [Color(0x1B2448), Color(0x2C3A6C)] }
        return inks
    }

    private func nearestInk(_ color: Color) -> Color {
        var best = inks[0]
        var least = Double.infinity
        for ink in inks {
            let (red, green, blue) = (ink.red - color.red, ink.green - color.green, ink.blue - color.blue)
            let light = ink.brightness - color.brightness
            let distance = red * red + green * green * 1.2 + blue * blue * 0.8 + light * light * 2
            if distance < least { (least, best) = (distance, ink) }
        }
        return best
    }

    // MARK: Shapes

    /// Fills a shape in the medium's manner.
    ///
    /// - Parameters:
    ///   - shade: how strongly light models it; 0 leaves it even.
    ///   - edge: whether the medium's edge or shadow belongs to it.
    ///   - glowing: whether it shines by itself, whatever the light.
    func fill(
        _ path: Path, _ color: Color, shade: Double = 1, edge: Bool = true, opacity: Double = 1,
        glowing: Bool = false
    ) {
        let base = tint(color, glowing: glowing)
        if edge { line(around: path) }
        switch manner.body {
        case .modelled:
            canvas.fill(
                path, shade > 0 ? modelled(path, base, shade, opacity) : .solid(base, opacity: opacity))
        case .crisp:
            canvas.fill(path, .solid(base, opacity: opacity))
            if edge, shade >= 0.5 { crispShade(path, base, opacity) }
        case .layered:
            if edge { paperShadow(path) }
            canvas.fill(path, .solid(base, opacity: opacity))
            if edge { paperRim(path, base) }
        case .block:
            canvas.fill(path, .solid(base, opacity: opacity < 0.5 ? opacity : 1))
            if edge, shade >= 0.5 { carve(path, base) }
        }
    }

    /// Draws a line along points, smooth, in every medium.
    func line(
        _ points: [Point], _ color: Color, width: Double, opacity: Double = 1, glowing: Bool = false,
        edge: Bool = false
    ) {
        stroke(.open(points), color, width: width, opacity: opacity, glowing: glowing, edge: edge)
    }

    /// Draws a line along a path.
    func stroke(
        _ path: Path, _ color: Color, width: Double, opacity: Double = 1, glowing: Bool = false,
        edge: Bool = false
    ) {
        if edge, let outline = manner.outline, depth < 0.6 {
            canvas.stroke(
                path, .solid(outline.mixed(tint(air.fog, glowing: true), depth), opacity: 1),
                width: width + min(manner.outlineWidth * 2, width * 0.9))
        }
        canvas.stroke(path, .solid(tint(color, glowing: glowing), opacity: opacity), width: width)
    }

    /// A soft round light.
    func glow(_ center: Point, radius: Double, _ color: Color, strength: Double) {
        if tableau.medium == .woodcut || tableau.medium == .paperCut || tableau.medium == .flat {
            for (share, opacity) in [(1.0, 0.16), (0.66, 0.2), (0.38, 0.3)] {
                canvas.fill(
                    .ellipse(center, radius * share * 0.8, radius * share * 0.8),
                    .solid(color, opacity: opacity * strength))
            }
            return
        }
        let tone = tableau.medium == .pencil ? color.saturated(0) : color
        let stops = [
            Canvas.Stop(offset: 0, color: tone, opacity: strength),
            Canvas.Stop(offset: 0.35, color: tone, opacity: strength * 0.42),
            Canvas.Stop(offset: 1, color: tone, opacity: 0),
        ]
        canvas.fill(.ellipse(center, radius, radius), .radial(center: center, radius: radius, stops: stops))
    }

    /// A soft dark spot on the ground, stretched away from the light.
    func groundShadow(_ center: Point, width: Double, height: Double) {
        let dark = graded(air.shadow)
        let away = Point(center.x - air.side * width * 0.22, center.y)
        let strength = tableau.weather == .fog ? 0.6 : 1
        canvas.fill(.ellipse(away, width, height), .solid(dark, opacity: 0.17 * strength))
        canvas.fill(.ellipse(away, width * 0.72, height * 0.68), .solid(dark, opacity: 0.20 * strength))
    }
}
