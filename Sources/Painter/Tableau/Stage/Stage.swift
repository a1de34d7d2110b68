/// Paints the place in planes from the sky forward.
final class Stage {
    let studio: Studio
    let tableau: Tableau
    let staging: Staging
    var random: SeededGenerator
    /// The side on which the larger things stand, -1 or 1.
    let heavySide: Double
    let width: Double
    let height: Double
    let horizon: Double

    init(_ studio: Studio, _ staging: Staging) {
        self.studio = studio
        tableau = studio.tableau
        self.staging = staging
        random = SeededGenerator(seed: studio.tableau.composition, part: .stage)
        width = studio.width
        height = studio.height
        horizon = staging.horizon
        let lean = random.sign()
        // Large things stand where the figure does not.
        heavySide = staging.across < width * 0.44 ? 1 : staging.across > width * 0.56 ? -1 : lean
    }

    var isSnowy: Bool { tableau.isSnowy }
    var isDark: Bool { studio.air.isDark }
    /// From the horizon to the lower edge.
    var fore: Double { height - horizon }

    /// A height between horizon (0) and lower edge (1).
    func down(_ fraction: Double) -> Double { horizon + fore * fraction }

    func at(_ x: Double, _ y: Double, _ z: Double) -> Point { staging.project(x, y, z, width: width) }

    func paint() {
        switch tableau.place {
        case .forest: paintForest(magic: false)
        case .magicForest: paintForest(magic: true)
        case .meadow: paintMeadow()
        case .garden: paintGarden()
        case .seaside: paintSeaside()
        case .harbour: paintHarbour()
        case .town: paintTown()
        case .alley: paintAlley()
        case .market: paintMarket()
        case .station: paintStation()
        case .room: paintRoom()
        case .rooftop: paintRooftop()
        case .mountainLake: paintMountainLake()
        case .snowVillage: paintSnowVillage()
        case .wheatField: paintWheatField()
        case .riceField: paintRiceField()
        case .temple: paintTemple()
        case .hanok: paintHanokVillage()
        case .underwater: paintUnderwater()
        case .plain: paintPlain()
        }
        studio.depth = 0
    }

    // MARK: Colours

    /// The colour of grass in the season.
    func grass() -> Color {
        let color: Color =
            switch tableau.season {
            case .spring: Color(random.pick([0x8CC063, 0x9AC766, 0x86BF6C]))
            case .summer: Color(random.pick([0x5FA552, 0x6DAE4E, 0x589E5A]))
            case .autumn: Color(random.pick([0xC2A95A, 0xB9A050, 0xC9AE62]))
            case .winter: Color(random.pick([0xA9A57E, 0xB3A988, 0x9EA084]))
            }
        return ground(color)
    }

    /// The colour of leaves in the season.
    func leaves() -> Color {
        switch tableau.season {
        case .spring: Color(random.pick([0x86BD5E, 0x9CCB6A, 0x77B368, 0xA8CF72]))
        case .summer: Color(random.pick([0x3F8A4C, 0x4E9A50, 0x377F54, 0x5FA556]))
        case .autumn: Color(random.pick([0xD9742F, 0xC9482E, 0xE0A033, 0xB8602E, 0xE6B84A]))
        case .winter: Color(random.pick([0x6F8466, 0x7A8A6C, 0x66796A]))
        }
    }

    /// The colour of the ground under it: snow where there is snow.
    func ground(_ color: Color) -> Color { isSnowy ? Color(0xF2F6FC).mixed(color, 0.05) : color }

    /// A place left or right of the middle, measured as a share of the width from that side's edge.
    func aside(_ side: Double? = nil, within range: ClosedRange<Double>) -> Double {
        let chosen = side ?? random.sign()
        let offset = random.uniform(range) * width
        return chosen < 0 ? offset : width - offset
    }

    // MARK: Planes

    /// A hill or plain from side to side down to the lower edge.
    func land(
        _ top: Double, swing: Double, _ color: Color, depth: Double = 0, waves: Double = 0.9,
        shade: Double = 0.6,
        edge: Bool = true
    ) {
        studio.depth = depth
        let phase = random.unit()
        var points: [Point] = []
        let steps = 14
        for step in 0...steps {
            let x = width * (-0.06 + 1.12 * Double(step) / Double(steps))
            let wave =
                Trigonometry.sine(turns: phase + waves * x) * 0.7
                + Trigonometry.sine(turns: phase * 1.7 + waves * 2.3 * x) * 0.3
            points.append(Point(x, top - swing * wave))
        }
        var path = Path.open(points)
        path.elements.append(.line(Point(width * 1.06, height + 0.1)))
        path.elements.append(.line(Point(-width * 0.06, height + 0.1)))
        path.elements.append(.close)
        studio.fill(path, color, shade: shade, edge: edge)
    }

    /// A range of mountains standing on `base`.
    func range(
        base: Double, height peakHeight: Double, _ color: Color, depth: Double, peaks: Int = 4,
        sharp: Double = 0.5,
        snow: Bool = false
    ) {
        studio.depth = depth
        var ridge: [Point] = []
        var tops: [Point] = []
        let step = width * 1.2 / Double(peaks)
        for index in 0...peaks {
            let x = -width * 0.1 + step * Double(index) + random.uniform(-0.25...0.25) * step
            let top = base - peakHeight * random.uniform(0.55...1)
            let peak = Point(x, top)
            tops.append(peak)
            let dip = base - peakHeight * random.uniform(0.10...0.38)
            ridge.append(peak)
            ridge.append(Point(x + step * 0.28, top + (dip - top) * random.uniform(0.4...0.6)))
            ridge.append(Point(x + step * 0.5, dip))
            ridge.append(Point(x + step * 0.74, dip - peakHeight * random.uniform(0.12...0.25)))
        }
        let body = [Point(-width * 0.3, base + 0.02)] + ridge + [Point(width * 1.3, base + 0.02)]
        var path = sharp > 0.4 ? Path.polyline(body) : Path.open(body)
        path.elements.append(.line(Point(width * 1.3, base + 0.08)))
        path.elements.append(.line(Point(-width * 0.3, base + 0.08)))
        path.elements.append(.close)
        studio.fill(path, color, shade: 0.7)
        guard sharp > 0.4, tableau.medium != .paperCut || depth < 0.5 else { return }
        for (index, top) in tops.enumerated() {
            let next = ridge[index * 4 + 1]
            let valley = ridge[index * 4 + 2]
            // The far side of each peak lies in shade.
            let spine = Point(top.x - step * 0.06, top.y + (base - top.y) * 0.55)
            studio.fill(
                .polygon([top, next, valley, Point(valley.x - step * 0.16, base), spine]), color.scaled(0.84),
                shade: 0, edge: false, opacity: 0.55)
            if snow {
                let drop = (base - top.y) * 0.34
                let slope = (next.x - top.x) / max(next.y - top.y, 0.001)
                let before = index == 0 ? Point(top.x - step * 0.3, top.y + drop * 1.2) : ridge[index * 4 - 1]
                let back = (before.x - top.x) / max(before.y - top.y, 0.02)
                studio.fill(
                    .polygon([
                        top, Point(top.x + slope * drop * 0.9, top.y + drop * 0.9),
                        Point(top.x + slope * drop * 0.45, top.y + drop * 0.72),
                        Point(top.x + step * 0.01, top.y + drop * 1.05),
                        Point(top.x - step * 0.05, top.y + drop * 0.62),
                        Point(top.x + max(back, -0.9) * drop * 0.7, top.y + drop * 0.7),
                    ]), Color(0xFAFBFF), shade: 0.2, edge: false, opacity: 0.95)
            }
        }
    }

    /// A soft veil of mist along a height.
    func mist(_ y: Double, thickness: Double, strength: Double) {
        let color = studio.tint(studio.air.fog, glowing: true)
        let path = Path.rectangle(-0.05, y - thickness, width + 0.05, y + thickness)
        studio.canvas.fill(
            path,
            .linear(
                from: Point(0, y - thickness), to: Point(0, y + thickness),
                stops: [
                    Canvas.Stop(offset: 0, color: color, opacity: 0),
                    Canvas.Stop(offset: 0.5, color: color, opacity: strength),
                    Canvas.Stop(offset: 1, color: color, opacity: 0),
                ]))
    }

    /// A path that leads from the foreground into the distance.
    func pathway(from top: Double, _ color: Color, bend: Double = 0.12, spread: Double = 0.24) {
        let start = width / 2 + random.uniform(-0.14...0.14) * width
        let turn = random.sign() * bend
        let end = staging.across + random.uniform(-0.05...0.05)
        let left = [
            Point(start - 0.008, top), Point(start + turn - 0.03, top + (height - top) * 0.28),
            Point(end - spread * 0.6, top + (height - top) * 0.66), Point(end - spread * 1.15, height + 0.1),
        ]
        let right = [
            Point(end + spread * 1.15, height + 0.1), Point(end + spread * 0.5, top + (height - top) * 0.66),
            Point(start + turn + 0.045, top + (height - top) * 0.28), Point(start + 0.010, top),
        ]
        var path = Path.open(left)
        let back = Path.open(right)
        path.elements.append(.line(right[0]))
        path.elements += back.elements.dropFirst()
        path.elements.append(.close)
        studio.fill(path, isSnowy ? Color(0xDCE4F0) : color, shade: 0.3)
    }
}
