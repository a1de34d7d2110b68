/// The wheat field: golden rows that run to the horizon, a barn, ears of wheat in front.
extension Setting {
    func paintField() {
        let wheat = Color(random.pick([0xE9C255, 0xE2B548, 0xF0CC68]))
        let soil = easel.isSnowy ? Color(0xF3F6FC) : wheat
        land(horizon - 0.06, swing: 0.035, ground(Color(0x88AE84)), depth: 0.5)
        land(horizon, swing: 0.02, ground(Color(0x9CB660)), depth: 0.25)
        easel.depth = 0.12
        let side = heavySide
        if random.chance(0.75) {
            house(left: side < 0 ? 0.06 : 0.72, base: horizon + 0.05, width: 0.2, height: 0.12)
        }
        tree(
            .round, at: Point(aside(-side, within: 0.06...0.2), horizon + 0.05),
            height: random.uniform(0.2...0.3))
        land(horizon + 0.04, swing: 0.008, soil)
        rows(soil)
        if random.chance(0.5) { fence() }
        for _ in 0..<12 {
            sheaf(
                Point(
                    random.chance(0.85) ? aside(within: -0.02...0.3) : random.unit(),
                    random.uniform(0.9...1.04)), wheat)
        }
    }

    private func rows(_ soil: Color) {
        let vanishing = Point(random.uniform(0.35...0.65), horizon - 0.02)
        for index in -5...5 {
            let near = Point(0.5 + Double(index) * 0.2, 1.08)
            let top = vanishing.mixed(with: near, 0.12)
            let width = 0.05
            easel.fill(
                .polygon([top, Point(near.x + width, near.y), Point(near.x - width, near.y)]),
                easel.isSnowy ? Color(0xD9C99A) : soil.scaled(0.86), shade: 0, outlined: false, opacity: 0.75)
        }
    }

    private func fence() {
        let wood = Color(0x8A6848)
        let top = horizon + 0.13
        easel.line([Point(-0.05, top + 0.03), Point(1.05, top + 0.03)], wood, width: 0.016)
        for index in 0..<6 {
            let x = 0.02 + Double(index) * 0.19
            easel.line([Point(x, top), Point(x, top + 0.10)], wood, width: 0.022)
        }
    }

    /// A few large ears of wheat.
    private func sheaf(_ foot: Point, _ wheat: Color) {
        let height = random.uniform(0.10...0.17)
        for lean in [-0.35, 0.0, 0.3] {
            let tip = foot + Point(lean * height, -height * (1 - abs(lean) * 0.3))
            easel.line(
                [foot, foot.mixed(with: tip, 0.5) + Point(0, -0.01), tip], wheat.scaled(0.78), width: 0.007,
                outlined: false)
            easel.fill(
                .ellipse(tip, height * 0.075, height * 0.22, tilt: lean * 0.16),
                wheat.mixed(Color(0xFFE9A0), 0.25), shade: 0.4,
                outlined: false)
        }
    }
}
