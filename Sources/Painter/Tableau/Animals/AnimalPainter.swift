/// Paints one animal in coordinates of its own: x towards where it looks, y up, its standing height 1.
final class AnimalPainter {
    let studio: Studio
    let member: Tableau.Member
    let origin: Point
    let size: Double
    let facing: Double
    var random: SeededGenerator
    let coat: Color

    init(_ studio: Studio, _ member: Tableau.Member, foot: Point, metre: Double, seed: UInt64) {
        self.studio = studio
        self.member = member
        origin = foot
        size = metre * member.standingHeight
        facing = member.facesLeft ? -1 : 1
        random = SeededGenerator(seed: seed, part: .people)
        coat = Self.coat(member)
    }

    /// Where a lone animal is, and its picture units a metre: what flies is in the air, what swims in the water.
    static func station(_ member: Tableau.Member, _ tableau: Tableau, _ staging: Staging, height: Double) -> (
        Double, Double
    ) {
        switch (member.subject, member.action) {
        case (.fish, _), (.whale, _): (height * 0.66, staging.scale)
        case (.butterfly, _): (height * 0.62, staging.scale)
        case (_, .flying): (height * 0.56, staging.scale * 0.85)
        case (_, .swimming): (staging.horizon + (height - staging.horizon) * 0.30, staging.scale * 0.62)
        default: (staging.foot, staging.scale)
        }
    }

    private static func coat(_ member: Tableau.Member) -> Color {
        switch (member.subject, member.hue) {
        case (.fox, _): Color(0xE2793A)
        case (.tiger, _): Color(0xEC9A3C)
        case (.deer, _): Color(0xB67C4C)
        case (.bear, .black): Color(0x4A424A)
        case (.bear, _): Color(0x8C6040)
        case (.dog, .yellow): Color(0xE6BC74)
        case (.cat, .orange): Color(0xEC9C4A)
        case (.horse, .black): Color(0x4A424C)
        case (.owl, .brown): Color(0x9A7350)
        case (_, .white): Color(0xF7F1E8)
        case (_, .black): Color(0x48434E)
        case (_, .gray): Color(0x9A9CA6)
        case (_, .brown): Color(0xA06C42)
        default: Looks.color(member.hue)
        }
    }

    var dark: Color { coat.scaled(coat.brightness < 0.35 ? 0.78 : 0.84) }
    var pale: Color {
        switch member.subject {
        case .fox, .tiger, .deer: Color(0xFCF2E2)
        case .bear: coat.mixed(Color(0xF0D8B4), 0.5)
        default: coat.brightness < 0.35 ? coat.mixed(.white, 0.22) : coat.mixed(.white, 0.62)
        }
    }

    func paint() {
        let isGrounded = ![.flying, .swimming].contains(member.action)
        if isGrounded {
            let wide =
                member.action == .sitting
                ? 0.40
                : [.deer, .horse].contains(member.subject)
                    ? 0.42 : [.bird, .magpie, .crane, .owl, .duck].contains(member.subject) ? 0.30 : 0.58
            studio.groundShadow(origin + Point(0, 0.004), width: size * wide, height: size * 0.06)
        }
        studio.focus = 1
        switch member.subject {
        case .cat, .dog, .rabbit, .fox, .bear, .tiger:
            switch member.action {
            case .sitting: paintSitting()
            case .lying: paintLying()
            default: paintOnFours()
            }
        case .deer, .horse: paintHoofed()
        case .bird, .magpie: member.action == .flying ? paintFlying() : paintPerched()
        case .owl: member.action == .flying ? paintFlying() : paintOwl()
        case .crane: member.action == .flying ? paintFlying() : paintCrane()
        case .duck: paintDuck()
        case .fish: paintFish()
        case .whale: paintWhale()
        case .butterfly: paintButterfly()
        default: break
        }
        studio.focus = 0
    }

    // MARK: Coordinates

    func at(_ x: Double, _ y: Double) -> Point { Point(origin.x + x * facing * size, origin.y - y * size) }

    func points(_ list: [(Double, Double)]) -> [Point] { list.map { at($0.0, $0.1) } }

    func fill(
        _ list: [(Double, Double)], _ color: Color, shade: Double = 0.7, edge: Bool = true,
        opacity: Double = 1
    ) {
        studio.fill(.closed(points(list)), color, shade: shade, edge: edge, opacity: opacity)
    }

    func limb(
        _ list: [(Double, Double)], _ widths: [Double], _ color: Color, shade: Double = 0.6, edge: Bool = true
    ) {
        studio.fill(.limb(points(list), widths.map { $0 * size }), color, shade: shade, edge: edge)
    }

    func line(_ list: [(Double, Double)], _ color: Color, _ width: Double, opacity: Double = 1) {
        studio.line(points(list), color, width: width * size, opacity: opacity)
    }

    func spot(
        _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, _ color: Color, shade: Double = 0,
        edge: Bool = false, opacity: Double = 1, tilt: Double = 0
    ) {
        studio.fill(
            .ellipse(at(x, y), rx * size, ry * size, tilt: tilt * facing), color, shade: shade, edge: edge,
            opacity: opacity)
    }

    /// What is painted stays inside a shape.
    func inside(_ list: [(Double, Double)], _ body: () -> Void) {
        studio.canvas.clipped(to: .closed(points(list)), body)
    }

    var nightEye: Color { Color(0x241C22) }
}
