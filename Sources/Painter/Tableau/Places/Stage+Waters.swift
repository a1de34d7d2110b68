/// Seas, harbours, lakes and the depths.
extension Stage {
    func paintSeaside() {
        paintSky()
        let sea = Color(random.pick([0x2F8FBA, 0x3FA8B0, 0x3A7FB8]))
        if random.chance(0.55) {
            range(
                base: horizon + 0.005, height: random.uniform(0.05...0.11), Color(0x6E8FA0), depth: 0.55,
                peaks: 3, sharp: 0.2)
        }
        studio.depth = 0.12
        water(horizon, sea)
        lightOnWater(from: horizon + 0.01, to: down(0.5))
        ripples(20, from: horizon + 0.01, to: down(0.46))
        studio.depth = 0.15
        if random.chance(0.55) {
            sailboat(Point(aside(within: 0.14...0.34), horizon + 0.035), random.uniform(0.05...0.085))
        }
        if random.chance(0.45) {
            lighthouse(Point(aside(heavySide, within: 0.07...0.14), horizon + 0.03), 0.3)
        }
        studio.depth = 0
        let shore = down(random.uniform(0.46...0.54))
        let phase = random.unit()
        let sand = ground(Color(random.pick([0xF0DBA8, 0xEED2A2, 0xF4E2B8])))
        for (offset, color, opacity) in [
            (-0.075, sea.mixed(.white, 0.35), 0.5), (-0.038, Color(0xFFFFFF), 0.95),
            (-0.012, sand.scaled(0.84), 1.0), (0.012, sand, 1.0),
        ] {
            var points: [Point] = []
            for step in 0...12 {
                let x = width * (Double(step) / 12 * 1.12 - 0.06)
                points.append(
                    Point(
                        x,
                        shore + offset + 0.025 * Trigonometry.sine(turns: phase + x * 0.7) + 0.008
                            * Trigonometry.sine(turns: phase * 3 + x * 2.4)))
            }
            var path = Path.open(points)
            path.elements += [
                .line(Point(width * 1.1, height + 0.1)), .line(Point(-0.1, height + 0.1)), .close,
            ]
            studio.fill(
                path, color, shade: offset > 0 ? 0.5 : 0, edge: offset > 0 || tableau.medium == .paperCut,
                opacity: opacity)
        }
        for _ in 0..<4 {
            stone(
                Point(
                    aside(within: 0.03...0.34), random.uniform(shore + 0.08...max(shore + 0.1, height * 0.97))
                ), random.uniform(0.016...0.038))
        }
        if !isSnowy { seashells(shore) }
        tufts(5, from: down(0.78), to: height * 1.03, ground(Color(0x9FB36A)), height: 0.09)
    }

    private func seashells(_ shore: Double) {
        for index in 0..<5 {
            let at = Point(
                random.unit() * width, random.uniform(shore + 0.07...max(shore + 0.08, height * 0.98)))
            let size = random.uniform(0.010...0.017)
            if index < 2 {
                var points: [Point] = []
                for step in 0..<10 {
                    let turn = Double(step) / 10
                    let reach = step % 2 == 0 ? size * 1.3 : size * 0.5
                    points.append(
                        at
                            + Point(
                                Trigonometry.cosine(turns: turn) * reach,
                                Trigonometry.sine(turns: turn) * reach * 0.7))
                }
                studio.fill(.polygon(points), Color(0xE88C5C), shade: 0.2)
            } else {
                studio.fill(
                    .closed([
                        at + Point(-size, -size * 0.2), at + Point(0, -size * 0.8),
                        at + Point(size, -size * 0.2), at + Point(0, size * 0.7),
                    ]), Color(0xFBEFE6), shade: 0.5)
            }
        }
    }

    func lighthouse(_ base: Point, _ size: Double) {
        stone(base + Point(0, size * 0.03), size * 0.36, Color(0x8C8A88))
        func level(_ low: Double, _ high: Double, _ color: Color) {
            func half(_ y: Double) -> Double { size * (0.14 - 0.05 * y) }
            studio.fill(
                .polygon([
                    base + Point(-half(low), -low * size), base + Point(-half(high), -high * size),
                    base + Point(half(high), -high * size), base + Point(half(low), -low * size),
                ]), color, shade: 0.8)
        }
        level(0, 0.9, Color(0xFBF5EC))
        for low in [0.12, 0.42, 0.7] { level(low, low + 0.14, Color(0xD04A40)) }
        let lamp = base + Point(0, -size * 0.98)
        if isDark || tableau.weather == .storm || tableau.weather == .fog {
            studio.glow(lamp, radius: size * 0.6, Color(0xFFE9A6), strength: 0.75)
            let beam = studio.tint(Color(0xFFF2C0), glowing: true)
            studio.canvas.fill(
                .polygon([lamp, lamp + Point(-heavySide * 0.8, -0.10), lamp + Point(-heavySide * 0.8, 0.06)]),
                .linear(
                    from: lamp, to: lamp + Point(-heavySide * 0.8, 0),
                    stops: [
                        Canvas.Stop(offset: 0, color: beam, opacity: 0.5),
                        Canvas.Stop(offset: 1, color: beam, opacity: 0),
                    ]))
        }
        studio.fill(
            .rectangle(
                lamp.x - size * 0.07, lamp.y - size * 0.07, lamp.x + size * 0.07, lamp.y + size * 0.08),
            Color(0xFFEFB4), shade: 0, glowing: isDark)
        studio.fill(
            .rectangle(
                lamp.x - size * 0.12, lamp.y + size * 0.06, lamp.x + size * 0.12, lamp.y + size * 0.10),
            Color(0x4A4A54), shade: 0)
        studio.fill(
            .closed([
                lamp + Point(-0.11, -0.06) * size, lamp + Point(0, -0.22) * size,
                lamp + Point(0.11, -0.06) * size,
            ]), Color(0xC0443C), shade: 0.4)
    }

    func paintHarbour() {
        paintSky()
        range(
            base: horizon + 0.01, height: random.uniform(0.14...0.22), Color(0x6C8A8C), depth: 0.5, peaks: 3,
            sharp: 0.2)
        // Houses climb the hill behind the quay.
        for row in 0..<3 {
            studio.depth = 0.36 - 0.09 * Double(row)
            var x = -0.04 + random.unit() * 0.04
            while x < width {
                let wide = random.uniform(0.08...0.13)
                house(
                    left: x, base: horizon - 0.045 + 0.032 * Double(row), width: wide,
                    height: random.uniform(0.06...0.10))
                x += wide * random.uniform(1.05...1.4)
            }
        }
        studio.depth = 0.1
        studio.fill(
            .rectangle(-0.1, horizon + 0.015, width + 0.1, horizon + 0.05), ground(Color(0xB0A698)),
            shade: 0.2)
        water(horizon + 0.045, Color(random.pick([0x3A7F9C, 0x3F8CA4, 0x4678A0])))
        lightOnWater(from: horizon + 0.05, to: down(0.5))
        ripples(18, from: horizon + 0.055, to: down(0.6))
        let hulls = [Color(0xC8452F), Color(0x2F6FA8), Color(0xE8B23C), Color(0x3F8468), Color(0xF0EAE0)]
        for index in 0..<3 {
            studio.depth = 0.16 - 0.05 * Double(index)
            let x = width * (0.18 + 0.32 * Double(index)) + random.uniform(-0.08...0.08)
            fishingBoat(
                Point(x, down(0.16 + 0.09 * Double(index))), 0.10 + 0.03 * Double(index),
                hulls[(index + Int(random.next() % 5)) % 5])
        }
        studio.depth = 0
        let quay = down(0.56)
        studio.fill(.rectangle(-0.1, quay, width + 0.1, height + 0.1), ground(Color(0xB8AA96)), shade: 0.5)
        for row in 0..<4 {
            let y = quay + (height - quay) * (0.12 + 0.26 * Double(row))
            studio.stroke(
                .polyline([Point(-0.1, y), Point(width + 0.1, y)]), ground(Color(0x9C8E7C)), width: 0.004)
            for column in 0..<7 {
                let x = (Double(column) + (row % 2 == 0 ? 0.2 : 0.7)) / 6 * width
                let spread = (x - width / 2) * 0.10
                studio.stroke(
                    .polyline([Point(x, y), Point(x + spread, y + (height - quay) * 0.26)]),
                    ground(Color(0x9C8E7C)), width: 0.003)
            }
        }
        for x in [0.12, 0.5, 0.86] {
            let foot = Point(x * width, quay + 0.03)
            studio.fill(
                .closed([
                    foot + Point(-0.018, 0.01), foot + Point(-0.016, -0.04), foot + Point(0.016, -0.04),
                    foot + Point(0.018, 0.01),
                ]), Color(0x4A4650), shade: 0.6)
            studio.fill(.ellipse(foot + Point(0, -0.04), 0.023, 0.010), Color(0x5A5660), shade: 0)
        }
        crates(Point(aside(heavySide, within: 0.10...0.16), down(0.86)), 0.11)
        if random.chance(0.5) { streetLamp(Point(aside(-heavySide, within: 0.06...0.1), down(0.66)), 0.36) }
    }

    func crates(_ foot: Point, _ size: Double) {
        for (x, y) in [(-0.55, 0.0), (0.55, 0.05), (-0.05, -0.82)] {
            let corner = foot + Point(x, y) * size
            studio.fill(
                .rectangle(corner.x - size * 0.5, corner.y - size * 0.8, corner.x + size * 0.5, corner.y),
                Color(0xB58A58), shade: 0.7)
            for line in [0.28, 0.55] {
                studio.stroke(
                    .polyline([corner + Point(-0.5, -line) * size, corner + Point(0.5, -line) * size]),
                    Color(0x8A6440), width: size * 0.05)
            }
        }
    }

    func paintMountainLake() {
        paintSky()
        range(
            base: horizon + 0.01, height: random.uniform(0.28...0.36) * height / 1.0,
            Color(random.pick([0x6A78B0, 0x7A7CB8, 0x5F80A8])), depth: 0.42, peaks: 3, sharp: 0.7, snow: true)
        range(
            base: horizon + 0.01, height: random.uniform(0.10...0.17), Color(0x4F7C80), depth: 0.32, peaks: 4,
            sharp: 0.2)
        treeLine(horizon + 0.01, 0.035, depth: 0.3, Color(0x3F6E5C))
        studio.depth = 0.1
        water(horizon + 0.008, Color(random.pick([0x4F94B0, 0x56A2A8, 0x4C86B4])))
        for _ in 0..<3 {
            reflection(
                random.unit() * width, random.uniform(0.1...0.2), top: horizon + 0.01,
                length: random.uniform(0.10...0.18), Color(0x5A70A0))
        }
        lightOnWater(from: horizon + 0.02, to: down(0.5))
        ripples(16, from: horizon + 0.02, to: down(0.52))
        mist(horizon + 0.01, thickness: 0.035, strength: tableau.hour == .dawn ? 0.7 : 0.3)
        studio.depth = 0.1
        for side in [-1.0, 1.0] {
            for index in 0..<(side == heavySide ? 4 : 2) {
                tree(
                    .fir, Point(aside(side, within: (-0.02)...0.20), down(0.10 + 0.06 * Double(index))),
                    random.uniform(0.20...0.30) + 0.05 * Double(index))
            }
        }
        if random.chance(0.4) { jetty() }
        let grass = grass()
        land(down(0.60), swing: 0.025, grass, shade: 0.8)
        studio.depth = 0
        for _ in 0..<6 {
            stone(
                Point(random.unit() * width, down(random.uniform(0.58...0.68))), random.uniform(0.016...0.04))
        }
        tufts(12, from: down(0.66), to: height, grass.scaled(0.82), height: 0.06)
        if tableau.season == .spring || tableau.season == .summer {
            flowers(16, from: down(0.68), to: height * 1.02, blossoms())
        }
    }

    private func jetty() {
        let x = staging.across + random.uniform(-0.06...0.06)
        studio.depth = 0.02
        studio.fill(
            .polygon([
                Point(x - 0.04, down(0.26)), Point(x + 0.04, down(0.26)), Point(x + 0.13, down(0.68)),
                Point(x - 0.13, down(0.68)),
            ]), Color(0xA67C54), shade: 0.5)
        for step in 0..<8 {
            let fraction = Double(step) / 8
            let y = down(0.26 + 0.42 * fraction * (0.5 + 0.5 * fraction))
            let half = 0.04 + 0.09 * (y - down(0.26)) / (down(0.68) - down(0.26))
            studio.stroke(.polyline([Point(x - half, y), Point(x + half, y)]), Color(0x7A5838), width: 0.004)
        }
        for side in [-1.0, 1.0] {
            studio.fill(
                .rectangle(x + side * 0.045 - 0.009, down(0.22), x + side * 0.045 + 0.009, down(0.32)),
                Color(0x7A5838), shade: 0.4)
        }
    }

    func paintUnderwater() {
        let deep = studio.air
        let tones =
            isDark
            ? [Color(0x0E2A58), Color(0x14406E), Color(0x0C2348)]
            : [Color(0x7FD6DC), Color(0x2F9CC0), Color(0x1C5C94)]
        let colors = tones.map { studio.tint($0, glowing: true) }
        studio.canvas.cover(
            .linear(
                from: Point(0, 0), to: Point(0, height),
                stops: [
                    Canvas.Stop(offset: 0, color: colors[0]), Canvas.Stop(offset: 0.45, color: colors[1]),
                    Canvas.Stop(offset: 1, color: colors[2]),
                ]))
        for index in 0..<5 {
            let top = width * (0.08 + 0.2 * Double(index)) + random.uniform(-0.05...0.05)
            let ray = Path.polygon([
                Point(top, -0.05), Point(top + 0.07, -0.05),
                Point(top + 0.22 + 0.1 * deep.side, height * 0.85),
                Point(top + 0.06 + 0.1 * deep.side, height * 0.85),
            ])
            studio.canvas.fill(
                ray,
                .linear(
                    from: Point(0, 0), to: Point(0, height * 0.85),
                    stops: [
                        Canvas.Stop(offset: 0, color: .white, opacity: isDark ? 0.10 : 0.22),
                        Canvas.Stop(offset: 1, color: .white, opacity: 0),
                    ]))
        }
        for (depth, y, tone) in [(0.0, 0.78, 0x2A6E98), (0.0, 0.86, 0x24587C)] {
            studio.depth = depth
            var points: [Point] = []
            for step in 0...9 {
                points.append(
                    Point(width * (Double(step) / 9 * 1.1 - 0.05), height * y - random.uniform(0...0.16)))
            }
            var path = Path.open(points)
            path.elements += [
                .line(Point(width + 0.1, height + 0.1)), .line(Point(-0.1, height + 0.1)), .close,
            ]
            studio.fill(
                path, isDark ? Color(tone).scaled(0.6) : Color(tone), shade: 0.5, opacity: 0.7, glowing: true)
        }
        studio.depth = 0
        land(height * 0.90, swing: 0.025, isDark ? Color(0x6C7CA0) : Color(0xD8C894))
        let corals = [Color(0xE8697C), Color(0xF2A05C), Color(0xC07CD0), Color(0xF2C84C)]
        for index in 0..<5 {
            let foot = Point(
                aside(index % 2 == 0 ? -1 : 1, within: 0.02...0.34), height * random.uniform(0.90...0.99))
            if random.chance(0.5) {
                coral(foot, random.uniform(0.10...0.17), corals[index % 4])
            } else {
                weed(foot, random.uniform(0.18...0.34))
            }
        }
        for _ in 0..<3 {
            stone(
                Point(random.unit() * width, height * random.uniform(0.93...1)), random.uniform(0.03...0.05))
        }
        for _ in 0..<12 {
            let at = Point(random.unit() * width, random.unit() * height)
            let radius = random.uniform(0.005...0.014)
            studio.canvas.fill(.ellipse(at, radius, radius), .solid(.white, opacity: 0.16))
            studio.canvas.stroke(
                .ellipse(at, radius, radius),
                .solid(studio.tint(Color(0xE8FAFF), glowing: true), opacity: 0.7), width: 0.0025)
        }
    }

    private func coral(_ foot: Point, _ size: Double, _ color: Color) {
        var branches: [Path] = []
        func grow(_ start: Point, _ turn: Double, _ length: Double, _ level: Int) {
            let end = start + Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn)) * length
            branches.append(.limb([start, end], [length * 0.42, length * 0.34]))
            guard level > 0 else { return }
            for side in [-0.09, 0.08] {
                grow(end, turn + side + random.uniform(-0.02...0.02), length * 0.72, level - 1)
            }
        }
        grow(foot, 0.75, size * 0.42, 2)
        studio.fill(.joined(branches), color, shade: 0.7)
    }

    private func weed(_ foot: Point, _ size: Double) {
        let color = Color(random.pick([0x3F8C5C, 0x5C9C48, 0x2F7C6C]))
        for index in 0..<4 {
            let x = (Double(index) - 1.5) * size * 0.14
            let high = size * random.uniform(0.7...1.1)
            studio.fill(
                .limb(
                    [
                        foot + Point(x, 0.01), foot + Point(x + high * 0.10, -high * 0.3),
                        foot + Point(x - high * 0.06, -high * 0.65), foot + Point(x + high * 0.12, -high),
                    ], [size * 0.09, size * 0.085, size * 0.07, size * 0.02]),
                color.scaled(0.9 + 0.06 * Double(index)), shade: 0.5)
        }
    }
}
