/// Temples, old Korean houses, villages under snow.
extension Stage {
    func paintTemple() {
        paintSky()
        range(
            base: horizon + 0.02, height: random.uniform(0.20...0.30), Color(0x6C8CA8), depth: 0.58, peaks: 3,
            sharp: 0.2)
        range(
            base: horizon + 0.02, height: random.uniform(0.12...0.18), Color(0x4F7C68), depth: 0.40, peaks: 4,
            sharp: 0.2)
        mist(horizon - 0.04, thickness: 0.05, strength: 0.4)
        treeLine(horizon + 0.01, 0.06, depth: 0.3, leaves().mixed(Color(0x2F6250), 0.4))
        land(horizon + 0.005, swing: 0, ground(Color(0xC9BBA0)), depth: 0.16, edge: false)
        studio.depth = 0.12
        let middle = width / 2 + random.uniform(-0.08...0.08)
        for side in [-1.0, 1.0] { tree(.pine, Point(middle + side * 0.38, down(0.04)), 0.36) }
        hanokHouse(left: middle - 0.27, base: down(0.10), width: 0.54, height: 0.36, temple: true)
        // Steps.
        for step in 0..<4 {
            let y = down(0.105 + 0.024 * Double(step))
            let half = 0.09 + 0.012 * Double(step)
            studio.fill(
                .rectangle(middle - half, y, middle + half, y + fore * 0.026),
                ground(Color(0xB8B0A2)).scaled(1 - 0.03 * Double(step)), shade: 0.2)
        }
        studio.depth = 0.04
        land(down(0.20), swing: 0.002, ground(Color(0xD6C8AC)), edge: false)
        pagoda(Point(aside(heavySide, within: 0.18...0.24), down(0.34)), 0.36)
        stoneLantern(Point(aside(-heavySide, within: 0.18...0.24), down(0.32)), 0.20)
        if tableau.glow == .lanterns || random.chance(0.5) {
            lanternString(Point(-0.05, height * 0.10), Point(width + 0.05, height * 0.13), 6, 0.055)
            lanternString(Point(-0.05, height * 0.20), Point(width + 0.05, height * 0.17), 7, 0.045)
        }
        studio.depth = 0
        if random.chance(0.6) {
            tree(
                tableau.season == .spring ? .blossom : tableau.season == .autumn ? .round : .pine,
                Point(aside(heavySide, within: 0.0...0.06), down(0.5)), 0.62)
        }
        tufts(8, from: down(0.5), to: height, grass().scaled(0.85), height: 0.045)
        if tableau.season == .autumn, !isSnowy { fallenLeaves(26, from: down(0.3)) }
    }

    func stoneLantern(_ foot: Point, _ size: Double) {
        let stone = Color(0xA8A6A4)
        studio.fill(
            .polygon([
                foot + Point(-0.26, 0) * size, foot + Point(0.26, 0) * size, foot + Point(0.18, -0.12) * size,
                foot + Point(-0.18, -0.12) * size,
            ]), stone, shade: 0.4)
        studio.fill(
            .rectangle(foot.x - size * 0.08, foot.y - size * 0.5, foot.x + size * 0.08, foot.y - size * 0.1),
            stone, shade: 0.6)
        if lit {
            studio.glow(foot - Point(0, size * 0.66), radius: size * 0.6, Color(0xFFD98A), strength: 0.7)
        }
        studio.fill(
            .rectangle(foot.x - size * 0.19, foot.y - size * 0.8, foot.x + size * 0.19, foot.y - size * 0.48),
            stone, shade: 0.5)
        studio.fill(
            .rectangle(
                foot.x - size * 0.09, foot.y - size * 0.75, foot.x + size * 0.09, foot.y - size * 0.54),
            lit ? Color(0xFFE79A) : Color(0x5A5860), shade: 0, edge: false, glowing: lit)
        studio.fill(
            .closed([
                foot + Point(-0.34, -0.80) * size, foot + Point(0, -1.04) * size,
                foot + Point(0.34, -0.80) * size, foot + Point(0, -0.76) * size,
            ]), isSnowy ? Color(0xF2F6FC) : stone.scaled(0.85), shade: 0.5)
    }

    func paintHanokVillage() {
        paintSky()
        range(
            base: horizon + 0.02, height: random.uniform(0.18...0.26), Color(0x7890B0), depth: 0.58, peaks: 3,
            sharp: 0.2)
        // Roof behind roof, down to the lane.
        for row in 0..<3 {
            studio.depth = 0.42 - 0.12 * Double(row)
            let base = horizon - 0.085 + 0.040 * Double(row)
            let size = 0.17 + 0.06 * Double(row)
            var x = -0.12 + random.unit() * 0.08
            while x < width + 0.05 {
                let wide = size * random.uniform(1.1...1.5)
                hanokHouse(left: x, base: base + 0.015, width: wide, height: size * 0.78)
                x += wide * 1.24
            }
            if row == 1 {
                for _ in 0..<3 {
                    tree(
                        tableau.season == .winter ? .bare : anyTree(),
                        Point(random.unit() * width, base + 0.02), 0.16)
                }
            }
        }
        land(down(0.14), swing: 0, ground(Color(0xCDBB9C)), depth: 0.06, edge: false)
        studio.depth = 0.04
        paving(Color(0xCFC0A6), half: 3, tiles: 0.7)
        for side in [-1.0, 1.0] {
            studio.depth = 0.03
            lane(side * 1.65)
        }
        studio.depth = 0
        if tableau.glow == .lanterns { lanternString(at(-1.65, 2.1, 2.6), at(1.65, 2.1, 2.6), 5, 0.10) }
        if random.chance(0.6) {
            let kind: TreeKind =
                tableau.season == .spring
                ? .blossom : tableau.season == .autumn ? .round : tableau.season == .winter ? .bare : .pine
            tree(
                kind, Point(aside(heavySide, within: 0.0...0.08), down(0.30)), 0.55,
                leaves: tableau.season == .autumn ? Color(0xE8A83C) : nil)
        }
    }

    /// The wall along a lane: stones, plaster, a roof of tiles.
    private func lane(_ x: Double) {
        let (near, far) = (0.7, 6.5)
        studio.fill(wallPatch(x, 0, 1.35, near, far), Color(0xD9C8A8), shade: 0.6)
        for row in 0..<3 {
            var z = near
            var index = 0
            while z < far {
                let long = 0.30 + 0.05 * z
                let patch = wallPatch(
                    x, 0.08 + 0.24 * Double(row), 0.26 + 0.24 * Double(row),
                    z + (row % 2 == 0 ? 0 : long * 0.5), z + long * 0.8 + (row % 2 == 0 ? 0 : long * 0.5))
                if patch.bounds.right > -0.1, patch.bounds.left < width + 0.1 {
                    studio.fill(
                        patch, Color(0xA89C8A).scaled(0.92 + 0.06 * Double(index % 3)), shade: 0, edge: false)
                }
                z += long
                index += 1
            }
        }
        let side: Double = x < 0 ? -1 : 1
        let tile = isSnowy ? Color(0xEEF3FB) : Color(0x4C505A)
        studio.fill(
            .polygon([
                at(x - side * 0.22, 1.30, near), at(x - side * 0.22, 1.30, far),
                at(x + side * 0.05, 1.62, far), at(x + side * 0.05, 1.62, near),
            ]), tile, shade: 0.5)
        var z = near
        while z < far {
            studio.line(
                [at(x - side * 0.22, 1.30, z), at(x + side * 0.05, 1.62, z)], tile.mixed(.white, 0.2),
                width: 0.012 / z)
            z += 0.16 * max(1, z * 0.6)
        }
    }

    func paintSnowVillage() {
        paintSky()
        range(
            base: horizon + 0.02, height: random.uniform(0.22...0.32), Color(0x8C9CC4), depth: 0.5, peaks: 3,
            sharp: 0.7, snow: true)
        treeLine(horizon + 0.0, 0.06, depth: 0.42, Color(0x6C8CA0))
        let snow = Color(0xF2F6FC)
        land(horizon - 0.01, swing: 0.02, snow.mixed(Color(0xB8C8E4), 0.3), depth: 0.22)
        for row in 0..<2 {
            studio.depth = 0.22 - 0.1 * Double(row)
            let count = 3
            for index in 0..<count {
                let wide = 0.15 + 0.06 * Double(row)
                let x = width * (Double(index) + 0.5) / Double(count) + random.uniform(-0.08...0.08)
                if row == 1, abs(x - staging.across) < 0.14 { continue }
                house(
                    left: x - wide / 2, base: down(0.05 + 0.13 * Double(row)) + random.uniform(-0.01...0.01),
                    width: wide, height: wide * 0.66, snowy: true)
            }
            land(
                down(0.06 + 0.14 * Double(row)), swing: 0.02,
                snow.mixed(Color(0xB8C8E4), 0.16 - 0.08 * Double(row)), depth: 0.12 - 0.06 * Double(row))
        }
        studio.depth = 0.05
        for side in [-1.0, 1.0] {
            for _ in 0..<2 {
                tree(
                    .fir, Point(aside(side, within: 0.0...0.16), down(random.uniform(0.2...0.42))),
                    random.uniform(0.3...0.46))
            }
        }
        studio.depth = 0
        land(down(0.46), swing: 0.03, snow, edge: false)
        pathway(from: down(0.20), Color(0xD2DCEC), spread: 0.16)
        if random.chance(0.5) { streetLamp(Point(aside(-heavySide, within: 0.16...0.22), down(0.44)), 0.42) }
        if random.chance(0.6) { snowman(Point(aside(heavySide, within: 0.14...0.22), down(0.66)), 0.2) }
    }

    func snowman(_ foot: Point, _ size: Double) {
        let snow = Color(0xFAFCFF)
        studio.groundShadow(foot, width: size * 0.5, height: size * 0.08)
        studio.fill(.ellipse(foot - Point(0, size * 0.34), size * 0.42, size * 0.36), snow, shade: 1)
        studio.fill(.ellipse(foot - Point(0, size * 0.86), size * 0.28, size * 0.26), snow, shade: 1)
        for side in [-1.0, 1.0] {
            studio.line(
                [foot + Point(side * 0.36, -0.46) * size, foot + Point(side * 0.66, -0.70) * size],
                Color(0x6A4A38), width: size * 0.035)
            studio.fill(
                .ellipse(foot + Point(side * 0.10, -0.92) * size, size * 0.03, size * 0.034), Color(0x2A2630),
                shade: 0, edge: false)
        }
        studio.fill(
            .polygon([
                foot + Point(0, -0.87) * size, foot + Point(0.20, -0.82) * size,
                foot + Point(0, -0.80) * size,
            ]), Color(0xF08A3C), shade: 0)
        studio.line(
            [
                foot + Point(-0.24, -0.66) * size, foot + Point(0, -0.60) * size,
                foot + Point(0.24, -0.66) * size,
            ], Color(0xD8483C), width: size * 0.09, edge: true)
        studio.fill(
            .rectangle(
                foot.x - size * 0.22, foot.y - size * 1.12, foot.x + size * 0.22, foot.y - size * 1.05),
            Color(0x3A3A48), shade: 0)
        studio.fill(
            .rectangle(
                foot.x - size * 0.15, foot.y - size * 1.32, foot.x + size * 0.15, foot.y - size * 1.08),
            Color(0x3A3A48), shade: 0.4)
    }
}
