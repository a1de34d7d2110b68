/// The sky and its lights.
extension Setting {
    /// Where sun or moon stands.
    private var lightAcross: Double {
        // Between houses and crowns there is sky only near the middle.
        let distance =
            scene.place == .town || scene.place == .forest || scene.place == .magicForest ? 0.34 : 0.2
        return easel.light.side < 0 ? distance : 1 - distance
    }

    func paintSky() {
        paintGradient()
        let clear = scene.weather == .clear
        switch scene.timeOfDay {
        case .day: if clear { paintSun() }
        case .sunset: paintSettingSun(veiled: !clear)
        case .night:
            if clear {
                paintStars()
                paintMoon()
            }
        }
        paintClouds()
    }

    private func paintGradient() {
        let colors = easel.light.sky.map { easel.tint($0, glowing: true) }
        let bottom = min(0.95, horizon + 0.06)
        let bands = scene.medium == .flat ? 5 : 0
        var stops: [Canvas.Stop] = []
        func color(_ fraction: Double) -> Color {
            fraction < 0.5
                ? colors[0].mixed(colors[1], fraction * 2) : colors[1].mixed(colors[2], fraction * 2 - 1)
        }
        if bands > 0 {
            for band in 0..<bands {
                let shade = color(Double(band) / Double(bands - 1))
                stops.append(Canvas.Stop(offset: Double(band) / Double(bands), color: shade))
                stops.append(Canvas.Stop(offset: (Double(band) + 0.985) / Double(bands), color: shade))
            }
        } else {
            stops = [0, 0.25, 0.5, 0.75, 1].map { Canvas.Stop(offset: $0, color: color($0)) }
        }
        let lean = random.uniform(-0.12...0.12)
        easel.canvas.cover(.linear(from: Point(0.5, 0), to: Point(0.5 + lean, bottom), stops: stops))
        if scene.medium == .oil {
            for band in 0..<3 {
                let top = bottom * Double(band) / 3
                easel.layStrokes(
                    in: .rectangle(-0.1, top - 0.03, 1.1, top + bottom / 3 + 0.03),
                    color((Double(band) + 0.5) / 3), strength: 1)
            }
        }
    }

    private func paintSun() {
        let center = Point(lightAcross + random.uniform(-0.08...0.08), random.uniform(0.11...0.2))
        let radius = random.uniform(0.05...0.075)
        easel.glow(center, radius: radius * 3.6, Color(0xFFF6CC), strength: 0.75)
        easel.fill(.ellipse(center, radius, radius), Color(0xFFE88C), shade: 0, glowing: true)
    }

    private func paintSettingSun(veiled: Bool) {
        let height =
            scene.place == .forest || scene.place == .magicForest ? 0.22 : random.uniform(0.06...0.14)
        let center = Point(
            lightAcross + random.uniform(-0.06...0.08) * easel.light.side * -1, horizon - height)
        let radius = random.uniform(0.07...0.10)
        easel.glow(center, radius: radius * 5, Color(0xFFD68A), strength: veiled ? 0.4 : 0.85)
        guard !veiled else { return }
        easel.fill(
            .ellipse(center, radius, radius), Color(0xFFF0B4), shade: 0, outlined: false, glowing: true)
    }

    private func paintStars() {
        for index in 0..<15 {
            let center = Point(random.uniform(0.03...0.97), random.uniform(0.03...max(0.2, horizon - 0.1)))
            let radius = index < 4 ? 0.0085 : random.uniform(0.004...0.006)
            let color = Color(0xFFF7D8)
            if index < 4 { easel.glow(center, radius: radius * 4, color, strength: 0.4) }
            easel.fill(.ellipse(center, radius, radius), color, shade: 0, outlined: false, glowing: true)
        }
    }

    private func paintMoon() {
        let center = Point(lightAcross + random.uniform(-0.08...0.08), random.uniform(0.11...0.17))
        let radius = random.uniform(0.065...0.09)
        let moon = Color(0xFFF6D2)
        easel.glow(center, radius: radius * 3.8, Color(0xCFDBFF), strength: 0.5)
        if random.chance(0.5) {
            easel.fill(.ellipse(center, radius, radius), moon, shade: 0, outlined: false, glowing: true)
            for (x, y, size) in [(-0.3, -0.2, 0.22), (0.3, 0.25, 0.28), (0.2, -0.4, 0.14)] {
                easel.fill(
                    .ellipse(center + Point(x, y) * radius, radius * size, radius * size), Color(0xEBDDB0),
                    shade: 0,
                    outlined: false, opacity: 0.6, glowing: true)
            }
        } else {
            let side = easel.light.side
            easel.fill(crescent(center, radius, side), moon, shade: 0, outlined: false, glowing: true)
        }
    }

    private func crescent(_ center: Point, _ radius: Double, _ side: Double) -> Path {
        var points: [Point] = []
        for step in 0...8 {
            let turn = -0.22 + 0.44 * Double(step) / 8
            points.append(
                center
                    + Point(
                        Trigonometry.cosine(turns: turn) * side, Trigonometry.sine(turns: turn)) * radius)
        }
        for step in stride(from: 7, through: 1, by: -1) {
            let turn = -0.22 + 0.44 * Double(step) / 8
            points.append(
                center
                    + Point(
                        (Trigonometry.cosine(turns: turn) * 0.62 - 0.22) * side,
                        Trigonometry.sine(turns: turn) * 0.96)
                    * radius)
        }
        return .polygon(points)
    }

    private func paintClouds() {
        let clear = scene.weather == .clear
        let count = clear ? (easel.light.isNight ? 1 : random.integer(1...3)) : 4
        let sky = easel.light.sky
        let color: Color
        switch (scene.timeOfDay, clear) {
        case (.day, true): color = .white
        case (.sunset, true): color = random.pick([Color(0xFFC3A6), Color(0xF4A0A0), Color(0xFFD8B0)])
        case (.night, true): color = sky[1].mixed(Color(0xA9B6E6), 0.28)
        default: color = sky[0].mixed(sky[1], 0.3).scaled(scene.weather == .rain ? 0.86 : 1.04)
        }
        for index in 0..<count {
            // Away from sun and moon, which captions promise.
            let away = random.uniform(0.02...0.58)
            let across =
                clear
                ? (easel.light.side > 0 ? away : 1 - away) : (Double(index) + random.uniform(0.2...0.8)) / 4
            let height =
                clear ? random.uniform(0.08...max(0.14, horizon - 0.24)) : random.uniform(0.02...0.16)
            cloud(Point(across, height), width: random.uniform(0.2...0.34) * (clear ? 1 : 1.25), color)
        }
    }

    /// A heap of round puffs on a flat base.
    private func cloud(_ center: Point, width: Double, _ color: Color) {
        var puffs: [Path] = []
        let count = 4
        for index in 0..<count {
            let fraction = (Double(index) + 0.5) / Double(count)
            let hump = 1 - (2 * fraction - 1) * (2 * fraction - 1)
            let radius = width * (0.12 + 0.11 * hump) * random.uniform(0.9...1.15)
            puffs.append(
                .ellipse(
                    Point(center.x + (fraction - 0.5) * width, center.y - radius * 0.45), radius * 1.15,
                    radius))
        }
        puffs.append(.ellipse(center, width * 0.62, width * 0.10))
        easel.fill(.joined(puffs), color, shade: 0.5, opacity: 0.9, glowing: true)
    }
}
