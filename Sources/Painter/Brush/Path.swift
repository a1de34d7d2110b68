/// A shape: lines and cubic curves.
struct Path {
    enum Element {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)
        case close
    }

    var elements: [Element] = []

    /// A closed polygon.
    static func polygon(_ points: [Point]) -> Path {
        var path = polyline(points)
        path.elements.append(.close)
        return path
    }

    /// Straight lines through the points.
    static func polyline(_ points: [Point]) -> Path {
        var path = Path()
        path.elements.append(.move(points[0]))
        for point in points.dropFirst() { path.elements.append(.line(point)) }
        return path
    }

    /// A closed smooth line through the points (Catmull–Rom).
    static func closed(_ points: [Point]) -> Path {
        var path = Path()
        let count = points.count
        path.elements.append(.move(points[0]))
        for index in 0..<count {
            path.addSegment(
                points[(index + count - 1) % count], points[index], points[(index + 1) % count],
                points[(index + 2) % count])
        }
        path.elements.append(.close)
        return path
    }

    /// An open smooth line through the points (Catmull–Rom).
    static func open(_ points: [Point]) -> Path {
        var path = Path()
        let last = points.count - 1
        path.elements.append(.move(points[0]))
        for index in 0..<last {
            path.addSegment(
                points[max(0, index - 1)], points[index], points[index + 1], points[min(last, index + 2)])
        }
        return path
    }

    private mutating func addSegment(_ before: Point, _ start: Point, _ end: Point, _ after: Point) {
        elements.append(.curve(start + (end - before) * (1.0 / 6), end - (after - start) * (1.0 / 6), end))
    }

    /// An ellipse, turned by `tilt` turns.
    static func ellipse(_ center: Point, _ radiusX: Double, _ radiusY: Double, tilt: Double = 0) -> Path {
        let sine = Trigonometry.sine(turns: tilt)
        let cosine = Trigonometry.cosine(turns: tilt)
        func at(_ x: Double, _ y: Double) -> Point {
            let stretched = Point(x * radiusX, y * radiusY)
            return center
                + Point(
                    stretched.x * cosine - stretched.y * sine, stretched.x * sine + stretched.y * cosine)
        }
        // The usual distance of the handles at which four curves come nearest to a circle.
        let handle = 0.5522847498
        var path = Path()
        path.elements = [
            .move(at(1, 0)), .curve(at(1, handle), at(handle, 1), at(0, 1)),
            .curve(at(-handle, 1), at(-1, handle), at(-1, 0)),
            .curve(at(-1, -handle), at(-handle, -1), at(0, -1)),
            .curve(at(handle, -1), at(1, -handle), at(1, 0)), .close,
        ]
        return path
    }

    /// An upright rectangle.
    static func rectangle(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Path {
        polygon([Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)])
    }

    /// Several shapes as one; overlapping parts join.
    static func joined(_ paths: [Path]) -> Path {
        var path = Path()
        for part in paths { path.elements += part.elements }
        return path
    }

    /// The path under another coordinate system.
    func mapped(_ transform: (Point) -> Point) -> Path {
        var path = Path()
        path.elements = elements.map { element in
            switch element {
            case .move(let point): .move(transform(point))
            case .line(let point): .line(transform(point))
            case .curve(let first, let second, let end):
                .curve(transform(first), transform(second), transform(end))
            case .close: .close
            }
        }
        return path
    }

    /// Whether it consists of several shapes.
    var isJoined: Bool {
        var starts = 0
        for case .move in elements { starts += 1 }
        return starts > 1
    }

    /// A rectangle around all points and handles.
    var bounds: Bounds {
        var box = Bounds(left: .infinity, top: .infinity, right: -.infinity, bottom: -.infinity)
        func include(_ point: Point) {
            box.left = min(box.left, point.x)
            box.right = max(box.right, point.x)
            box.top = min(box.top, point.y)
            box.bottom = max(box.bottom, point.y)
        }
        for element in elements {
            switch element {
            case .move(let point), .line(let point): include(point)
            case .curve(let first, let second, let end):
                include(first)
                include(second)
                include(end)
            case .close: break
            }
        }
        return box
    }
}
