/// Birds.
extension AnimalPainter {
    private var isMagpie: Bool { member.subject == .magpie }
    private var beak: Color {
        isMagpie ? Color(0x3A3640) : member.subject == .duck ? Color(0xF0A03C) : Color(0xEC9438)
    }

    private func birdEye(_ x: Double, _ y: Double, _ r: Double) {
        if coat.brightness < 0.4, member.subject != .crane { spot(x, y, r * 1.4, r * 1.4, Color(0xE8DCC8)) }
        spot(x, y, r, r * 1.1, nightEye)
        spot(x + r * 0.3, y + r * 0.45, r * 0.36, r * 0.36, .white)
        studio.faces.append((at(x, y), 0.2 * size))
    }

    func paintPerched() {
        let legs = Color(0x8A5A3C)
        for x in [-0.03, 0.09] {
            line([(x, 0.24), (x, 0.02)], isMagpie ? Color(0x3A3640) : legs, 0.035)
            for toe in [-0.07, 0.02, 0.10] {
                line([(x, 0.025), (x + toe, 0.0)], isMagpie ? Color(0x3A3640) : legs, 0.026)
            }
        }
        let tail = isMagpie ? -1.05 : -0.72
        limb(
            [(-0.20, 0.34), (-0.45, isMagpie ? 0.32 : 0.26), (tail, isMagpie ? 0.26 : 0.16)],
            [0.16, 0.17, 0.09], isMagpie ? Color(0x2E4A70) : dark)
        let body: [(Double, Double)] = [
            (-0.32, 0.33), (-0.20, 0.52), (0.02, 0.64), (0.10, 0.82), (0.26, 0.93), (0.43, 0.85),
            (0.46, 0.68), (0.40, 0.42), (0.24, 0.22), (0.0, 0.17), (-0.20, 0.20),
        ]
        fill(body, coat)
        inside(body) {
            self.fill(
                [(0.44, 0.62), (0.50, 0.40), (0.25, 0.10), (-0.10, 0.14), (0.05, 0.32), (0.26, 0.44)],
                self.isMagpie ? Color(0xFAF6F0) : self.pale, shade: 0, edge: false)
        }
        fill(
            [
                (0.16, 0.58), (0.0, 0.62), (-0.22, 0.46), (-0.50, 0.27), (-0.20, 0.25), (0.06, 0.32),
                (0.18, 0.44),
            ], dark, shade: 0.6)
        if isMagpie {
            fill(
                [(0.14, 0.57), (0.0, 0.59), (-0.10, 0.50), (0.04, 0.43), (0.15, 0.48)], Color(0xFAF6F0),
                shade: 0.2, edge: false)
        }
        for (x, y) in [(-0.14, 0.36), (-0.24, 0.33)] {
            line(
                [(x + 0.16, y + 0.05), (x, y - 0.02), (x - 0.12, y - 0.07)],
                isMagpie ? Color(0x3F6C9C) : coat.scaled(0.68), 0.022)
        }
        studio.fill(.polygon(points([(0.42, 0.80), (0.62, 0.735), (0.43, 0.69)])), beak, shade: 0.4)
        line([(0.43, 0.745), (0.58, 0.735)], beak.scaled(0.7), 0.014)
        birdEye(0.31, 0.79, 0.045)
        if !isMagpie { spot(0.25, 0.69, 0.055, 0.036, Color(0xF08070), opacity: 0.5) }
    }

    func paintFlying() {
        let isCrane = member.subject == .crane
        let isOwl = member.subject == .owl
        let tip = isCrane || isMagpie ? Color(0x34323C) : coat.scaled(0.66)
        let lift = random.uniform(0.85...1.1)
        // The far wing.
        wing(
            [
                (0.02, 0.46), (-0.10, 0.76 * lift), (-0.36, 1.08 * lift), (-0.62, 1.14 * lift),
                (-0.58, 0.92 * lift), (-0.42, 0.68), (-0.22, 0.44),
            ], dark, tip, back: true)
        if isCrane {
            for y in [0.36, 0.33] { line([(-0.30, y), (-0.95, y - 0.10)], Color(0x4A4450), 0.024) }
            limb([(0.26, 0.44), (0.52, 0.52), (0.80, 0.58)], [0.12, 0.07, 0.06], Color(0x3A3840))
        }
        limb(
            [(-0.26, 0.36), (-0.46, 0.33), (isMagpie ? -1.0 : isCrane ? -0.56 : -0.70, 0.29)],
            [0.16, 0.18, 0.12], isMagpie ? Color(0x2E4A70) : isCrane ? Color(0x34323C) : dark)
        let body: [(Double, Double)] = [
            (-0.36, 0.37), (-0.15, 0.48), (0.12, 0.52), (0.30, 0.58), (0.45, 0.53), (0.47, 0.42),
            (0.34, 0.30), (0.10, 0.24), (-0.18, 0.28),
        ]
        fill(body, coat)
        inside(body) {
            self.fill(
                [(0.42, 0.36), (0.30, 0.20), (-0.2, 0.20), (-0.1, 0.32), (0.2, 0.36)],
                self.isMagpie ? Color(0xFAF6F0) : self.pale, shade: 0, edge: false)
        }
        wing(
            [
                (0.20, 0.46), (0.12, 0.74 * lift), (-0.08, 1.02 * lift), (-0.34, 1.20 * lift),
                (-0.38, 0.98 * lift), (-0.30, 0.70), (-0.12, 0.36),
            ], coat.scaled(0.94), tip, back: false)
        if isCrane {
            spot(0.84, 0.60, 0.085, 0.07, Color(0xFAF6F0), shade: 0.3, edge: true)
            spot(0.85, 0.655, 0.045, 0.022, Color(0xD83C34))
            studio.fill(
                .polygon(points([(0.90, 0.63), (1.12, 0.585), (0.90, 0.565)])), Color(0x8A8468), shade: 0.2)
            birdEye(0.87, 0.612, 0.016)
        } else if isOwl {
            owlFace(0.38, 0.46, 0.20)
        } else {
            studio.fill(.polygon(points([(0.45, 0.52), (0.62, 0.455), (0.45, 0.42)])), beak, shade: 0.4)
            birdEye(0.36, 0.485, 0.038)
        }
    }

    /// A wing spread upwards, its quills dark at the tips.
    private func wing(_ shape: [(Double, Double)], _ color: Color, _ tip: Color, back: Bool) {
        fill(shape, color, shade: 0.6)
        inside(shape) {
            let (a, b) = (shape[3], shape[4])
            self.fill(
                [
                    (a.0 - 0.2, a.1 + 0.2), (a.0 + 0.10, a.1 - 0.02), (b.0 + 0.08, b.1 - 0.06),
                    (b.0 + 0.06, b.1 - 0.26), (b.0 - 0.3, b.1),
                ], tip, shade: 0, edge: false)
        }
        for index in 0..<4 {
            let f = 0.25 + 0.2 * Double(index)
            let outer = (
                shape[3].0 + (shape[6].0 - shape[3].0) * f - 0.06 * (1 - f),
                shape[3].1 + (shape[6].1 - shape[3].1) * f
            )
            line(
                [
                    (
                        shape[1].0 + (shape[0].0 - shape[1].0) * f * 0.7,
                        shape[1].1 + (shape[0].1 - shape[1].1) * f * 0.7
                    ), outer,
                ], color.scaled(0.74), 0.014, opacity: 0.8)
        }
    }

    func paintOwl() {
        for x in [-0.10, 0.10] {
            for toe in [-0.05, 0.0, 0.05] { line([(x, 0.05), (x + toe, 0.0)], Color(0xE0A040), 0.035) }
        }
        let body: [(Double, Double)] = [
            (0, 0.04), (-0.24, 0.10), (-0.34, 0.36), (-0.34, 0.66), (-0.28, 0.88), (-0.16, 0.96), (0, 0.94),
            (0.16, 0.96), (0.28, 0.88), (0.34, 0.66), (0.34, 0.36), (0.24, 0.10),
        ]
        for side in [-1.0, 1.0] {
            studio.fill(
                .polygon(points([(side * 0.30, 0.84), (side * 0.27, 1.06), (side * 0.10, 0.93)])), dark)
        }
        fill(body, coat)
        inside(body) {
            self.fill(
                [(0, 0.60), (0.18, 0.50), (0.20, 0.26), (0, 0.08), (-0.20, 0.26), (-0.18, 0.50)], self.pale,
                shade: 0.2, edge: false)
            for row in 0..<4 {
                for column in -2...2 where (row + column) % 2 == 0 {
                    let x = Double(column) * 0.07, y = 0.46 - Double(row) * 0.09;
                    self.line(
                        [(x - 0.025, y + 0.012), (x, y - 0.015), (x + 0.025, y + 0.012)], self.dark, 0.020)
                }
            }
        }
        for side in [-1.0, 1.0] {
            fill(
                [
                    (side * 0.30, 0.60), (side * 0.40, 0.40), (side * 0.32, 0.14), (side * 0.20, 0.22),
                    (side * 0.20, 0.46),
                ], dark, shade: 0.6)
        }
        owlFace(0, 0.74, 0.27)
    }

    private func owlFace(_ x: Double, _ y: Double, _ r: Double) {
        for side in [-1.0, 1.0] {
            spot(x + side * r * 0.46, y, r * 0.52, r * 0.54, pale, shade: 0.3)
            spot(x + side * r * 0.44, y, r * 0.33, r * 0.33, Color(0xF2BC3C))
            spot(x + side * r * 0.44, y, r * 0.21, r * 0.22, nightEye)
            spot(x + side * r * 0.40, y + r * 0.09, r * 0.075, r * 0.075, .white)
        }
        studio.fill(
            .polygon(
                points([(x - r * 0.14, y - r * 0.16), (x + r * 0.14, y - r * 0.16), (x, y - r * 0.54)])),
            Color(0xE09A38), shade: 0.3)
        studio.faces.append((at(x, y), r * 1.1 * size))
    }

    func paintCrane() {
        let leg = Color(0x4A4450)
        line([(-0.06, 0.42), (-0.045, 0.24), (-0.06, 0.01)], leg, 0.026)
        line([(-0.06, 0.015), (0.05, 0.0)], leg, 0.020)
        if random.chance(0.5) {
            line([(0.02, 0.42), (0.14, 0.30), (0.02, 0.22)], leg, 0.026)
        } else {
            line([(0.03, 0.42), (0.05, 0.24), (0.04, 0.01)], leg, 0.026)
            line([(0.04, 0.015), (0.14, 0.0)], leg, 0.020)
        }
        limb([(-0.20, 0.50), (-0.36, 0.42), (-0.42, 0.32)], [0.16, 0.16, 0.03], Color(0x34323C))
        limb(
            [(0.14, 0.54), (0.24, 0.66), (0.20, 0.80), (0.26, 0.92)], [0.12, 0.07, 0.055, 0.06],
            Color(0x3A3840))
        fill(
            [
                (-0.30, 0.52), (-0.20, 0.60), (0.02, 0.63), (0.20, 0.58), (0.20, 0.46), (0.06, 0.38),
                (-0.14, 0.40),
            ], coat, shade: 0.8)
        for y in [0.50, 0.46] {
            line([(0.06, y + 0.04), (-0.10, y), (-0.26, y - 0.015)], Color(0xC8C4C8), 0.012)
        }
        spot(0.29, 0.945, 0.062, 0.05, Color(0xFAF6F0), shade: 0.3, edge: true)
        spot(0.29, 0.985, 0.036, 0.018, Color(0xD83C34))
        studio.fill(
            .polygon(points([(0.34, 0.965), (0.52, 0.92), (0.34, 0.92)])), Color(0x8A8468), shade: 0.2)
        birdEye(0.31, 0.952, 0.013)
    }

    func paintDuck() {
        let swims = member.action == .swimming
        let base = swims ? -0.12 : 0.10
        if !swims {
            for x in [-0.06, 0.10] {
                line([(x, 0.26), (x, 0.03)], Color(0xE88C34), 0.045);
                fill(
                    [(x - 0.05, 0.0), (x, 0.045), (x + 0.12, 0.01), (x + 0.06, -0.015)], Color(0xE88C34),
                    shade: 0)
            }
        }
        let isMallard = member.hue == .green
        let plumage = isMallard ? Color(0xA8988C) : coat
        let head = isMallard ? Color(0x2F7C5C) : coat
        func b(_ x: Double, _ y: Double) -> (Double, Double) { (x, y + base) }
        let body = [
            b(-0.56, 0.42), b(-0.50, 0.28), b(-0.42, 0.14), b(-0.15, 0.06), b(0.20, 0.08), b(0.38, 0.22),
            b(0.36, 0.40), b(0.14, 0.44), b(-0.15, 0.40), b(-0.40, 0.40),
        ]
        fill(body, plumage)
        if isMallard {
            fill(
                [b(0.38, 0.22), b(0.36, 0.40), b(0.22, 0.43), b(0.18, 0.24), b(0.22, 0.10)], Color(0x8A5A40),
                shade: 0.3, edge: false)
        }
        limb([b(0.24, 0.34), b(0.27, 0.52), b(0.30, 0.66)], [0.24, 0.17, 0.18], head)
        if isMallard {
            limb([b(0.20, 0.47), b(0.36, 0.46)], [0.045, 0.045], Color(0xFAF6F0), shade: 0, edge: false)
        }
        spot(0.33, base + 0.72, 0.155, 0.14, head, shade: 0.5, edge: true)
        fill(
            [b(0.45, 0.76), b(0.56, 0.70), b(0.66, 0.685), b(0.64, 0.645), b(0.50, 0.64), b(0.43, 0.66)],
            beak, shade: 0.4)
        fill(
            [b(0.10, 0.36), b(-0.12, 0.38), b(-0.46, 0.30), b(-0.26, 0.18), b(0.0, 0.16), b(0.14, 0.24)],
            plumage.scaled(0.86), shade: 0.6)
        for y in [0.28, 0.23] {
            line([b(0.06, y), b(-0.14, y - 0.02), b(-0.32, y + 0.02)], plumage.scaled(0.7), 0.02)
        }
        birdEye(0.37, base + 0.75, 0.028)
        guard swims else { return }
        for (y, reach) in [(-0.035, 0.62), (-0.11, 0.50), (-0.18, 0.30)] {
            line(
                [
                    (-reach, y + 0.01), (-reach * 0.4, y - 0.012), (reach * 0.3, y + 0.008),
                    (reach, y - 0.004),
                ], studio.air.sparkle, 0.020, opacity: 0.65)
        }
    }
}
