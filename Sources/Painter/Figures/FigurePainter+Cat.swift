/// The cat: pointed ears, whisker cheeks, a curled tail.
extension FigurePainter {
    func paintCat() {
        let fur = coatColor
        let dark = fur.scaled(details.coat == .black ? 0.82 : 0.86)
        let pale = details.coat == .black ? Color(0x6A6472) : fur.mixed(.white, 0.6)
        let striped = details.coat == .orange || details.coat == .gray
        if scene.action == .sitting {
            limb(
                [
                    Point(-0.18, -0.05), Point(-0.42, -0.06), Point(-0.50, -0.24), Point(-0.40, -0.36),
                    Point(-0.32, -0.28),
                ], [0.10, 0.10, 0.09, 0.075, 0.06], dark)
            fill(
                .closed([
                    Point(-0.26, 0.0), Point(-0.31, -0.15), Point(-0.24, -0.36), Point(-0.12, -0.54),
                    Point(0.12, -0.54), Point(0.24, -0.36),
                    Point(0.31, -0.15), Point(0.26, 0.0), Point(0.0, 0.015),
                ]), fur)
            fill(.ellipse(Point(0, -0.33), 0.12, 0.18), pale, shade: 0.3, outlined: false)
            for side in [-1.0, 1.0] {
                limb([Point(side * 0.075, -0.30), Point(side * 0.085, -0.05)], [0.10, 0.10], fur)
                ellipse(side * 0.095, -0.02, 0.075, 0.042, pale, shade: 0.3, outlined: true)
            }
            if striped { for y in [-0.30, -0.19] { sideStripes(y, 0.27, dark.scaled(0.82)) } }
            catHead(Point(0, -0.68), fur, pale, striped ? dark.scaled(0.82) : nil)
        } else {
            let walking = scene.action == .walking
            let tail: [Point] =
                walking
                ? [Point(-0.36, -0.40), Point(-0.54, -0.48), Point(-0.60, -0.66), Point(-0.50, -0.78)]
                : [Point(-0.36, -0.40), Point(-0.46, -0.58), Point(-0.44, -0.78), Point(-0.34, -0.86)]
            limb(tail, [0.09, 0.085, 0.08, 0.06], dark)
            quadrupedLegs(far: true, dark, pale, walking)
            fill(
                .closed([
                    Point(-0.42, -0.28), Point(-0.41, -0.43), Point(-0.24, -0.50), Point(0.05, -0.47),
                    Point(0.26, -0.52), Point(0.36, -0.40),
                    Point(0.33, -0.25), Point(0.1, -0.19), Point(-0.2, -0.20),
                ]), fur)
            quadrupedLegs(far: false, fur, pale, walking)
            if striped {
                for x in [-0.26, -0.12, 0.02] {
                    line([Point(x, -0.485), Point(x + 0.02, -0.36)], dark.scaled(0.82), width: 0.035)
                }
            }
            catHead(Point(0.32, -0.64), fur, pale, striped ? dark.scaled(0.82) : nil)
        }
    }

    private func sideStripes(_ y: Double, _ reach: Double, _ color: Color) {
        for side in [-1.0, 1.0] {
            line([Point(side * reach, y), Point(side * (reach - 0.10), y + 0.02)], color, width: 0.035)
        }
    }

    /// Four legs, the far pair darker; they stride or stand.
    func quadrupedLegs(far: Bool, _ color: Color, _ paw: Color, _ walking: Bool, width: Double = 0.095) {
        let swing = walking ? 0.10 : 0.0
        let feet: [(Double, Double)] =
            far ? [(-0.22, swing), (0.14, -swing)] : [(-0.33, -swing), (0.25, swing)]
        for (x, move) in feet {
            let lift = walking && move > 0 ? -0.035 : 0.0
            limb(
                [Point(x, -0.28), Point(x + move * 0.4, -0.15), Point(x + move, -0.03 + lift)],
                [width * 1.3, width, width * 0.9], color)
            ellipse(
                x + move + 0.02, -0.018 + lift, width * 0.66, width * 0.36, paw, shade: 0.3, outlined: true)
        }
    }

    private func catHead(_ center: Point, _ fur: Color, _ pale: Color, _ stripe: Color?) {
        easel.face = (frame.place(center), 0.22 * frame.scale)
        for side in [-1.0, 1.0] {
            fill(
                .polygon([
                    center + Point(side * 0.235, -0.03), center + Point(side * 0.225, -0.315),
                    center + Point(side * 0.035, -0.165),
                ]), fur)
            fill(
                .polygon([
                    center + Point(side * 0.195, -0.10), center + Point(side * 0.195, -0.245),
                    center + Point(side * 0.085, -0.16),
                ]),
                Color(0xF2A6A6), shade: 0, outlined: false)
        }
        fill(
            .closed([
                center + Point(-0.15, -0.165), center + Point(0.15, -0.165), center + Point(0.245, -0.02),
                center + Point(0.27, 0.085),
                center + Point(0.15, 0.165), center + Point(0, 0.185), center + Point(-0.15, 0.165),
                center + Point(-0.27, 0.085),
                center + Point(-0.245, -0.02),
            ]), fur, shade: 0.7)
        if let stripe {
            for x in [-0.06, 0.0, 0.06] {
                line([center + Point(x, -0.165), center + Point(x * 0.8, -0.085)], stripe, width: 0.028)
            }
        }
        let iris =
            details.coat == .black ? Color(0xF4D24A) : Color(random.pick([0x7CC06A, 0xF0C24A, 0x6AB8D8]))
        for side in [-1.0, 1.0] {
            ellipse(center.x + side * 0.105, center.y - 0.01, 0.052, 0.056, iris)
            ellipse(center.x + side * 0.105, center.y - 0.008, 0.028, 0.048, Color(0x221C26))
            ellipse(center.x + side * 0.105 + 0.012, center.y - 0.030, 0.014, 0.016, .white)
            ellipse(center.x + side * 0.062, center.y + 0.098, 0.075, 0.055, pale)
            for drop in [0.075, 0.115] {
                line(
                    [
                        center + Point(side * 0.15, drop),
                        center + Point(side * 0.31, drop + (drop - 0.09) * 1.2),
                    ], pale.mixed(.white, 0.5), width: 0.011, opacity: 0.9)
            }
        }
        ellipse(center.x, center.y + 0.062, 0.030, 0.021, Color(0xE8747C))
        line(
            [
                Point(-0.06, 0.098), Point(-0.03, 0.122), Point(0, 0.094), Point(0.03, 0.122),
                Point(0.06, 0.098),
            ].map { center + $0 }, Color(0x7A4048), width: 0.014)
    }
}
