/// A room with a window, a roof over the town, and a plain ground.
extension Stage {
    func paintRoom() {
        let air = studio.air
        let wall = Color(random.pick([0xE8D6B8, 0xC9D8CC, 0xE6C8BC, 0xC4CEDC, 0xE2D4DC, 0xD8C8A8]))
        let warm = lit ? wall.mixed(Color(0xE8B070), 0.18) : wall
        studio.depth = 0
        studio.canvas.cover(.solid(studio.tint(warm), opacity: 1))
        studio.fill(.rectangle(-0.05, -0.05, width + 0.05, height + 0.05), warm, shade: 0.5, edge: false)
        let floorLine = down(0.34)
        if random.chance(0.5) { wallpaper(warm, floorLine) }
        window(floorLine)
        // The floor in perspective.
        let wood = Color(random.pick([0xC08A58, 0xA87650, 0xD0A070]))
        studio.fill(.rectangle(-0.05, floorLine, width + 0.05, height + 0.05), wood, shade: 0.6)
        for index in -6...6 {
            let top = Point(width / 2 + Double(index) * 0.12, floorLine)
            studio.stroke(
                .polyline([top, Point(width / 2 + Double(index) * 0.27, height + 0.05)]), wood.scaled(0.82),
                width: 0.0035)
        }
        studio.fill(
            .rectangle(-0.05, floorLine - 0.022, width + 0.05, floorLine), Color(0xF4ECDC), shade: 0.2)
        if air.lampsLit == false { lightOnFloor(floorLine) }
        // Furniture on both sides.
        if heavySide < 0 {
            bookshelf(left: -0.04, base: floorLine + 0.03)
        } else {
            bookshelf(left: width - 0.24, base: floorLine + 0.03)
        }
        if random.chance(0.6) { bed(floorLine) } else { desk(floorLine) }
        let rug = Color(random.pick([0xB8483C, 0x3F6C84, 0xC89C4C, 0x6C8C64]))
        let center = Point(staging.across, down(0.80))
        studio.fill(.ellipse(center, 0.34, 0.10), rug, shade: 0.3)
        studio.fill(.ellipse(center, 0.28, 0.078), rug.mixed(Color(0xF4E4C4), 0.4), shade: 0, edge: false)
        studio.fill(.ellipse(center, 0.24, 0.065), rug, shade: 0, edge: false)
        if lit {
            studio.glow(
                Point(aside(heavySide, within: 0.2...0.3), horizon - 0.05), radius: 0.55, Color(0xFFCE88),
                strength: 0.35)
        }
    }

    private func wallpaper(_ wall: Color, _ bottom: Double) {
        var x = 0.03
        while x < width {
            studio.stroke(
                .polyline([Point(x, -0.05), Point(x, bottom)]), wall.mixed(.white, 0.22), width: 0.012)
            x += 0.075
        }
    }

    /// A window with the world outside.
    private func window(_ floorLine: Double) {
        let center = Point(width * 0.5 + -heavySide * width * 0.10, horizon - 0.17 * height)
        let (half, high) = (0.21, 0.21)
        let frame = Path.rectangle(center.x - half, center.y - high, center.x + half, center.y + high)
        studio.fill(
            .rectangle(
                center.x - half - 0.025, center.y - high - 0.025, center.x + half + 0.025,
                center.y + high + 0.025), Color(0xF8F2E6), shade: 0.3)
        let sky = studio.air.sky.map { studio.tint($0, glowing: true) }
        studio.canvas.clipped(to: frame) {
            self.studio.canvas.fill(
                frame,
                .linear(
                    from: Point(0, center.y - high), to: Point(0, center.y + high),
                    stops: [
                        Canvas.Stop(offset: 0, color: sky[0]), Canvas.Stop(offset: 0.5, color: sky[1]),
                        Canvas.Stop(offset: 1, color: sky[2]),
                    ]))
            self.outside(center, half, high)
        }
        for x in [0.0] {
            studio.stroke(
                .polyline([center + Point(x, -high), center + Point(x, high)]), Color(0xF8F2E6), width: 0.014)
        }
        studio.stroke(
            .polyline([center + Point(-half, 0.0), center + Point(half, 0.0)]), Color(0xF8F2E6), width: 0.014)
        studio.fill(
            .rectangle(
                center.x - half - 0.05, center.y + high + 0.02, center.x + half + 0.05,
                center.y + high + 0.045), Color(0xEFE4D0), shade: 0.4)
        let cloth = Color(random.pick([0xD8685C, 0x6C94B8, 0xE8C878, 0x8CB08C, 0xF4ECE0]))
        for side in [-1.0, 1.0] {
            let edge = center.x + side * (half + 0.06)
            studio.fill(
                .closed([
                    Point(edge, center.y - high - 0.05), Point(edge - side * 0.14, center.y - high - 0.05),
                    Point(edge - side * 0.11, center.y),
                    Point(edge - side * 0.05, center.y + high * 0.6),
                    Point(edge - side * 0.08, center.y + high + 0.08),
                    Point(edge + side * 0.015, center.y + high + 0.08),
                ]), cloth, shade: 0.9)
            for fold in [0.035, 0.075] {
                studio.line(
                    [
                        Point(edge - side * fold, center.y - high - 0.04),
                        Point(edge - side * fold * 0.7, center.y + high * 0.5),
                    ], cloth.scaled(0.8), width: 0.005)
            }
        }
        studio.stroke(
            .polyline([
                center + Point(-half - 0.10, -high - 0.055), center + Point(half + 0.10, -high - 0.055),
            ]), Color(0x7A5A40), width: 0.014, edge: true)
        flowerPotOnSill(Point(center.x + heavySide * half * 0.6, center.y + high + 0.022))
    }

    private func flowerPotOnSill(_ foot: Point) { flowerPot(foot, 0.034) }

    private func outside(_ center: Point, _ half: Double, _ high: Double) {
        if tableau.hour == .day, tableau.weather == .clear {
            cloud(center + Point(-half * 0.3, -high * 0.4), 0.08, Color(0xFDFEFF))
        }
        if isDark {
            for _ in 0..<9 {
                studio.canvas.fill(
                    .ellipse(
                        center + Point(random.uniform(-1...1) * half, random.uniform(-1...0.2) * high), 0.004,
                        0.004), .solid(Color(0xFFF7D8), opacity: 0.9))
            }
            let moon = center + Point(half * 0.45, -high * 0.5)
            studio.glow(moon, radius: 0.12, Color(0xF6EFC8), strength: 0.5)
            studio.fill(.ellipse(moon, 0.036, 0.036), Color(0xFBF3D0), shade: 0, glowing: true)
        }
        let old = studio.depth
        studio.depth = 0.45
        studio.fill(
            .closed([
                center + Point(-half * 1.3, high * 0.5), center + Point(-half * 0.2, high * 0.2),
                center + Point(half * 1.2, high * 0.45), center + Point(half * 1.2, high * 1.4),
                center + Point(-half * 1.3, high * 1.4),
            ]), ground(Color(0x6C9C7C)), shade: 0.4)
        studio.depth = 0.3
        for index in 0..<4 {
            tree(
                tableau.season == .winter ? .fir : .round,
                center + Point(half * (-0.9 + 0.6 * Double(index)), high * 1.02), 0.14 + 0.05 * random.unit())
        }
        studio.depth = old
    }

    private func lightOnFloor(_ floorLine: Double) {
        let color = studio.tint(studio.air.rim, glowing: true)
        let left = width * 0.5 - heavySide * width * 0.10
        for shift in [-0.13, 0.09] {
            studio.canvas.fill(
                .polygon([
                    Point(left + shift, floorLine + 0.06), Point(left + shift + 0.16, floorLine + 0.06),
                    Point(left + shift + 0.22 - studio.air.side * 0.12, floorLine + 0.24),
                    Point(left + shift - 0.02 - studio.air.side * 0.12, floorLine + 0.24),
                ]), .solid(color, opacity: 0.35))
        }
    }

    private func bookshelf(left: Double, base: Double) {
        let (wide, high) = (0.28, min(0.62, base - 0.05))
        let wood = Color(0x8A6040)
        studio.fill(.rectangle(left, base - high, left + wide, base), wood.scaled(0.72), shade: 0.4)
        let shelves = 4
        let tones = [
            Color(0xC8483C), Color(0x3F6C94), Color(0xE0B04C), Color(0x4C8464), Color(0xEFE6D4),
            Color(0x7C5C8C), Color(0xD88858),
        ]
        for shelf in 0..<shelves {
            let floor = base - high * Double(shelf) / Double(shelves) - 0.012
            let room = high / Double(shelves)
            var x = left + 0.014
            var index = Int(random.next() % 7)
            while x < left + wide - 0.03 {
                let thick = random.uniform(0.013...0.026)
                let tall = room * random.uniform(0.58...0.82)
                if random.chance(0.88) {
                    studio.fill(
                        .rectangle(x, floor - tall, x + thick, floor), tones[index % 7], shade: 0.3,
                        edge: false)
                }
                x += thick + 0.002
                index += 1
            }
            studio.fill(.rectangle(left, floor, left + wide, floor + 0.014), wood, shade: 0, edge: false)
        }
        for x in [left, left + wide] {
            studio.fill(.rectangle(x - 0.009, base - high - 0.01, x + 0.009, base + 0.008), wood, shade: 0.2)
        }
        studio.fill(
            .rectangle(left - 0.012, base - high - 0.018, left + wide + 0.012, base - high), wood, shade: 0.2)
    }

    private func bed(_ floorLine: Double) {
        let side = -heavySide
        let x = side < 0 ? 0.0 : width
        func at(_ across: Double, _ y: Double) -> Point { Point(x - side * across, floorLine + y) }
        let blanket = Color(random.pick([0x5C84B4, 0xC8685C, 0x7CA07C, 0xE0B868]))
        studio.fill(
            .polygon([at(-0.05, -0.20), at(0.06, -0.20), at(0.06, 0.12), at(-0.05, 0.12)]), Color(0x7A5238),
            shade: 0.4)
        studio.fill(
            .polygon([at(-0.05, 0.02), at(0.24, 0.0), at(0.30, 0.16), at(-0.05, 0.20)]), blanket, shade: 0.6)
        studio.fill(
            .polygon([at(-0.05, 0.19), at(0.30, 0.15), at(0.30, 0.24), at(-0.05, 0.30)]), blanket.scaled(0.8),
            shade: 0.3)
        studio.fill(
            .closed([at(0.02, -0.02), at(0.15, -0.045), at(0.17, 0.02), at(0.03, 0.045)]), Color(0xFBF6EC),
            shade: 0.5)
    }

    private func desk(_ floorLine: Double) {
        let side = -heavySide
        let x = side < 0 ? 0.0 : width
        func box(_ a: Double, _ b: Double, _ top: Double, _ bottom: Double) -> Path {
            .rectangle(
                min(x - side * a, x - side * b), floorLine + top, max(x - side * a, x - side * b),
                floorLine + bottom)
        }
        let wood = Color(0x9C6C44)
        for leg in [0.02, 0.26] {
            studio.fill(box(leg, leg + 0.02, -0.10, 0.13), wood.scaled(0.8), shade: 0.2)
        }
        studio.fill(box(-0.05, 0.30, -0.125, -0.095), wood, shade: 0.3)
        studio.fill(box(0.14, 0.22, -0.145, -0.125), Color(0xC8483C), shade: 0)
        studio.fill(box(0.15, 0.23, -0.160, -0.145), Color(0x3F6C94), shade: 0)
        let head = Point(x - side * 0.08, floorLine - 0.26)
        studio.line([Point(head.x, floorLine - 0.125), Point(head.x, head.y)], Color(0x4A4A54), width: 0.010)
        if lit { studio.glow(head + Point(0, 0.03), radius: 0.26, Color(0xFFDB94), strength: 0.7) }
        studio.fill(
            .polygon([
                head + Point(-0.03, -0.03), head + Point(0.03, -0.03), head + Point(0.055, 0.035),
                head + Point(-0.055, 0.035),
            ]), Color(0xE8C068), shade: 0.2, glowing: lit)
    }

    func paintRooftop() {
        paintSky()
        // The town below, block behind block.
        for row in 0..<3 {
            studio.depth = 0.56 - 0.17 * Double(row)
            var x = -0.05 - random.unit() * 0.05
            while x < width {
                let wide = random.uniform(0.08...0.15)
                let high = random.uniform(0.06...0.22) * (1 - 0.18 * Double(row))
                block(
                    left: x, base: down(0.14 + 0.08 * Double(row)) + 0.02, width: wide,
                    height: high + 0.08 * Double(2 - row) + fore * 0.10,
                    Color(random.pick([0xC4BCC4, 0xB4BCCC, 0xD4C4B0, 0xA8B4C0, 0xD0A890])))
                x += wide * random.uniform(1.0...1.2)
            }
        }
        studio.depth = 0
        let edge = down(0.40)
        let floor = Color(random.pick([0x6C9C84, 0xA8A49C, 0xB8806C]))
        studio.fill(.rectangle(-0.05, edge, width + 0.05, height + 0.05), ground(floor), shade: 0.5)
        for row in 0..<4 {
            let y = edge + (height - edge) * Double(row * row + 1) / 12
            studio.stroke(
                .polyline([Point(-0.05, y), Point(width + 0.05, y)]), ground(floor).scaled(0.88), width: 0.003
            )
        }
        // The parapet with its rail.
        studio.fill(
            .rectangle(-0.05, edge - 0.055, width + 0.05, edge + 0.012), ground(Color(0xCFC6BA)), shade: 0.4)
        studio.fill(
            .rectangle(-0.05, edge - 0.068, width + 0.05, edge - 0.05),
            isSnowy ? Color(0xF6F9FF) : Color(0xE2DACE), shade: 0)
        var x = 0.04
        while x < width {
            studio.stroke(
                .polyline([Point(x, edge - 0.06), Point(x, edge - 0.19)]), Color(0x5C646C), width: 0.007)
            x += 0.09
        }
        studio.stroke(
            .polyline([Point(-0.05, edge - 0.19), Point(width + 0.05, edge - 0.19)]), Color(0x5C646C),
            width: 0.011, edge: true)
        if random.chance(0.7) { waterTank(Point(aside(heavySide, within: 0.10...0.15), edge + 0.05), 0.22) }
        flowerPot(Point(aside(-heavySide, within: 0.06...0.12), edge + 0.10), 0.06)
        if random.chance(0.6) { flowerPot(Point(aside(-heavySide, within: 0.16...0.22), edge + 0.07), 0.045) }
        if tableau.glow == .lanterns {
            lanternString(Point(-0.05, height * 0.10), Point(width + 0.05, height * 0.08), 6, 0.06)
        }
    }

    private func waterTank(_ foot: Point, _ size: Double) {
        for x in [-0.36, 0.36] {
            studio.stroke(
                .polyline([foot + Point(x, 0) * size, foot + Point(x * 0.9, -0.5) * size]), Color(0x5C5450),
                width: size * 0.06)
        }
        studio.fill(
            .rectangle(
                foot.x - size * 0.45, foot.y - size * 1.15, foot.x + size * 0.45, foot.y - size * 0.45),
            Color(0x4C7CA8), shade: 0.9)
        studio.fill(
            .ellipse(foot - Point(0, size * 1.15), size * 0.45, size * 0.11),
            isSnowy ? Color(0xF2F6FC) : Color(0x6C9CC4), shade: 0)
        for y in [0.68, 0.92] {
            studio.stroke(
                .polyline([foot + Point(-0.45, -y) * size, foot + Point(0.45, -y) * size]), Color(0x3C6890),
                width: size * 0.035)
        }
    }

    /// A toned ground, a table where things stand on it.
    func paintPlain() {
        let tones = [0xE8C8A8, 0xB8CCC8, 0xD8B8B8, 0xC4C8DC, 0xE6D8A8, 0xA8BCCC, 0xCFC4B4, 0xE0B08C].map {
            Color($0)
        }
        let tone = random.pick(tones)
        studio.canvas.cover(.solid(studio.tint(tone), opacity: 1))
        studio.fill(studio.wholeSheet, tone, shade: 1, edge: false)
        let light = Point(width * (studio.air.side < 0 ? 0.3 : 0.7), height * 0.3)
        if ![.flat, .paperCut, .woodcut].contains(tableau.medium) {
            studio.glow(
                light, radius: 0.8, studio.tint(tone.mixed(.white, 0.7), glowing: true), strength: 0.7)
        }
        let isTable = tableau.cast.first?.subject.isThing ?? false
        if isTable {
            let cloth = Color(random.pick([0x9C6C48, 0x7A4E3C, 0xE8DCC8, 0x4F6C7C, 0x8C9C7C]))
            let y = down(0.22)
            studio.fill(.rectangle(-0.05, y, width + 0.05, height + 0.05), cloth, shade: 0.8)
            studio.fill(
                .rectangle(-0.05, y, width + 0.05, y + 0.012), cloth.mixed(.white, 0.3), shade: 0, edge: false
            )
        } else if random.chance(0.5) {
            // Leaves around the edge.
            let leaf = tone.mixed(leaves(), 0.45)
            for side in [-1.0, 1.0] {
                for index in 0..<4 {
                    let at = Point(side < 0 ? -0.02 : width + 0.02, height * (0.12 + 0.25 * Double(index)))
                    let reach = random.uniform(0.12...0.2)
                    let tip = at + Point(-side * reach, -reach * 0.7)
                    studio.fill(
                        .limb([at, at.mixed(with: tip, 0.5) + Point(0, 0.02), tip], [0.02, 0.075, 0.008]),
                        leaf, shade: 0.5)
                    studio.line([at, tip], leaf.scaled(0.8), width: 0.004)
                }
            }
        } else {
            let ring = tone.mixed(.white, 0.35)
            studio.fill(
                .ellipse(Point(staging.across, height * 0.44), 0.40, 0.40), ring, shade: 0.2,
                edge: tableau.medium == .paperCut)
        }
    }
}
