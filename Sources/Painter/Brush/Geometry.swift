/// A point or a vector; a picture spans 0...1 in both directions, y downwards.
struct Point: Sendable, Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    static func + (left: Point, right: Point) -> Point { Point(left.x + right.x, left.y + right.y) }
    static func - (left: Point, right: Point) -> Point { Point(left.x - right.x, left.y - right.y) }
    static func * (point: Point, factor: Double) -> Point { Point(point.x * factor, point.y * factor) }

    /// The point `fraction` of the way to another.
    func mixed(with other: Point, _ fraction: Double) -> Point { self + (other - self) * fraction }

    /// The vector's length.
    var length: Double { (x * x + y * y).squareRoot() }
}

/// Sine and cosine from additions and products alone, so that no C library's rounding decides a pixel.
enum Trigonometry {
    /// Sine of an angle given in whole turns; error below 1e-7.
    static func sine(turns: Double) -> Double {
        var turn = turns - turns.rounded(.down)
        if turn > 0.75 { turn -= 1 } else if turn > 0.25 { turn = 0.5 - turn }
        let x = turn * 6.283185307179586
        let square = x * x
        let tail = -1.0 / 5040 + square * (1.0 / 362_880 - square / 39_916_800)
        return x * (1 + square * (-1.0 / 6 + square * (1.0 / 120 + square * tail)))
    }

    /// Cosine of an angle given in whole turns.
    static func cosine(turns: Double) -> Double { sine(turns: turns + 0.25) }
}

/// The smallest upright rectangle around something.
struct Bounds {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var center: Point { Point((left + right) / 2, (top + bottom) / 2) }
    var area: Double { max(0, width) * max(0, height) }

    /// The part inside the picture.
    var insidePicture: Bounds {
        Bounds(left: max(0, left), top: max(0, top), right: min(1, right), bottom: min(1, bottom))
    }
}

/// Where a figure's own coordinates lie in the picture: origin at its feet, height 1, y downwards.
struct Frame {
    /// The feet's middle.
    var origin: Point
    /// Picture units per figure unit.
    var scale: Double
    /// 1, or -1 where the figure looks to the left.
    var facing: Double

    func place(_ point: Point) -> Point {
        Point(origin.x + point.x * scale * facing, origin.y + point.y * scale)
    }
}
