/// The sky and what is in it.
extension Stage {
    /// Where sun or moon stands.
    private var lightAcross: Double {
        width * (studio.air.side < 0 ? random.uniform(0.14...0.30) : random.uniform(0.70...0.86))
    }

    func paintSky(to bottom: Double? = nil, clouds: Bool = true) {
        let low = bottom ?? min(height * 0.95, horizon + 0.05)
        paintGradient(low)
        let weather = tableau.weather
        let isOpen = weather == .clear
        switch tableau.hour {
        case .dawn: paintLowSun(low, veiled: !isOpen, Color(0xFFF3D0), Color(0xFFDFC0))
        case .day: if isOpen { paintSun() }
        case .sunset: paintLowSun(low, veiled: !isOpen, Color(0xFFF0B4), Color(0xFFCB80))
        case .dusk:
            if isOpen {
                paintStars(9, low)
                if random.chance(0.6) { paintMoon(crescent: true) }
            }
        case .night:
            if isOpen {
                paintStars(16, low)
                paintMoon(crescent: random.chance(0.35))
            } else if weather == .fog || weather == .snow {
                studio.glow(
                    Point(lightAcross, height * 0.16), radius: 0.22, studio.air.sparkle, strength: 0.35)
            }
        case .starryNight:
            if isOpen { paintMilkyWay(low) }
        }
        if clouds { paintClouds(low) }
        if weather == .storm, random.chance(0.6) { lightning(low) }
        if isOpen, !isDark, random.chance(0.35) { farBirds() }
    }

    private func paintGradient(_ bottom: Double) {
        let colors = studio.air.sky.map { studio.tint($0, glowing: true) }
        func color(_ fraction: Double) -> Color {
            fraction < 0.5
                ? colors[0].mixed(colors[1], fraction * 2) : colors[1].mixed(colors[2], fraction * 2 - 1)
        }
        let isBanded = [.flat, .paperCut, .woodcut].contains(tableau.medium)
        guard isBanded else {
            let stops = [0, 0.25, 0.5, 0.75, 1].map { Canvas.Stop(offset: $0, color: color($0)) }
            let lean = random.uniform(-0.12...0.12)
            studio.canvas.cover(
                .linear(from: Point(width / 2, 0), to: Point(width / 2 + lean, bottom), stops: stops))
            return
        }
        _ = random.unit()
        let bands = tableau.medium == .flat ? 6 : 4
        studio.canvas.cover(.solid(color(0), opacity: 1))
        let depth = studio.depth
        for band in 1..<bands {
            let top = bottom * Double(band) / Double(bands)
            var points: [Point] = []
            for step in 0...8 {
                let x = width * (Double(step) / 8 * 1.1 - 0.05)
                points.append(Point(x, top + 0.016 * Trigonometry.sine(turns: x * 0.8 + Double(band) * 0.37)))
            }
            var path = Path.open(points)
            path.elements.append(.line(Point(width + 0.1, height + 0.1)))
            path.elements.append(.line(Point(-0.1, height + 0.1)))
            path.elements.append(.close)
            if tableau.medium == .paperCut { studio.paperShadow(path) }
            studio.canvas.fill(path, .solid(color(Double(band) / Double(bands - 1)), opacity: 1))
        }
        studio.depth = depth
    }

    private func paintSun() {
        let center = Point(lightAcross, height * random.uniform(0.10...0.18))
        let radius = random.uniform(0.045...0.07)
        studio.glow(center, radius: radius * 3.8, Color(0xFFF6CC), strength: 0.75)
        studio.fill(.ellipse(center, radius, radius), Color(0xFFE88C), shade: 0, glowing: true)
    }

    private func paintLowSun(_ low: Double, veiled: Bool, _ disc: Color, _ halo: Color) {
        let center = Point(
            lightAcross, low - random.uniform(0.06...0.16) - (tableau.place == .forest ? 0.1 : 0))
        let radius = random.uniform(0.06...0.09)
        studio.glow(center, radius: radius * 5.5, halo, strength: veiled ? 0.35 : 0.85)
        guard !veiled else { return }
        studio.fill(
            .ellipse(center, radius, radius), disc, shade: 0, edge: tableau.medium == .paperCut, glowing: true
        )
    }

    private func paintStars(_ count: Int, _ low: Double) {
        for index in 0..<count {
            let center = Point(random.uniform(0.03...0.97) * width, random.uniform(0.03...0.82) * low)
            let large = index % 4 == 0
            let radius = large ? 0.0075 : random.uniform(0.0034...0.005)
            star(center, radius, large: large)
        }
    }

    private func star(_ center: Point, _ radius: Double, large: Bool) {
        let color = studio.tint(Color(random.pick([0xFFF7D8, 0xFFFFFF, 0xE4ECFF])), glowing: true)
        if large { studio.glow(center, radius: radius * 4, color, strength: 0.4) }
        studio.canvas.fill(.ellipse(center, radius, radius), .solid(color, opacity: large ? 1 : 0.85))
    }

    private func paintMilkyWay(_ low: Double) {
        let lean = random.sign()
        let (start, end) =
            lean < 0
            ? (Point(width * 0.1, 0), Point(width * 0.85, low))
            : (Point(width * 0.9, 0), Point(width * 0.15, low))
        let tones = [Color(0x8C8CDC), Color(0xB48CD0), Color(0x6CA8D8)]
        let isSoft = ![.flat, .paperCut, .woodcut].contains(tableau.medium)
        for index in 0..<9 {
            let fraction = (Double(index) + 0.5) / 9
            let center =
                start.mixed(with: end, fraction)
                + Point(random.uniform(-0.05...0.05), random.uniform(-0.04...0.04))
            let tone = studio.tint(random.pick(tones), glowing: true)
            if isSoft { studio.glow(center, radius: random.uniform(0.14...0.22), tone, strength: 0.34) }
        }
        paintStars(26, low)
        for _ in 0..<30 {
            let fraction = random.unit()
            let center =
                start.mixed(with: end, fraction)
                + Point(random.uniform(-0.09...0.09), random.uniform(-0.07...0.07))
            star(center, random.uniform(0.0025...0.0045), large: false)
        }
        if random.chance(0.4) {
            let head = Point(random.uniform(0.2...0.8) * width, low * random.uniform(0.12...0.4))
            let tail = head + Point(-lean * 0.16, -0.07)
            studio.canvas.stroke(
                .polyline([tail, head]),
                .linear(
                    from: tail, to: head,
                    stops: [
                        Canvas.Stop(offset: 0, color: .white, opacity: 0),
                        Canvas.Stop(offset: 1, color: .white, opacity: 0.9),
                    ]), width: 0.006)
        }
    }

    private func paintMoon(crescent: Bool) {
        let center = Point(lightAcross, height * random.uniform(0.11...0.18))
        let radius = random.uniform(0.05...0.072)
        studio.glow(center, radius: radius * 3.6, Color(0xF6EFC8), strength: 0.5)
        let color = Color(0xFBF3D0)
        guard crescent else {
            studio.fill(.ellipse(center, radius, radius), color, shade: 0, glowing: true)
            for (x, y, size) in [(-0.25, -0.2, 0.2), (0.3, 0.15, 0.15), (-0.1, 0.4, 0.12)] {
                studio.fill(
                    .ellipse(center + Point(x, y) * radius, size * radius, size * radius), color.scaled(0.9),
                    shade: 0,
                    edge: false, opacity: 0.7, glowing: true)
            }
            return
        }
        var outer: [Point] = []
        var inner: [Point] = []
        for step in 0...10 {
            let turn = 0.25 + 0.5 * Double(step) / 10
            let x = Trigonometry.cosine(turns: turn)
            let y = Trigonometry.sine(turns: turn)
            outer.append(center + Point(-x * studio.air.side, y) * radius)
            inner.append(center + Point(-x * studio.air.side * 0.42, y) * radius)
        }
        var path = Path.open(outer)
        path.elements += Path.open(inner.reversed()).elements.dropFirst().map { $0 }
        path.elements.append(.close)
        studio.fill(path, color, shade: 0, glowing: true)
    }

    private func paintClouds(_ low: Double) {
        let air = studio.air
        let weather = tableau.weather
        let count =
            switch weather {
            case .clear: isDark ? random.integer(0...2) : random.integer(1...4)
            case .rain, .snow: random.integer(4...6)
            case .storm: 8
            case .fog: random.integer(0...2)
            }
        let light: Color
        switch tableau.hour {
        case .day: light = weather == .clear ? Color(0xFDFEFF) : air.sky[2].mixed(.white, 0.2)
        case .dawn: light = Color(0xFCE3DA)
        case .sunset: light = weather == .clear ? Color(0xFFC4A0) : air.sky[2]
        default: light = air.sky[1].mixed(air.sky[2], 0.5).mixed(.white, 0.08)
        }
        let tone =
            weather == .storm
            ? air.sky[0].scaled(0.8) : weather == .clear ? light : air.sky[1].mixed(light, 0.4)
        for index in 0..<count {
            let x = (Double(index) + random.unit()) / Double(max(count, 1)) * width
            let y = low * random.uniform(0.08...(weather == .storm ? 0.34 : 0.58))
            let size = random.uniform(0.10...0.19) * (1.25 - y / low * 0.7) * (weather == .clear ? 1 : 1.5)
            if weather == .clear, random.chance(0.35) {
                wisp(Point(x, y), size, tone)
            } else {
                cloud(Point(x, y), size, tone)
            }
        }
    }

    /// A heaped cloud with a flat base and a lit top.
    func cloud(_ center: Point, _ size: Double, _ color: Color) {
        let shaded = color.mixed(studio.air.sky[0], 0.32)
        func heap(_ shift: Point, _ scale: Double) -> Path {
            let parts: [(Double, Double, Double)] = [
                (-0.85, 0.02, 0.34), (-0.42, -0.20, 0.46), (0.08, -0.34, 0.56), (0.52, -0.14, 0.44),
                (0.92, 0.04, 0.30),
            ]
            var shapes = parts.map { part in
                Path.ellipse(
                    center + shift + Point(part.0 * size, part.1 * size * 0.8), part.2 * size * scale,
                    part.2 * size * 0.72 * scale)
            }
            shapes.append(
                .closed([
                    center + shift + Point(-1.2, 0.12) * size, center + shift + Point(0, -0.1) * size,
                    center + shift + Point(1.2, 0.13) * size, center + shift + Point(0, 0.26) * size,
                ]))
            return .joined(shapes)
        }
        studio.fill(heap(Point(0, 0), 1), shaded, shade: 0, glowing: true)
        if ![.paperCut, .woodcut].contains(tableau.medium) {
            studio.fill(
                heap(Point(studio.air.side * 0.05, -0.07) * size, 0.88), color, shade: 0, edge: false,
                opacity: 0.92,
                glowing: true)
        }
    }

    /// A thin streak of cloud.
    private func wisp(_ center: Point, _ size: Double, _ color: Color) {
        for (y, reach) in [(0.0, 1.5), (-0.16, 0.9), (0.14, 1.0)] {
            let middle = center + Point(random.uniform(-0.4...0.4) * size, y * size)
            studio.fill(
                .closed([
                    middle + Point(-reach * size, 0.02 * size), middle + Point(0, -0.07 * size),
                    middle + Point(reach * size, 0), middle + Point(0, 0.07 * size),
                ]), color, shade: 0, edge: tableau.medium == .paperCut, opacity: 0.75, glowing: true)
        }
    }

    private func lightning(_ low: Double) {
        var point = Point(aside(within: 0.12...0.4), height * 0.1)
        let start = point
        var right = [point]
        var left: [Point] = []
        let step = (low - point.y) / 5
        for index in 0..<5 {
            let lean = index % 2 == 0 ? 0.05 : -0.03
            point = point + Point(lean * random.uniform(0.6...1.2), step)
            right.append(point + Point(0.006, 0))
            left.append(point - Point(0.006, 0.012))
        }
        studio.glow(start.mixed(with: point, 0.4), radius: 0.34, Color(0xE6ECFF), strength: 0.4)
        studio.fill(.polygon(right + left.reversed()), Color(0xFFFBE0), shade: 0, glowing: true)
    }

    private func farBirds() {
        let center = Point(random.uniform(0.25...0.75) * width, horizon * random.uniform(0.25...0.6))
        for _ in 0..<random.integer(2...5) {
            let at = center + Point(random.uniform(-0.12...0.12), random.uniform(-0.05...0.05))
            let size = random.uniform(0.012...0.02)
            studio.line(
                [
                    at + Point(-size, -size * 0.4), at + Point(-size * 0.4, -size * 0.5), at,
                    at + Point(size * 0.4, -size * 0.5),
                    at + Point(size, -size * 0.4),
                ], Color(0x3E4658), width: 0.0036)
        }
    }
}
