/// Deer and horse, from the side.
extension AnimalPainter {
    func paintHoofed() {
        let isHorse = member.subject == .horse
        let run = member.action == .running
        let walk = member.action == .walking
        let mane = isHorse ? (member.hue == .white ? Color(0xD8CCB8) : Color(0x3A2C2C)) : dark
        let hoof = Color(0x4A3C3A)
        // Feet, knees: far pair first. x at the trunk, and where the hoof goes.
        let moves: [Double] =
            run ? [-0.26, 0.20, -0.14, 0.30] : walk ? [-0.10, 0.08, 0.09, -0.09] : [0.0, 0.0, 0.0, 0.0]
        func leg(_ index: Int, _ x: Double, _ color: Color) {
            let move = moves[index]
            let isHind = x < 0
            let lift = run ? (isHind ? 0.07 : 0.12) : walk && move > 0 ? 0.03 : 0
            let knee = (x + move * 0.45 + (isHind ? -0.02 : 0.015), 0.255 + lift * 0.5)
            let foot = (x + move + (run && !isHind ? -0.02 : 0), 0.035 + lift)
            let w = isHorse ? 1.25 : 1.0
            limb(
                [
                    (x, 0.44), (x + move * 0.2 + (isHind ? 0.03 : 0), 0.34), knee,
                    (foot.0 - 0.005, foot.1 + 0.06), foot,
                ], [0.13 * w, 0.085 * w, 0.048 * w, 0.036 * w, 0.046 * w], color)
            limb(
                [(foot.0, foot.1 + 0.008), (foot.0 + 0.012, foot.1 - 0.028)], [0.046 * w, 0.060 * w], hoof,
                shade: 0.2)
        }
        if isHorse {
            limb(
                [
                    (-0.36, 0.55), (-0.47, 0.46), (-0.48, 0.28),
                    (-0.52 - (run ? 0.12 : 0), 0.16 + (run ? 0.14 : 0)),
                ], [0.06, 0.10, 0.12, 0.02], mane)
        } else {
            fill([(-0.32, 0.55), (-0.41, 0.56), (-0.43, 0.47), (-0.36, 0.45)], pale)
        }
        leg(0, -0.24, dark)
        leg(1, 0.17, dark)
        let body: [(Double, Double)] =
            isHorse
            ? [
                (-0.37, 0.46), (-0.38, 0.56), (-0.28, 0.64), (-0.08, 0.61), (0.12, 0.63), (0.22, 0.70),
                (0.32, 0.60), (0.31, 0.45), (0.20, 0.38), (-0.02, 0.365), (-0.22, 0.39),
            ]
            : [
                (-0.34, 0.47), (-0.36, 0.55), (-0.27, 0.61), (-0.06, 0.575), (0.14, 0.60), (0.24, 0.62),
                (0.29, 0.54), (0.26, 0.44), (0.14, 0.39), (-0.04, 0.39), (-0.22, 0.42),
            ]
        let neck: [(Double, Double)] =
            isHorse
            ? [
                (0.12, 0.62), (0.22, 0.78), (0.33, 0.93), (0.43, 0.92), (0.44, 0.80), (0.38, 0.66),
                (0.31, 0.50),
            ]
            : [
                (0.13, 0.56), (0.22, 0.70), (0.27, 0.84), (0.36, 0.86), (0.375, 0.74), (0.335, 0.62),
                (0.27, 0.48),
            ]
        studio.fill(.joined([.closed(points(body)), .closed(points(neck))]), coat, shade: 0.8)
        inside(body) {
            self.fill(
                [(-0.36, 0.42), (0.0, 0.415), (0.3, 0.42), (0.3, 0.3), (-0.36, 0.3)], self.pale, shade: 0,
                edge: false, opacity: isHorse ? 0.25 : 0.75)
            if !isHorse {
                for (x, y) in [
                    (-0.26, 0.55), (-0.17, 0.52), (-0.20, 0.57), (-0.08, 0.535), (0.02, 0.52), (0.07, 0.56),
                    (-0.12, 0.48),
                ] { self.spot(x, y, 0.016, 0.013, self.pale) }
            }
        }
        leg(2, -0.30, coat)
        leg(3, 0.23, coat)
        isHorse ? horseHead(mane) : deerHead()
    }

    private func horseHead(_ mane: Color) {
        limb(
            [(0.36, 0.96), (0.25, 0.86), (0.17, 0.73), (0.11, 0.63)], [0.06, 0.10, 0.11, 0.05], mane,
            shade: 0.4)
        fill([(0.36, 0.95), (0.385, 1.05), (0.425, 0.95)], coat)
        fill(
            [
                (0.34, 0.88), (0.37, 0.955), (0.45, 0.955), (0.56, 0.84), (0.645, 0.74), (0.655, 0.685),
                (0.61, 0.65), (0.545, 0.675), (0.47, 0.73), (0.385, 0.78),
            ], coat, shade: 0.6)
        fill(
            [(0.575, 0.775), (0.645, 0.74), (0.655, 0.685), (0.61, 0.65), (0.56, 0.67)],
            member.hue == .black ? coat.mixed(.white, 0.15) : coat.mixed(Color(0x5A4440), 0.35), shade: 0.2,
            edge: false)
        limb(
            [(0.41, 0.965), (0.44, 0.91), (0.455, 0.86)], [0.05, 0.055, 0.01], mane, shade: 0.2, edge: false)
        spot(0.465, 0.868, 0.021, 0.024, nightEye)
        spot(0.471, 0.876, 0.007, 0.008, .white)
        spot(0.628, 0.705, 0.010, 0.013, nightEye, opacity: 0.8)
        line([(0.615, 0.668), (0.575, 0.685)], nightEye, 0.008, opacity: 0.6)
        studio.faces.append((at(0.5, 0.83), 0.16 * size))
    }

    private func deerHead() {
        if member.action != .running || facing > 0 {
            for (shift, tone) in [(-0.03, dark), (0.02, Color(0x9C7A58))] {
                limb(
                    [
                        (0.325 + shift, 0.90), (0.29 + shift, 1.02), (0.31 + shift, 1.14),
                        (0.38 + shift, 1.20),
                    ], [0.026, 0.026, 0.022, 0.012], tone)
                limb(
                    [(0.292 + shift, 1.01), (0.345 + shift, 1.05), (0.375 + shift, 1.10)],
                    [0.020, 0.020, 0.010], tone)
                limb(
                    [(0.30 + shift, 1.10), (0.265 + shift, 1.16), (0.27 + shift, 1.21)],
                    [0.020, 0.018, 0.010], tone)
            }
        }
        fill([(0.29, 0.88), (0.20, 0.96), (0.165, 0.93), (0.25, 0.84)], coat)
        fill(
            [(0.265, 0.885), (0.21, 0.935), (0.195, 0.915), (0.25, 0.86)], Color(0xF0B4A4), shade: 0,
            edge: false)
        fill(
            [
                (0.275, 0.83), (0.29, 0.905), (0.37, 0.915), (0.45, 0.845), (0.525, 0.785), (0.525, 0.745),
                (0.48, 0.73), (0.41, 0.75), (0.33, 0.765),
            ], coat, shade: 0.6)
        fill(
            [(0.33, 0.77), (0.41, 0.765), (0.50, 0.755), (0.48, 0.73), (0.41, 0.745)], pale, shade: 0,
            edge: false)
        spot(0.522, 0.777, 0.022, 0.020, nightEye)
        spot(0.385, 0.853, 0.024, 0.027, nightEye)
        spot(0.392, 0.862, 0.008, 0.009, .white)
        line([(0.50, 0.745), (0.465, 0.75)], nightEye, 0.007, opacity: 0.6)
        studio.faces.append((at(0.4, 0.83), 0.15 * size))
    }
}
