/// The forest: misty trunks, a lit clearing with a path, big trees at the sides.
extension Setting {
    func paintForest() {
        let grass = green()
        let kinds: [TreeKind] = random.pick([
            [.round], [.round, .birch], [.pine], [.pine, .round], [.birch],
        ])
        for (depth, count, height) in [(0.66, 8, 0.46), (0.42, 6, 0.54)] {
            easel.depth = depth
            let base = horizon + (depth > 0.5 ? 0.02 : 0.06)
            for index in 0..<count {
                let x = (Double(index) + random.uniform(0.2...0.8)) / Double(count)
                tree(
                    random.pick(kinds), at: Point(x, base + 0.02), height: height * random.uniform(0.85...1.2)
                )
            }
            land(base, swing: 0.012, ground(grass.mixed(Color(0x4F8F58), 0.4)), depth: depth * 0.8)
        }
        easel.glow(
            Point(0.5, horizon - 0.08), radius: 0.5, easel.light.fog.mixed(.white, 0.35), strength: 0.42)
        land(horizon + 0.10, swing: 0.015, ground(grass))
        pathway(from: horizon + 0.09, Color(0xDCC49A))
        tufts(8, from: horizon + 0.16, to: 0.99, grass.scaled(easel.isSnowy ? 0.9 : 0.82))
        frame(with: kinds[0])
        if random.chance(0.7) {
            bush(Point(aside(heavySide, within: 0.02...0.2), horizon + 0.26), 0.11, grass.scaled(0.8))
        }
        flowers(6, from: horizon + 0.2, to: 0.96)
    }

    /// Big trees at both sides, the heavier away from the light.
    func frame(with kind: TreeKind, leaves: Color? = nil) {
        for side in [-heavySide, heavySide] {
            let heavy = side == heavySide
            let x = aside(side, within: heavy ? -0.02...0.10 : -0.06...0.05)
            tree(
                kind, at: Point(x, horizon + (heavy ? 0.26 : 0.18)),
                height: heavy ? random.uniform(0.8...0.95) : 0.66,
                leaves: leaves)
        }
    }
}
