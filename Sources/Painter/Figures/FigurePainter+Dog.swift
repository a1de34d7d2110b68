/// The dog: hanging ears, a muzzle, a red collar.
extension FigurePainter {
    func paintDog() {
        let fur = coatColor
        let dark = fur.scaled(0.82)
        let pale = details.coat == .black ? Color(0x8C8076) : fur.mixed(Color(0xFFF8EC), 0.75)
        if scene.action == .sitting {
            limb([Point(-0.22, -0.08), Point(-0.40, -0.16), Point(-0.44, -0.30)], [0.10, 0.09, 0.06], fur)
            fill(
                .closed([
                    Point(-0.27, 0.0), Point(-0.32, -0.14), Point(-0.25, -0.34), Point(-0.17, -0.54),
                    Point(0.17, -0.54), Point(0.25, -0.34),
                    Point(0.32, -0.14), Point(0.27, 0.0), Point(0, 0.015),
                ]), fur)
            fill(.ellipse(Point(0, -0.34), 0.13, 0.18), pale, shade: 0.3, outlined: false)
            for side in [-1.0, 1.0] {
                limb([Point(side * 0.095, -0.34), Point(side * 0.105, -0.05)], [0.12, 0.115], fur)
                ellipse(side * 0.115, -0.02, 0.085, 0.045, pale, shade: 0.3, outlined: true)
            }
            collar(Point(0, -0.49))
            dogHead(Point(0, -0.70), fur, dark, pale)
        } else {
            let walking = scene.action == .walking
            limb([Point(-0.36, -0.42), Point(-0.50, -0.54), Point(-0.52, -0.68)], [0.10, 0.09, 0.055], fur)
            quadrupedLegs(far: true, dark, pale, walking, width: 0.11)
            fill(
                .closed([
                    Point(-0.43, -0.28), Point(-0.42, -0.44), Point(-0.22, -0.50), Point(0.05, -0.49),
                    Point(0.26, -0.56), Point(0.37, -0.42),
                    Point(0.33, -0.25), Point(0.1, -0.18), Point(-0.2, -0.19),
                ]), fur)
            fill(.ellipse(Point(-0.16, -0.40), 0.12, 0.075), dark, shade: 0, outlined: false, opacity: 0.7)
            quadrupedLegs(far: false, fur, pale, walking, width: 0.11)
            collar(Point(0.28, -0.49))
            dogHead(Point(0.32, -0.68), fur, dark, pale)
        }
    }

    private func collar(_ center: Point) {
        fill(.ellipse(center, 0.165, 0.05), Color(0xDA443E), shade: 0.5)
        ellipse(center.x, center.y + 0.065, 0.034, 0.034, Color(0xF8CE52), outlined: true)
    }

    private func dogHead(_ center: Point, _ fur: Color, _ dark: Color, _ pale: Color) {
        easel.face = (frame.place(center), 0.22 * frame.scale)
        fill(
            .closed([
                center + Point(-0.13, -0.205), center + Point(0.13, -0.205), center + Point(0.225, -0.07),
                center + Point(0.21, 0.10),
                center + Point(0.11, 0.20), center + Point(-0.11, 0.20), center + Point(-0.21, 0.10),
                center + Point(-0.225, -0.07),
            ]), fur, shade: 0.7)
        ellipse(center.x + 0.10, center.y - 0.03, 0.085, 0.095, dark, opacity: 0.55)
        fill(
            .ellipse(center + Point(0, 0.105), 0.125, 0.095), pale, shade: 0.3, outlined: scene.medium == .ink
        )
        if random.chance(0.6) {
            fill(.ellipse(center + Point(0, 0.185), 0.045, 0.055), Color(0xF0787E), shade: 0.2)
        }
        line(
            [
                Point(-0.085, 0.118), Point(-0.045, 0.142), Point(0, 0.108), Point(0.045, 0.142),
                Point(0.085, 0.118),
            ].map { center + $0 }, Color(0x5A3A38), width: 0.017)
        ellipse(center.x, center.y + 0.055, 0.055, 0.040, Color(0x2A2228))
        ellipse(center.x - 0.014, center.y + 0.043, 0.016, 0.010, Color(0xFFFFFF), opacity: 0.7)
        for side in [-1.0, 1.0] {
            ellipse(center.x + side * 0.098, center.y - 0.035, 0.034, 0.042, Color(0x2A2228))
            ellipse(center.x + side * 0.098 + 0.010, center.y - 0.050, 0.012, 0.014, .white)
            fill(
                .closed([
                    center + Point(side * 0.12, -0.215), center + Point(side * 0.225, -0.17),
                    center + Point(side * 0.325, 0.02),
                    center + Point(side * 0.30, 0.14), center + Point(side * 0.225, 0.12),
                    center + Point(side * 0.185, -0.03),
                ]), dark.scaled(0.88))
        }
    }
}
