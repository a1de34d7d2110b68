/// What people have built.
extension Stage {
    var lit: Bool { studio.air.lampsLit }
    var paneColor: Color { lit ? Color(0xFFD372) : Color(0x7FA4BA) }

    /// A gabled house; `left` and `base` are its lower left corner.
    func house(left: Double, base: Double, width: Double, height: Double, snowy: Bool? = nil) {
        let wall = Color(random.pick([0xF6E6C8, 0xF2D0B0, 0xE3DDD2, 0xF4D9C4, 0xD6E3E4, 0xF0C9A4, 0xE8D8E4]))
        let roof = Color(random.pick([0xC0563F, 0xA84A48, 0x5D7798, 0xD0804A, 0x7A6488, 0x5F7F6C]))
        let top = base - height
        let peak = height * random.uniform(0.45...0.62)
        let over = width * 0.09
        let hasChimney = random.chance(0.6)
        let chimney = left + width * random.uniform(0.66...0.78)
        if hasChimney {
            studio.fill(
                .rectangle(chimney, top - peak * 0.95, chimney + width * 0.12, top), wall.scaled(0.68),
                shade: 0.3)
            if tableau.weather == .snow || tableau.season == .winter {
                smoke(Point(chimney + width * 0.06, top - peak * 0.98), width * 0.16)
            }
        }
        studio.fill(.rectangle(left, top, left + width, base), wall, shade: 0.8)
        let middle = left + width * 0.5
        studio.fill(
            .polygon([
                Point(left, top + 0.002), Point(middle, top - peak * 0.96), Point(left + width, top + 0.002),
            ]), wall.scaled(0.96), shade: 0.3, edge: false)
        // The roof's two bargeboards meet at the ridge.
        let slope = Path.polygon([
            Point(left - over, top + height * 0.06), Point(middle, top - peak),
            Point(left + width + over, top + height * 0.06),
            Point(left + width + over, top - height * 0.05), Point(middle, top - peak - height * 0.14),
            Point(left - over, top - height * 0.05),
        ])
        studio.fill(slope, snowy ?? isSnowy ? Color(0xF4F8FF) : roof, shade: 0.8)
        if width > 0.12 {
            studio.fill(
                .ellipse(Point(middle, top - peak * 0.36), width * 0.07, width * 0.07), paneColor, shade: 0,
                glowing: lit)
        }
        openings(left: left, base: base, width: width, height: height, door: roof.scaled(0.72))
    }

    private func openings(left: Double, base: Double, width: Double, height: Double, door: Color) {
        let rows = height > width * 1.15 ? 2 : 1
        let wide = width * 0.2
        let high = height * (rows == 2 ? 0.2 : 0.3)
        for row in 0..<rows {
            for start in [0.13, 0.67] {
                pane(
                    left + width * start, base - height * 0.84 + Double(row) * height * 0.44, wide, high,
                    divided: width > 0.1)
            }
        }
        guard width > 0.07 else { return }
        studio.fill(
            .closed([
                Point(left + width * 0.41, base), Point(left + width * 0.41, base - height * 0.28),
                Point(left + width * 0.5, base - height * 0.36),
                Point(left + width * 0.59, base - height * 0.28), Point(left + width * 0.59, base),
            ]), door, shade: 0.4)
        studio.fill(
            .ellipse(Point(left + width * 0.56, base - height * 0.14), width * 0.012, width * 0.012),
            Color(0xF0D070), shade: 0, edge: false)
    }

    /// A window; lit when it is dark.
    func pane(_ x: Double, _ y: Double, _ wide: Double, _ high: Double, divided: Bool) {
        if lit {
            studio.glow(
                Point(x + wide / 2, y + high / 2), radius: max(wide, high) * 1.2, Color(0xFFC766),
                strength: 0.36)
        }
        studio.fill(
            .rectangle(x - wide * 0.1, y - high * 0.07, x + wide * 1.1, y + high * 1.07), Color(0xF4EBDC),
            shade: 0, edge: divided)
        studio.fill(.rectangle(x, y, x + wide, y + high), paneColor, shade: 0, edge: false, glowing: lit)
        guard divided else { return }
        studio.stroke(
            .polyline([Point(x + wide / 2, y), Point(x + wide / 2, y + high)]), Color(0xF4EBDC),
            width: wide * 0.10)
        studio.stroke(
            .polyline([Point(x, y + high * 0.45), Point(x + wide, y + high * 0.45)]), Color(0xF4EBDC),
            width: wide * 0.10)
    }

    func smoke(_ mouth: Point, _ size: Double) {
        var at = mouth
        for step in 0..<4 {
            let radius = size * (0.35 + 0.18 * Double(step))
            studio.fill(
                .blob(at, radius, radius * 0.8, roughness: 0.1, corners: 8, &random),
                studio.air.fog.mixed(.white, 0.3), shade: 0, edge: false, opacity: 0.55 - 0.1 * Double(step),
                glowing: true)
            at = at + Point(radius * 0.8 * -studio.air.side, -radius * 1.1)
        }
    }

    /// A block of flats or offices with rows of windows.
    func block(left: Double, base: Double, width: Double, height: Double, _ wall: Color) {
        studio.fill(.rectangle(left, base - height, left + width, base), wall, shade: 0.5)
        let columns = max(2, Int(width / 0.035))
        let rows = max(2, Int(height / 0.05))
        let (dx, dy) = (width / Double(columns), height / Double(rows))
        var bright: [Path] = []
        var dim: [Path] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let x = left + dx * (Double(column) + 0.25)
                let y = base - height + dy * (Double(row) + 0.25)
                let shape = Path.rectangle(x, y, x + dx * 0.5, y + dy * 0.5)
                if lit, random.chance(0.5) { bright.append(shape) } else { dim.append(shape) }
            }
        }
        studio.fill(.joined(dim), wall.mixed(Color(0x38506C), 0.45), shade: 0, edge: false)
        if !bright.isEmpty {
            studio.fill(
                .joined(bright), Color(0xFFD680), shade: 0, edge: false, opacity: max(0.3, 1 - studio.depth),
                glowing: true)
        }
    }

    /// A street lamp, lit when it is dark.
    func streetLamp(_ foot: Point, _ size: Double) {
        let head = Point(foot.x, foot.y - size)
        let iron = Color(0x3A3A44)
        studio.fill(
            .polygon([
                foot + Point(-size * 0.035, 0), head + Point(-size * 0.014, 0), head + Point(size * 0.014, 0),
                foot + Point(size * 0.035, 0),
            ]), iron, shade: 0.3)
        if lit { studio.glow(head, radius: size * 0.45, Color(0xFFDD90), strength: 0.65) }
        studio.fill(
            .polygon([
                head + Point(-0.06, -0.12) * size, head + Point(0.06, -0.12) * size,
                head + Point(0.042, 0.02) * size, head + Point(-0.042, 0.02) * size,
            ]),
            Color(0xFFF0BE), shade: 0, glowing: lit)
        studio.fill(
            .polygon([
                head + Point(-0.085, -0.115) * size, head + Point(0, -0.20) * size,
                head + Point(0.085, -0.115) * size,
            ]), iron, shade: 0)
    }

    /// A paper lantern that hangs from a point.
    func paperLantern(_ top: Point, _ size: Double, _ color: Color) {
        studio.glow(
            top + Point(0, size * 0.6), radius: size * (lit ? 2.0 : 1.2), color.mixed(Color(0xFFE0A0), 0.5),
            strength: lit ? 0.6 : 0.15)
        studio.fill(
            .ellipse(top + Point(0, size * 0.6), size * 0.42, size * 0.46),
            lit ? color.mixed(Color(0xFFD890), 0.35) : color, shade: 0.4, glowing: lit)
        for x in [-0.2, 0.0, 0.2] {
            studio.line(
                [
                    top + Point(x * size, size * 0.2), top + Point(x * size * 1.5, size * 0.6),
                    top + Point(x * size, size),
                ], color.scaled(0.75), width: size * 0.03, glowing: lit)
        }
        studio.fill(
            .rectangle(top.x - size * 0.17, top.y + size * 0.08, top.x + size * 0.17, top.y + size * 0.19),
            Color(0x503830), shade: 0, edge: false)
        studio.fill(
            .rectangle(top.x - size * 0.15, top.y + size * 1.0, top.x + size * 0.15, top.y + size * 1.08),
            Color(0x503830), shade: 0, edge: false)
        studio.line(
            [top + Point(0, size * 1.08), top + Point(0, size * 1.38)], Color(0xD85040), width: size * 0.06)
    }

    /// A string of lanterns across the picture.
    func lanternString(_ left: Point, _ right: Point, _ count: Int, _ size: Double) {
        let sag = 0.05
        func at(_ fraction: Double) -> Point {
            left.mixed(with: right, fraction) + Point(0, sag * 4 * fraction * (1 - fraction))
        }
        studio.line((0...8).map { at(Double($0) / 8) }, Color(0x40363C), width: 0.004)
        let colors = [Color(0xE0503C), Color(0xF2B43C), Color(0x6FA85C), Color(0xE87898), Color(0x5C8CC8)]
        for index in 0..<count {
            paperLantern(at((Double(index) + 0.5) / Double(count)), size, colors[index % colors.count])
        }
    }

    // MARK: Korean houses

    /// A tiled roof whose eaves rise at the ends; `left`, `right` and `base` are those of the eaves.
    func tileRoof(
        left: Double, right: Double, base: Double, rise: Double, _ tile: Color = Color(0x4A4E58),
        eaves: Color? = nil
    ) {
        let span = right - left
        let over = span * 0.10
        let lift = rise * 0.30
        let shape = Path.joined([
            {
                var path = Path.open([
                    Point(left - over, base - lift * 0.75), Point(left + span * 0.05, base + rise * 0.02),
                    Point(left + span * 0.3, base + rise * 0.10),
                    Point(left + span * 0.5, base + rise * 0.12),
                    Point(left + span * 0.7, base + rise * 0.10),
                    Point(right - span * 0.05, base + rise * 0.02),
                    Point(right + over, base - lift * 0.75),
                ])
                let back = Path.open([
                    Point(right + over, base - lift * 0.95), Point(right - span * 0.03, base - rise * 0.40),
                    Point(right - span * 0.16, base - rise * 0.98),
                    Point(right - span * 0.13, base - rise * 1.10),
                    Point(left + span * 0.5, base - rise * 1.02),
                    Point(left + span * 0.13, base - rise * 1.10),
                    Point(left + span * 0.16, base - rise * 0.98),
                    Point(left + span * 0.03, base - rise * 0.40), Point(left - over, base - lift * 0.95),
                ])
                path.elements.append(.line(Point(right + over, base - lift * 0.95)))
                path.elements += back.elements.dropFirst()
                path.elements.append(.close)
                return path
            }()
        ])
        if let eaves {
            studio.fill(shape.mapped { $0 + Point(0, rise * 0.10) }, eaves, shade: 0.3)
        }
        studio.fill(shape, isSnowy ? Color(0xEEF3FB) : tile, shade: 0.9)
        // Rows of convex tiles run down the slope.
        let rows = max(5, min(15, Int(span / 0.03)))
        for row in 1..<rows {
            let fraction = Double(row) / Double(rows)
            let top = Point(left + span * (0.17 + 0.66 * fraction), base - rise * 0.94)
            let spread = (fraction - 0.5) * 2
            let bottom = Point(
                left + span * fraction + over * spread * 0.5, base + rise * (0.08 - 0.10 * spread * spread))
            let middle = top.mixed(with: bottom, 0.5) + Point(-spread * span * 0.025, rise * 0.06)
            studio.line(
                [top, middle, bottom], isSnowy ? Color(0xC8D2E2) : tile.mixed(.white, 0.20),
                width: span * 0.010, opacity: 0.75)
        }
        // The ridge.
        studio.line(
            [
                Point(left + span * 0.125, base - rise * 1.11), Point(left + span * 0.5, base - rise * 1.02),
                Point(right - span * 0.125, base - rise * 1.11),
            ],
            isSnowy ? Color(0xFAFCFF) : tile.scaled(0.72), width: rise * 0.13)
    }

    /// A Korean house with wooden posts, white walls and paper doors.
    func hanokHouse(left: Double, base: Double, width span: Double, height: Double, temple: Bool = false) {
        let wallTop = base - height * 0.50
        let wood = temple ? Color(0xA8402F) : Color(0x7A5238)
        studio.fill(
            .rectangle(left - span * 0.03, base - height * 0.06, left + span * 1.03, base + height * 0.04),
            Color(0xB4ACA0), shade: 0.4)
        studio.fill(
            .rectangle(left, wallTop, left + span, base - height * 0.06),
            temple ? Color(0xE8C890) : Color(0xF2E8D6), shade: 0.5)
        let bays = span > 0.34 ? 5 : span > 0.16 ? 3 : 2
        for bay in 0..<bays {
            let x = left + span * (Double(bay) + 0.14) / Double(bays)
            let wide = span * 0.72 / Double(bays)
            let door = Path.rectangle(x, wallTop + height * 0.09, x + wide, base - height * 0.08)
            if lit {
                studio.glow(
                    Point(x + wide / 2, base - height * 0.26), radius: wide * 1.1, Color(0xFFC766),
                    strength: 0.35)
            }
            studio.fill(
                door, lit ? Color(0xFFD98A) : temple ? Color(0x5E9078) : Color(0xEADFC4), shade: 0,
                edge: span > 0.2, glowing: lit)
            for line in 1..<3 {
                let lineX = x + wide * Double(line) / 3
                studio.stroke(
                    .polyline([Point(lineX, wallTop + height * 0.09), Point(lineX, base - height * 0.08)]),
                    wood, width: span * 0.006)
            }
            for line in 1..<4 {
                let y = wallTop + height * (0.09 + 0.33 * Double(line) / 4)
                studio.stroke(.polyline([Point(x, y), Point(x + wide, y)]), wood, width: span * 0.005)
            }
        }
        for post in 0...bays {
            let x = left + span * Double(post) / Double(bays)
            studio.fill(
                .rectangle(x - span * 0.014, wallTop, x + span * 0.014, base - height * 0.05), wood,
                shade: 0.4)
        }
        studio.fill(
            .rectangle(
                left - span * 0.02, wallTop - height * 0.01, left + span * 1.02, wallTop + height * 0.06),
            temple ? Color(0x3F7C6C) : wood, shade: 0.3)
        if temple {
            for bay in 0..<(bays * 3) {
                let x = left + span * (Double(bay) + 0.5) / Double(bays * 3)
                studio.fill(
                    .ellipse(Point(x, wallTop + height * 0.025), span * 0.010, span * 0.010),
                    Color(bay % 2 == 0 ? 0xE8B84C : 0xD8533C), shade: 0, edge: false)
            }
        }
        tileRoof(
            left: left - span * 0.04, right: left + span * 1.04, base: wallTop + height * 0.01,
            rise: height * 0.46, eaves: temple ? Color(0x3F8070) : Color(0x6A4A36))
    }

    /// A low wall of stones with a tiled top.
    func stoneWall(_ y: Double, from left: Double, to right: Double, _ size: Double) {
        studio.fill(.rectangle(left, y - size, right, y), Color(0xC9B596), shade: 0.5)
        for row in 0..<3 {
            var x = left + size * (row % 2 == 0 ? 0.1 : 0.4)
            while x < right - size * 0.2 {
                let reach = size * random.uniform(0.14...0.24)
                studio.fill(
                    .ellipse(Point(x + reach, y - size * (0.18 + 0.27 * Double(row))), reach, size * 0.10),
                    Color(0xA39A8C).scaled(random.uniform(0.88...1.1)), shade: 0, edge: false)
                x += reach * 2.5
            }
        }
        studio.fill(
            .polygon([
                Point(left - size * 0.1, y - size * 0.94), Point(left, y - size * 1.28),
                Point(right, y - size * 1.28), Point(right + size * 0.1, y - size * 0.94),
            ]), isSnowy ? Color(0xF2F6FC) : Color(0x4E525C), shade: 0.4)
    }

    /// A stone pagoda of three storeys.
    func pagoda(_ foot: Point, _ size: Double) {
        let stone = Color(0xB8B2A8)
        studio.fill(
            .rectangle(foot.x - size * 0.25, foot.y - size * 0.12, foot.x + size * 0.25, foot.y),
            stone.scaled(0.9), shade: 0.6)
        var y = foot.y - size * 0.12
        for tier in 0..<3 {
            let half = size * (0.17 - 0.035 * Double(tier))
            let high = size * (0.16 - 0.02 * Double(tier))
            studio.fill(.rectangle(foot.x - half, y - high, foot.x + half, y), stone, shade: 0.7)
            y -= high
            let eave = half * 1.55
            studio.fill(
                .polygon([
                    Point(foot.x - eave, y - size * 0.015), Point(foot.x - half * 0.9, y - size * 0.075),
                    Point(foot.x + half * 0.9, y - size * 0.075),
                    Point(foot.x + eave, y - size * 0.015), Point(foot.x + eave * 0.94, y + size * 0.02),
                    Point(foot.x - eave * 0.94, y + size * 0.02),
                ]), isSnowy ? Color(0xF2F6FC) : stone.scaled(0.86), shade: 0.6)
            y -= size * 0.075
        }
        studio.line(
            [Point(foot.x, y), Point(foot.x, y - size * 0.14)], stone.scaled(0.7), width: size * 0.035,
            edge: true)
    }

    /// A rowing or fishing boat seen from the side, floating at `center`.
    func fishingBoat(_ center: Point, _ size: Double, _ color: Color) {
        studio.fill(
            .ellipse(center + Point(0, size * 0.26), size * 0.85, size * 0.07), Color(0x20405C), shade: 0,
            edge: false, opacity: 0.35)
        studio.fill(
            .rectangle(center.x - size * 0.30, center.y - size * 0.52, center.x + size * 0.16, center.y),
            Color(0xF4EEE0), shade: 0.5)
        studio.fill(
            .rectangle(
                center.x - size * 0.35, center.y - size * 0.58, center.x + size * 0.21, center.y - size * 0.49
            ), color.scaled(0.8), shade: 0.2)
        for x in [-0.22, -0.03] {
            studio.fill(
                .rectangle(
                    center.x + x * size, center.y - size * 0.40, center.x + (x + 0.13) * size,
                    center.y - size * 0.24), paneColor, shade: 0, edge: false, glowing: lit)
        }
        studio.stroke(
            .polyline([center + Point(0.40, 0) * size, center + Point(0.40, -0.95) * size]), Color(0x5E4A3C),
            width: size * 0.05, edge: true)
        studio.stroke(
            .polyline([center + Point(0.40, -0.92) * size, center + Point(-0.12, -0.58) * size]),
            Color(0x5E4A3C), width: size * 0.018)
        studio.stroke(
            .polyline([center + Point(0.40, -0.92) * size, center + Point(0.92, -0.16) * size]),
            Color(0x5E4A3C), width: size * 0.018)
        var hull = Path.open([
            center + Point(-0.85, -0.10) * size, center + Point(-0.3, 0.0) * size,
            center + Point(0.4, -0.02) * size, center + Point(1.0, -0.24) * size,
        ])
        hull.elements += [
            .line(center + Point(0.72, 0.22) * size), .line(center + Point(-0.70, 0.22) * size), .close,
        ]
        studio.fill(hull, color, shade: 0.8)
        studio.fill(
            .polygon([
                center + Point(-0.72, 0.14) * size, center + Point(0.79, 0.12) * size,
                center + Point(0.72, 0.22) * size, center + Point(-0.70, 0.22) * size,
            ]), Color(0xF4EEE0), shade: 0, edge: false)
    }

    func sailboat(_ center: Point, _ size: Double, _ sail: Color = Color(0xFDF6E8)) {
        studio.fill(
            .ellipse(center + Point(0, size * 0.22), size * 0.7, size * 0.06), Color(0x20405C), shade: 0,
            edge: false, opacity: 0.35)
        studio.stroke(
            .polyline([center + Point(0, -0.1) * size, center + Point(0, -1.7) * size]), Color(0x6A5040),
            width: size * 0.06)
        studio.fill(
            .closed([
                center + Point(0.06, -1.62) * size, center + Point(0.55, -0.9) * size,
                center + Point(0.78, -0.26) * size, center + Point(0.06, -0.26) * size,
            ]), sail, shade: 0.6)
        studio.fill(
            .closed([
                center + Point(-0.06, -1.4) * size, center + Point(-0.06, -0.26) * size,
                center + Point(-0.58, -0.26) * size, center + Point(-0.4, -0.8) * size,
            ]), Color(0xE8705A), shade: 0.5)
        studio.fill(
            .polygon([
                center + Point(-0.78, -0.16) * size, center + Point(0.85, -0.16) * size,
                center + Point(0.55, 0.2) * size, center + Point(-0.5, 0.2) * size,
            ]), Color(0x94533C), shade: 0.6)
    }
}
