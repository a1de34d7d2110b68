/// Where a person's joints are: left is the person's own left.
struct Posture {
    var pelvis: Joint
    var chest: Joint
    var neck: Joint
    var head: Joint
    var shoulders: [Joint] = []
    var elbows: [Joint] = []
    var hands: [Joint] = []
    var hips: [Joint] = []
    var knees: [Joint] = []
    var ankles: [Joint] = []
    /// Where toes point.
    var toes: [Joint] = []
    /// How far the head is turned against the trunk, in turns, and how far it nods.
    var headTurn = 0.0
    var nod = 0.0
    var isSeated = false
    /// The height of the seat; nil where none is needed.
    var seat: Double?

    /// What hands and feet aim at before bones are laid between.
    struct Aim {
        var lift = 0.0
        var lean = 0.0
        var sway = 0.0
        var hands: [Joint]
        var feet: [Joint]
        var elbowPoles = [Joint(0.6, -0.3, -0.8), Joint(-0.6, -0.3, -0.8)]
        var kneePoles = [Joint(0.1, 0, 1), Joint(-0.1, 0, 1)]
        var headTurn = 0.0
        var nod = 0.0
        var isSeated = false
        var seat: Double?
        var toes = [Joint(0.25, 0, 1), Joint(-0.25, 0, 1)]
    }

    init(_ build: Build, _ aim: Aim) {
        let spine = build.shoulder - build.hip
        pelvis = Joint(aim.sway, build.hip + aim.lift, 0)
        let up = Joint(aim.sway * -0.4, 1 - abs(aim.lean) * 0.35, aim.lean)
        let straight = up * (1 / up.length)
        chest = pelvis + straight * (spine * 0.62)
        neck = pelvis + straight * spine
        head = neck + Joint(0, build.head * 0.66, build.head * (0.06 + aim.lean * 0.35))
        headTurn = aim.headTurn
        nod = aim.nod
        isSeated = aim.isSeated
        seat = aim.seat
        for (index, side) in [1.0, -1.0].enumerated() {
            let shoulder = neck + Joint(side * build.shoulderHalf, -0.012, 0)
            let hip = pelvis + Joint(side * build.hipHalf, 0, 0)
            let arm = Joint.bend(
                from: shoulder, to: aim.hands[index], upper: build.upperArm, lower: build.foreArm,
                pole: aim.elbowPoles[index])
            let leg = Joint.bend(
                from: hip, to: aim.feet[index], upper: build.thigh, lower: build.shin,
                pole: aim.kneePoles[index])
            shoulders.append(shoulder)
            elbows.append(arm.middle)
            hands.append(arm.end)
            hips.append(hip)
            knees.append(leg.middle)
            ankles.append(leg.end)
            toes.append(aim.toes[index])
        }
    }

    /// The posture for what a member does.
    ///
    /// - Parameter clasp: where this person's hand meets another's, in its own space; nil where it holds none.
    static func of(
        _ member: Tableau.Member, _ build: Build, clasp: Joint? = nil, _ random: inout SeededGenerator
    ) -> Posture {
        var aim = Aim(hands: [], feet: [])
        let arm = build.upperArm + build.foreArm
        let hang = build.shoulder - arm * 0.96
        let side = build.shoulderHalf + 0.035
        aim.hands = [Joint(side, hang, 0.03), Joint(-side, hang, 0.03)]
        aim.feet = [
            Joint(build.hipHalf * 1.05, build.ankle, 0), Joint(-build.hipHalf * 1.05, build.ankle, 0),
        ]
        aim.headTurn = random.uniform(-0.03...0.03)
        switch member.action {
        case .walking: walk(&aim, build, hang, side, stride: build.isOld ? 0.10 : 0.15)
        case .running: run(&aim, build)
        case .sitting: sit(&aim, build, &random)
        case .reading:
            if random.chance(0.65) { sit(&aim, build, &random) }
            let lap = aim.isSeated ? build.hip + aim.lift + 0.14 : build.shoulder - 0.16
            aim.hands = [Joint(0.05, lap, 0.17), Joint(-0.05, lap, 0.17)]
            aim.nod = 0.045
        case .waving:
            aim.hands[1] = Joint(-build.shoulderHalf - 0.12, build.shoulder + arm * 0.70, 0.06)
            aim.elbowPoles[1] = Joint(-1, -0.6, 0)
        case .gazing:
            aim.nod = -0.04
            if random.chance(0.5) {
                aim.hands = [Joint(0.03, build.hip + 0.02, -0.09), Joint(-0.03, build.hip + 0.02, -0.09)]
            }
        case .jumping:
            aim.lift = 0.10
            aim.hands = [
                Joint(build.shoulderHalf + 0.15, build.shoulder + arm * 0.62, 0.02),
                Joint(-build.shoulderHalf - 0.15, build.shoulder + arm * 0.66, 0.02),
            ]
            aim.elbowPoles = [Joint(1, -0.4, 0), Joint(-1, -0.4, 0)]
            aim.feet = [Joint(build.hipHalf * 1.9, 0.20, -0.12), Joint(-build.hipHalf * 1.7, 0.15, 0.02)]
            aim.toes = [Joint(0.3, -0.8, 0.3), Joint(-0.3, -0.6, 0.6)]
        case .cycling:
            aim.lift = 0.075
            aim.lean = 0.34
            aim.isSeated = true
            aim.hands = [Joint(0.10, build.hip + 0.22, 0.30), Joint(-0.10, build.hip + 0.22, 0.30)]
            aim.feet = [Joint(0.05, 0.20, 0.13), Joint(-0.05, 0.075, 0.02)]
        default:
            let gesture = random.integer(0...3)
            if gesture == 1 {
                aim.hands = [Joint(0.025, build.hip + 0.055, 0.10), Joint(-0.025, build.hip + 0.05, 0.10)]
            } else if gesture == 2 {
                aim.sway = 0.014
                aim.hands[0] = Joint(build.hipHalf + 0.045, build.hip + 0.045, 0.01)
                aim.elbowPoles[0] = Joint(1, 0, -0.4)
            }
        }
        hold(member, &aim, build)
        if let clasp {
            let index = clasp.x > 0 ? 0 : 1
            aim.hands[index] = clasp
            aim.elbowPoles[index] = Joint(clasp.x > 0 ? 0.4 : -0.4, -0.4, -0.6)
        }
        return Posture(build, aim)
    }

    private static func walk(_ aim: inout Aim, _ build: Build, _ hang: Double, _ side: Double, stride: Double)
    {
        aim.lift = -0.012
        aim.lean = 0.05
        aim.feet = [
            Joint(build.hipHalf * 0.75, build.ankle, stride),
            Joint(-build.hipHalf * 0.75, build.ankle + 0.035, -stride * 1.08),
        ]
        aim.toes = [Joint(0.12, 0.18, 1), Joint(-0.12, -0.5, 1)]
        aim.hands = [Joint(side, hang + 0.03, -0.11), Joint(-side, hang + 0.035, 0.13)]
    }

    private static func run(_ aim: inout Aim, _ build: Build) {
        aim.lift = 0.01
        aim.lean = 0.20
        aim.feet = [
            Joint(build.hipHalf * 0.7, build.ankle + 0.04, 0.21), Joint(-build.hipHalf * 0.7, 0.21, -0.22),
        ]
        aim.toes = [Joint(0.1, 0.3, 1), Joint(-0.1, -1, 0.1)]
        let high = build.shoulder - build.upperArm * 0.9
        aim.hands = [
            Joint(build.shoulderHalf + 0.02, high - 0.03, -0.12),
            Joint(-build.shoulderHalf + 0.02, high + 0.08, 0.22),
        ]
    }

    private static func sit(_ aim: inout Aim, _ build: Build, _ random: inout SeededGenerator) {
        // The thighs lie level on a seat as high as the shins.
        let seat = build.shin + build.ankle - 0.015
        aim.lift = seat + 0.045 - build.hip
        aim.isSeated = true
        aim.seat = seat
        let ahead = build.thigh * 0.93
        let shift = random.uniform(-0.02...0.05)
        aim.feet = [
            Joint(build.hipHalf * 1.05, build.ankle, ahead + shift),
            Joint(-build.hipHalf * 1.05, build.ankle, ahead - shift),
        ]
        aim.kneePoles = [Joint(0.1, 1, 0.5), Joint(-0.1, 1, 0.5)]
        let lap = seat + 0.105
        aim.hands = [Joint(0.045, lap, ahead * 0.62), Joint(-0.045, lap, ahead * 0.55)]
    }

    /// Moves a hand to where what it holds wants to be.
    private static func hold(_ member: Tableau.Member, _ aim: inout Aim, _ build: Build) {
        guard let held = member.held, member.action != .reading else { return }
        let chest = build.shoulder + aim.lift
        switch held {
        case .umbrella:
            aim.hands[1] = Joint(-build.shoulderHalf * 0.85, chest - 0.10, 0.13)
            aim.elbowPoles[1] = Joint(-0.7, -1, -0.3)
        case .lantern: aim.hands[1] = Joint(-build.shoulderHalf - 0.06, chest - 0.15, 0.16)
        case .balloon, .kite: aim.hands[1] = Joint(-build.shoulderHalf - 0.03, chest - 0.06, 0.14)
        case .cup:
            aim.hands = [Joint(0.03, chest - 0.13, 0.15), Joint(-0.035, chest - 0.13, 0.15)]
        case .flowers:
            aim.hands = [Joint(0.02, chest - 0.17, 0.13), Joint(-0.03, chest - 0.15, 0.14)]
        case .book:
            aim.hands[1] = Joint(-0.045, chest - 0.17, 0.12)
            aim.elbowPoles[1] = Joint(-1, -0.5, -0.3)
        case .suitcase: break
        }
    }
}
