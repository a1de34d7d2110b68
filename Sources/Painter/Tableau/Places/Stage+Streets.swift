/// Towns, alleys, markets and stations: streets in perspective.
extension Stage {
    /// A rectangle on a wall that stands `x` metres aside and runs away from the viewer.
    func wallPatch(_ x: Double, _ y0: Double, _ y1: Double, _ z0: Double, _ z1: Double) -> Path {
        .polygon([at(x, y0, z0), at(x, y1, z0), at(x, y1, z1), at(x, y0, z1)])
    }

    /// A rectangle on the ground.
    func groundPatch(_ x0: Double, _ x1: Double, _ z0: Double, _ z1: Double) -> Path {
        .polygon([at(x0, 0, z0), at(x1, 0, z0), at(x1, 0, z1), at(x0, 0, z1)])
    }

    /// Paving that runs to the horizon.
    func paving(_ color: Color, half: Double = 6, tiles: Double = 0.9) {
        studio.fill(
            .polygon([
                Point(-0.2, height + 0.1), Point(width + 0.2, height + 0.1),
                Point(width + 0.2, horizon + 0.002), Point(-0.2, horizon + 0.002),
            ]), ground(color), shade: 0.5, edge: false)
        guard !isSnowy else { return }
        let line = color.scaled(0.86)
        var z = 1.0
        while z < 9 {
            let y = at(0, 0, z).y
            if y < height + 0.02 {
                studio.stroke(
                    .polyline([Point(-0.1, y), Point(width + 0.1, y)]), line,
                    width: 0.004 / max(z * 0.6, 0.7), opacity: 0.8)
            }
            z *= 1.32
        }
        var x = -half
        while x <= half {
            studio.stroke(.polyline([at(x, 0, 0.7), at(x, 0, 14)]), line, width: 0.0026, opacity: 0.7)
            x += tiles
        }
        if tableau.weather == .rain || tableau.weather == .storm { puddles() }
    }

    func puddles() {
        for _ in 0..<4 {
            let center = Point(random.unit() * width, down(random.uniform(0.4...0.95)))
            let reach = (center.y - horizon) * random.uniform(0.16...0.3)
            studio.fill(
                .closed([
                    center + Point(-reach, 0), center + Point(-reach * 0.3, -reach * 0.16),
                    center + Point(reach, 0.0), center + Point(reach * 0.2, reach * 0.2),
                ]), studio.air.sky[1].mixed(studio.air.sky[2], 0.5), shade: 0, edge: false, opacity: 0.7,
                glowing: true)
        }
    }

    func paintTown() {
        paintSky()
        if random.chance(0.5) {
            range(base: horizon + 0.01, height: 0.16, Color(0x7A90B4), depth: 0.6, peaks: 3, sharp: 0.2)
        }
        studio.depth = 0.40
        var x = -0.05
        while x < width {
            let wide = random.uniform(0.09...0.14)
            house(left: x, base: horizon + 0.012, width: wide, height: random.uniform(0.09...0.15))
            x += wide * 1.04
        }
        if random.chance(0.5) { clockTower(width * random.uniform(0.38...0.62)) }
        land(horizon + 0.01, swing: 0, ground(Color(0xC6B8A4)), depth: 0.2, edge: false)
        studio.depth = 0.1
        paving(Color(random.pick([0xD8C8AE, 0xCDC3B4, 0xDDC9B4])), half: 5, tiles: 0.7)
        for side in [-1.0, 1.0] {
            studio.depth = 0.2
            house(left: side < 0 ? -0.02 : width - 0.21, base: down(0.10), width: 0.23, height: 0.27)
            studio.depth = 0.06
            let wide = random.uniform(0.24...0.32)
            if side == heavySide || random.chance(0.5) {
                house(
                    left: side < 0 ? -0.12 : width + 0.12 - wide, base: down(0.24), width: wide,
                    height: random.uniform(0.36...0.44))
            }
        }
        studio.depth = 0
        streetLamp(Point(aside(heavySide, within: 0.17...0.22), down(0.46)), 0.46)
        for side in [-1.0, 1.0] where random.chance(0.7) {
            flowerPot(Point(aside(side, within: 0.03...0.10), down(0.42)), 0.05)
        }
        if random.chance(0.4) { treeInGrate(Point(aside(-heavySide, within: 0.12...0.17), down(0.36))) }
    }

    private func treeInGrate(_ foot: Point) { tree(tableau.season == .winter ? .bare : .round, foot, 0.42) }

    private func clockTower(_ x: Double) {
        let base = horizon + 0.012
        studio.fill(.rectangle(x - 0.035, base - 0.30, x + 0.035, base), Color(0xD8C4A4), shade: 0.7)
        studio.fill(
            .polygon([Point(x - 0.045, base - 0.30), Point(x, base - 0.40), Point(x + 0.045, base - 0.30)]),
            Color(0x5D7798), shade: 0.7)
        studio.fill(.ellipse(Point(x, base - 0.25), 0.022, 0.022), Color(0xFBF4E0), shade: 0, glowing: lit)
        studio.stroke(
            .polyline([Point(x, base - 0.265), Point(x, base - 0.25), Point(x + 0.011, base - 0.243)]),
            Color(0x3A3238), width: 0.004)
    }

    func flowerPot(_ foot: Point, _ size: Double) {
        bush(
            foot - Point(0, size * 1.2), size * 0.85,
            flowers: Color(random.pick([0xE8607C, 0xF2B43C, 0xFFFFFF])))
        studio.fill(
            .polygon([
                foot + Point(-0.62, -0.95) * size, foot + Point(0.62, -0.95) * size,
                foot + Point(0.45, 0) * size, foot + Point(-0.45, 0) * size,
            ]), Color(0xBE6A46), shade: 0.7)
        studio.fill(
            .rectangle(foot.x - size * 0.7, foot.y - size * 1.08, foot.x + size * 0.7, foot.y - size * 0.86),
            Color(0xCC7A54), shade: 0.3)
    }

    func paintAlley() {
        paintSky()
        let half = random.uniform(1.5...1.9)
        let end = random.uniform(7...9)
        studio.depth = 0.34
        // What closes the view.
        house(left: width / 2 - 0.10, base: at(0, 0, end).y, width: 0.20, height: 0.20)
        tree(anyTree(), Point(width / 2 + random.sign() * 0.10, at(0, 0, end).y), 0.22)
        studio.depth = 0.02
        paving(Color(random.pick([0xC4B8A6, 0xB8B0A4, 0xCBBBA2])), half: half, tiles: 0.5)
        let walls = [
            Color(0xE2C9A6), Color(0xD9A98C), Color(0xC9CBB8), Color(0xE8DAC4), Color(0xB9C4CC),
            Color(0xD9B8A8),
        ]
        for side in [-1.0, 1.0] {
            var z = end
            var index = Int(random.next() % 6)
            while z > 0.55 {
                let front = max(0.5, z - random.uniform(1.5...2.3))
                building(side * half, from: front, to: z, walls[index % walls.count])
                index += 1
                z = front
            }
        }
        studio.depth = 0
        wires(half)
        for side in [-1.0, 1.0] {
            let z = random.uniform(1.7...2.3)
            let foot = at(side * (half - 0.22), 0, z)
            flowerPot(foot, 0.14 / z)
            if random.chance(0.5) { flowerPot(at(side * (half - 0.2), 0, z + 0.5), 0.13 / (z + 0.5)) }
        }
    }

    private func building(_ x: Double, from near: Double, to far: Double, _ wall: Color) {
        let high = random.uniform(2.7...4.4)
        let roof = random.pick([Color(0x5C6470), Color(0xA8523C), Color(0x70604E)])
        studio.depth = min(0.3, (near - 0.5) * 0.035)
        let side: Double = x < 0 ? -1 : 1
        let shaded = side == studio.air.side ? wall.scaled(0.86) : wall
        // The end that faces the viewer hides what lies behind.
        studio.fill(
            .polygon([
                at(x, 0, near), at(x, high, near), at(x + side * 3, high, near), at(x + side * 3, 0, near),
            ]), shaded.scaled(0.9), shade: 0.2, edge: false)
        studio.fill(wallPatch(x, 0, high, near, far), shaded, shade: 0.7)
        studio.fill(wallPatch(x, 0, 0.35, near, far), shaded.scaled(0.78), shade: 0, edge: false)
        studio.fill(
            .polygon([
                at(x - side * 0.16, high - 0.06, near), at(x - side * 0.16, high - 0.06, far),
                at(x + side * 0.5, high + 0.55, far), at(x + side * 0.5, high + 0.55, near),
            ]), isSnowy ? Color(0xF2F6FC) : roof, shade: 0.5)
        let span = far - near
        let doorAt = near + span * random.uniform(0.18...0.30)
        studio.fill(
            wallPatch(x, 0, 2.0, doorAt, doorAt + 0.75),
            Color(random.pick([0x3F6C84, 0x8A5038, 0x4C7058, 0x7A3F44])), shade: 0.4)
        for (z, y) in [(near + span * 0.66, 1.0), (near + span * 0.2, 2.6), (near + span * 0.66, 2.6)]
        where y + 0.8 < high {
            let window = wallPatch(x, y, y + 0.85, z, z + min(0.8, span * 0.3))
            if lit {
                studio.glow(
                    window.bounds.center, radius: window.bounds.height * 1.1, Color(0xFFC766), strength: 0.35)
            }
            studio.fill(
                wallPatch(x, y - 0.08, y + 0.93, z - 0.06, z + min(0.86, span * 0.3 + 0.06)), Color(0xF2E8D8),
                shade: 0, edge: false)
            studio.fill(window, paneColor, shade: 0, edge: false, glowing: lit)
            let middle = z + min(0.8, span * 0.3) / 2
            studio.stroke(
                .polyline([at(x, y, middle), at(x, y + 0.85, middle)]), Color(0xF2E8D8), width: 0.012 / z)
        }
        if random.chance(0.55) {
            let z = near + span * 0.5
            let color = Color(random.pick([0xD8503C, 0x3F7CA8, 0xE8B23C, 0x4C8C68]))
            let low = at(x - side * 0.55, 1.75, z)
            let board = Path.polygon([
                at(x - side * 0.08, 2.65, z), at(x - side * 0.55, 2.65, z), low, at(x - side * 0.08, 1.75, z),
            ])
            studio.fill(board, color, shade: 0.3, glowing: lit)
            studio.fill(
                .ellipse(board.bounds.center, board.bounds.width * 0.26, board.bounds.height * 0.3),
                Color(0xFBF2DC), shade: 0, edge: false, glowing: lit)
        } else if random.chance(0.6) {
            let z = near + span * 0.45
            studio.fill(
                .polygon([
                    at(x, 2.3, z - 0.5), at(x, 2.3, z + 0.6), at(x - side * 0.5, 2.0, z + 0.6),
                    at(x - side * 0.5, 2.0, z - 0.5),
                ]), Color(random.pick([0xD8503C, 0x3F8C74, 0xE8B23C])), shade: 0.3)
        }
    }

    private func wires(_ half: Double) {
        if tableau.glow == .lanterns {
            for z in [4.2, 2.4] { lanternString(at(-half, 3.0, z), at(half, 3.0, z), 4, 0.26 / z) }
            return
        }
        for z in [5.0, 3.0] {
            let (left, right) = (at(-half, 3.2, z), at(half, 3.4, z))
            studio.line(
                [left, left.mixed(with: right, 0.5) + Point(0, 0.10 / z), right], Color(0x4A4650),
                width: 0.007 / z + 0.0012)
        }
        guard random.chance(0.6), tableau.weather == .clear || tableau.weather == .fog else { return }
        // Washing on the line.
        let z = 3.6
        let (left, right) = (at(-half, 2.9, z), at(half, 2.9, z))
        studio.line([left, right], Color(0x6A6468), width: 0.003)
        for index in 0..<4 {
            let top = left.mixed(with: right, 0.18 + 0.2 * Double(index))
            let (wide, high) = (0.20 / z, random.uniform(0.28...0.5) / z)
            studio.fill(
                .polygon([
                    top + Point(-wide, 0), top + Point(wide, 0), top + Point(wide * 0.9, high),
                    top + Point(-wide * 0.95, high * 0.95),
                ]), Color(random.pick([0xFBFBF6, 0xE87878, 0x6CA0D0, 0xF2C860, 0x8CC08C])), shade: 0.4)
        }
    }

    func paintMarket() {
        paintSky()
        studio.depth = 0.36
        var x = -0.05
        while x < width {
            let wide = random.uniform(0.10...0.16)
            house(left: x, base: horizon + 0.01, width: wide, height: random.uniform(0.12...0.18))
            x += wide * 1.02
        }
        studio.depth = 0.05
        paving(Color(0xCBBCA6), half: 5, tiles: 0.8)
        let cloths = [Color(0xD8483C), Color(0x3F8C74), Color(0xE8B23C), Color(0x3F78B0), Color(0xC85C8C)]
        for side in [-1.0, 1.0] {
            for (index, z) in [4.6, 3.1, 2.1].enumerated() {
                studio.depth = 0.22 - 0.09 * Double(index)
                stall(
                    side, z, cloths[(index + (side < 0 ? 0 : 2)) % cloths.count],
                    goods: index + (side < 0 ? 0 : 3))
            }
        }
        studio.depth = 0
        if tableau.glow == .lanterns || isDark {
            for z in [3.4, 2.0] { lanternString(at(-1.9, 2.75, z), at(1.9, 2.75, z), 5, 0.24 / z) }
        } else {
            bunting(at(-1.9, 2.9, 2.6), at(1.9, 2.9, 2.6))
        }
    }

    private func bunting(_ left: Point, _ right: Point) {
        let colors = [Color(0xE0503C), Color(0xF2C43C), Color(0x4C9CC8), Color(0x6CB06C)]
        for index in 0..<12 {
            let fraction = (Double(index) + 0.5) / 12
            let top = left.mixed(with: right, fraction) + Point(0, 0.12 * fraction * (1 - fraction))
            studio.fill(
                .polygon([top + Point(-0.02, 0), top + Point(0.02, 0), top + Point(0, 0.035)]),
                colors[index % 4], shade: 0)
        }
        studio.line(
            (0...6).map {
                left.mixed(with: right, Double($0) / 6)
                    + Point(0, 0.12 * Double($0) / 6 * (1 - Double($0) / 6))
            }, Color(0x5A5458), width: 0.003)
    }

    /// A stall with a striped awning and goods on its counter.
    private func stall(_ side: Double, _ z: Double, _ cloth: Color, goods: Int) {
        let inner = side * 0.98
        let outer = side * 3.2
        func front(_ x: Double, _ y: Double) -> Point { at(x, y, z) }
        let back = z + 0.9
        studio.fill(
            .polygon([front(outer, 0), front(outer, 2.2), front(inner, 2.2), front(inner, 0)]),
            Color(0x6E5444).scaled(0.85), shade: 0.2, edge: false)
        studio.fill(
            .polygon([at(inner, 0, z), at(inner, 0.85, z), at(inner, 0.85, back), at(inner, 0, back)]),
            Color(0x96704C), shade: 0.4)
        studio.fill(
            .polygon([front(outer, 0), front(outer, 0.85), front(inner, 0.85), front(inner, 0)]),
            Color(0xB88A5C), shade: 0.5)
        for post in [inner, side * 2.9] {
            studio.stroke(.polyline([front(post, 0.8), front(post, 2.3)]), Color(0x7A5A40), width: 0.05 / z)
        }
        if lit { studio.glow(front(side * 2.0, 1.7), radius: 0.9 / z, Color(0xFFD08A), strength: 0.55) }
        let tones: [[Int]] = [
            [0xE04A3C, 0xF2A03C], [0xF2C43C, 0xE8E0A0], [0x7CB04C, 0xC8DC6C], [0xE87898, 0xF6C8D4],
            [0x8C5CA8, 0x5C4C88], [0xF29C4C, 0xE8683C],
        ]
        let pair = tones[goods % tones.count].map { Color($0) }
        for row in 0..<2 {
            for column in 0..<6 {
                let x = side * (1.12 + 0.28 * Double(column) + 0.1 * Double(row))
                let center = front(x, 0.93 + 0.15 * Double(row))
                studio.fill(
                    .ellipse(center, 0.125 / z, 0.115 / z), pair[(column + row) % 2], shade: 0.6, edge: z < 2)
            }
        }
        let stripes = 7
        for stripe in 0..<stripes {
            let a = inner - side * 0.12 + (outer - inner) * Double(stripe) / Double(stripes)
            let b = inner - side * 0.12 + (outer - inner) * Double(stripe + 1) / Double(stripes)
            let color =
                isSnowy
                ? (stripe % 2 == 0 ? Color(0xF2F6FC) : cloth.mixed(.white, 0.6))
                : stripe % 2 == 0 ? cloth : Color(0xFBF4E6)
            var path = Path.polyline([front(a, 2.75), front(b, 2.75), at(b, 2.12, z * 0.86)])
            let (low, high) = (at(a, 2.12, z * 0.86), at(b, 2.12, z * 0.86))
            let dip = Point(0, 0.09 / z)
            path.elements.append(.curve(high + dip, low + dip, low))
            path.elements.append(.close)
            studio.fill(path, color, shade: 0.3, edge: true)
        }
    }

    func paintStation() {
        paintSky()
        treeLine(horizon + 0.005, 0.05, depth: 0.5, leaves())
        studio.depth = 0.4
        for index in 0..<5 {
            block(
                left: width * (0.02 + 0.2 * Double(index)), base: horizon + 0.005,
                width: random.uniform(0.08...0.14), height: random.uniform(0.06...0.16),
                Color(random.pick([0xC8C0BC, 0xB8C0C8, 0xD0C4B0])))
        }
        let side = heavySide
        studio.depth = 0.05
        // Gravel, tracks, train on one side, platform on the other.
        studio.fill(
            .polygon([
                Point(-0.1, height + 0.1), Point(width + 0.1, height + 0.1),
                Point(width + 0.1, horizon + 0.004), Point(-0.1, horizon + 0.004),
            ]), ground(Color(0x9C948C)), shade: 0.3, edge: false)
        var z = 0.7
        while z < 9 {
            let tie = groundPatch(side * 1.1, side * 2.7, z, z + 0.16)
            studio.fill(tie, ground(Color(0x6C5444)), shade: 0, edge: false)
            z += 0.42 * max(1, z * 0.5)
        }
        for rail in [1.4, 2.4] {
            studio.fill(
                groundPatch(side * rail, side * (rail + 0.09), 0.5, 30), Color(0x5C6068), shade: 0,
                edge: false)
        }
        train(side)
        studio.depth = 0
        let platform = Path.polygon([
            at(side * 0.85, 0, 0.4), at(side * 0.85, 0, 40), at(-side * 6, 0, 40), at(-side * 6, 0, 0.4),
        ])
        studio.fill(platform, ground(Color(0xCFC7B8)), shade: 0.5)
        studio.fill(
            .polygon([
                at(side * 0.85, 0, 0.4), at(side * 0.85, 0, 40), at(side * 0.85, -0.35, 40),
                at(side * 0.85, -0.35, 0.4),
            ]), Color(0x8C8478), shade: 0, edge: false)
        studio.fill(
            .polygon([
                at(side * 0.62, 0, 0.4), at(side * 0.62, 0, 40), at(side * 0.48, 0, 40),
                at(side * 0.48, 0, 0.4),
            ]), Color(0xF2C43C), shade: 0, edge: false)
        var seam = 0.9
        while seam < 9 {
            studio.stroke(
                .polyline([at(side * 0.46, 0, seam), at(-side * 5, 0, seam)]), ground(Color(0xB4AC9C)),
                width: 0.004 / seam + 0.001)
            seam *= 1.3
        }
        // The platform's roof and posts.
        for z in [6.0, 4.0, 2.6] {
            studio.depth = 0.04 * z
            studio.stroke(
                .polyline([at(-side * 1.5, 0, z), at(-side * 1.5, 3.0, z)]), Color(0x4F6474), width: 0.13 / z,
                edge: true)
            if lit { studio.glow(at(-side * 1.0, 2.85, z), radius: 0.5 / z, Color(0xFFE0A0), strength: 0.6) }
        }
        studio.depth = 0.02
        studio.fill(
            .polygon([
                at(side * 0.2, 3.05, 1.0), at(side * 0.2, 3.05, 9), at(-side * 4, 3.6, 9),
                at(-side * 4, 3.6, 1.0),
            ]), isSnowy ? Color(0xE6ECF4) : Color(0x7C8C94), shade: 0.5)
        studio.fill(
            .polygon([
                at(side * 0.2, 3.05, 1.0), at(side * 0.2, 3.05, 9), at(side * 0.2, 3.25, 9),
                at(side * 0.2, 3.25, 1.0),
            ]), Color(0x4F6474), shade: 0)
        stationClock(at(-side * 0.6, 2.7, 2.6), 0.20)
    }

    private func stationClock(_ center: Point, _ size: Double) {
        studio.stroke(
            .polyline([center, center - Point(0, size * 0.42)]), Color(0x3A4450), width: size * 0.06)
        studio.fill(.ellipse(center, size * 0.26, size * 0.26), Color(0x3A4450), shade: 0)
        studio.fill(
            .ellipse(center, size * 0.21, size * 0.21), Color(0xFBF6E8), shade: 0, edge: false, glowing: lit)
        studio.stroke(
            .polyline([center + Point(0, -0.14) * size, center, center + Point(0.10, 0.04) * size]),
            Color(0x2A2A30), width: size * 0.035)
    }

    private func train(_ side: Double) {
        let paint = Color(random.pick([0x3F78A8, 0x4C8C6C, 0xC8503C, 0xE0A03C]))
        let (near, far) = (random.uniform(2.6...3.6), 26.0)
        let x = side * 1.15
        studio.depth = 0.04
        studio.fill(
            .polygon([at(x, -0.1, near), at(x, 2.5, near), at(x, 2.5, far), at(x, -0.1, far)]), paint,
            shade: 0.4)
        studio.fill(
            .polygon([at(x, 1.05, near), at(x, 2.0, near), at(x, 2.0, far), at(x, 1.05, far)]),
            Color(0xF4EEDF), shade: 0, edge: false)
        var z = near + 0.35
        while z < 14 {
            let long = 0.85
            let window = wallPatch(x, 1.15, 1.9, z, z + long)
            if lit {
                studio.glow(
                    window.bounds.center, radius: window.bounds.height * 0.9, Color(0xFFC766), strength: 0.3)
            }
            studio.fill(window, paneColor, shade: 0, edge: false, glowing: lit)
            z += long * 1.45
        }
        // The engine's face.
        let wide = side * 1.7
        studio.fill(
            .closed([
                at(x, -0.1, near), at(x, 1.3, near), at(x + wide * 0.06, 2.45, near),
                at(x + wide * 0.5, 2.65, near), at(x + wide * 0.94, 2.45, near), at(x + wide, 1.3, near),
                at(x + wide, -0.1, near),
            ]), paint.scaled(0.94), shade: 0.6)
        studio.fill(
            .polygon([
                at(x + wide * 0.12, 1.3, near), at(x + wide * 0.16, 2.15, near),
                at(x + wide * 0.84, 2.15, near), at(x + wide * 0.88, 1.3, near),
            ]), paneColor.scaled(lit ? 1 : 0.8), shade: 0.4, glowing: lit)
        studio.fill(
            .polygon([at(x, 0.2, near), at(x, 0.5, near), at(x + wide, 0.5, near), at(x + wide, 0.2, near)]),
            Color(0xF2C43C), shade: 0, edge: false)
        for lamp in [0.2, 0.8] {
            let center = at(x + wide * lamp, 0.85, near)
            if lit { studio.glow(center, radius: 0.5 / near, Color(0xFFF0C0), strength: 0.8) }
            studio.fill(.ellipse(center, 0.14 / near, 0.14 / near), Color(0xFFF6D8), shade: 0, glowing: lit)
        }
    }
}
