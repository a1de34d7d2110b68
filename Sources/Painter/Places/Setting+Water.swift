/// The seaside and the mountain lake.
extension Setting {
    func paintSeaside() {
        let sea = Color(random.pick([0x3E97BC, 0x46ABB4, 0x3C86B8]))
        easel.depth = 0.3
        if random.chance(0.5) {
            land(horizon - 0.02, swing: 0.03, ground(Color(0x7FA090)), depth: 0.5, waves: 0.6)
        }
        easel.depth = 0
        easel.fill(.rectangle(-0.1, horizon, 1.1, 1.1), sea.mixed(easel.light.sky[2], 0.22), shade: 0.6)
        easel.fill(
            .rectangle(-0.1, horizon + 0.09, 1.1, 1.1), sea.scaled(0.98), shade: 0.4, outlined: false,
            opacity: 0.7)
        lightOnWater(to: horizon + 0.24)
        ripples(9, from: horizon + 0.03, to: horizon + 0.22)
        if random.chance(0.55) {
            sailboat(Point(aside(within: 0.12...0.3), horizon + 0.03), random.uniform(0.09...0.13))
        }
        if random.chance(0.45) { lighthouse(aside(heavySide, within: 0.06...0.14)) }
        let phase = random.unit()
        let shore = horizon + 0.26
        for (offset, color) in [
            (-0.05, Color(0xDDF3F2)), (-0.022, Color(0xFFFFFF)), (0, ground(Color(0xF0DBA8))),
        ] {
            var copy = random
            let path = Path.land(top: shore + offset, swing: 0.03, waves: 0.8, phase: phase, &copy)
            easel.fill(
                path, color, shade: offset == 0 ? 0.7 : 0, outlined: offset == 0,
                opacity: offset < -0.03 ? 0.7 : 1)
        }
        for _ in 0..<3 {
            stone(
                Point(aside(within: 0.04...0.3), random.uniform(shore + 0.08...0.96)),
                random.uniform(0.02...0.04))
        }
        tufts(4, from: shore + 0.12, to: 0.99, ground(Color(0x9FB36A)), height: 0.10)
    }

    func paintMountainLake() {
        let grass = green()
        let shore = horizon + 0.02
        easel.depth = 0.5
        let far = [Point(random.uniform(0.0...0.25), 0.26), Point(random.uniform(0.75...1.0), 0.24)]
        for peak in far { mountain(peak.x, base: shore, height: peak.y) }
        easel.depth = 0.28
        let mainPeak = random.uniform(0.35...0.65)
        let mainHeight = random.uniform(0.34...0.40)
        mountain(mainPeak, base: shore, height: mainHeight)
        land(horizon - 0.005, swing: 0.012, ground(Color(0x5C8C78)), depth: 0.3)
        easel.depth = 0
        let water = Color(0x64A6C4).mixed(easel.light.sky[1], 0.35)
        easel.fill(.rectangle(-0.1, shore, 1.1, 1.1), water, shade: 0.7)
        let reflection = Path.closed([
            Point(mainPeak - 0.3, shore + 0.005), Point(mainPeak + 0.3, shore + 0.005),
            Point(mainPeak + 0.07, shore + 0.15),
            Point(mainPeak - 0.05, shore + 0.19),
        ])
        easel.fill(reflection, Color(0x6A7EA4), shade: 0, outlined: false, opacity: 0.5)
        lightOnWater(to: shore + 0.22)
        ripples(7, from: shore + 0.03, to: shore + 0.22)
        for side in [-1.0, 1.0] {
            for _ in 0..<(side == heavySide ? 3 : 2) {
                tree(
                    .pine, at: Point(aside(side, within: -0.02...0.2), horizon + random.uniform(0.03...0.06)),
                    height: random.uniform(0.22...0.36))
            }
        }
        land(horizon + 0.25, swing: 0.025, ground(grass))
        for _ in 0..<4 {
            stone(
                Point(aside(within: 0.02...0.32), random.uniform(horizon + 0.27...0.95)),
                random.uniform(0.03...0.055))
        }
        tufts(7, from: horizon + 0.3, to: 0.99, ground(grass.scaled(0.82)))
        flowers(7, from: horizon + 0.32, to: 0.97)
    }

    /// The path of sun or moon over water.
    private func lightOnWater(to bottom: Double) {
        guard scene.weather == .clear, scene.timeOfDay != .day else { return }
        let x = easel.light.side < 0 ? 0.2 : 0.8
        for index in 0..<6 {
            let fraction = Double(index) / 5
            let y = horizon + 0.012 + (bottom - horizon) * fraction * 0.9
            let half = 0.04 + 0.06 * fraction * random.uniform(0.7...1.2)
            easel.canvas.fill(
                .ellipse(Point(x + random.uniform(-0.015...0.015), y), half, 0.007),
                .solid(easel.light.sparkle, opacity: 0.62))
        }
    }

    private func mountain(_ peak: Double, base: Double, height: Double) {
        let rock = Color(random.pick([0x6A78B8, 0x7A7CBC, 0x6486B0]))
        let half = height * random.uniform(0.95...1.2)
        let top = Point(peak, base - height)
        let left = [
            Point(peak - half, base + 0.02), Point(peak - half * 0.62, base - height * 0.36),
            Point(peak - half * 0.3, base - height * 0.66),
        ]
        let right = [
            Point(peak + half * 0.26, base - height * 0.7), Point(peak + half * 0.55, base - height * 0.4),
            Point(peak + half, base + 0.02),
        ]
        easel.fill(.polygon(left + [top] + right), rock, shade: 0.6)
        let darkSide = easel.light.side > 0 ? left : right.reversed()
        easel.fill(
            .polygon(
                [top] + darkSide.reversed() + [
                    Point(peak, base + 0.02), Point(peak + half * 0.06, base - height * 0.4),
                ]),
            rock.scaled(0.82), shade: 0, outlined: false, opacity: 0.7)
        let cap = Path.polygon([
            top, Point(peak + half * 0.26, base - height * 0.7),
            Point(peak + half * 0.12, base - height * 0.64),
            Point(peak + half * 0.04, base - height * 0.72), Point(peak - half * 0.08, base - height * 0.6),
            Point(peak - half * 0.16, base - height * 0.68), Point(peak - half * 0.3, base - height * 0.66),
        ])
        easel.fill(cap, Color(0xFAFBFF), shade: 0.3, outlined: false)
    }

    private func sailboat(_ center: Point, _ size: Double) {
        easel.fill(
            .closed([
                center + Point(-0.75, -0.1) * size, center + Point(0.75, -0.1) * size,
                center + Point(0.45, 0.22) * size,
                center + Point(-0.45, 0.22) * size,
            ]), Color(0x94533C), shade: 0.5)
        easel.fill(
            .polygon([
                center + Point(0.04, -1.6) * size, center + Point(0.75, -0.25) * size,
                center + Point(0.04, -0.25) * size,
            ]),
            Color(0xFDF6E8), shade: 0.5)
        easel.fill(
            .polygon([
                center + Point(-0.04, -1.4) * size, center + Point(-0.04, -0.25) * size,
                center + Point(-0.55, -0.25) * size,
            ]),
            Color(0xE8705A), shade: 0.5)
    }

    private func lighthouse(_ x: Double) {
        let base = horizon + 0.03
        stone(Point(x, base + 0.01), 0.12)
        easel.fill(
            .polygon([
                Point(x - 0.042, base), Point(x - 0.028, base - 0.27), Point(x + 0.028, base - 0.27),
                Point(x + 0.042, base),
            ]),
            Color(0xFBF5EC), shade: 0.9)
        for top in [0.10, 0.2] {
            easel.fill(
                .polygon([
                    Point(x - 0.038 + top * 0.05, base - top + 0.045),
                    Point(x - 0.034 + top * 0.05, base - top),
                    Point(x + 0.034 - top * 0.05, base - top),
                    Point(x + 0.038 - top * 0.05, base - top + 0.045),
                ]), Color(0xD04A40), shade: 0.6, outlined: false)
        }
        let isLit = scene.timeOfDay != .day
        if isLit { easel.glow(Point(x, base - 0.29), radius: 0.17, Color(0xFFE9A6), strength: 0.75) }
        easel.fill(
            .rectangle(x - 0.02, base - 0.31, x + 0.02, base - 0.27), Color(0xFFEFB4), shade: 0,
            glowing: isLit)
        easel.fill(
            .polygon([Point(x - 0.034, base - 0.31), Point(x, base - 0.37), Point(x + 0.034, base - 0.31)]),
            Color(0xC0443C),
            shade: 0.4)
    }
}
