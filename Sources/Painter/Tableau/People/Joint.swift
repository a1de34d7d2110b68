/// A place in a figure's own space, in heights of the figure: x to its left, y up, z to where it faces.
struct Joint {
    var x: Double
    var y: Double
    var z: Double

    init(_ x: Double, _ y: Double, _ z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    static func + (left: Joint, right: Joint) -> Joint {
        Joint(left.x + right.x, left.y + right.y, left.z + right.z)
    }
    static func - (left: Joint, right: Joint) -> Joint {
        Joint(left.x - right.x, left.y - right.y, left.z - right.z)
    }
    static func * (joint: Joint, factor: Double) -> Joint {
        Joint(joint.x * factor, joint.y * factor, joint.z * factor)
    }

    var length: Double { (x * x + y * y + z * z).squareRoot() }

    func dot(_ other: Joint) -> Double { x * other.x + y * other.y + z * other.z }
    func mixed(_ other: Joint, _ fraction: Double) -> Joint { self + (other - self) * fraction }

    /// Where the elbow or knee lies between a root and a target, bent towards `pole`; with the end that can be reached.
    static func bend(from root: Joint, to target: Joint, upper: Double, lower: Double, pole: Joint) -> (
        middle: Joint, end: Joint
    ) {
        let way = target - root
        let reach = min(max(way.length, 1e-6), (upper + lower) * 0.9995)
        let along = way * (1 / max(way.length, 1e-6))
        let near = min(upper, max(-upper, (upper * upper - lower * lower + reach * reach) / (2 * reach)))
        let out = max(0, upper * upper - near * near).squareRoot()
        var side = pole - along * pole.dot(along)
        side = side * (1 / max(side.length, 1e-6))
        return (root + along * near + side * out, root + along * reach)
    }
}

/// From which side a figure is seen: turns its space into the picture's.
struct View {
    let sine: Double
    let cosine: Double
    /// In turns: 0 from the front, 0.25 looking to the right, 0.5 from behind.
    let turn: Double

    init(turn: Double) {
        self.turn = turn
        sine = Trigonometry.sine(turns: turn)
        cosine = Trigonometry.cosine(turns: turn)
    }

    /// The place in the picture, y downwards; what is nearer lies a little lower.
    func place(_ joint: Joint) -> Point {
        Point(joint.x * cosine + joint.z * sine, -joint.y + 0.16 * depth(joint))
    }

    /// How near it is to the viewer.
    func depth(_ joint: Joint) -> Double { joint.z * cosine - joint.x * sine }

    /// How wide something looks that is `across` wide from side to side and `deep` from front to back.
    func breadth(_ across: Double, _ deep: Double) -> Double {
        (across * across * cosine * cosine + deep * deep * sine * sine).squareRoot()
    }

    var isBack: Bool { cosine < -0.2 }
}
