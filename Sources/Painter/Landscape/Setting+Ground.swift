/// What grows and lies on the ground.
extension Setting {
    /// Large simple flowers, near ones larger.
    func flowers(_ count: Int, from top: Double, to bottom: Double) {
        guard !easel.isSnowy else { return }
        let palettes = [
            [0xE9605C, 0xF7C548, 0xFFFFFF], [0xC98ADF, 0xF4A2C6, 0xFFF1C4], [0xF7B23A, 0xEE6A42, 0xFBE38C],
            [0x7C9CF2, 0xC4AAF4, 0xFFFFFF],
        ]
        let colors = random.pick(palettes).map { Color($0) }
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let y = top + (bottom - top) * fraction
            // Far from the middle, where the figure stands.
            let x = random.chance(0.8) ? aside(within: 0.01...0.34) : random.unit()
            flower(Point(x, y), 0.008 + 0.020 * fraction, random.pick(colors))
        }
    }

    private func flower(_ head: Point, _ radius: Double, _ color: Color) {
        let stem = Point(head.x + random.uniform(-0.3...0.3) * radius, head.y + radius * 3)
        easel.line([head, stem], Color(0x5C8C44), width: radius * 0.4, outlined: false)
        var petals: [Path] = []
        let start = random.unit()
        for index in 0..<5 {
            let turn = start + Double(index) / 5
            petals.append(
                .ellipse(
                    head + Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
                        * (radius * 0.62),
                    radius * 0.5, radius * 0.5))
        }
        easel.fill(.joined(petals), color, shade: 0.2, outlined: radius > 0.014)
        easel.fill(
            .ellipse(head, radius * 0.36, radius * 0.36),
            color.brightness > 0.85 ? Color(0xF2B63C) : Color(0xFFF2C0),
            shade: 0, outlined: false)
    }

    /// Tufts of three broad blades.
    func tufts(_ count: Int, from top: Double, to bottom: Double, _ color: Color, height: Double = 0.07) {
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let foot = Point(
                random.chance(0.75) ? aside(within: 0.0...0.36) : random.unit(),
                top + (bottom - top) * fraction)
            let reach = height * (0.45 + 0.75 * fraction)
            var blades: [Path] = []
            for lean in [-0.5, 0.05, 0.55] {
                let tip = foot + Point(lean * reach * 0.7, -reach * (1 - abs(lean) * 0.35))
                blades.append(
                    .polygon([
                        foot + Point(-reach * 0.1 + lean * 0.01, 0), tip,
                        foot + Point(reach * 0.1 + lean * 0.01, 0),
                    ]))
            }
            easel.fill(.joined(blades), color.scaled(random.uniform(0.88...1.06)), shade: 0, outlined: false)
        }
    }

    /// A rounded stone.
    func stone(_ center: Point, _ radius: Double) {
        easel.fill(
            .blob(center, radius, radius * 0.62, roughness: 0.08, corners: 7, &random), Color(0xA4A2A4))
        if easel.isSnowy {
            easel.fill(
                .ellipse(center - Point(0, radius * 0.36), radius * 0.75, radius * 0.24), Color(0xF6F9FF),
                shade: 0.2,
                outlined: false)
        }
    }

    /// A toadstool; in the magic forest it glows.
    func mushroom(_ foot: Point, _ height: Double, _ cap: Color, glowing: Bool) {
        if glowing {
            easel.glow(
                foot - Point(0, height * 0.7), radius: height * 1.7, cap.mixed(.white, 0.3), strength: 0.5)
        }
        easel.fill(
            .limb([foot, foot - Point(0, height * 0.6)], [height * 0.34, height * 0.26]), Color(0xF5EAD6),
            shade: 0.4,
            glowing: glowing)
        let dome = Path.closed([
            foot + Point(-0.56, -0.5) * height, foot + Point(-0.4, -0.84) * height,
            foot + Point(0, -1.02) * height,
            foot + Point(0.4, -0.84) * height, foot + Point(0.56, -0.5) * height,
            foot + Point(0, -0.42) * height,
        ])
        easel.fill(dome, cap, glowing: glowing)
        for (x, y, size) in [(-0.22, -0.68, 0.1), (0.08, -0.82, 0.11), (0.28, -0.62, 0.08)] {
            easel.fill(
                .ellipse(foot + Point(x, y) * height, size * height, size * height * 0.85), Color(0xFFF8E6),
                shade: 0,
                outlined: false, opacity: 0.9, glowing: glowing)
        }
    }

    /// Soft light streaks on water.
    func ripples(_ count: Int, from top: Double, to bottom: Double) {
        let color = easel.light.sparkle
        for index in 0..<count {
            let fraction = (Double(index) + random.unit()) / Double(count)
            let y = top + (bottom - top) * fraction
            let width = (0.05 + 0.12 * fraction) * random.uniform(0.7...1.2)
            let x = random.unit()
            easel.line(
                [Point(x - width / 2, y), Point(x, y - 0.004), Point(x + width / 2, y)], color,
                width: 0.005 + 0.004 * fraction, opacity: easel.light.isNight ? 0.4 : 0.6, glowing: true,
                outlined: false)
        }
    }
}
