/// Fish, whale, butterfly.
extension AnimalPainter {
    func paintFish() {
        let y = 0.30
        fill([(-0.36, y), (-0.66, y + 0.24), (-0.60, y), (-0.66, y - 0.24)], dark)
        fill([(-0.20, y + 0.20), (-0.05, y + 0.40), (0.22, y + 0.32), (0.16, y + 0.20)], dark)
        fill([(0.02, y - 0.20), (-0.06, y - 0.36), (0.14, y - 0.20)], dark)
        let body: [(Double, Double)] = [
            (0.56, y), (0.42, y + 0.15), (0.14, y + 0.25), (-0.16, y + 0.20), (-0.42, y + 0.05),
            (-0.42, y - 0.05), (-0.16, y - 0.20), (0.14, y - 0.24), (0.42, y - 0.14),
        ]
        fill(body, coat)
        inside(body) {
            self.fill(
                [(0.6, y - 0.04), (0.1, y - 0.10), (-0.4, y - 0.02), (-0.4, y - 0.3), (0.6, y - 0.3)],
                self.pale, shade: 0, edge: false, opacity: 0.8)
            for x in [-0.22, -0.02] {
                self.limb(
                    [(x, y + 0.30), (x + 0.04, y), (x, y - 0.3)], [0.07, 0.085, 0.06], self.pale, shade: 0,
                    edge: false)
            }
        }
        line([(0.24, y + 0.16), (0.18, y), (0.24, y - 0.14)], coat.scaled(0.7), 0.018)
        fill([(0.10, y - 0.02), (-0.04, y - 0.10), (-0.10, y - 0.02), (-0.02, y + 0.04)], dark, shade: 0.3)
        spot(0.37, y + 0.045, 0.056, 0.056, .white)
        spot(0.38, y + 0.045, 0.036, 0.038, nightEye)
        spot(0.39, y + 0.06, 0.012, 0.012, .white)
        line([(0.545, y - 0.035), (0.50, y - 0.06), (0.46, y - 0.05)], coat.scaled(0.55), 0.018)
        for (x, rise, r) in [(0.66, 0.12, 0.03), (0.72, 0.24, 0.022), (0.68, 0.34, 0.034)] {
            studio.canvas.stroke(
                .ellipse(at(x, y + rise), r * size, r * size),
                .solid(studio.tint(Color(0xF0FCFF), glowing: true), opacity: 0.8), width: 0.012 * size)
        }
    }

    func paintWhale() {
        let body: [(Double, Double)] = [
            (0.60, 0.26), (0.58, 0.44), (0.36, 0.56), (0.05, 0.54), (-0.26, 0.42), (-0.50, 0.38),
            (-0.60, 0.36), (-0.50, 0.30), (-0.26, 0.18), (0.05, 0.10), (0.38, 0.10),
        ]
        fill(
            [(-0.52, 0.345), (-0.66, 0.52), (-0.84, 0.54), (-0.74, 0.40), (-0.80, 0.24), (-0.66, 0.28)], dark)
        fill(body, coat, shade: 0.9)
        inside(body) {
            self.fill(
                [(0.64, 0.30), (0.36, 0.27), (0.05, 0.20), (-0.3, 0.20), (-0.3, 0.0), (0.64, 0.0)], self.pale,
                shade: 0, edge: false)
            for index in 0..<5 {
                let y = 0.245 - 0.035 * Double(index);
                self.line(
                    [(0.62, y + 0.01), (0.34, y), (0.02, y - 0.07)], self.coat.scaled(0.8), 0.010,
                    opacity: 0.8)
            }
        }
        line([(0.585, 0.305), (0.42, 0.285), (0.34, 0.30)], coat.scaled(0.6), 0.014)
        fill([(0.16, 0.22), (0.02, 0.02), (-0.12, -0.03), (-0.02, 0.16), (0.06, 0.25)], dark)
        spot(0.36, 0.345, 0.028, 0.030, nightEye)
        spot(0.367, 0.355, 0.010, 0.010, .white)
        line([(0.32, 0.39), (0.36, 0.40), (0.40, 0.385)], coat.scaled(0.6), 0.010)
        spot(0.20, 0.48, 0.05, 0.012, coat.mixed(.white, 0.4), opacity: 0.7)
        for (x, y, r) in [(0.30, 0.68, 0.03), (0.24, 0.80, 0.045), (0.36, 0.90, 0.025)] {
            studio.canvas.stroke(
                .ellipse(at(x, y), r * size, r * size),
                .solid(studio.tint(Color(0xF0FCFF), glowing: true), opacity: 0.8), width: 0.010 * size)
        }
    }

    func paintButterfly() {
        let y = 0.50
        let edge = coat.brightness > 0.8 ? Color(0x8C7C9C) : Color(0x3A2E38)
        for side in [-1.0, 1.0] {
            let upper: [(Double, Double)] = [
                (side * 0.03, y + 0.05), (side * 0.16, y + 0.36), (side * 0.44, y + 0.50),
                (side * 0.60, y + 0.38), (side * 0.50, y + 0.12), (side * 0.24, y - 0.01),
            ]
            let lower: [(Double, Double)] = [
                (side * 0.03, y + 0.0), (side * 0.26, y - 0.02), (side * 0.46, y - 0.14),
                (side * 0.40, y - 0.36), (side * 0.22, y - 0.40), (side * 0.08, y - 0.20),
            ]
            for (shape, tone) in [(lower, coat.mixed(.white, 0.18)), (upper, coat)] {
                fill(shape, edge, shade: 0.2)
                let center = shape.reduce((0.0, 0.0)) { ($0.0 + $1.0 / 6, $0.1 + $1.1 / 6) }
                let inner = shape.map {
                    (center.0 + ($0.0 - center.0) * 0.82, center.1 + ($0.1 - center.1) * 0.82)
                }
                fill(inner, tone, shade: 0.6, edge: false)
                line(
                    [
                        (side * 0.05, y), (center.0, center.1),
                        (shape[3].0 * 0.86, shape[3].1 - (shape[3].1 - center.1) * 0.3),
                    ], edge, 0.012, opacity: 0.7)
                spot(
                    shape[3].0 * 0.80, center.1 + (shape[3].1 - center.1) * 0.6, 0.055, 0.055,
                    tone.mixed(.white, 0.65))
                spot(shape[3].0 * 0.80, center.1 + (shape[3].1 - center.1) * 0.6, 0.026, 0.026, edge)
            }
        }
        limb([(0, y + 0.16), (0, y), (0, y - 0.26)], [0.06, 0.075, 0.03], Color(0x3A2E34))
        spot(0, y + 0.19, 0.045, 0.045, Color(0x3A2E34))
        for side in [-1.0, 1.0] {
            line(
                [(side * 0.01, y + 0.22), (side * 0.07, y + 0.34), (side * 0.15, y + 0.40)], Color(0x3A2E34),
                0.014);
            spot(side * 0.15, y + 0.40, 0.018, 0.018, Color(0x3A2E34))
        }
    }
}
