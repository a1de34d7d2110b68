/// Trees and bushes.
extension Setting {
    enum TreeKind { case round, pine, birch, twisted }

    /// Plants a tree with its foot at a point.
    func tree(_ kind: TreeKind, at foot: Point, height: Double, leaves: Color? = nil) {
        switch kind {
        case .pine: pine(foot, height, leaves ?? Color(random.pick([0x3F7A5A, 0x4A8560, 0x356B58])))
        case .round:
            let color = leaves ?? Color(random.pick([0x5F9E4F, 0x6FAA52, 0x4F8F58, 0x86B04C]))
            broadleaf(foot, height, trunk: Color(0x7A5740), color)
        case .birch:
            broadleaf(
                foot, height, trunk: Color(0xEFEAE0), leaves ?? Color(random.pick([0xA3BE5A, 0xC2BE54])))
        case .twisted:
            twisted(foot, height, leaves ?? Color(random.pick([0x3E9C98, 0x7A66BE, 0xA070C4, 0x58AEB0])))
        }
    }

    private func broadleaf(_ foot: Point, _ height: Double, trunk: Color, _ leaves: Color) {
        let lean = random.uniform(-0.05...0.05) * height
        let top = Point(foot.x + lean, foot.y - height * 0.66)
        let width = height * (trunk.brightness > 0.8 ? 0.06 : 0.095)
        easel.fill(
            .limb([foot, foot.mixed(with: top, 0.45), top], [width * 1.5, width, width * 0.7]), trunk,
            shade: 0.8)
        if trunk.brightness > 0.8 {
            for mark in 1...3 {
                let spot = foot.mixed(with: top, 0.2 * Double(mark))
                easel.line(
                    [spot - Point(width * 0.4, 0), spot + Point(width * 0.1, 0)], Color(0x4A4440),
                    width: height * 0.014, outlined: false)
            }
        }
        crown(Point(foot.x + lean, foot.y - height * 0.72), height * 0.29, leaves)
    }

    /// A crown of three tones: joined lumps, lit lumps towards the light, and snow on top when it snows.
    func crown(_ center: Point, _ radius: Double, _ leaves: Color) {
        let tint = leaves.scaled(random.uniform(0.94...1.06))
        var lumps: [(Point, Double)] = [(center, radius * 0.72)]
        let count = 5
        for index in 0..<count {
            let turn = Double(index) / Double(count) + random.uniform(-0.04...0.04) + 0.05
            let reach = radius * random.uniform(0.5...0.66)
            let spot =
                center + Point(Trigonometry.cosine(turns: turn) * 1.12, Trigonometry.sine(turns: turn) * 0.92)
                * reach
            lumps.append((spot, radius * random.uniform(0.42...0.56)))
        }
        let body = Path.joined(lumps.map { .ellipse($0.0, $0.1 * 1.06, $0.1) })
        easel.fill(body, tint.scaled(0.88))
        let toward = Point(easel.light.side * radius * 0.16, -radius * 0.15)
        let lit = Path.joined(lumps.dropFirst().map { .ellipse($0.0 + toward, $0.1 * 0.72, $0.1 * 0.66) })
        if scene.medium != .oil {
            easel.fill(lit, tint.mixed(Color(0xF3EFA0), 0.16), shade: 0.4, outlined: false, opacity: 0.75)
        }
        guard easel.isSnowy else { return }
        let caps = lumps.filter { $0.0.y < center.y + radius * 0.1 }
        easel.fill(
            .joined(caps.map { .ellipse($0.0 - Point(0, $0.1 * 0.5), $0.1 * 0.85, $0.1 * 0.5) }),
            Color(0xF6F9FF),
            shade: 0.4, outlined: false)
    }

    private func pine(_ foot: Point, _ height: Double, _ needles: Color) {
        let width = height * 0.06
        easel.fill(
            .rectangle(foot.x - width / 2, foot.y - height * 0.25, foot.x + width / 2, foot.y),
            Color(0x6B4C3A), shade: 0)
        let tiers = 4
        for tier in 0..<tiers {
            let fraction = Double(tier) / Double(tiers)
            let base = foot.y - height * (0.12 + 0.20 * Double(tier))
            let half = height * 0.25 * (1 - fraction * 0.72)
            let tip = base - height * (0.36 - 0.03 * Double(tier))
            let shape = Path.polygon([
                Point(foot.x, tip), Point(foot.x + half * 0.5, base - height * 0.11),
                Point(foot.x + half, base),
                Point(foot.x + half * 0.3, base - height * 0.02), Point(foot.x, base + height * 0.015),
                Point(foot.x - half * 0.3, base - height * 0.02), Point(foot.x - half, base),
                Point(foot.x - half * 0.5, base - height * 0.11),
            ])
            easel.fill(shape, needles.scaled(0.9 + 0.06 * Double(tier)), shade: 1)
            if easel.isSnowy {
                let cap = Path.closed([
                    Point(foot.x, tip), Point(foot.x + half * 0.62, base - height * 0.06),
                    Point(foot.x + half * 0.25, base - height * 0.09),
                    Point(foot.x - half * 0.1, base - height * 0.06),
                    Point(foot.x - half * 0.6, base - height * 0.06),
                ])
                easel.fill(cap, Color(0xF6F9FF), shade: 0, outlined: false)
            }
        }
    }

    private func twisted(_ foot: Point, _ height: Double, _ leaves: Color) {
        let bend = random.sign() * height * random.uniform(0.07...0.13)
        let bark = Color(random.pick([0x5B4A72, 0x4A4668, 0x6A5068]))
        let middle = Point(foot.x + bend, foot.y - height * 0.34)
        let top = Point(foot.x - bend * 0.4, foot.y - height * 0.7)
        easel.fill(
            .limb([foot, middle, top], [height * 0.17, height * 0.10, height * 0.07]), bark)
        easel.fill(
            .limb(
                [
                    middle, middle + Point(bend * 1.2, -height * 0.12),
                    middle + Point(bend * 1.5, -height * 0.28),
                ],
                [height * 0.06, height * 0.045, height * 0.03]), bark, shade: 0.4)
        crown(middle + Point(bend * 1.5, -height * 0.3), height * 0.15, leaves.mixed(Color(0xE58ACB), 0.25))
        crown(Point(top.x, top.y - height * 0.06), height * 0.29, leaves)
    }

    /// A low bush.
    func bush(_ center: Point, _ radius: Double, _ color: Color) {
        let lumps = [(-0.7, 0.1, 0.6), (0.0, -0.2, 0.75), (0.7, 0.12, 0.58)].map { x, y, size in
            Path.ellipse(center + Point(x, y) * radius, radius * size, radius * size * 0.8)
        }
        easel.fill(.joined(lumps), color)
        if easel.isSnowy {
            easel.fill(
                .ellipse(center + Point(0, -radius * 0.5), radius * 0.9, radius * 0.32), Color(0xF6F9FF),
                shade: 0.3,
                outlined: false)
        }
    }
}
