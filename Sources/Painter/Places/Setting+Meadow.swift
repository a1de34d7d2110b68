/// The meadow: layered hills, a tree, a far cottage, large flowers.
extension Setting {
    func paintMeadow() {
        let grass = green()
        land(horizon - 0.07, swing: 0.05, ground(grass.mixed(Color(0x6C9CB0), 0.55)), depth: 0.45)
        land(horizon, swing: 0.04, ground(grass.mixed(Color(0x6FAF8A), 0.4)), depth: 0.25)
        if random.chance(0.45) {
            easel.depth = 0.2
            house(left: heavySide < 0 ? 0.08 : 0.74, base: horizon + 0.05, width: 0.16, height: 0.10)
        }
        easel.depth = 0.15
        for _ in 0..<3 {
            tree(
                random.pick([.round, .pine]), at: Point(random.unit(), horizon + 0.04),
                height: random.uniform(0.12...0.2))
        }
        land(horizon + 0.06, swing: 0.035, ground(grass.scaled(1.03)), depth: 0.06)
        easel.depth = 0
        let blossom: Color? = random.chance(0.3) && !easel.isSnowy ? Color(0xF2A6C0) : nil
        tree(
            .round, at: Point(aside(heavySide, within: 0.06...0.16), horizon + 0.12),
            height: random.uniform(0.48...0.66),
            leaves: blossom)
        land(horizon + 0.15, swing: 0.025, ground(grass.mixed(Color(0xC8D870), 0.2)))
        if random.chance(0.4) { pathway(from: horizon + 0.15, Color(0xE3CD9E)) }
        tufts(10, from: horizon + 0.2, to: 1.0, ground(grass.scaled(0.85)))
        flowers(20, from: horizon + 0.18, to: 0.99)
    }
}
