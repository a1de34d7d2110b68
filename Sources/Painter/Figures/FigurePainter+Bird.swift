/// The bird: a beak, a wing; flying, perched or on its legs.
extension FigurePainter {
    func paintBird() {
        let feathers = coatColor
        let dark = feathers.scaled(0.78)
        let pale = feathers.mixed(Color(0xFFFAEC), 0.7)
        if scene.action == .walking {
            flyingBird(feathers, dark, pale)
        } else {
            groundedBird(feathers, dark, pale)
        }
    }

    private func groundedBird(_ feathers: Color, _ dark: Color, _ pale: Color) {
        let sitting = scene.action == .sitting
        let lift: Double
        if sitting {
            // A nest on a stump: the bird sinks into it.
            fill(
                .polygon([Point(-0.24, 0.02), Point(-0.20, -0.20), Point(0.20, -0.20), Point(0.24, 0.02)]),
                Color(0x8A6242))
            lift = -0.19
        } else {
            lift = -0.16
            for x in [-0.05, 0.09] {
                line([Point(x, -0.24), Point(x, -0.01)], Color(0xE8903A), width: 0.04, outlined: true)
                line([Point(x - 0.05, 0), Point(x + 0.08, 0)], Color(0xE8903A), width: 0.035, outlined: true)
            }
        }
        let base = Point(0, lift)
        fill(
            .closed([
                base + Point(-0.26, -0.20), base + Point(-0.60, -0.22), base + Point(-0.62, -0.12),
                base + Point(-0.24, -0.08),
            ]), dark)
        fill(
            .closed([
                base + Point(-0.34, -0.16), base + Point(-0.22, -0.36), base + Point(0.0, -0.50),
                base + Point(0.10, -0.70), base + Point(0.27, -0.76),
                base + Point(0.42, -0.64), base + Point(0.41, -0.44), base + Point(0.36, -0.20),
                base + Point(0.18, 0.0), base + Point(-0.14, 0.0),
            ]), feathers)
        fill(.ellipse(base + Point(0.20, -0.20), 0.14, 0.17, tilt: 0.04), pale, shade: 0.3, outlined: false)
        fill(
            .closed([
                base + Point(0.08, -0.40), base + Point(-0.14, -0.34), base + Point(-0.42, -0.12),
                base + Point(-0.12, -0.07), base + Point(0.08, -0.16),
            ]), dark)
        if sitting {
            fill(
                .closed([
                    base + Point(-0.36, -0.10), base + Point(0.0, -0.05), base + Point(0.36, -0.10),
                    base + Point(0.28, 0.05), base + Point(-0.28, 0.05),
                ]), Color(0xC09A5A))
        }
        birdFace(base + Point(0.26, -0.59))
    }

    private func flyingBird(_ feathers: Color, _ dark: Color, _ pale: Color) {
        fill(
            .closed([
                Point(-0.06, -0.50), Point(-0.26, -0.94), Point(-0.12, -1.0), Point(0.08, -0.80),
                Point(0.20, -0.50),
            ]), dark)
        fill(
            .polygon([
                Point(-0.25, -0.40), Point(-0.62, -0.42), Point(-0.54, -0.32), Point(-0.60, -0.22),
                Point(-0.22, -0.27),
            ]), dark)
        fill(
            .closed([
                Point(-0.34, -0.34), Point(-0.14, -0.48), Point(0.12, -0.54), Point(0.26, -0.64),
                Point(0.42, -0.58), Point(0.45, -0.44),
                Point(0.32, -0.30), Point(0.08, -0.19), Point(-0.18, -0.22),
            ]), feathers)
        fill(.ellipse(Point(0.12, -0.28), 0.20, 0.085, tilt: -0.05), pale, shade: 0.3, outlined: false)
        fill(
            .closed([
                Point(0.14, -0.44), Point(-0.02, -0.66), Point(-0.30, -0.84), Point(-0.48, -0.80),
                Point(-0.40, -0.66), Point(-0.30, -0.60),
                Point(-0.16, -0.40), Point(0.0, -0.34),
            ]), feathers.scaled(0.9))
        birdFace(Point(0.32, -0.48))
    }

    private func birdFace(_ center: Point) {
        easel.face = (frame.place(center), 0.15 * frame.scale)
        let beak = Color(0xF29A38)
        fill(
            .polygon([center + Point(0.10, -0.05), center + Point(0.30, 0.02), center + Point(0.09, 0.065)]),
            beak, shade: 0.4)
        ellipse(center.x + 0.03, center.y - 0.015, 0.042, 0.050, Color(0x241E28))
        ellipse(center.x + 0.042, center.y - 0.034, 0.015, 0.017, .white)
        ellipse(center.x - 0.01, center.y + 0.065, 0.045, 0.030, Color(0xF4776A), opacity: 0.55)
    }
}
