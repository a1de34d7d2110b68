/// The town: a street between gabled houses.
extension Setting {
    func paintTown() {
        easel.depth = 0.42
        var x = -0.05
        while x < 1.0 {
            let width = random.uniform(0.13...0.19)
            house(left: x, base: horizon + 0.03, width: width, height: random.uniform(0.16...0.27))
            x += width * 1.06
        }
        land(horizon + 0.025, swing: 0, ground(Color(0xC6B8A4)), depth: 0.2)
        easel.depth = 0.08
        for side in [-heavySide, heavySide] {
            let width = random.uniform(0.28...0.34)
            let left =
                side < 0 ? random.uniform(-0.10 ... -0.04) : 1.06 - width + random.uniform(-0.02...0.04)
            house(
                left: left, base: horizon + random.uniform(0.11...0.15), width: width,
                height: random.uniform(0.40...0.50))
        }
        easel.depth = 0
        street()
        lamp(Point(aside(heavySide, within: 0.22...0.28), horizon + 0.24), height: 0.44)
        if random.chance(0.6), !easel.isSnowy {
            for side in [-1.0, 1.0] {
                let pot = Point(aside(side, within: 0.04...0.12), horizon + 0.22)
                bush(pot - Point(0, 0.05), 0.05, green())
                easel.fill(
                    .polygon([
                        pot + Point(-0.035, -0.04), pot + Point(0.035, -0.04), pot + Point(0.025, 0.03),
                        pot + Point(-0.025, 0.03),
                    ]), Color(0xC06A48), shade: 0.5)
            }
        }
    }

    private func street() {
        let middle = random.uniform(0.45...0.55)
        let stone = ground(Color(random.pick([0xD8C8AE, 0xCDC3B4, 0xDDC9B4])))
        easel.fill(
            .polygon([
                Point(middle - 0.07, horizon + 0.028), Point(middle + 0.07, horizon + 0.028),
                Point(1.12, 0.93), Point(1.12, 1.1),
                Point(-0.12, 1.1), Point(-0.12, 0.93),
            ]), stone, shade: 0.4, outlined: scene.medium == .ink || scene.medium == .pencil)
        guard !easel.isSnowy else { return }
        // Cobbles: rows that grow towards the viewer, thinned out so that the street stays calm.
        for row in 0..<5 {
            let fraction = Double(row) / 5
            let y = horizon + 0.11 + 0.34 * fraction * (0.6 + 0.4 * fraction) / 0.8
            for column in -3...3 where (column + row) % 2 == 0 {
                let half = 0.10 + 0.42 * (y - horizon)
                let center = Point(middle + Double(column) / 3 * half + random.uniform(-0.02...0.02), y)
                let size = 0.02 + 0.07 * (y - horizon)
                easel.fill(
                    .ellipse(center, size, size * 0.32), stone.scaled(0.88), shade: 0, outlined: false,
                    opacity: 0.8)
            }
        }
    }
}
