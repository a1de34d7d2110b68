/// What grows high.
extension Stage {
    enum TreeKind { case round, tall, birch, pine, fir, blossom, willow, bare }

    /// A kind of tree that the season allows.
    func anyTree() -> TreeKind {
        switch tableau.season {
        case .spring: random.pick([.round, .blossom, .birch, .fir, .willow])
        case .summer: random.pick([.round, .round, .tall, .birch, .fir, .willow])
        case .autumn: random.pick([.round, .round, .tall, .birch, .fir])
        case .winter: random.pick([.bare, .bare, .fir, .fir, .pine])
        }
    }

    func tree(_ kind: TreeKind, _ foot: Point, _ size: Double, leaves color: Color? = nil) {
        let leaf = color ?? leaves()
        switch kind {
        case .fir: fir(foot, size)
        case .pine: pine(foot, size)
        case .bare: bare(foot, size)
        case .willow: willow(foot, size, leaf)
        case .round:
            trunk(foot, size, Color(0x7A5640))
            crown(foot - Point(0, size * 0.66), size * 0.36, size * 0.34, leaf)
        case .tall:
            trunk(foot, size, Color(0x6E5240))
            crown(foot - Point(0, size * 0.58), size * 0.20, size * 0.43, leaf)
        case .blossom:
            trunk(foot, size, Color(0x5E4440))
            crown(
                foot - Point(0, size * 0.64), size * 0.42, size * 0.30,
                Color(random.pick([0xF6B8CC, 0xFAD2DC, 0xF2A4C0])))
        case .birch:
            birchTrunk(foot, size)
            let birchLeaf = tableau.season == .autumn ? Color(0xE8BC4A) : leaf.mixed(Color(0xBCD878), 0.3)
            crown(foot - Point(0, size * 0.70), size * 0.25, size * 0.30, birchLeaf)
        }
    }

    private func trunk(_ foot: Point, _ size: Double, _ bark: Color) {
        let lean = random.uniform(-0.04...0.04) * size
        let top = foot + Point(lean, -size * 0.55)
        let fork = foot + Point(lean * 0.6, -size * 0.36)
        studio.fill(
            .joined([
                .limb(
                    [foot + Point(0, size * 0.01), foot + Point(lean * 0.3, -size * 0.18), fork, top],
                    [size * 0.105, size * 0.075, size * 0.062, size * 0.03]),
                .limb(
                    [
                        fork, fork + Point(-size * 0.10, -size * 0.12),
                        fork + Point(-size * 0.16, -size * 0.24),
                    ],
                    [size * 0.045, size * 0.034, size * 0.02]),
                .limb(
                    [fork, fork + Point(size * 0.11, -size * 0.10), fork + Point(size * 0.17, -size * 0.24)],
                    [size * 0.045, size * 0.034, size * 0.02]),
            ]), bark, shade: 0.6)
    }

    private func birchTrunk(_ foot: Point, _ size: Double) {
        let top = foot + Point(random.uniform(-0.03...0.03) * size, -size * 0.8)
        studio.fill(
            .limb([foot, foot.mixed(with: top, 0.5), top], [size * 0.06, size * 0.05, size * 0.025]),
            Color(0xEFEBE2), shade: 0.5)
        for index in 0..<5 {
            let at = foot.mixed(with: top, 0.08 + Double(index) * 0.14)
            let side = index % 2 == 0 ? -1.0 : 1.0
            studio.line(
                [at + Point(side * size * 0.02, 0), at + Point(-side * size * 0.004, size * 0.004)],
                Color(0x4A4440), width: size * 0.011)
        }
    }

    /// A crown of leaves: dark below, lit clusters towards the light.
    func crown(_ center: Point, _ radiusX: Double, _ radiusY: Double, _ color: Color) {
        let dark = color.mixed(Color(0x24405A), 0.26)
        let lit = color.mixed(tableau.hour == .sunset ? Color(0xFFD080) : Color(0xFFF6B8), 0.24)
        var lobes: [Path] = []
        var high: [(Point, Double)] = []
        let start = random.unit()
        for index in 0..<7 {
            let turn = start + Double(index) / 7
            let reach = random.uniform(0.52...0.66)
            let at =
                center
                + Point(
                    Trigonometry.cosine(turns: turn) * radiusX * reach,
                    Trigonometry.sine(turns: turn) * radiusY * reach)
            let size = random.uniform(0.42...0.54)
            lobes.append(.blob(at, radiusX * size, radiusY * size, roughness: 0.10, corners: 9, &random))
            if at.y < center.y + radiusY * 0.2 { high.append((at, size)) }
        }
        lobes.append(.ellipse(center, radiusX * 0.7, radiusY * 0.7))
        studio.fill(.joined(lobes), dark, shade: 0.3)
        let shift = Point(studio.air.side * radiusX * 0.10, -radiusY * 0.12)
        var middle: [Path] = [
            .blob(center + shift, radiusX * 0.62, radiusY * 0.58, roughness: 0.12, corners: 10, &random)
        ]
        for (at, size) in high {
            middle.append(
                .blob(
                    at + shift * 0.7, radiusX * size * 0.82, radiusY * size * 0.78, roughness: 0.12,
                    corners: 9, &random))
        }
        studio.fill(.joined(middle), color, shade: 0.2, edge: false)
        for (at, size) in high.prefix(4) {
            studio.fill(
                .blob(
                    at + shift * 1.7, radiusX * size * 0.46, radiusY * size * 0.40, roughness: 0.16,
                    corners: 8, &random), lit,
                shade: 0, edge: false, opacity: 0.85)
        }
        if isSnowy {
            for (at, size) in high.prefix(4) {
                studio.fill(
                    .blob(
                        at + Point(0, -radiusY * size * 0.6), radiusX * size * 0.72, radiusY * size * 0.34,
                        roughness: 0.1, corners: 8, &random),
                    Color(0xF6F9FF), shade: 0, edge: false)
            }
        }
    }

    private func fir(_ foot: Point, _ size: Double) {
        let color = Color(random.pick([0x2F6650, 0x3A7458, 0x2C5C56]))
        studio.fill(
            .rectangle(foot.x - size * 0.028, foot.y - size * 0.14, foot.x + size * 0.028, foot.y),
            Color(0x6A4A38), shade: 0.5)
        let tiers = 4
        for tier in 0..<tiers {
            let bottom = foot.y - size * (0.09 + 0.205 * Double(tier))
            let reach = size * (0.27 - 0.052 * Double(tier))
            let rise = size * (tier == tiers - 1 ? 0.30 : 0.34)
            var points = [Point(foot.x, bottom - rise)]
            points.append(Point(foot.x + reach * 0.42, bottom - rise * 0.45))
            points.append(Point(foot.x + reach, bottom + size * 0.012))
            for step in [0.5, 0, -0.5] {
                points.append(Point(foot.x + reach * (step + 0.25), bottom - size * 0.032))
                points.append(Point(foot.x + reach * step, bottom + size * 0.006))
            }
            points.append(Point(foot.x - reach, bottom + size * 0.012))
            points.append(Point(foot.x - reach * 0.42, bottom - rise * 0.45))
            let shape = Path.polygon(points)
            studio.fill(shape, color.scaled(0.9 + 0.05 * Double(tier)), shade: 0.7)
            let sunny = studio.air.side * reach
            studio.fill(
                .polygon([
                    Point(foot.x, bottom - rise), Point(foot.x + sunny * 0.42, bottom - rise * 0.45),
                    Point(foot.x + sunny * 0.9, bottom),
                    Point(foot.x + sunny * 0.35, bottom - rise * 0.3),
                ]), isSnowy ? Color(0xF6F9FF) : color.mixed(Color(0xC8E090), 0.35), shade: 0, edge: false,
                opacity: isSnowy ? 1 : 0.6)
        }
    }

    /// A Korean red pine: a bent trunk and flat clouds of needles.
    private func pine(_ foot: Point, _ size: Double) {
        let bend = random.sign() * size
        let bark = Color(0x8A5644)
        let spine = [
            foot, foot + Point(bend * 0.05, -size * 0.22), foot + Point(-bend * 0.03, -size * 0.45),
            foot + Point(bend * 0.06, -size * 0.68),
            foot + Point(bend * 0.03, -size * 0.88),
        ]
        studio.fill(
            .joined([
                .limb(spine, [size * 0.085, size * 0.066, size * 0.055, size * 0.042, size * 0.02]),
                .limb(
                    [
                        spine[2], spine[2] + Point(-bend * 0.14, -size * 0.08),
                        spine[2] + Point(-bend * 0.24, -size * 0.10),
                    ], [size * 0.035, size * 0.028, size * 0.015]),
                .limb(
                    [
                        spine[3], spine[3] + Point(bend * 0.12, -size * 0.02),
                        spine[3] + Point(bend * 0.22, -size * 0.05),
                    ], [size * 0.03, size * 0.024, size * 0.015]),
            ]), bark, shade: 0.6)
        let needle = Color(random.pick([0x3C6E50, 0x2F6250, 0x4A7A50]))
        let pads: [(Double, Double, Double)] = [
            (-0.22, -0.57, 0.19), (0.23, -0.75, 0.18), (-0.10, -0.80, 0.17), (0.04, -0.94, 0.19),
        ]
        for (x, y, reach) in pads {
            let at = foot + Point(x * bend, y * size)
            func pad(_ scale: Double, _ shift: Double) -> Path {
                .closed([
                    at + Point(-reach * scale, 0.02 + shift) * size,
                    at + Point(-reach * 0.7 * scale, -0.055 * scale + shift) * size,
                    at + Point(-reach * 0.2 * scale, -0.085 * scale + shift) * size,
                    at + Point(reach * 0.3 * scale, -0.08 * scale + shift) * size,
                    at + Point(reach * 0.8 * scale, -0.045 * scale + shift) * size,
                    at + Point(reach * scale, 0.025 + shift) * size,
                    at + Point(0, 0.04 * scale + shift) * size,
                ])
            }
            studio.fill(pad(1, 0), needle.scaled(0.82), shade: 0.4)
            studio.fill(
                pad(0.82, -0.022), isSnowy ? Color(0xF6F9FF) : needle.mixed(Color(0xA8C878), 0.25),
                shade: 0.2, edge: false)
        }
    }

    /// A bare winter tree.
    func bare(_ foot: Point, _ size: Double) {
        var branches: [Path] = []
        func grow(_ start: Point, _ turn: Double, _ length: Double, _ thick: Double, _ level: Int) {
            let along = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
            let bend = random.uniform(-0.03...0.03)
            let middle = start + along * (length * 0.5) + Point(-along.y, along.x) * (bend * length)
            let end = start + along * length
            branches.append(.limb([start, middle, end], [thick, thick * 0.8, thick * 0.55]))
            guard level > 0 else { return }
            for side in [-1.0, 1.0] {
                grow(
                    end, turn + side * random.uniform(0.05...0.10), length * random.uniform(0.62...0.74),
                    thick * 0.56, level - 1)
            }
            if level > 1 { grow(middle, turn + random.sign() * 0.12, length * 0.5, thick * 0.4, level - 2) }
        }
        grow(foot, 0.75 + random.uniform(-0.01...0.01), size * 0.36, size * 0.065, studio.depth > 0.3 ? 2 : 3)
        studio.fill(.joined(branches), Color(0x5E4C46), shade: 0.3)
    }

    private func willow(_ foot: Point, _ size: Double, _ leaf: Color) {
        trunk(foot, size * 0.9, Color(0x6E5A44))
        let center = foot - Point(0, size * 0.70)
        crown(center, size * 0.30, size * 0.20, leaf)
        for index in 0..<9 {
            let x = (Double(index) - 4) / 4
            let top = center + Point(x * size * 0.28, size * (0.02 - 0.10 * (1 - x * x)))
            let length = size * random.uniform(0.26...0.44)
            studio.fill(
                .limb(
                    [top, top + Point(x * size * 0.05, length * 0.5), top + Point(x * size * 0.06, length)],
                    [size * 0.05, size * 0.045, size * 0.012]),
                index % 2 == 0 ? leaf : leaf.mixed(Color(0xE8F0A0), 0.2), shade: 0.2, edge: false)
        }
    }

    /// A bush of leaves, with blossoms in spring and summer.
    func bush(_ center: Point, _ radius: Double, flowers: Color? = nil) {
        crown(center, radius, radius * 0.66, leaves())
        guard let flowers, !isSnowy else { return }
        for _ in 0..<6 {
            let at =
                center + Point(random.uniform(-0.75...0.75) * radius, random.uniform(-0.5...0.35) * radius)
            studio.fill(.ellipse(at, radius * 0.11, radius * 0.11), flowers, shade: 0, edge: false)
        }
    }

    /// A row of far trees along a height.
    func treeLine(_ y: Double, _ size: Double, depth: Double, _ color: Color) {
        studio.depth = depth
        var crowns: [Path] = []
        var x = -0.03
        while x < width + 0.05 {
            let radius = size * random.uniform(0.6...1.15)
            crowns.append(
                .blob(Point(x, y - radius * 0.4), radius * 0.75, radius, roughness: 0.12, corners: 8, &random)
            )
            x += radius * 1.05
        }
        crowns.append(.rectangle(-0.05, y - size * 0.3, width + 0.05, y + size * 0.3))
        studio.fill(.joined(crowns), isSnowy ? color.mixed(Color(0xEEF3FA), 0.45) : color, shade: 0.4)
    }
}
