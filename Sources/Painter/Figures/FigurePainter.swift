/// Paints the subject, large and clear, in coordinates of its own: feet at 0, height about 1 upwards as -1.
final class FigurePainter {
    let easel: Easel
    let scene: Scene
    let details: SceneDetails
    var random: SeededGenerator
    let frame: Frame

    /// Prepares the figure of a scene; nil where there is none.
    init?(_ easel: Easel, horizon: Double) {
        guard easel.scene.subject != .none else { return nil }
        self.easel = easel
        scene = easel.scene
        details = easel.details
        var random = SeededGenerator(seed: scene.composition, part: .figure)
        let across = 0.5 + random.uniform(-0.1...0.1)
        let size: Double
        var feet = random.uniform(0.90...0.95)
        switch scene.subject {
        case .girl, .boy, .oldMan:
            let stature = scene.subject == .oldMan ? 1.04 : 1
            if details.isCloseUp {
                // An umbrella needs room above the head.
                let room = details.hasUmbrella ? 0.26 : 0.14
                size = random.uniform(1.0...1.15) * stature * (details.hasUmbrella ? 0.9 : 1)
                feet = room + size
            } else if scene.action == .sitting {
                size = random.uniform(0.70...0.82) * stature
            } else {
                size = random.uniform(0.62...0.78) * stature
            }
        case .cat, .dog:
            size = scene.action == .sitting ? random.uniform(0.60...0.72) : random.uniform(0.62...0.71)
        default:
            size = random.uniform(0.60...0.72)
            if scene.action == .walking { feet = random.uniform(0.68...0.78) }
        }
        frame = Frame(origin: Point(across, feet), scale: size, facing: random.sign())
        self.random = random
    }

    /// Paints the figure with its shadow and a soft light behind it that lifts it from the ground.
    func paint() {
        easel.depth = 0
        let middle = frame.place(Point(0, scene.subject.isPerson ? -0.55 : -0.4))
        let halo = easel.tint(easel.light.fog.mixed(.white, easel.light.isNight ? 0.25 : 0.5), glowing: true)
        easel.glow(middle, radius: frame.scale * 0.62, halo, strength: scene.medium == .flat ? 0.28 : 0.5)
        if !(scene.subject == .bird && scene.action == .walking) {
            let width = scene.subject.isPerson ? 0.24 : 0.36
            easel.groundShadow(frame.origin, width: frame.scale * width, height: frame.scale * 0.045)
        }
        easel.isFigure = true
        switch scene.subject {
        case .girl, .boy, .oldMan: paintPerson()
        case .cat: paintCat()
        case .dog: paintDog()
        case .bird: paintBird()
        case .none: break
        }
        easel.isFigure = false
    }

    // MARK: Painting in the figure's own coordinates

    func fill(
        _ path: Path, _ color: Color, shade: Double = 1, outlined: Bool = true, opacity: Double = 1
    ) {
        easel.fill(path.mapped(frame.place), color, shade: shade, outlined: outlined, opacity: opacity)
    }

    func limb(_ points: [Point], _ widths: [Double], _ color: Color, shade: Double = 0.7) {
        fill(.limb(points, widths), color, shade: shade)
    }

    func ellipse(
        _ x: Double, _ y: Double, _ radiusX: Double, _ radiusY: Double, _ color: Color, shade: Double = 0,
        outlined: Bool = false, opacity: Double = 1, tilt: Double = 0
    ) {
        fill(
            .ellipse(Point(x, y), radiusX, radiusY, tilt: tilt), color, shade: shade, outlined: outlined,
            opacity: opacity)
    }

    func line(_ points: [Point], _ color: Color, width: Double, opacity: Double = 1, outlined: Bool = false) {
        easel.line(
            points.map(frame.place), color, width: width * frame.scale, opacity: opacity, outlined: outlined)
    }

    // MARK: Colours

    var clothesColor: Color {
        switch details.clothes {
        case .red: Color(0xDC4A40)
        case .yellow: Color(0xF6C53E)
        case .blue: Color(0x4B8CD0)
        case .green: Color(0x58A868)
        case .purple: Color(0x9A68C0)
        case .pink: Color(0xF39AB4)
        case .white: Color(0xFAF4E8)
        }
    }

    var coatColor: Color {
        switch details.coat {
        case .white: Color(0xF8F1E6)
        case .black: Color(0x4A4552)
        case .gray: Color(0x9A9CA8)
        case .orange: Color(0xEFA04C)
        case .brown: Color(0xA9703F)
        case .yellow: Color(0xF9CF45)
        case .blue: Color(0x4E9AD8)
        case .red: Color(0xE0503F)
        }
    }
}
