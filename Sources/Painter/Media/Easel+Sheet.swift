/// What a medium does to the whole sheet.
extension Easel {
    /// After the background and before the figure: wet or blurred grounds let the figure stand out.
    func settleBackground() throws(PainterError) {
        switch scene.medium {
        case .pastel: try canvas.soften(radius: 0.008, strength: 0.9)
        case .watercolor:
            try canvas.soften(radius: 0.0055, strength: 0.7)
            blooms()
        default: break
        }
    }

    /// Where a wet brush has let colour run: a few large pale or deep clouds of water.
    private func blooms() {
        for _ in 0..<5 {
            let center = Point(touch.unit(), touch.unit())
            let pale = touch.chance(0.6)
            let color = pale ? style.paper : tint(light.sky[0], glowing: true).scaled(0.8)
            glow(center, radius: touch.uniform(0.14...0.3), color, strength: pale ? 0.22 : 0.12)
        }
    }

    /// After everything: the sheet's edge.
    func finishSheet() throws(PainterError) {
        switch scene.medium {
        case .watercolor: tornEdge(depth: touch.uniform(0.028...0.05))
        case .pencil: paleEdge()
        case .pastel: try canvas.soften(radius: 0.004, strength: 0.6)
        case .oil, .ink, .flat: break
        }
    }

    /// A border of bare paper with an uneven inner edge.
    private func tornEdge(depth: Double) {
        var points: [Point] = []
        let steps = 9
        func inset() -> Double { depth * touch.uniform(0.55...1.35) }
        for step in 0..<steps { points.append(Point(Double(step) / Double(steps) + 0.04, inset())) }
        for step in 0..<steps { points.append(Point(1 - inset(), Double(step) / Double(steps) + 0.04)) }
        for step in 0..<steps { points.append(Point(1 - Double(step) / Double(steps) - 0.04, 1 - inset())) }
        for step in 0..<steps { points.append(Point(inset(), 1 - Double(step) / Double(steps) - 0.04)) }
        let inner = Path.closed(points)
        let outer = Path.rectangle(-0.1, -0.1, 1.1, 1.1)
        canvas.fill(.joined([outer, inner]), .solid(style.paper, opacity: 1), evenOdd: true)
        canvas.stroke(inner, .solid(tint(light.fog, glowing: true).scaled(0.72), opacity: 0.35), width: 0.006)
    }

    /// A drawing that fades out towards the edges of white paper.
    private func paleEdge() {
        let sides = [
            (Point(0, 0.5), Point(1, 0)), (Point(1, 0.5), Point(-1, 0)), (Point(0.5, 0), Point(0, 1)),
            (Point(0.5, 1), Point(0, -1)),
        ]
        for (edge, inward) in sides {
            let reach = touch.uniform(0.07...0.12)
            canvas.cover(
                .linear(
                    from: edge, to: edge + inward * reach,
                    stops: [
                        Canvas.Stop(offset: 0, color: style.paper, opacity: 1),
                        Canvas.Stop(offset: 0.3, color: style.paper, opacity: 0.85),
                        Canvas.Stop(offset: 1, color: style.paper, opacity: 0),
                    ]))
        }
    }
}
