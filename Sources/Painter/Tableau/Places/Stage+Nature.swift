/// Woods, meadows, fields and gardens.
extension Stage {
    func paintForest(magic: Bool) {
        paintSky(clouds: false)
        let far = magic ? Color(0x4E6C9C) : leaves().mixed(Color(0x4E7C78), 0.4)
        treeLine(horizon + 0.02, 0.20, depth: 0.62, far)
        treeLine(horizon + 0.05, 0.13, depth: 0.5, far.scaled(0.9))
        mist(horizon, thickness: 0.10, strength: 0.35)
        trunks(9, depth: 0.45, foot: 0.06, size: 0.30, magic: magic)
        land(
            down(0.10), swing: 0.012, forestFloor(magic).mixed(Color(0x4E7C68), 0.3), depth: 0.25, edge: false
        )
        trunks(6, depth: 0.24, foot: 0.16, size: 0.52, magic: magic)
        mist(down(0.12), thickness: 0.06, strength: 0.22)
        land(down(0.20), swing: 0.015, forestFloor(magic), depth: 0.08)
        if !isDark, tableau.weather == .clear, random.chance(0.6) { lightShafts() }
        pathway(from: down(0.16), magic ? Color(0xB9A2B4) : Color(0xC8AC82))
        studio.depth = 0.05
        for side in [-1.0, 1.0] {
            let x = aside(side, within: 0.02...0.12)
            let kind: TreeKind =
                magic
                ? .round : random.pick([.round, .tall, .birch, tableau.season == .winter ? .fir : .round])
            bigTrunk(Point(x, down(random.uniform(0.34...0.5))), random.uniform(0.10...0.15), kind, magic)
        }
        undergrowth(magic)
        if magic { magicThings() }
    }

    private func forestFloor(_ magic: Bool) -> Color {
        if magic { return ground(Color(0x4C6A72)) }
        switch tableau.season {
        case .autumn: return ground(Color(0xB57A42))
        case .winter: return ground(Color(0x8E8468))
        default: return ground(Color(0x6B8E50))
        }
    }

    private func trunks(_ count: Int, depth: Double, foot: Double, size: Double, magic: Bool) {
        studio.depth = depth
        for index in 0..<count {
            let x = (Double(index) + random.unit()) / Double(count) * width
            // The way ahead stays open.
            if abs(x - width / 2) < 0.10 { continue }
            let at = Point(x, down(foot) + random.uniform(-0.01...0.015))
            let kind: TreeKind =
                magic
                ? .round
                : tableau.season == .winter
                    ? random.pick([.bare, .fir]) : random.pick([.tall, .birch, .fir, .round])
            tree(
                kind, at, size * random.uniform(0.85...1.25),
                leaves: magic ? Color(random.pick([0x5A7CB8, 0x7A68B4, 0x4C8C94, 0x9A74BC])) : nil)
        }
    }

    /// A near trunk that leaves the picture at the top, with hanging leaves.
    private func bigTrunk(_ foot: Point, _ thick: Double, _ kind: TreeKind, _ magic: Bool) {
        let bark = magic ? Color(0x5C4A6C) : kind == .birch ? Color(0xEDE8DE) : Color(0x6E4E3C)
        let lean = random.uniform(-0.03...0.03)
        studio.fill(
            .closed([
                foot + Point(-thick * 0.95, 0.015), foot + Point(-thick * 0.5, -0.08),
                foot + Point(-thick * 0.42 + lean, -0.5), foot + Point(-thick * 0.46 + lean, -1.3),
                foot + Point(thick * 0.46 + lean, -1.3), foot + Point(thick * 0.40 + lean, -0.5),
                foot + Point(thick * 0.5, -0.08), foot + Point(thick * 1.05, 0.02), foot + Point(0, 0.0),
            ]), bark, shade: 1)
        for index in 0..<5 {
            let y = -0.08 - Double(index) * 0.13 - random.unit() * 0.05
            let x = random.uniform(-0.25...0.25) * thick
            if kind == .birch, !magic {
                studio.line(
                    [
                        foot + Point(x - thick * 0.2 + lean, y),
                        foot + Point(x + thick * 0.12 + lean, y + 0.006),
                    ], Color(0x4A4440), width: 0.010)
            } else {
                studio.line(
                    [foot + Point(x + lean * 0.5, y), foot + Point(x + 0.006 + lean * 0.7, y - 0.06)],
                    bark.scaled(0.74), width: 0.007)
            }
        }
        guard kind != .fir, tableau.season != .winter || magic else { return }
        let leaf = magic ? Color(random.pick([0x6C5CAC, 0x4878A0, 0x8A60A8])) : leaves()
        let side = foot.x < width / 2 ? 1.0 : -1.0
        crown(Point(foot.x + side * 0.04, foot.y > 0.6 ? 0.03 : 0.0), 0.30, 0.15, leaf.scaled(0.9))
    }

    private func lightShafts() {
        let color = studio.tint(studio.air.rim, glowing: true)
        for index in 0..<3 {
            let top = width * (0.3 + 0.2 * Double(index)) + random.uniform(-0.06...0.06)
            let slant = -studio.air.side * 0.22
            let path = Path.polygon([
                Point(top, -0.05), Point(top + 0.06, -0.05), Point(top + slant + 0.14, down(0.3)),
                Point(top + slant, down(0.3)),
            ])
            studio.canvas.fill(
                path,
                .linear(
                    from: Point(top, 0), to: Point(top + slant, down(0.3)),
                    stops: [
                        Canvas.Stop(offset: 0, color: color, opacity: 0.32),
                        Canvas.Stop(offset: 1, color: color, opacity: 0.02),
                    ]))
        }
    }

    private func undergrowth(_ magic: Bool) {
        studio.depth = 0
        let green =
            magic
            ? Color(0x5A8890)
            : tableau.season == .autumn
                ? Color(0xA87C40) : tableau.season == .winter ? Color(0x9A8E68) : Color(0x5C8A48)
        tufts(16, from: down(0.3), to: height * 1.02, green, height: 0.075)
        for _ in 0..<3 {
            stone(
                Point(aside(within: 0.02...0.3), down(random.uniform(0.35...0.9))),
                random.uniform(0.018...0.04))
        }
        for side in [-1.0, 1.0] {
            fern(Point(aside(side, within: 0.02...0.16), down(random.uniform(0.6...0.95))), 0.13, green)
        }
        if tableau.season == .autumn, !isSnowy { fallenLeaves(26, from: down(0.25)) }
        if !magic, random.chance(0.4), !isSnowy {
            for _ in 0..<3 {
                mushroom(
                    Point(aside(within: 0.08...0.3), down(random.uniform(0.45...0.9))),
                    random.uniform(0.04...0.06), Color(0xD2452F), glowing: false)
            }
        }
        if tableau.season == .spring { flowers(14, from: down(0.35), to: height, blossoms()) }
    }

    func fern(_ foot: Point, _ size: Double, _ color: Color) {
        guard !isSnowy else { return }
        for lean in [-0.8, -0.4, 0.05, 0.5, 0.9] {
            let tip = foot + Point(lean * size, -size * (1 - abs(lean) * 0.45))
            let middle = foot + Point(lean * size * 0.35, -size * 0.6)
            studio.fill(
                .limb([foot, middle, tip], [size * 0.05, size * 0.16, size * 0.02]),
                color.scaled(0.88 + 0.1 * abs(lean)), shade: 0.4, edge: false)
            studio.line([foot, middle, tip], color.scaled(0.7), width: size * 0.018)
        }
    }

    func fallenLeaves(_ count: Int, from top: Double) {
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let at = Point(random.unit() * width, top + (height - top) * fraction)
            let size = 0.006 + 0.012 * fraction
            studio.fill(.ellipse(at, size, size * 0.45, tilt: random.unit()), leaves(), shade: 0, edge: false)
        }
    }

    private func magicThings() {
        let caps = [Color(0xF0608A), Color(0x5CC8D8), Color(0xB07CE8), Color(0xF4A04C)]
        for index in 0..<6 {
            let foot = Point(
                aside(index % 2 == 0 ? -1 : 1, within: 0.04...0.30), down(0.36 + 0.1 * Double(index)))
            mushroom(foot, random.uniform(0.05...0.10), random.pick(caps), glowing: true)
        }
        for _ in 0..<12 {
            let at = Point(random.unit() * width, random.uniform(0.15...0.85) * height)
            let radius = random.uniform(0.02...0.042)
            studio.glow(
                at, radius: radius, random.pick([Color(0xFFF3B0), Color(0xB8FFE8), Color(0xFFD0F4)]),
                strength: 0.7)
            studio.canvas.fill(
                .ellipse(at, radius * 0.18, radius * 0.18), .solid(Color(0xFFFDF0), opacity: 0.95))
        }
    }

    func paintMeadow() {
        paintSky()
        let grass = grass()
        if random.chance(0.6) {
            range(
                base: horizon + 0.02, height: random.uniform(0.12...0.24), Color(0x7F93C0), depth: 0.62,
                peaks: 4, sharp: random.chance(0.5) ? 0.6 : 0.2, snow: true)
        }
        land(horizon - 0.015, swing: 0.035, grass.mixed(Color(0x6C9CB0), 0.5), depth: 0.42)
        treeLine(horizon + 0.02, 0.045, depth: 0.4, leaves().scaled(0.9))
        land(down(0.08), swing: 0.03, grass.mixed(Color(0x6FAF8A), 0.3), depth: 0.24)
        studio.depth = 0.2
        for _ in 0..<3 {
            tree(anyTree(), Point(random.unit() * width, down(0.12)), random.uniform(0.10...0.18))
        }
        if random.chance(0.4) {
            house(left: aside(within: 0.08...0.2) - 0.06, base: down(0.14), width: 0.13, height: 0.075)
        }
        land(down(0.16), swing: 0.03, grass.scaled(1.02), depth: 0.08)
        if random.chance(0.5) { pathway(from: down(0.16), Color(0xE3CD9E), spread: 0.18) }
        studio.depth = 0
        if random.chance(0.75) {
            tree(
                anyTree(), Point(aside(heavySide, within: 0.06...0.16), down(0.34)),
                random.uniform(0.5...0.68))
        }
        land(down(0.42), swing: 0.018, grass.mixed(Color(0xC8D870), 0.14), edge: false)
        tufts(22, from: down(0.2), to: height, grass.scaled(0.82), height: 0.05)
        if tableau.season == .spring || tableau.season == .summer {
            flowers(54, from: down(0.2), to: height * 1.03, blossoms())
        }
        if tableau.season == .autumn, !isSnowy { pampas() }
    }

    /// Silver grass of autumn.
    private func pampas() {
        for index in 0..<12 {
            let foot = Point(
                aside(index % 2 == 0 ? -1 : 1, within: 0.0...0.34), down(random.uniform(0.6...1.05)))
            let size = random.uniform(0.16...0.26)
            let lean = random.uniform(-0.2...0.3) * size
            studio.line(
                [foot, foot + Point(lean * 0.4, -size * 0.6), foot + Point(lean, -size)], Color(0xB49A5C),
                width: 0.005)
            studio.fill(
                .limb(
                    [
                        foot + Point(lean * 0.7, -size * 0.78), foot + Point(lean * 1.1, -size),
                        foot + Point(lean * 1.9, -size * 1.16),
                    ], [size * 0.04, size * 0.10, size * 0.03]), Color(0xF2E6CC), shade: 0.3, edge: false)
        }
    }

    func paintGarden() {
        paintSky()
        treeLine(horizon + 0.01, 0.09, depth: 0.42, leaves())
        land(down(0.05), swing: 0.006, grass(), depth: 0.16)
        studio.depth = 0.15
        house(
            left: width / 2 - 0.16 + random.uniform(-0.2...0.2), base: down(0.10), width: 0.30, height: 0.15)
        land(down(0.10), swing: 0.004, grass().scaled(1.02), depth: 0.05, edge: false)
        studio.depth = 0.05
        fence(down(0.16), from: -0.05, to: width * 0.30, 0.09, Color(0xF2ECE0))
        fence(down(0.16), from: width * 0.66, to: width + 0.05, 0.09, Color(0xF2ECE0))
        pathway(from: down(0.12), Color(0xD9C4A2), bend: 0.06, spread: 0.16)
        studio.depth = 0
        tree(
            tableau.season == .winter ? .bare : tableau.season == .spring ? .blossom : .round,
            Point(aside(heavySide, within: 0.08...0.16), down(0.36)), 0.62)
        let colors = blossoms()
        for side in [-1.0, 1.0] {
            for index in 0..<3 {
                let y = down(0.28 + 0.26 * Double(index))
                bush(
                    Point(aside(side, within: (-0.02)...0.10 + 0.03 * Double(2 - index)), y),
                    0.07 + 0.025 * Double(index),
                    flowers: tableau.season == .autumn || tableau.season == .winter ? nil : colors[index % 3])
            }
        }
        if tableau.season != .winter { flowers(30, from: down(0.3), to: height * 1.02, colors) }
        if tableau.season == .autumn, !isSnowy { fallenLeaves(24, from: down(0.3)) }
    }

    func paintWheatField() {
        paintSky()
        if random.chance(0.5) {
            range(base: horizon + 0.02, height: 0.12, Color(0x7F93B8), depth: 0.65, peaks: 4, sharp: 0.2)
        }
        land(horizon - 0.01, swing: 0.012, grass().mixed(Color(0x7C9C70), 0.5), depth: 0.4)
        treeLine(horizon + 0.015, 0.035, depth: 0.42, leaves())
        let gold: Color =
            tableau.season == .spring
            ? Color(0x9CC060) : tableau.season == .winter ? Color(0xBFA878) : Color(0xE6B84C)
        let base = ground(gold)
        land(down(0.06), swing: 0.006, base, depth: 0.2)
        studio.depth = 0.15
        if random.chance(0.6) {
            windmill(Point(aside(heavySide, within: 0.10...0.22), down(0.08)), 0.24)
        } else {
            house(
                left: aside(heavySide, within: 0.1...0.2) - 0.07, base: down(0.10), width: 0.16, height: 0.09)
        }
        for band in 0..<5 {
            let fraction = 0.12 + 0.17 * Double(band)
            land(
                down(fraction), swing: 0.006, base.scaled(0.92 + 0.03 * Double(band % 3)),
                depth: 0.1 - 0.02 * Double(band), waves: 2, shade: 0.3, edge: false)
            wheatRow(down(fraction + 0.12), 0.035 + 0.022 * Double(band), base, sparse: band > 2)
        }
    }

    private func wheatRow(_ y: Double, _ size: Double, _ color: Color, sparse: Bool) {
        guard !isSnowy, tableau.season != .winter else { return }
        var stalks: [Path] = []
        var ears: [Path] = []
        let step = size * (sparse ? 0.42 : 0.30)
        var x = -0.02
        while x < width + 0.02 {
            let isPath = abs(x - staging.across) < 0.12 + (y - horizon) * 0.28
            if !isPath || (y > height * 0.99) {
                let lean = random.uniform(-0.1...0.25) * size
                let top = Point(x + lean, y - size * random.uniform(0.85...1.1))
                stalks.append(
                    .polygon([
                        Point(x - size * 0.02, y + size * 0.3), top, Point(x + size * 0.02, y + size * 0.3),
                    ]))
                ears.append(.ellipse(top + Point(lean * 0.1, 0), size * 0.055, size * 0.17, tilt: lean * 0.5))
            }
            x += step * random.uniform(0.7...1.3)
        }
        guard !stalks.isEmpty else { return }
        studio.fill(.joined(stalks), color.scaled(0.86), shade: 0, edge: false)
        studio.fill(.joined(ears), color.mixed(Color(0xFFE9A0), 0.35), shade: 0.2, edge: false)
    }

    private func windmill(_ foot: Point, _ size: Double) {
        studio.fill(
            .polygon([
                foot + Point(-0.16, 0) * size, foot + Point(-0.10, -0.6) * size,
                foot + Point(0.10, -0.6) * size, foot + Point(0.16, 0) * size,
            ]), Color(0xF0E4D0), shade: 0.9)
        studio.fill(
            .closed([
                foot + Point(-0.13, -0.58) * size, foot + Point(0, -0.80) * size,
                foot + Point(0.13, -0.58) * size,
            ]), Color(0xA8523C), shade: 0.6)
        let hub = foot + Point(0, -0.62) * size
        let start = random.unit() * 0.25
        for index in 0..<4 {
            let turn = start + Double(index) / 4
            let along = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
            let across = Point(-along.y, along.x)
            studio.fill(
                .polygon([
                    hub + along * (size * 0.08), hub + along * (size * 0.46),
                    hub + along * (size * 0.46) + across * (size * 0.10),
                    hub + along * (size * 0.08) + across * (size * 0.07),
                ]), Color(0xF8F2E4), shade: 0.2)
        }
        studio.fill(.ellipse(hub, size * 0.03, size * 0.03), Color(0x6A4A3C), shade: 0)
    }

    func paintRiceField() {
        paintSky()
        range(
            base: horizon + 0.02, height: random.uniform(0.16...0.26), Color(0x5F86A0), depth: 0.6, peaks: 3,
            sharp: 0.2)
        range(
            base: horizon + 0.02, height: random.uniform(0.08...0.14), Color(0x4F8468), depth: 0.42, peaks: 4,
            sharp: 0.2)
        studio.depth = 0.3
        for index in 0..<3 {
            hanokHouse(
                left: width * (0.12 + 0.26 * Double(index)) + random.uniform(-0.04...0.04), base: down(0.05),
                width: 0.11, height: 0.085)
        }
        treeLine(horizon + 0.035, 0.022, depth: 0.35, leaves())
        let isFlooded = tableau.season == .spring
        let crop: Color =
            switch tableau.season {
            case .spring: Color(0x8FB8A0)
            case .summer: Color(0x6FB04C)
            case .autumn: Color(0xE0B848)
            case .winter: Color(0xB8A47C)
            }
        land(down(0.06), swing: 0, ground(Color(0x8A9C58)), depth: 0.2)
        // Paddies: long fields between grassy banks, wider towards the viewer.
        let vanishing = width * random.uniform(0.35...0.65)
        var y = 0.085
        var row = 0
        while y < 1.05 {
            let high = 0.045 + y * 0.24
            let (top, bottom) = (down(y), down(y + high * 0.86))
            var column = -4.0
            while column < 5 {
                let shift = row % 2 == 0 ? 0.0 : 0.4
                func x(_ at: Double, _ y: Double) -> Double {
                    vanishing + (at + shift) * (0.10 + (y - horizon) * 1.05)
                }
                let field = Path.polygon([
                    Point(x(column + 0.03, top), top), Point(x(column + 0.97, top), top),
                    Point(x(column + 0.97, bottom), bottom), Point(x(column + 0.03, bottom), bottom),
                ])
                if isFlooded, !isSnowy {
                    studio.depth = max(0, 0.18 - y * 0.2)
                    studio.fill(field, studio.air.sky[1].mixed(crop, 0.22), shade: 0.4, glowing: true)
                } else {
                    studio.fill(field, ground(crop).scaled(random.uniform(0.94...1.05)), shade: 0.4)
                }
                if !isSnowy {
                    seedlings(
                        field.bounds, x, column, top, bottom, isFlooded ? Color(0x5FA050) : crop.scaled(0.84))
                }
                column += 1
            }
            y += high
            row += 1
        }
        studio.depth = 0
        if random.chance(0.5) {
            tree(
                tableau.season == .winter ? .bare : .round,
                Point(aside(heavySide, within: 0.06...0.14), down(0.2)), 0.42)
        }
        tufts(8, from: down(0.9), to: height * 1.04, grass().scaled(0.85), height: 0.06)
    }

    private func seedlings(
        _ box: Bounds, _ x: (Double, Double) -> Double, _ column: Double, _ top: Double, _ bottom: Double,
        _ color: Color
    ) {
        guard box.right > 0, box.left < width, bottom - top > 0.03 else { return }
        var dots: [Path] = []
        for line in 1..<4 {
            let y = top + (bottom - top) * Double(line) / 4
            for step in 1..<7 {
                let at = Point(x(column + Double(step) / 7, y), y)
                let size = 0.012 + (y - horizon) * 0.045
                dots.append(
                    .polygon([
                        at + Point(-0.35, 0.1) * size, at + Point(-0.3, -0.8) * size,
                        at + Point(0, -0.2) * size, at + Point(0.05, -1) * size,
                        at + Point(0.15, -0.2) * size, at + Point(0.4, -0.75) * size,
                        at + Point(0.35, 0.1) * size,
                    ]))
            }
        }
        studio.fill(.joined(dots), color, shade: 0, edge: false)
    }
}
