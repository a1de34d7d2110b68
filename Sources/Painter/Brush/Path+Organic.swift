/// Shapes with life in them.
extension Path {
    /// A roundish lump with an uneven edge.
    static func blob(
        _ center: Point, _ radiusX: Double, _ radiusY: Double, roughness: Double = 0.12, corners: Int = 9,
        _ random: inout SeededGenerator
    ) -> Path {
        let start = random.unit()
        var points: [Point] = []
        for index in 0..<corners {
            let turn = start + Double(index) / Double(corners)
            let reach = 1 + random.uniform(-roughness...roughness)
            points.append(
                center
                    + Point(
                        Trigonometry.cosine(turns: turn) * radiusX * reach,
                        Trigonometry.sine(turns: turn) * radiusY * reach))
        }
        return closed(points)
    }

    /// A limb, branch or strand: a smooth band along the points, as wide at each point as `widths` says.
    static func limb(_ points: [Point], _ widths: [Double]) -> Path {
        var left: [Point] = []
        var right: [Point] = []
        let last = points.count - 1
        for index in 0...last {
            let along = points[min(last, index + 1)] - points[max(0, index - 1)]
            let length = max(along.length, 1e-9)
            let normal = Point(-along.y / length, along.x / length) * (widths[index] / 2)
            if index == 0 { left.append(points[0] - along * (widths[0] * 0.4 / length)) }
            left.append(points[index] + normal)
            right.append(points[index] - normal)
            if index == last { left.append(points[last] + along * (widths[last] * 0.4 / length)) }
        }
        return closed(left + right.reversed())
    }

    /// The outline of a hill from one side of the picture to the other, closed below it.
    static func land(
        top: Double, swing: Double, waves: Double, phase: Double, roughness: Double = 0,
        _ random: inout SeededGenerator
    ) -> Path {
        var points: [Point] = []
        let steps = 12
        for step in 0...steps {
            let x = -0.06 + 1.12 * Double(step) / Double(steps)
            let wave =
                Trigonometry.sine(turns: phase + waves * x) * 0.7
                + Trigonometry.sine(turns: phase * 1.7 + waves * 2.3 * x) * 0.3
            points.append(Point(x, top - swing * wave + random.uniform(-1...1) * roughness))
        }
        var path = open(points)
        path.addCorners([Point(1.06, 1.1), Point(-0.06, 1.1)])
        return path
    }

    private mutating func addCorners(_ points: [Point]) {
        for point in points { elements.append(.line(point)) }
        elements.append(.close)
    }
}
