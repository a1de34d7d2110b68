/// The magic forest: teal and violet, twisted trees, glowing toadstools, lights in the air, often a red gate.
extension Setting {
    func paintMagicForest() {
        let moss = Color(random.pick([0x4F9A8C, 0x5A9AA0, 0x6A8FB0]))
        let glow = Color(random.pick([0x9FF2E0, 0xD9B8FF, 0xFFE9A8]))
        for (depth, count, height) in [(0.58, 6, 0.5), (0.34, 4, 0.56)] {
            easel.depth = depth
            let base = horizon + (depth > 0.5 ? 0.02 : 0.07)
            for index in 0..<count {
                let x = (Double(index) + random.uniform(0.2...0.8)) / Double(count)
                tree(.twisted, at: Point(x, base + 0.02), height: height * random.uniform(0.85...1.15))
            }
            land(base, swing: 0.012, ground(moss.mixed(Color(0x6E62A8), 0.3)), depth: depth * 0.8)
        }
        easel.glow(Point(0.5, horizon - 0.1), radius: 0.55, glow, strength: 0.5)
        land(horizon + 0.11, swing: 0.015, ground(moss))
        pathway(from: horizon + 0.10, Color(0xB9B4D6))
        if easel.details.hasJapaneseGate { gate() }
        frame(with: .twisted)
        let caps = [0xE0526A, 0xC766D0, 0x4FC0D0, 0xF09A4A].map { Color($0) }
        for index in 0..<4 {
            let foot = Point(aside(index % 2 == 0 ? -1 : 1, within: 0.06...0.27), random.uniform(0.80...0.97))
            mushroom(foot, random.uniform(0.07...0.12), random.pick(caps), glowing: true)
        }
        tufts(6, from: horizon + 0.2, to: 0.99, ground(moss.scaled(0.8)))
    }

    /// Lights that float before and behind everything.
    func paintMagicLights() {
        let colors = [Color(0xFFF3B0), Color(0xB8FFE8), Color(0xFFD0F4)]
        for index in 0..<10 {
            let x = index < 8 ? aside(within: 0.03...0.34) : random.unit()
            let center = Point(x, random.uniform(0.12...0.9))
            let radius = random.uniform(0.028...0.05)
            let color = random.pick(colors)
            if easel.isOnFace(center) { continue }
            easel.glow(center, radius: radius * 1.5, color, strength: 0.75)
            easel.canvas.fill(
                .ellipse(center, radius * 0.28, radius * 0.28), .solid(Color(0xFFFDF0), opacity: 0.95))
        }
    }

    /// A red gate of two posts and two beams, with stone lanterns.
    private func gate() {
        let center = random.uniform(0.44...0.56)
        let base = horizon + 0.16
        let half = 0.20
        let top = horizon - 0.27
        let red = Color(0xD8452F)
        for side in [-1.0, 1.0] {
            let x = center + side * half
            easel.fill(
                .polygon([
                    Point(x - 0.020 + side * 0.012, base), Point(x - 0.016, top + 0.03),
                    Point(x + 0.016, top + 0.03),
                    Point(x + 0.020 + side * 0.012, base),
                ]), red, shade: 0.7)
        }
        easel.fill(
            .rectangle(center - half - 0.05, top + 0.085, center + half + 0.05, top + 0.115), red, shade: 0.4)
        easel.fill(
            .closed([
                Point(center - half - 0.115, top - 0.035), Point(center - half * 0.5, top - 0.003),
                Point(center + half * 0.5, top - 0.003), Point(center + half + 0.115, top - 0.035),
                Point(center + half + 0.10, top + 0.02), Point(center + half * 0.5, top + 0.042),
                Point(center - half * 0.5, top + 0.042), Point(center - half - 0.10, top + 0.02),
            ]), easel.isSnowy ? Color(0xF6F9FF) : Color(0x4A3440), shade: 0.3)
        easel.fill(
            .rectangle(center - 0.018, top + 0.04, center + 0.018, top + 0.09), Color(0xF3D27A), shade: 0)
        for side in [-1.0, 1.0] { stoneLantern(Point(center + side * (half + 0.13), base + 0.05)) }
    }

    private func stoneLantern(_ foot: Point) {
        let stone = Color(0xA6A4B0)
        easel.glow(foot - Point(0, 0.115), radius: 0.11, Color(0xFFD98A), strength: 0.7)
        easel.fill(.rectangle(foot.x - 0.014, foot.y - 0.09, foot.x + 0.014, foot.y), stone, shade: 0.4)
        easel.fill(.rectangle(foot.x - 0.03, foot.y - 0.145, foot.x + 0.03, foot.y - 0.09), stone, shade: 0.4)
        easel.fill(
            .rectangle(foot.x - 0.016, foot.y - 0.137, foot.x + 0.016, foot.y - 0.098), Color(0xFFE79A),
            shade: 0,
            outlined: false, glowing: true)
        easel.fill(
            .polygon([foot + Point(-0.05, -0.14), foot + Point(0, -0.19), foot + Point(0.05, -0.14)]), stone,
            shade: 0.4)
    }
}
