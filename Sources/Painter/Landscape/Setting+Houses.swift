/// Houses and lamps.
extension Setting {
    /// A gabled house; `left` and `base` are its lower left corner.
    func house(left: Double, base: Double, width: Double, height: Double) {
        let wall = Color(random.pick([0xF6E6C8, 0xF2D0B0, 0xE3DDD2, 0xF4D9C4, 0xD6E3E4, 0xF0C9A4]))
        let roof = Color(random.pick([0xC0563F, 0xA84A48, 0x5D7798, 0xD0804A, 0x7A6488]))
        let top = base - height
        let roofHeight = height * random.uniform(0.42...0.6)
        let over = width * 0.09
        if random.chance(0.6) {
            let chimney = left + width * random.uniform(0.66...0.78)
            easel.fill(
                .rectangle(chimney, top - roofHeight * 0.95, chimney + width * 0.12, top), wall.scaled(0.72),
                shade: 0)
        }
        easel.fill(.rectangle(left, top, left + width, base), wall, shade: 0.8)
        let peak = left + width * 0.5
        let gable = Path.polygon([
            Point(left - over, top + height * 0.03), Point(peak - width * 0.04, top - roofHeight),
            Point(peak + width * 0.04, top - roofHeight), Point(left + width + over, top + height * 0.03),
        ])
        easel.fill(gable, roof, shade: 1)
        if easel.isSnowy {
            easel.fill(
                .polygon([
                    Point(left - over * 0.6, top - height * 0.02),
                    Point(peak - width * 0.05, top - roofHeight * 1.04),
                    Point(peak + width * 0.05, top - roofHeight * 1.04),
                    Point(left + width + over * 0.6, top - height * 0.02),
                    Point(peak, top - roofHeight * 0.30),
                ]), Color(0xF6F9FF), shade: 0.4, outlined: false)
        }
        openings(left: left, base: base, width: width, height: height, door: roof.scaled(0.72))
    }

    private func openings(left: Double, base: Double, width: Double, height: Double, door: Color) {
        let isLit = scene.timeOfDay != .day || scene.weather == .rain
        let pane = isLit ? Color(0xFFD978) : Color(0x86A9BC)
        let rows = height > width * 1.15 ? 2 : 1
        let windowWidth = width * 0.2
        let windowHeight = height * (rows == 2 ? 0.18 : 0.28)
        for row in 0..<rows {
            for start in [0.14, 0.66] {
                let x = left + width * start
                let y = base - height * 0.84 + Double(row) * height * 0.40
                if isLit, scene.timeOfDay == .night {
                    easel.glow(
                        Point(x + windowWidth / 2, y + windowHeight / 2), radius: width * 0.26,
                        Color(0xFFC766),
                        strength: 0.42)
                }
                easel.fill(
                    .rectangle(x, y, x + windowWidth, y + windowHeight), pane, shade: 0,
                    outlined: width > 0.14,
                    glowing: isLit)
                if width > 0.2 {
                    easel.line(
                        [Point(x + windowWidth / 2, y), Point(x + windowWidth / 2, y + windowHeight)],
                        Color(0xFAF3E4), width: 0.006, outlined: false)
                }
            }
        }
        guard width > 0.1 else { return }
        easel.fill(
            .closed([
                Point(left + width * 0.41, base), Point(left + width * 0.41, base - height * 0.26),
                Point(left + width * 0.5, base - height * 0.33),
                Point(left + width * 0.59, base - height * 0.26),
                Point(left + width * 0.59, base),
            ]), door, shade: 0.4)
    }

    /// A street lamp, lit when it is not day.
    func lamp(_ foot: Point, height: Double) {
        let head = Point(foot.x, foot.y - height)
        easel.line([foot, head], Color(0x3A3A44), width: 0.014)
        let isLit = scene.timeOfDay != .day || scene.weather == .rain
        if isLit { easel.glow(head, radius: 0.16, Color(0xFFDD90), strength: 0.65) }
        easel.fill(
            .polygon([
                head + Point(-0.026, -0.05), head + Point(0.026, -0.05), head + Point(0.018, 0.012),
                head + Point(-0.018, 0.012),
            ]), Color(0xFFF0BE), shade: 0, glowing: isLit)
        easel.fill(
            .polygon([head + Point(-0.036, -0.048), head + Point(0, -0.085), head + Point(0.036, -0.048)]),
            Color(0x3A3A44), shade: 0)
    }
}
