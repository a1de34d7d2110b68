/// Paints a head: its coordinates are half heads from its middle, x to the right of the picture, y up.
final class HeadPainter {
    enum Mode { case front, threeQuarter, profile, back }

    let studio: Studio
    let center: Point
    /// Half the head's height in picture units.
    let radius: Double
    let mode: Mode
    /// 1 where it looks to the right of the picture, -1 to the left.
    let facing: Double
    let nod: Double
    let looks: Looks
    let build: Build
    let expression: Tableau.Expression
    /// Half the head's width in half heads.
    let half: Double
    /// How far features move aside when the head is turned.
    let shift: Double
    var random: SeededGenerator

    init(
        _ studio: Studio, center: Point, radius: Double, turn: Double, nod: Double, looks: Looks,
        build: Build,
        expression: Tableau.Expression, random: SeededGenerator
    ) {
        self.studio = studio
        self.center = center
        self.radius = radius
        self.looks = looks
        self.build = build
        self.expression = expression
        self.random = random
        self.nod = nod * 5
        let folded = turn - turn.rounded()
        facing = folded < 0 ? -1 : 1
        let angle = abs(folded)
        mode = angle < 0.05 ? .front : angle < 0.19 ? .threeQuarter : angle < 0.33 ? .profile : .back
        half = build.isChild ? 0.90 : build.isFemale ? 0.79 : 0.81
        shift = mode == .threeQuarter ? 0.27 : mode == .front ? angle * 4 : 0
    }

    /// How much of a face there is room for: 0 none, 1 dots, 2 simple, 3 all.
    var detail: Int { radius < 0.018 ? 0 : radius < 0.040 ? 1 : radius < 0.085 ? 2 : 3 }

    // MARK: Coordinates

    func at(_ x: Double, _ y: Double) -> Point {
        Point(center.x + x * facing * radius, center.y - y * radius)
    }

    func points(_ list: [(Double, Double)]) -> [Point] { list.map { at($0.0, $0.1) } }

    func fill(
        _ list: [(Double, Double)], _ color: Color, shade: Double = 0.5, edge: Bool = true,
        opacity: Double = 1
    ) {
        studio.fill(.closed(points(list)), color, shade: shade, edge: edge, opacity: opacity)
    }

    func line(_ list: [(Double, Double)], _ color: Color, _ width: Double, opacity: Double = 1) {
        studio.line(points(list), color, width: width * radius, opacity: opacity)
    }

    func spot(
        _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, _ color: Color, shade: Double = 0,
        edge: Bool = false, opacity: Double = 1
    ) {
        studio.fill(
            .ellipse(at(x, y), rx * radius, ry * radius), color, shade: shade, edge: edge, opacity: opacity)
    }

    /// Where a feature lies that is `u` aside and `v` up on a face seen straight.
    func feature(_ u: Double, _ v: Double) -> (Double, Double) {
        let squeeze = mode == .threeQuarter ? 0.88 : 1
        let round = (1 - min(1, u * u)).squareRoot()
        return (u * squeeze + shift * round, v - nod * (1 - 0.3 * abs(u)))
    }

    // MARK: The head

    var contour: [(Double, Double)] {
        switch mode {
        case .front, .back:
            let jaw = build.isChild ? 0.80 : build.isFemale ? 0.66 : 0.72
            let right: [(Double, Double)] = [
                (half * 0.72, 0.82), (half * 0.99, 0.38), (half, -0.02), (half * 0.96, -0.35),
                (half * jaw, -0.72), (half * 0.32, -0.96),
            ]
            return [(0, 1)] + right + [(0, -1.0)] + right.reversed().map { (-$0.0, $0.1) }
        case .threeQuarter:
            let k = half / 0.82
            let cheek = build.isChild ? 0.06 : 0
            return [
                (0.05, 1), (0.52 * k, 0.86), (0.77 * k, 0.48), (0.78 * k, 0.16),
                (0.73 * k + cheek * 0.4, -0.06), (0.75 * k + cheek, -0.30),
                (0.66 * k + cheek, -0.60), (0.48 * k, -0.88), (0.22 * k, -0.99), (-0.08, -0.92),
                (-0.42 * k, -0.68), (-0.68 * k, -0.36), (-0.82 * k, 0.0),
                (-0.86 * k, 0.42), (-0.58 * k, 0.84),
            ]
        case .profile:
            if build.isChild {
                return [
                    (0.0, 1), (0.46, 0.90), (0.76, 0.58), (0.80, 0.22), (0.73, 0.0), (0.80, -0.14),
                    (0.92, -0.28), (0.78, -0.38), (0.81, -0.50),
                    (0.75, -0.58), (0.78, -0.68), (0.68, -0.86), (0.44, -0.96), (0.1, -0.80), (-0.2, -0.52),
                    (-0.52, -0.60), (-0.86, -0.28), (-0.98, 0.2), (-0.82, 0.68), (-0.45, 0.94),
                ]
            }
            let nose = build.isFemale ? 0.93 : 1.0
            return [
                (0.0, 1), (0.42, 0.92), (0.70, 0.62), (0.76, 0.28), (0.69, 0.08), (0.80, -0.10),
                (nose, -0.27), (0.78, -0.36), (0.81, -0.48),
                (0.75, -0.55), (0.79, -0.64), (0.70, -0.76), (0.71, -0.92), (0.52, -1.0), (0.12, -0.82),
                (-0.18, -0.48), (-0.5, -0.55), (-0.82, -0.22), (-0.92, 0.22), (-0.78, 0.68), (-0.42, 0.94),
            ]
        }
    }

    /// Paints what hangs behind head and shoulders.
    func paintBehind() {
        guard mode != .back, mode != .profile else { return }
        paintBackHair()
    }

    /// Paints the head itself.
    func paint() {
        let skin = looks.skin
        if mode == .profile { paintBackHair() }
        if mode == .front || mode == .back { for side in [-1.0, 1.0] { ear(side * half * 1.01, 0.95) } }
        fill(contour, skin, shade: 0.45)
        if detail >= 2, mode != .back { shadeFace() }
        if mode == .threeQuarter { ear(-0.62 * half / 0.82, 0.9) }
        switch mode {
        case .front, .threeQuarter: paintFace()
        case .profile: paintProfile()
        case .back: break
        }
        if looks.hasBeard, mode != .back { paintBeard() }
        paintHair()
        if mode == .profile { ear(-0.20, 1) }
        if mode == .back { paintBackHair() }
        if looks.hasGlasses, detail >= 2, mode == .front || mode == .threeQuarter { paintGlasses() }
        paintHat()
        studio.faces.append((center, radius * 1.1))
    }

    private func ear(_ x: Double, _ size: Double) {
        guard looks.cut != .bob, looks.cut != .long || mode == .profile, looks.hat != .scarf,
            !(looks.hat == .knitted && build.isChild)
        else { return }
        spot(x, -0.10, 0.13 * size, 0.20 * size, looks.skin.scaled(0.96), shade: 0.4, edge: true)
        if detail >= 2 {
            spot(x, -0.11, 0.07 * size, 0.12 * size, looks.skin.mixed(Color(0xB8503C), 0.25), opacity: 0.7)
        }
    }

    /// Shade on the side away from the light and under the hair.
    private func shadeFace() {
        let dark = studio.tint(looks.skin.mixed(Color(0x8A3C50), 0.42))
        guard ![.woodcut].contains(studio.tableau.medium) else { return }
        let side = -studio.air.side
        let face = Path.closed(points(contour))
        studio.canvas.clipped(to: face) {
            let middle = Point(self.center.x + side * self.radius * 1.12, self.center.y + self.radius * 0.1)
            self.studio.canvas.fill(
                .ellipse(middle, self.radius * 0.62, self.radius * 1.4), .solid(dark, opacity: 0.20))
            self.studio.canvas.fill(
                .ellipse(
                    Point(middle.x + side * self.radius * 0.12, middle.y), self.radius * 0.56,
                    self.radius * 1.4), .solid(dark, opacity: 0.14))
            self.studio.canvas.fill(
                .ellipse(self.at(self.shift, 0.62), self.radius * 0.9, self.radius * 0.36),
                .solid(dark, opacity: 0.12))
        }
    }
}
