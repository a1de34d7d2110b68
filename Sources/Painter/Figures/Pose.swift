/// Where a person's joints are, in figure coordinates; the person faces towards positive x.
struct Pose {
    struct Limb {
        var middle: Point
        var end: Point
    }

    var head: Point
    var shoulder: Point
    var hip: Point
    /// The leg farther from the viewer first.
    var legs: [Limb]
    /// The arm farther from the viewer first.
    var arms: [Limb]
    /// How far the face is turned aside: 0 to the viewer, 1 three quarters.
    var turn: Double
    /// Whether there is a lap, and on what it rests.
    var seat: SceneDetails.Seat?

    init(_ scene: Scene, _ details: SceneDetails, _ random: inout SeededGenerator) {
        switch scene.action {
        case .standing: self = .standing(&random)
        case .walking: self = .walking(&random)
        case .sitting: self = details.seat == .ground ? .onGround(&random) : .onSeat(details.seat, &random)
        }
    }

    private init(
        head: Point, shoulder: Point, hip: Point, legs: [Limb], arms: [Limb], turn: Double,
        seat: SceneDetails.Seat? = nil
    ) {
        self.head = head
        self.shoulder = shoulder
        self.hip = hip
        self.legs = legs
        self.arms = arms
        self.turn = turn
        self.seat = seat
    }

    private static func limb(_ middleX: Double, _ middleY: Double, _ endX: Double, _ endY: Double) -> Limb {
        Limb(middle: Point(middleX, middleY), end: Point(endX, endY))
    }

    private static func standing(_ random: inout SeededGenerator) -> Pose {
        let gesture = random.integer(0...2)
        let near: Limb
        switch gesture {
        case 0: near = limb(0.155, -0.46, 0.165, -0.335)
        case 1: near = limb(0.20, -0.53, 0.235, -0.68)
        default: near = limb(0.16, -0.46, 0.06, -0.40)
        }
        return Pose(
            head: Point(0, -0.785), shoulder: Point(0, -0.60), hip: Point(0, -0.34),
            legs: [limb(-0.055, -0.17, -0.06, -0.03), limb(0.055, -0.17, 0.06, -0.03)],
            arms: [limb(-0.155, -0.46, gesture == 2 ? -0.06 : -0.165, gesture == 2 ? -0.40 : -0.335), near],
            turn: random.uniform(0...0.5))
    }

    private static func walking(_ random: inout SeededGenerator) -> Pose {
        let stride = random.uniform(0.9...1.1)
        return Pose(
            head: Point(0.025, -0.785), shoulder: Point(0.01, -0.60), hip: Point(-0.01, -0.34),
            legs: [
                limb(-0.09 * stride, -0.19, -0.20 * stride, -0.075),
                limb(0.10 * stride, -0.19, 0.16 * stride, -0.03),
            ],
            arms: [limb(0.13, -0.48, 0.21, -0.40), limb(-0.13, -0.47, -0.20, -0.37)],
            turn: random.uniform(0.7...1))
    }

    private static func onSeat(_ seat: SceneDetails.Seat, _ random: inout SeededGenerator) -> Pose {
        let hands = random.chance(0.5)
        return Pose(
            head: Point(-0.05, -0.735), shoulder: Point(-0.065, -0.55), hip: Point(-0.08, -0.28),
            legs: [limb(0.17, -0.30, 0.15, -0.04), limb(0.20, -0.275, 0.21, -0.03)],
            arms: [
                limb(0.05, -0.42, 0.13, -0.33),
                hands ? limb(-0.02, -0.41, 0.10, -0.32) : limb(-0.16, -0.40, -0.17, -0.27),
            ],
            turn: random.uniform(0.4...0.8), seat: seat)
    }

    private static func onGround(_ random: inout SeededGenerator) -> Pose {
        Pose(
            head: Point(-0.07, -0.56), shoulder: Point(-0.085, -0.375), hip: Point(-0.10, -0.10),
            legs: [limb(0.14, -0.20, 0.27, -0.05), limb(0.13, -0.13, 0.33, -0.04)],
            arms: [limb(0.02, -0.26, 0.13, -0.20), limb(-0.20, -0.22, -0.21, -0.06)],
            turn: random.uniform(0.3...0.8), seat: .ground)
    }
}
