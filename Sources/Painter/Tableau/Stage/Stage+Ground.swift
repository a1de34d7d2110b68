/// What grows and lies on the ground, and water.
extension Stage {
    /// Blossom colours that go together.
    func blossoms() -> [Color] {
        let palettes = [
            [0xE9605C, 0xF7C548, 0xFFFFFF], [0xC98ADF, 0xF4A2C6, 0xFFF1C4], [0xF7B23A, 0xEE6A42, 0xFBE38C],
            [0x7C9CF2, 0xC4AAF4, 0xFFFFFF], [0xF48FB0, 0xFFFFFF, 0xF6C8D8],
        ]
        return random.pick(palettes).map { Color($0) }
    }

    /// Flowers in a field, near ones larger and whole, far ones dots.
    func flowers(_ count: Int, from top: Double, to bottom: Double, _ colors: [Color]) {
        guard !isSnowy else { return }
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let y = top + (bottom - top) * fraction
            let x = random.unit() * width
            let radius = 0.005 + 0.017 * fraction
            let color = random.pick(colors)
            if radius < 0.009 {
                studio.fill(.ellipse(Point(x, y), radius, radius * 0.8), color, shade: 0, edge: false)
            } else {
                flower(Point(x, y - radius * 2), radius, color)
            }
        }
    }

    /// One flower of five petals on its stem.
    func flower(_ head: Point, _ radius: Double, _ color: Color, stem: Double = 3) {
        let foot = Point(head.x + random.uniform(-0.4...0.4) * radius, head.y + radius * stem)
        studio.line(
            [head, head.mixed(with: foot, 0.5) + Point(radius * 0.2, 0), foot], Color(0x5C8C44),
            width: radius * 0.32)
        studio.fill(
            .limb(
                [
                    foot.mixed(with: head, 0.3),
                    foot.mixed(with: head, 0.5) + Point(radius * 1.0, -radius * 0.2),
                ], [radius * 0.5, radius * 0.12]),
            Color(0x6C9C4C), shade: 0.3, edge: false)
        var petals: [Path] = []
        let start = random.unit()
        for index in 0..<5 {
            let turn = start + Double(index) / 5
            let along = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
            petals.append(
                .ellipse(
                    head + Point(along.x, along.y * 0.85) * (radius * 0.6), radius * 0.5, radius * 0.42,
                    tilt: turn))
        }
        studio.fill(.joined(petals), color, shade: 0.4, edge: radius > 0.012)
        studio.fill(
            .ellipse(head, radius * 0.32, radius * 0.28),
            color.brightness > 0.85 ? Color(0xF2B63C) : Color(0xFFF2C0),
            shade: 0, edge: false)
    }

    /// Tufts of grass: near ones larger, of five blades.
    func tufts(_ count: Int, from top: Double, to bottom: Double, _ color: Color, height reach: Double = 0.05)
    {
        guard !isSnowy else { return }
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let foot = Point(random.unit() * width, top + (bottom - top) * fraction)
            tuft(foot, reach * (0.35 + 0.85 * fraction), color.scaled(random.uniform(0.84...1.08)))
        }
    }

    func tuft(_ foot: Point, _ size: Double, _ color: Color) {
        var blades: [Path] = []
        for lean in [-0.6, -0.28, 0.04, 0.34, 0.66] {
            let tip =
                foot + Point(lean * size * 0.8, -size * (1 - abs(lean) * 0.45) * random.uniform(0.8...1.1))
            let middle = foot + Point(lean * size * 0.28, -size * 0.5)
            blades.append(
                .polygon([
                    foot + Point(-size * 0.055 + lean * size * 0.1, 0), middle - Point(size * 0.02, 0), tip,
                    middle + Point(size * 0.035, 0), foot + Point(size * 0.055 + lean * size * 0.1, 0),
                ]))
        }
        studio.fill(.joined(blades), color, shade: 0, edge: false)
    }

    /// A rounded stone with a lit top.
    func stone(_ center: Point, _ radius: Double, _ color: Color = Color(0xA09E9E)) {
        let lumps = Path.blob(center, radius, radius * 0.62, roughness: 0.09, corners: 8, &random)
        studio.fill(lumps, color.scaled(0.86), shade: 0.9)
        studio.fill(
            .blob(
                center + Point(studio.air.side * radius * 0.14, -radius * 0.16), radius * 0.66, radius * 0.34,
                roughness: 0.1, corners: 7, &random),
            isSnowy ? Color(0xF6F9FF) : color.mixed(.white, 0.22), shade: 0, edge: false)
    }

    /// A toadstool; in the magic forest it glows.
    func mushroom(_ foot: Point, _ size: Double, _ cap: Color, glowing: Bool) {
        if glowing {
            studio.glow(
                foot - Point(0, size * 0.7), radius: size * 1.8, cap.mixed(.white, 0.3), strength: 0.5)
        }
        studio.fill(
            .closed([
                foot + Point(-0.17, 0) * size, foot + Point(-0.11, -0.62) * size,
                foot + Point(0.11, -0.62) * size, foot + Point(0.17, 0) * size, foot + Point(0, 0.05) * size,
            ]),
            Color(0xF5EAD6), shade: 0.6, glowing: glowing)
        let dome = Path.closed([
            foot + Point(-0.56, -0.5) * size, foot + Point(-0.4, -0.84) * size, foot + Point(0, -1.02) * size,
            foot + Point(0.4, -0.84) * size, foot + Point(0.56, -0.5) * size, foot + Point(0, -0.42) * size,
        ])
        studio.fill(dome, cap, glowing: glowing)
        for (x, y, spot) in [(-0.22, -0.68, 0.1), (0.08, -0.82, 0.11), (0.28, -0.62, 0.08)] {
            studio.fill(
                .ellipse(foot + Point(x, y) * size, spot * size, spot * size * 0.85), Color(0xFFF8E6),
                shade: 0, edge: false, opacity: 0.9, glowing: glowing)
        }
    }

    /// A fence of posts and two rails along the ground.
    func fence(
        _ y: Double, from left: Double, to right: Double, _ size: Double, _ color: Color = Color(0xB08A62)
    ) {
        var x = left
        for rail in [0.36, 0.72] {
            studio.line(
                [Point(left, y - size * rail), Point(right, y - size * rail)], color, width: size * 0.10,
                edge: true)
        }
        while x <= right + 0.001 {
            studio.fill(
                .polygon([
                    Point(x - size * 0.07, y), Point(x - size * 0.07, y - size * 0.92),
                    Point(x, y - size * 1.02), Point(x + size * 0.07, y - size * 0.92),
                    Point(x + size * 0.07, y),
                ]), color, shade: 0.4)
            x += size * 0.62
        }
    }

    /// Water from a height downward, mirroring the sky.
    func water(_ top: Double, _ color: Color, to bottom: Double? = nil) {
        let low = bottom ?? height + 0.1
        let air = studio.air
        let far = studio.tint(color.mixed(air.sky[2], 0.55))
        let near = studio.tint(color.mixed(air.sky[0], 0.25))
        let isBanded = [.flat, .paperCut, .woodcut].contains(tableau.medium)
        let sheet = Path.rectangle(-0.05, top, width + 0.05, low)
        guard isBanded else {
            studio.canvas.fill(
                sheet,
                .linear(
                    from: Point(0, top), to: Point(0, min(low, height)),
                    stops: [
                        Canvas.Stop(offset: 0, color: far),
                        Canvas.Stop(offset: 0.5, color: far.mixed(near, 0.7)),
                        Canvas.Stop(offset: 1, color: near),
                    ]))
            return
        }
        for band in 0..<4 {
            let y = top + (min(low, height) - top) * Double(band * band) / 16
            var points: [Point] = []
            for step in 0...10 {
                points.append(
                    Point(
                        width * (Double(step) / 10 * 1.1 - 0.05),
                        y
                            + (band == 0
                                ? 0
                                : 0.008 * Trigonometry.sine(turns: Double(step) * 0.31 + Double(band) * 0.4)))
                )
            }
            var path = Path.open(points)
            path.elements += [.line(Point(width + 0.1, low)), .line(Point(-0.1, low)), .close]
            if tableau.medium == .paperCut, band > 0 { studio.paperShadow(path) }
            studio.fill(
                path, color.mixed(air.sky[2], 0.5 - 0.14 * Double(band)).scaled(1 - 0.04 * Double(band)),
                shade: 0, edge: band == 0 && tableau.medium == .woodcut)
        }
    }

    /// Streaks of light on water: short and dense far away, long and few near.
    func ripples(_ count: Int, from top: Double, to bottom: Double, _ color: Color? = nil) {
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let y = top + (bottom - top) * fraction * (0.4 + 0.6 * fraction)
            let reach = (0.025 + 0.10 * fraction) * random.uniform(0.7...1.3)
            let x = random.unit() * width
            let thick = 0.0016 + 0.0035 * fraction
            studio.fill(
                .closed([Point(x - reach, y), Point(x, y - thick), Point(x + reach, y), Point(x, y + thick)]),
                color ?? studio.air.sparkle, shade: 0, edge: false, opacity: isDark ? 0.38 : 0.55,
                glowing: true)
        }
    }

    /// The path of sun or moon over water.
    func lightOnWater(from top: Double, to bottom: Double) {
        guard tableau.weather == .clear, tableau.hour != .day else { return }
        let x = width * (studio.air.side < 0 ? 0.22 : 0.78)
        for index in 0..<9 {
            let fraction = Double(index) / 8
            let y = top + (bottom - top) * fraction
            let half = (0.02 + 0.06 * fraction) * random.uniform(0.6...1.2)
            studio.canvas.fill(
                .ellipse(Point(x + random.uniform(-0.02...0.02), y), half, 0.0035 + 0.004 * fraction),
                .solid(studio.tint(studio.air.rim, glowing: true), opacity: 0.6))
        }
    }

    /// The dim mirror image of something that stands at the water's edge.
    func reflection(_ center: Double, _ half: Double, top: Double, length: Double, _ color: Color) {
        studio.fill(
            .closed([
                Point(center - half, top), Point(center + half, top),
                Point(center + half * 0.7, top + length * 0.5),
                Point(center, top + length), Point(center - half * 0.7, top + length * 0.5),
            ]), color, shade: 0, edge: false, opacity: 0.4)
    }
}
