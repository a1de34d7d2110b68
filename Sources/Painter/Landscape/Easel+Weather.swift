/// Rain and snow in the air: few, large and soft, so that they can be learnt.
extension Easel {
    func paintWeather() {
        var random = SeededGenerator(seed: scene.composition, part: .weather)
        switch scene.weather {
        case .clear: break
        case .rain:
            let slant = random.uniform(-0.05...0.05)
            let drop = light.isNight ? Color(0xB4C4E4) : Color(0xF4F8FC)
            for index in 0..<16 {
                let start = Point(
                    (Double(index) + random.unit()) / 16, random.uniform(-0.05...0.85))
                let length = random.uniform(0.10...0.20)
                let opacity = random.uniform(0.3...0.5)
                if isOnFace(start + Point(0, length / 2)) { continue }
                canvas.stroke(
                    .open([start, start + Point(slant * length * 4, length)]),
                    .solid(drop, opacity: opacity), width: 0.0075)
            }
        case .snow:
            for index in 0..<26 {
                let radius = index < 7 ? random.uniform(0.013...0.018) : random.uniform(0.007...0.011)
                let center = Point((Double(index) + random.unit()) / 26, random.uniform(0...0.97))
                if isOnFace(center) { continue }
                canvas.fill(.ellipse(center, radius, radius), .solid(Color(0xFDFEFF), opacity: 0.92))
            }
        }
    }
}
