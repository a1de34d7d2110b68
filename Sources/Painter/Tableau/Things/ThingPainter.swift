/// Paints things: those that people hold, and those that stand alone.
struct ThingPainter {
    let studio: Studio
    /// Whether what can shine shines.
    let lit: Bool

    init(_ studio: Studio, lit: Bool) {
        self.studio = studio
        self.lit = lit
    }

    func fill(
        _ path: Path, _ color: Color, shade: Double = 0.7, edge: Bool = true, opacity: Double = 1,
        glowing: Bool = false
    ) {
        studio.fill(path, color, shade: shade, edge: edge, opacity: opacity, glowing: glowing)
    }

    /// An open umbrella over a head: its cloth's top, the hand on its stick, half its width.
    func umbrella(top: Point, hand: Point, reach: Double, _ color: Color) {
        let rim = top.y + reach * 0.46
        studio.line(
            [Point(top.x, top.y - reach * 0.08), Point(top.x, rim), hand, hand + Point(0, reach * 0.16)],
            Color(0x5E4638), width: reach * 0.055, edge: true)
        // The inside, seen below the rim.
        fill(
            .closed([
                Point(top.x - reach, rim), Point(top.x, rim - reach * 0.20), Point(top.x + reach, rim),
                Point(top.x, rim + reach * 0.10),
            ]), color.scaled(0.62), shade: 0.2, edge: false)
        var dome: [Point] = []
        for step in 0...10 {
            let turn = 0.5 + 0.5 * Double(step) / 10
            dome.append(
                Point(
                    top.x + Trigonometry.cosine(turns: turn) * reach,
                    rim + Trigonometry.sine(turns: turn) * reach * 0.50))
        }
        var path = Path.open(dome)
        for index in 0..<5 {
            let right = top.x + reach - reach * 0.4 * Double(index)
            path.elements.append(
                .curve(
                    Point(right - reach * 0.10, rim - reach * 0.085),
                    Point(right - reach * 0.30, rim - reach * 0.085), Point(right - reach * 0.40, rim)))
        }
        path.elements.append(.close)
        fill(path, color, shade: 1)
        for x in [-0.6, -0.2, 0.2, 0.6] {
            studio.line(
                [
                    Point(top.x, top.y - reach * 0.04), Point(top.x + x * reach * 0.72, rim - reach * 0.32),
                    Point(top.x + x * reach, rim - reach * 0.005),
                ], color.scaled(0.76), width: reach * 0.020)
        }
    }

    func balloon(_ knot: Point, _ size: Double, _ color: Color) {
        let center = knot - Point(0, size * 1.05)
        fill(
            .polygon([
                knot + Point(-0.10, 0.08) * size, knot + Point(0, -0.14) * size,
                knot + Point(0.10, 0.08) * size,
            ]), color.scaled(0.8), shade: 0)
        fill(
            .closed([
                center + Point(0, -1) * size, center + Point(0.62, -0.66) * size,
                center + Point(0.82, 0) * size, center + Point(0.50, 0.68) * size,
                center + Point(0, 1) * size, center + Point(-0.50, 0.68) * size,
                center + Point(-0.82, 0) * size, center + Point(-0.62, -0.66) * size,
            ]), color, shade: 1)
        fill(
            .ellipse(
                center + Point(0.32 * studio.air.side, -0.46) * size, size * 0.16, size * 0.24,
                tilt: 0.06 * studio.air.side), color.mixed(.white, 0.7), shade: 0, edge: false)
    }

    func kite(_ center: Point, _ size: Double, _ color: Color) {
        let (top, right, low, left) = (
            center + Point(0, -1.1) * size, center + Point(0.75, -0.15) * size, center + Point(0, 1.2) * size,
            center + Point(-0.75, -0.15) * size
        )
        studio.line(
            [
                low, low + Point(0.25, 0.5) * size, low + Point(-0.05, 1.0) * size,
                low + Point(0.3, 1.5) * size,
            ], Color(0x6A6470), width: size * 0.05)
        for (x, y) in [(0.2, 0.5), (0.0, 1.0), (0.3, 1.5)] {
            let at = low + Point(x, y) * size
            fill(
                .polygon([at, at + Point(-0.22, -0.12) * size, at + Point(-0.22, 0.14) * size]), color,
                shade: 0, edge: false)
            fill(
                .polygon([at, at + Point(0.22, -0.12) * size, at + Point(0.22, 0.14) * size]),
                Color(0xF6D25C), shade: 0, edge: false)
        }
        fill(.polygon([top, right, low, left]), color, shade: 0.6)
        fill(.polygon([top, right, center]), color.mixed(.white, 0.4), shade: 0, edge: false)
        fill(.polygon([center, low, left]), color.mixed(Color(0xF6D25C), 0.55), shade: 0, edge: false)
        studio.stroke(.polyline([top, low]), Color(0x5E4638), width: size * 0.05)
        studio.stroke(.polyline([left, right]), Color(0x5E4638), width: size * 0.05)
    }

    /// A lantern on a handle, hanging from a hand.
    func handLantern(_ hand: Point, _ size: Double, _ color: Color) {
        let top = hand + Point(0, size * 0.30)
        let isLit = lit || true
        if isLit {
            studio.glow(
                top + Point(0, size * 0.5), radius: size * (lit ? 3.4 : 1.8), Color(0xFFD890),
                strength: lit ? 0.75 : 0.4)
        }
        studio.line(
            [
                top + Point(-0.30, 0.10) * size, top + Point(-0.2, -0.2) * size, hand,
                top + Point(0.2, -0.2) * size, top + Point(0.30, 0.10) * size,
            ], Color(0x4A4048), width: size * 0.06)
        fill(
            .closed([
                top + Point(-0.32, 0.12) * size, top + Point(-0.46, 0.5) * size,
                top + Point(-0.32, 0.9) * size, top + Point(0.32, 0.9) * size, top + Point(0.46, 0.5) * size,
                top + Point(0.32, 0.12) * size,
            ]), color.mixed(Color(0xFFE0A0), 0.5), shade: 0.4, glowing: true)
        fill(
            .ellipse(top + Point(0, 0.52) * size, size * 0.20, size * 0.24), Color(0xFFF6D8), shade: 0,
            edge: false, opacity: 0.85, glowing: true)
        for x in [-0.22, 0.22] {
            studio.line(
                [
                    top + Point(x * 0.8, 0.14) * size, top + Point(x * 1.3, 0.5) * size,
                    top + Point(x * 0.8, 0.88) * size,
                ], color.scaled(0.7), width: size * 0.035)
        }
        fill(
            .rectangle(top.x - size * 0.34, top.y + size * 0.02, top.x + size * 0.34, top.y + size * 0.16),
            Color(0x4A4048), shade: 0)
        fill(
            .rectangle(top.x - size * 0.32, top.y + size * 0.86, top.x + size * 0.32, top.y + size * 0.98),
            Color(0x4A4048), shade: 0)
    }

    func cup(_ center: Point, _ size: Double, _ color: Color) {
        studio.stroke(
            .ellipse(center + Point(0.68, 0.0) * size, size * 0.34, size * 0.36), color.scaled(0.85),
            width: size * 0.17, edge: true)
        fill(
            .closed([
                center + Point(-0.7, -0.6) * size, center + Point(-0.62, 0.3) * size,
                center + Point(-0.4, 0.66) * size, center + Point(0.4, 0.66) * size,
                center + Point(0.62, 0.3) * size, center + Point(0.7, -0.6) * size,
            ]), color, shade: 0.8)
        fill(
            .ellipse(center + Point(0, -0.6) * size, size * 0.70, size * 0.20), color.mixed(.white, 0.5),
            shade: 0)
        fill(
            .ellipse(center + Point(0, -0.58) * size, size * 0.56, size * 0.13), Color(0x7A4A30), shade: 0,
            edge: false)
        for x in [-0.22, 0.18] {
            studio.line(
                [
                    center + Point(x, -0.9) * size, center + Point(x + 0.16, -1.25) * size,
                    center + Point(x - 0.06, -1.6) * size, center + Point(x + 0.12, -1.95) * size,
                ], .white, width: size * 0.12, opacity: 0.5, glowing: true)
        }
    }

    func bouquet(_ hand: Point, _ size: Double, _ color: Color, _ random: inout SeededGenerator) {
        let paper = Color(0xF6EEE0)
        var leaves: [Path] = []
        for index in 0..<5 {
            let lean = (Double(index) - 2) * 0.26
            leaves.append(
                .limb(
                    [hand, hand + Point(lean * 0.6, -0.6) * size, hand + Point(lean * 1.5, -0.98) * size],
                    [size * 0.1, size * 0.28, size * 0.06]))
        }
        fill(.joined(leaves), Color(0x5C9454), shade: 0.4)
        for (x, y) in [(-0.46, -0.72), (0.44, -0.76), (-0.2, -1.02), (0.2, -1.04), (0, -0.76)] {
            let at = hand + Point(x, y) * size
            var petals: [Path] = []
            for step in 0..<5 {
                let turn = Double(step) / 5 + 0.05
                petals.append(
                    .ellipse(
                        at + Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
                            * (size * 0.14), size * 0.13, size * 0.13))
            }
            fill(.joined(petals), y < -0.9 ? color : color.mixed(.white, 0.3), shade: 0.4)
            fill(
                .ellipse(at, size * 0.07, size * 0.07),
                color.brightness > 0.8 ? Color(0xE8A83C) : Color(0xFFF0B8), shade: 0, edge: false)
        }
        fill(
            .polygon([
                hand + Point(-0.46, -0.58) * size, hand + Point(0.46, -0.58) * size,
                hand + Point(0.14, 0.42) * size, hand + Point(-0.14, 0.42) * size,
            ]), paper, shade: 0.6)
        studio.line(
            [hand + Point(-0.22, 0.02) * size, hand + Point(0.22, 0.02) * size], color.scaled(0.85),
            width: size * 0.09)
    }

    /// A book that is read: its two covers towards the viewer, pages above.
    func openBook(_ center: Point, _ size: Double, _ color: Color) {
        for side in [-1.0, 1.0] {
            fill(
                .polygon([
                    center + Point(0, -0.42) * size, center + Point(side * 0.98, -0.56) * size,
                    center + Point(side * 0.94, 0.46) * size, center + Point(0, 0.58) * size,
                ]), side < 0 ? color : color.scaled(0.88), shade: 0.5)
            fill(
                .closed([
                    center + Point(0, -0.40) * size, center + Point(side * 0.45, -0.60) * size,
                    center + Point(side * 0.92, -0.55) * size, center + Point(side * 0.92, -0.48) * size,
                    center + Point(side * 0.45, -0.50) * size, center + Point(0, -0.30) * size,
                ]), Color(0xFDF9EE), shade: 0.2)
        }
        studio.line(
            [center + Point(0, -0.40) * size, center + Point(0, 0.56) * size], color.scaled(0.6),
            width: size * 0.05)
    }

    func closedBook(_ center: Point, _ size: Double, _ color: Color) {
        fill(
            .polygon([
                center + Point(-0.62, -0.80) * size, center + Point(0.66, -0.80) * size,
                center + Point(0.66, 0.80) * size, center + Point(-0.62, 0.80) * size,
            ]), Color(0xFBF6E8), shade: 0.2)
        fill(
            .polygon([
                center + Point(-0.72, -0.84) * size, center + Point(0.56, -0.84) * size,
                center + Point(0.56, 0.84) * size, center + Point(-0.72, 0.84) * size,
            ]), color, shade: 0.6)
        fill(
            .rectangle(
                center.x - size * 0.40, center.y - size * 0.5, center.x + size * 0.30, center.y - size * 0.15),
            Color(0xF4E6C4), shade: 0, edge: false)
        studio.stroke(
            .polyline([center + Point(-0.58, -0.84) * size, center + Point(-0.58, 0.84) * size]),
            color.scaled(0.7), width: size * 0.08)
    }

    func suitcase(_ foot: Point, _ size: Double, _ color: Color) {
        let top = foot.y - size * 0.92
        studio.stroke(
            .open([
                Point(foot.x - size * 0.24, top), Point(foot.x - size * 0.20, top - size * 0.26),
                Point(foot.x + size * 0.20, top - size * 0.26), Point(foot.x + size * 0.24, top),
            ]), Color(0x6A4A38), width: size * 0.10, edge: true)
        let (l, r) = (foot.x - size * 0.66, foot.x + size * 0.66)
        fill(
            .closed([
                Point(l, top + size * 0.12), Point(l + size * 0.1, top), Point(r - size * 0.1, top),
                Point(r, top + size * 0.12), Point(r, foot.y - size * 0.1), Point(r - size * 0.1, foot.y),
                Point(l + size * 0.1, foot.y), Point(l, foot.y - size * 0.1),
            ]), color, shade: 1)
        for x in [-0.36, 0.36] {
            fill(
                .rectangle(foot.x + x * size - size * 0.06, top, foot.x + x * size + size * 0.06, foot.y),
                Color(0x7A5238), shade: 0.2, edge: false)
        }
        for x in [-0.36, 0.36] {
            fill(
                .rectangle(
                    foot.x + x * size - size * 0.08, top + size * 0.24, foot.x + x * size + size * 0.08,
                    top + size * 0.38), Color(0xE8C868), shade: 0)
        }
        for (x, y) in [(l, top), (r, top), (l, foot.y), (r, foot.y)] {
            let (dx, dy) = (x < foot.x ? 1.0 : -1.0, y < foot.y ? 1.0 : -1.0)
            fill(
                .polygon([
                    Point(x + dx * size * 0.03, y + dy * size * 0.03),
                    Point(x + dx * size * 0.22, y + dy * size * 0.03),
                    Point(x + dx * size * 0.03, y + dy * size * 0.22),
                ]), Color(0x7A5238), shade: 0, edge: false)
        }
    }
}
