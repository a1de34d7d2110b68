/// A bicycle from the side, in heights of its rider.
struct BicyclePainter {
    let studio: Studio
    let color: Color
    let origin: Point
    let scale: Double
    let facing: Double

    init(_ studio: Studio, _ color: Color, origin: Point, scale: Double, facing: Double) {
        self.studio = studio
        self.color = color
        self.origin = origin
        self.scale = scale
        self.facing = facing
    }

    private func at(_ x: Double, _ y: Double) -> Point { origin + Point(x * facing, -y) * scale }

    private func tube(_ a: Point, _ b: Point, _ width: Double, _ color: Color) {
        studio.stroke(.polyline([a, b]), color, width: width * scale, edge: true)
    }

    /// Paints it; the saddle lies at 0, 0.52, the grips at 0.30, 0.62.
    func paint() {
        let (rear, front) = (at(-0.26, 0.175), at(0.38, 0.175))
        studio.groundShadow(
            origin + Point(0.05 * facing * scale, 0), width: scale * 0.50, height: scale * 0.03)
        for hub in [rear, front] {
            let reach = 0.175 * scale
            for step in 0..<6 {
                let turn = Double(step) / 12 + 0.02
                let spoke = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn)) * reach
                studio.stroke(.polyline([hub - spoke, hub + spoke]), Color(0xA8A8AE), width: 0.004 * scale)
            }
            studio.stroke(.ellipse(hub, reach, reach), Color(0x3A3A42), width: 0.026 * scale, edge: true)
            studio.stroke(.ellipse(hub, reach * 0.88, reach * 0.88), Color(0xC8C8CC), width: 0.007 * scale)
        }
        let crank = at(0.04, 0.17)
        let (saddle, head) = (at(-0.055, 0.46), at(0.285, 0.46))
        tube(rear, crank, 0.020, color)
        tube(rear, at(-0.04, 0.42), 0.018, color)
        tube(crank, at(-0.045, 0.44), 0.026, color)
        tube(crank, at(0.30, 0.40), 0.026, color)
        tube(at(-0.04, 0.42), head, 0.026, color)
        tube(front, at(0.275, 0.50), 0.022, color.scaled(0.85))
        tube(at(0.275, 0.50), at(0.265, 0.575), 0.018, Color(0xB8B8C0))
        studio.line(
            [at(0.265, 0.575), at(0.32, 0.60), at(0.29, 0.615), at(0.22, 0.61)], Color(0x4A4448),
            width: 0.022 * scale)
        studio.fill(
            .closed([
                saddle + Point(-0.075 * facing, 0.0) * scale, saddle + Point(-0.05 * facing, -0.026) * scale,
                saddle + Point(0.07 * facing, -0.012) * scale, saddle + Point(0.02 * facing, 0.014) * scale,
            ]), Color(0x6A4632), shade: 0.4)
        studio.fill(.ellipse(crank, 0.042 * scale, 0.042 * scale), Color(0x8A8A92), shade: 0.3)
        tube(at(0.02, 0.075), at(0.06, 0.265), 0.014, Color(0x6A6A72))
        studio.fill(
            .polygon([at(0.30, 0.52), at(0.46, 0.52), at(0.44, 0.40), at(0.32, 0.40)]), Color(0xB88A54),
            shade: 0.4)
        for y in [0.44, 0.48] {
            studio.stroke(.polyline([at(0.31, y), at(0.45, y)]), Color(0x8A6440), width: 0.008 * scale)
        }
    }
}
