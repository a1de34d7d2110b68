/// Things that are a picture's subject: standing on the ground, on a table, floating or flying.
extension ThingPainter {
    /// Paints a thing whose foot is at a point, `size` picture units a metre of its standing height.
    func paint(_ member: Tableau.Member, foot: Point, size: Double, seed: UInt64) {
        var random = SeededGenerator(seed: seed, part: .people)
        let color = Looks.color(member.hue)
        let side = member.facesLeft ? -1.0 : 1.0
        let isAloft = member.subject == .kite || member.subject == .balloon || member.subject == .boat
        if !isAloft {
            studio.groundShadow(
                foot, width: size * (member.subject == .bench ? 0.75 : 0.42), height: size * 0.06)
        }
        studio.focus = 1
        defer { studio.focus = 0 }
        switch member.subject {
        case .umbrella: standingUmbrella(foot, size, color, side)
        case .lantern: handLantern(foot - Point(0, size * 1.16), size * 0.88, color)
        case .bicycle: BicyclePainter(studio, color, origin: foot, scale: size * 1.5, facing: side).paint()
        case .boat: boat(foot, size, color)
        case .kite: kite(foot - Point(0, size * 0.45), size * 0.38, color)
        case .balloon:
            for (x, y, tone) in [
                (-0.34, 0.16, color.mixed(.white, 0.35)), (0.36, 0.10, color.scaled(0.82)), (0.0, 0.0, color),
            ] {
                let knot = foot + Point(x * 0.9, -0.62 + y) * size
                studio.line(
                    [
                        knot, knot.mixed(with: foot + Point(0, 0.1) * size, 0.5) + Point(x * 0.2, 0) * size,
                        foot + Point(0, 0.12) * size,
                    ], Color(0x6A6470), width: size * 0.012)
                balloon(knot, size * 0.32, tone)
            }
        case .teapot: teapot(foot, size, color, side)
        case .book: books(foot, size, color, &random)
        case .suitcase: suitcase(foot, size * 0.78, color)
        case .lamp: lamp(foot, size, color)
        case .bench: bench(foot, size, color)
        case .flowers: vase(foot, size, color, &random)
        default: break
        }
    }

    private func standingUmbrella(_ foot: Point, _ size: Double, _ color: Color, _ side: Double) {
        // Lying open on its rim, the stick aslant.
        let center = foot - Point(0, size * 0.36)
        studio.line(
            [
                center + Point(0.1 * side, 0.02) * size, center + Point(0.56 * side, 0.24) * size,
                center + Point(0.80 * side, 0.33) * size, center + Point(0.86 * side, 0.24) * size,
            ], Color(0x5E4638), width: size * 0.035, edge: true)
        var rim: [Point] = []
        let axis = Point(0.42 * side, 0.90)
        let across = Point(0.90 * side, -0.42)
        for step in 0...8 {
            let turn = Double(step) / 16
            rim.append(
                center + across * (Trigonometry.cosine(turns: turn) * size * 0.62) + axis
                    * (-Trigonometry.sine(turns: turn) * size * 0.50))
        }
        fill(
            .ellipse(center, size * 0.62, size * 0.16, tilt: -0.07 * side), color.scaled(0.6), shade: 0.2,
            edge: false)
        var path = Path.open(rim)
        for index in 0..<4 {
            let a = 1 - Double(index) * 0.5
            _ = a
            let end = center + across * (-size * 0.62 + size * 0.31 * Double(index + 1))
            let start = center + across * (-size * 0.62 + size * 0.31 * Double(index))
            let lift = axis * (-size * 0.07)
            path.elements.append(
                .curve(start + (end - start) * 0.3 + lift, start + (end - start) * 0.7 + lift, end))
        }
        path.elements.append(.close)
        fill(path, color, shade: 1)
        let top = center + axis * (-size * 0.50)
        for share in [-0.5, 0.0, 0.5] {
            let end = center + across * (size * 0.62 * share)
            studio.line(
                [top, top.mixed(with: end, 0.5) + across * (size * 0.10 * share), end], color.scaled(0.75),
                width: size * 0.012)
        }
        studio.line([top, top + axis * (-size * 0.08)], Color(0x5E4638), width: size * 0.03)
    }

    private func boat(_ foot: Point, _ size: Double, _ color: Color) {
        let center = foot - Point(0, size * 0.18)
        fill(
            .ellipse(center + Point(0, size * 0.22), size * 0.88, size * 0.06), Color(0x20405C), shade: 0,
            edge: false, opacity: 0.35)
        studio.stroke(
            .polyline([center + Point(0, 0.0) * size, center + Point(0, -1.42) * size]), Color(0x6A5040),
            width: size * 0.05, edge: true)
        fill(
            .closed([
                center + Point(0.06, -1.36) * size, center + Point(0.52, -0.80) * size,
                center + Point(0.74, -0.20) * size, center + Point(0.06, -0.20) * size,
            ]), Color(0xFDF6E8), shade: 0.7)
        fill(
            .closed([
                center + Point(-0.06, -1.20) * size, center + Point(-0.06, -0.20) * size,
                center + Point(-0.55, -0.20) * size, center + Point(-0.40, -0.68) * size,
            ]), color.mixed(.white, 0.5), shade: 0.6)
        var hull = Path.open([
            center + Point(-0.86, -0.14) * size, center + Point(-0.3, -0.06) * size,
            center + Point(0.4, -0.07) * size, center + Point(0.96, -0.22) * size,
        ])
        hull.elements += [
            .line(center + Point(0.66, 0.22) * size), .line(center + Point(-0.62, 0.22) * size), .close,
        ]
        fill(hull, color, shade: 0.9)
        fill(
            .polygon([
                center + Point(-0.70, 0.10) * size, center + Point(0.78, 0.08) * size,
                center + Point(0.72, 0.14) * size, center + Point(-0.67, 0.16) * size,
            ]), Color(0xFBF4E6), shade: 0, edge: false)
        fill(
            .polygon([
                center + Point(0, -1.42) * size, center + Point(-0.26, -1.35) * size,
                center + Point(0, -1.27) * size,
            ]), Color(0xD8483C), shade: 0)
    }

    private func teapot(_ foot: Point, _ size: Double, _ color: Color, _ side: Double) {
        let center = foot - Point(0, size * 0.34)
        func at(_ x: Double, _ y: Double) -> Point { center + Point(x * side, y) * size }
        studio.stroke(
            .open([at(-0.38, -0.20), at(-0.68, -0.24), at(-0.72, 0.06), at(-0.40, 0.16)]), color.scaled(0.82),
            width: size * 0.085, edge: true)
        fill(
            .closed([
                at(0.34, 0.14), at(0.55, 0.02), at(0.66, -0.26), at(0.80, -0.33), at(0.74, -0.20),
                at(0.68, 0.08), at(0.42, 0.30),
            ]), color.scaled(0.92), shade: 0.6)
        fill(
            .closed([
                at(-0.20, -0.36), at(0.20, -0.36), at(0.46, -0.10), at(0.44, 0.18), at(0.24, 0.34),
                at(-0.24, 0.34), at(-0.44, 0.18), at(-0.46, -0.10),
            ]), color, shade: 1)
        fill(
            .closed([at(-0.24, -0.34), at(0, -0.50), at(0.24, -0.34), at(0, -0.29)]), color.scaled(0.9),
            shade: 0.6)
        fill(.ellipse(at(0, -0.52), size * 0.065, size * 0.06), color.scaled(0.8), shade: 0.5)
        fill(
            .ellipse(
                center + Point(studio.air.side * 0.20, -0.12) * size, size * 0.08, size * 0.15,
                tilt: 0.05 * studio.air.side), .white, shade: 0, edge: false, opacity: 0.5)
        for x in [-0.24, 0.0, 0.24] {
            fill(
                .ellipse(at(x, 0.12), size * 0.055, size * 0.055), color.mixed(.white, 0.72), shade: 0,
                edge: false)
        }
        cup(foot + Point(-side * 0.95, -0.10) * size, size * 0.17, color.mixed(.white, 0.5))
        for x in [0.86, 0.98] {
            studio.line(
                [at(x - 0.04, -0.42), at(x + 0.02, -0.56), at(x - 0.06, -0.70), at(x, -0.86)], .white,
                width: size * 0.03, opacity: 0.5, glowing: true)
        }
    }

    private func books(_ foot: Point, _ size: Double, _ color: Color, _ random: inout SeededGenerator) {
        let tones = [color, color.mixed(Color(0xF4E6C8), 0.55), color.scaled(0.72)]
        var y = foot.y
        for (index, tone) in tones.enumerated() {
            let thick = size * (0.17 - 0.02 * Double(index))
            let wide = size * (0.62 - 0.05 * Double(index))
            let x = foot.x + random.uniform(-0.05...0.05) * size
            fill(.rectangle(x - wide, y - thick, x + wide, y), tone, shade: 0.6)
            fill(
                .rectangle(x - wide * 0.94, y - thick * 0.80, x + wide * 1.0, y - thick * 0.20),
                Color(0xFDF8EA), shade: 0.2, edge: false)
            fill(
                .rectangle(x - wide, y - thick, x - wide * 0.86, y), tone.scaled(0.85), shade: 0, edge: false)
            for line in [0.4, 0.6] {
                studio.stroke(
                    .polyline([Point(x - wide * 0.8, y - thick * line), Point(x + wide, y - thick * line)]),
                    Color(0xD8CCB0), width: size * 0.008)
            }
            y -= thick
        }
        // One lies open on top.
        let top = Point(foot.x, y)
        for side in [-1.0, 1.0] {
            fill(
                .polygon([
                    top, top + Point(side * 0.66, -0.10) * size, top + Point(side * 0.64, -0.05) * size,
                    top + Point(0, 0.0) * size,
                ]), color.scaled(0.85), shade: 0)
            fill(
                .closed([
                    top + Point(0, -0.02) * size, top + Point(side * 0.16, -0.16) * size,
                    top + Point(side * 0.60, -0.14) * size, top + Point(side * 0.52, -0.44) * size,
                    top + Point(side * 0.14, -0.42) * size, top + Point(0, -0.30) * size,
                ]), Color(0xFDF9EE), shade: 0.5)
            for line in 0..<4 {
                let lift = -0.18 - 0.06 * Double(line)
                studio.line(
                    [top + Point(side * 0.12, lift) * size, top + Point(side * 0.48, lift + 0.01) * size],
                    Color(0x9A948C), width: size * 0.012)
            }
        }
    }

    private func lamp(_ foot: Point, _ size: Double, _ color: Color) {
        let shade = foot - Point(0, size * 0.86)
        studio.glow(shade, radius: size * 1.1, Color(0xFFDD9A), strength: lit ? 0.8 : 0.45)
        fill(.ellipse(foot - Point(0, size * 0.03), size * 0.26, size * 0.06), Color(0x6A4E3C), shade: 0.4)
        fill(
            .closed([
                foot + Point(-0.06, -0.04) * size, foot + Point(-0.16, -0.26) * size,
                foot + Point(-0.05, -0.52) * size, foot + Point(0.05, -0.52) * size,
                foot + Point(0.16, -0.26) * size, foot + Point(0.06, -0.04) * size,
            ]), color.scaled(0.85), shade: 0.9)
        studio.stroke(
            .polyline([foot - Point(0, size * 0.5), foot - Point(0, size * 0.70)]), Color(0xC8A860),
            width: size * 0.03)
        fill(
            .polygon([
                shade + Point(-0.24, -0.26) * size, shade + Point(0.24, -0.26) * size,
                shade + Point(0.44, 0.24) * size, shade + Point(-0.44, 0.24) * size,
            ]), color.mixed(Color(0xFFF0C8), 0.55), shade: 0.3, glowing: true)
        for x in [-0.5, 0.0, 0.5] {
            studio.stroke(
                .polyline([shade + Point(x * 0.48, -0.26) * size, shade + Point(x * 0.88, 0.24) * size]),
                color.mixed(Color(0xFFF0C8), 0.2), width: size * 0.015, glowing: true)
        }
    }

    private func bench(_ foot: Point, _ size: Double, _ color: Color) {
        let wood = color.mixed(Color(0xA87850), 0.35)
        let (l, r) = (foot.x - size * 0.72, foot.x + size * 0.72)
        for x in [l + size * 0.12, r - size * 0.12] {
            studio.stroke(
                .open([Point(x, foot.y), Point(x, foot.y - size * 0.40), Point(x, foot.y - size * 0.86)]),
                Color(0x3A3A44), width: size * 0.055, edge: true)
            studio.stroke(
                .polyline([
                    Point(x, foot.y - size * 0.40),
                    Point(x + (x < foot.x ? -0.06 : 0.06) * size, foot.y + size * 0.03),
                ]), Color(0x3A3A44), width: size * 0.045)
        }
        for y in [0.84, 0.70, 0.56] {
            fill(.rectangle(l, foot.y - size * y, r, foot.y - size * (y - 0.10)), wood, shade: 0.3)
        }
        for (index, y) in [0.44, 0.38].enumerated() {
            let wide = size * 0.03 * Double(index + 1)
            fill(
                .polygon([
                    Point(l - wide + size * 0.03, foot.y - size * y),
                    Point(r + wide - size * 0.03, foot.y - size * y),
                    Point(r + wide, foot.y - size * (y - 0.055)),
                    Point(l - wide, foot.y - size * (y - 0.055)),
                ]), wood.scaled(1.06 - 0.1 * Double(index)), shade: 0.3)
        }
    }

    private func vase(_ foot: Point, _ size: Double, _ color: Color, _ random: inout SeededGenerator) {
        let mouth = foot - Point(0, size * 0.50)
        for (x, y) in [(-0.5, -0.38), (0.5, -0.34), (-0.26, -0.62), (0.28, -0.60), (0, -0.44), (0.02, -0.78)]
        {
            let head = mouth + Point(x, y) * size
            studio.line(
                [mouth, mouth.mixed(with: head, 0.6) + Point(x * 0.1, 0) * size, head], Color(0x5C8C4C),
                width: size * 0.03)
            fill(
                .limb(
                    [
                        mouth.mixed(with: head, 0.4),
                        mouth.mixed(with: head, 0.5) + Point(x > 0 ? 0.18 : -0.18, -0.04) * size,
                    ], [size * 0.09, size * 0.02]), Color(0x6CA458), shade: 0.4)
            var petals: [Path] = []
            let start = random.unit()
            for step in 0..<7 {
                let turn = start + Double(step) / 7
                let along = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
                petals.append(.ellipse(head + along * (size * 0.12), size * 0.085, size * 0.055, tilt: turn))
            }
            fill(.joined(petals), (x * 10).rounded() == 0 ? color : color.mixed(.white, 0.22), shade: 0.5)
            fill(
                .ellipse(head, size * 0.065, size * 0.065),
                color.brightness > 0.82 ? Color(0xD8903C) : Color(0xFFE8A0), shade: 0)
        }
        let glaze = Color(random.pick([0x7CA8B8, 0xF2EADC, 0x4C6C8C, 0xA8C4B0]))
        fill(
            .closed([
                mouth + Point(-0.15, 0) * size, mouth + Point(-0.12, 0.10) * size,
                mouth + Point(-0.27, 0.28) * size, mouth + Point(-0.15, 0.50) * size,
                mouth + Point(0.15, 0.50) * size, mouth + Point(0.27, 0.28) * size,
                mouth + Point(0.12, 0.10) * size, mouth + Point(0.15, 0) * size,
            ]), glaze, shade: 1)
        fill(
            .ellipse(mouth + Point(studio.air.side * 0.11, 0.26) * size, size * 0.035, size * 0.09), .white,
            shade: 0, edge: false, opacity: 0.5)
    }
}
