/// What is in the air before everything: rain, snow, petals, leaves, lights.
extension Stage {
    func paintFront() {
        var random = SeededGenerator(seed: tableau.composition, part: .front)
        guard tableau.place.hasWeather else { return }
        switch tableau.weather {
        case .rain: rain(22, &random)
        case .storm: rain(40, &random)
        case .snow: snow(&random)
        case .fog:
            for index in 0..<3 { mist(down(0.1 + 0.32 * Double(index)), thickness: 0.12, strength: 0.30) }
        case .clear: drift(&random)
        }
        if tableau.glow == .fireflies { fireflies(&random) }
    }

    private func rain(_ count: Int, _ random: inout SeededGenerator) {
        let slant = tableau.weather == .storm ? random.sign() * 0.45 : random.uniform(-0.15...0.15)
        let drop = studio.tint(isDark ? Color(0xB4C4E4) : Color(0xF4F8FC), glowing: true)
        for index in 0..<count {
            let start = Point(
                (Double(index) + random.unit()) / Double(count) * width, random.uniform(-0.05...0.9) * height)
            let length = random.uniform(0.06...0.14)
            let opacity = random.uniform(0.3...0.55)
            if studio.isOnFace(start + Point(0, length / 2)) { continue }
            studio.canvas.stroke(
                .polyline([start, start + Point(slant * length, length)]), .solid(drop, opacity: opacity),
                width: 0.0045)
        }
    }

    private func snow(_ random: inout SeededGenerator) {
        for index in 0..<46 {
            let radius = index < 8 ? random.uniform(0.010...0.015) : random.uniform(0.0045...0.008)
            let center = Point((Double(index) + random.unit()) / 46 * width, random.unit() * height)
            if studio.isOnFace(center) { continue }
            studio.canvas.fill(.ellipse(center, radius, radius), .solid(Color(0xFDFEFF), opacity: 0.92))
        }
    }

    /// Petals in spring, leaves in autumn.
    private func drift(_ random: inout SeededGenerator) {
        guard tableau.hasDrift else { return }
        let isSpring = tableau.season == .spring
        for _ in 0..<14 {
            let center = Point(random.unit() * width, random.unit() * height)
            let size = random.uniform(0.006...0.011)
            let turn = random.unit()
            let color =
                isSpring
                ? Color(random.pick([0xF8BCD0, 0xFCD6E0]))
                : Color(random.pick([0xE0803C, 0xD8542F, 0xE8B040]))
            if studio.isOnFace(center) { continue }
            studio.fill(.ellipse(center, size, size * 0.55, tilt: turn), color, shade: 0, edge: false)
        }
    }

    private func fireflies(_ random: inout SeededGenerator) {
        for _ in 0..<20 {
            let center = Point(random.unit() * width, random.uniform(0.3...0.98) * height)
            let size = random.uniform(0.012...0.026)
            if studio.isOnFace(center) { continue }
            studio.glow(center, radius: size * 1.6, Color(0xF2FF9C), strength: 0.8)
            studio.canvas.fill(.ellipse(center, size * 0.2, size * 0.2), .solid(Color(0xFDFFE0), opacity: 1))
        }
    }
}
