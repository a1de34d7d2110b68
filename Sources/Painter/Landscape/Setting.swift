/// The surroundings of a scene, painted from far to near.
final class Setting {
    let easel: Easel
    let scene: Scene
    var random: SeededGenerator
    /// Height of the horizon in the picture.
    let horizon: Double
    /// Where things stand that frame the picture: most on the side away from the light.
    let heavySide: Double

    init(_ easel: Easel) {
        self.easel = easel
        scene = easel.scene
        random = SeededGenerator(seed: scene.composition, part: .place)
        let middle: Double
        switch scene.place {
        case .forest, .magicForest: middle = 0.60
        case .meadow: middle = 0.58
        case .seaside: middle = 0.47
        case .town: middle = 0.60
        case .mountainLake: middle = 0.50
        case .field: middle = 0.54
        }
        horizon = middle + random.uniform(-0.045...0.045)
        heavySide = -easel.light.side
    }

    /// Paints everything behind the figure.
    func paint() {
        paintSky()
        switch scene.place {
        case .forest: paintForest()
        case .magicForest: paintMagicForest()
        case .meadow: paintMeadow()
        case .seaside: paintSeaside()
        case .town: paintTown()
        case .mountainLake: paintMountainLake()
        case .field: paintField()
        }
        easel.depth = 0
        if scene.weather == .rain { paintPuddles() }
    }

    /// The colour of ground that snow covers when it snows.
    func ground(_ color: Color) -> Color {
        easel.isSnowy ? color.mixed(Color(0xF3F6FC), 0.88) : color
    }

    /// Grass green of this picture, between yellowish and bluish.
    func green() -> Color { Color(random.pick([0x86B85C, 0x79AC62, 0x9CC266, 0x72AA6E])) }

    /// A place across the picture beside its middle: on the given side, or on either.
    func aside(_ side: Double? = nil, within range: ClosedRange<Double> = 0.02...0.26) -> Double {
        let distance = random.uniform(range)
        return (side ?? random.sign()) < 0 ? distance : 1 - distance
    }

    /// A hill across the whole picture.
    func land(
        _ top: Double, swing: Double, _ color: Color, depth: Double = 0, waves: Double? = nil,
        shade: Double = 1
    ) {
        easel.depth = depth
        let waveCount = waves ?? random.uniform(0.5...1.2)
        let path = Path.land(top: top, swing: swing, waves: waveCount, phase: random.unit(), &random)
        easel.fill(path, color, shade: shade)
    }

    /// A path that runs from the foreground to the horizon.
    func pathway(from top: Double, _ color: Color) {
        let bend = random.uniform(-0.16...0.16)
        let near = random.uniform(0.40...0.60)
        let far = near + bend
        let path = Path.closed([
            Point(far - 0.015, top), Point(far + 0.015, top), Point(near + bend * 0.2 + 0.085, top + 0.12),
            Point(near + 0.20, 1.04), Point(near + 0.22, 1.12), Point(near - 0.26, 1.12),
            Point(near - 0.24, 1.04),
            Point(near + bend * 0.2 - 0.06, top + 0.12),
        ])
        easel.fill(
            path, ground(color).scaled(easel.isSnowy ? 0.93 : 1), shade: 0.5, outlined: scene.medium != .flat)
    }

    /// Puddles that mirror the sky.
    private func paintPuddles() {
        let mirror = easel.light.sky[2].mixed(easel.light.sky[0], 0.25)
        for index in 0..<3 {
            let center = Point(
                index == 0 ? random.uniform(0.3...0.7) : aside(index == 1 ? -1 : 1, within: 0.08...0.3),
                random.uniform(0.86...0.965))
            let width = random.uniform(0.09...0.16)
            easel.fill(
                .ellipse(center, width, width * 0.24), mirror.scaled(1.06), shade: 0, opacity: 0.95,
                glowing: true)
            easel.fill(
                .ellipse(center + Point(width * 0.15, -width * 0.02), width * 0.55, width * 0.10), .white,
                shade: 0, outlined: false, opacity: easel.light.isNight ? 0.14 : 0.42, glowing: true)
        }
    }
}
