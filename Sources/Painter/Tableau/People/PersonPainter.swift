/// Paints one person: bones in space, turned into the picture, dressed, and put into depth order.
final class PersonPainter {
    let studio: Studio
    let member: Tableau.Member
    let build: Build
    let view: View
    let looks: Looks
    let posture: Posture
    /// Where the ground under the person is, and the picture units of the person's whole height.
    let origin: Point
    let scale: Double
    var random: SeededGenerator
    /// Which hand another holds; nil for none.
    private let clasped: Int?
    /// The level of the trunk's rings, from the neck down; for what is drawn on clothes.
    var rings: [Ring] = []

    /// A cross-section of trunk or skirt.
    struct Ring {
        var center: Joint
        var across: Double
        var deep: Double
    }

    init(
        _ studio: Studio, _ member: Tableau.Member, foot: Point, metre: Double, seed: UInt64,
        clasp: Point? = nil
    ) {
        self.studio = studio
        self.member = member
        build = Build(member.subject)
        var random = SeededGenerator(seed: seed, part: .people)
        let side = member.facesLeft ? -1.0 : 1.0
        let turn: Double =
            switch member.aspect {
            case .front: random.uniform(-0.02...0.02)
            case .threeQuarter: side * random.uniform(0.09...0.12)
            case .side: side * 0.25
            case .back: 0.5 + random.uniform(-0.03...0.03)
            }
        let view = View(turn: turn)
        self.view = view
        looks = Looks(member, studio.tableau, build, &random)
        let scale = metre * member.standingHeight
        self.scale = scale
        // The other's hand, brought into this person's own space.
        let joint = clasp.map { Joint(($0.x - foot.x) / scale / view.cosine, (foot.y - $0.y) / scale, 0) }
        clasped = joint.map { $0.x > 0 ? 0 : 1 }
        posture = Posture.of(member, build, clasp: joint, &random)
        origin = foot
        self.random = random
    }

    // MARK: Coordinates

    func at(_ joint: Joint) -> Point { origin + view.place(joint) * scale }

    func fill(_ path: Path, _ color: Color, shade: Double = 0.7, edge: Bool = true, opacity: Double = 1) {
        studio.fill(path, color, shade: shade, edge: edge, opacity: opacity)
    }

    /// A limb of two straight parts.
    func limb(_ a: Joint, _ b: Joint, _ c: Joint, _ widths: [Double], _ color: Color) {
        let (p, q, r) = (at(a), at(b), at(c))
        let w = widths.map { $0 * scale }
        fill(.joined([.limb([p, q], [w[0], w[1]]), .limb([q, r], [w[1], w[2]])]), color)
    }

    // MARK: The whole

    func paint() {
        let isAloft = member.action == .jumping
        studio.focus = 0
        let spread = member.action == .walking || member.action == .running ? 0.20 : 0.15
        studio.groundShadow(
            origin + Point(0, 0.006 * scale), width: scale * (isAloft ? 0.11 : spread), height: scale * 0.028)
        studio.focus = 1
        paintSeat()
        if member.action == .cycling {
            BicyclePainter(
                studio, looks.second.brightness > 0.9 ? Color(0x3F8C8C) : looks.second, origin: origin,
                scale: scale * 0.98, facing: view.sine < 0 ? -1 : 1
            ).paint()
        }
        let head = HeadPainter(
            studio, center: at(posture.head), radius: build.head / 2 * scale,
            turn: view.turn + posture.headTurn, nod: posture.nod,
            looks: looks, build: build, expression: member.expression, random: random)
        paintHeld(behind: true)
        let arms = [0, 1].sorted { armDepth($0) < armDepth($1) }
        let behind = arms.filter { armDepth($0) < -0.015 }
        for arm in behind { paintArm(arm) }
        if !behind.isEmpty { paintHeldByHidden(behind) }
        head.paintBehind()
        let legs = [0, 1].sorted { view.depth(posture.knees[$0]) < view.depth(posture.knees[$1]) }
        for leg in legs { paintLeg(leg) }
        paintNeck()
        paintClothes()
        head.paint()
        if !behind.contains(1) { paintHeldInFront(before: true) }
        for arm in arms where !behind.contains(arm) { paintArm(arm) }
        if !behind.contains(1) { paintHeldInFront(before: false) }
        studio.focus = 0
    }

    private func armDepth(_ index: Int) -> Double {
        view.depth(posture.shoulders[index]) * 0.4 + view.depth(posture.hands[index]) * 0.6
    }

    private func paintNeck() {
        let wide = build.head * (build.isFemale || build.isChild ? 0.34 : 0.44) * scale
        let low = posture.neck + Joint(0, -0.02, 0)
        fill(
            .limb([at(low), at(posture.neck.mixed(posture.head, 0.6))], [wide * 1.15, wide]),
            looks.skin.scaled(0.92), shade: 0.5)
    }

    // MARK: Limbs

    private func paintLeg(_ index: Int) {
        let (hip, knee, ankle) = (posture.hips[index], posture.knees[index], posture.ankles[index])
        let thick = build.limb * (build.isChild ? 1.22 : 1.35)
        let isHanbokMan = member.outfit == .hanbok && !build.isFemale
        if member.outfit == .dress || (member.outfit == .hanbok && build.isFemale) {
            let skin = studio.tableau.season == .winter ? Color(0x4A4250) : looks.skin
            limb(hip, knee, ankle, [thick, thick * 0.82, thick * 0.60], skin)
            if studio.tableau.season != .winter {
                limb(
                    knee.mixed(ankle, 0.6), knee.mixed(ankle, 0.8), ankle,
                    [thick * 0.68, thick * 0.64, thick * 0.64], Color(0xFBF6EC))
            }
        } else if build.isChild, !isHanbokMan, member.outfit == .shirt, studio.tableau.season != .winter {
            limb(hip, knee, ankle, [thick, thick * 0.84, thick * 0.62], looks.skin)
            limb(
                knee.mixed(ankle, 0.6), knee.mixed(ankle, 0.8), ankle,
                [thick * 0.70, thick * 0.66, thick * 0.66], Color(0xFBF6EC))
            let end = hip.mixed(knee, 0.86)
            limb(hip, hip.mixed(knee, 0.5), end, [thick * 1.5, thick * 1.46, thick * 1.48], looks.trousers)
        } else {
            let wide = isHanbokMan ? 1.75 : 1.22
            let cloth = isHanbokMan ? looks.second : looks.trousers
            let color = index == 0 ? cloth : cloth.scaled(0.94)
            limb(
                hip, knee, ankle,
                [thick * 1.35 * wide / 1.22, thick * wide, thick * (isHanbokMan ? 1.25 : 0.95)], color)
            if isHanbokMan {
                let tie = knee.mixed(ankle, 0.86)
                fill(
                    .limb(
                        [at(tie + Joint(0, 0.012, 0)), at(tie - Joint(0, 0.012, 0))],
                        [thick * scale * 1.0, thick * scale * 1.0]), Color(0xFBF4E6), shade: 0.2)
            }
        }
        paintShoe(index)
    }

    private func paintShoe(_ index: Int) {
        let ankle = posture.ankles[index]
        let way = posture.toes[index]
        let long = (build.isChild ? 0.078 : 0.072) / max(way.length, 0.1)
        let heel = ankle + Joint(way.x, way.y, way.z) * (-0.22 * long) + Joint(0, -0.014, 0)
        let toe = ankle + way * long + Joint(0, way.y > -0.2 ? -0.019 : -0.004, 0)
        let thick = build.limb * 0.92 * scale
        let color =
            member.outfit == .hanbok ? (build.isFemale ? Color(0xF6D8DC) : Color(0x4A4450)) : looks.shoes
        fill(
            .limb([at(heel), at(heel.mixed(toe, 0.55)), at(toe)], [thick, thick * 0.98, thick * 0.74]), color,
            shade: 0.5)
    }

    private func paintArm(_ index: Int) {
        let (shoulder, elbow, hand) = (posture.shoulders[index], posture.elbows[index], posture.hands[index])
        let thick = build.limb
        let root = shoulder + Joint(0, -0.006, 0)
        let wrist = elbow.mixed(hand, 0.94)
        let sleeve = looks.main.scaled(view.depth(shoulder) < -0.04 ? 0.9 : 1)
        switch member.outfit {
        case .shirt, .dress:
            let isShort = studio.tableau.season != .winter
            guard isShort else { fallthrough }
            limb(root, elbow, wrist, [thick * 1.05, thick * 0.88, thick * 0.70], looks.skin)
            limb(
                root, root.mixed(elbow, 0.4), root.mixed(elbow, 0.72),
                [thick * 1.45, thick * 1.5, thick * 1.5], sleeve)
        case .sweater, .coat:
            let wide = member.outfit == .coat ? 1.5 : 1.32
            limb(root, elbow, wrist, [thick * wide * 1.05, thick * wide, thick * wide * 0.86], sleeve)
            if scale > 0.5 {
                let cuff = elbow.mixed(wrist, 0.86)
                fill(
                    .limb(
                        [at(cuff), at(wrist)], [thick * wide * 0.94 * scale, thick * wide * 0.90 * scale]),
                    member.outfit == .coat ? sleeve.scaled(0.82) : looks.second, shade: 0.3)
            }
        case .hanbok: hanbokSleeve(root, elbow, wrist, build.isFemale ? looks.second : looks.main)
        }
        paintHand(index)
    }

    /// A wide sleeve with a belly below.
    private func hanbokSleeve(_ root: Joint, _ elbow: Joint, _ wrist: Joint, _ color: Color) {
        let (a, b, c) = (at(root), at(elbow), at(wrist))
        let drop = Point(0, build.limb * 1.15 * scale)
        let t = build.limb * scale
        fill(
            .joined([
                .limb([a, b], [t * 1.6, t * 1.7]), .limb([b, c], [t * 1.7, t * 1.25]),
                .closed([
                    a.mixed(with: b, 0.3), b, c, c.mixed(with: b, 0.25) + drop * 0.8, b + drop,
                    a.mixed(with: b, 0.35) + drop * 0.7,
                ]),
            ]), color)
        fill(
            .limb([at(elbow.mixed(wrist, 0.90)), at(wrist)], [t * 1.35, t * 1.30]), Color(0xFBF6EC),
            shade: 0.2)
    }

    /// Which hands are closed around something.
    private func grips(_ index: Int) -> Bool {
        if member.action == .reading || member.action == .cycling { return true }
        if let clasped, index == clasped { return true }
        return member.held != nil && (index == 1 || member.held == .cup || member.held == .flowers)
    }

    private func paintHand(_ index: Int) {
        let (elbow, hand) = (posture.elbows[index], posture.hands[index])
        let (p, q) = (at(elbow), at(hand))
        var along = q - p
        if along.length < scale * 0.02 { along = Point(0, scale * 0.05) }
        let d = along * (1 / along.length)
        let n = Point(-d.y, d.x)
        let size = build.head * 0.30 * scale * (build.isChild ? 0.82 : 1)
        let skin = looks.skin
        func local(_ a: Double, _ b: Double) -> Point { q + d * (a * size) + n * (b * size) }
        if grips(index) {
            fill(
                .closed([
                    local(-0.25, -0.32), local(0.2, -0.44), local(0.62, -0.30), local(0.66, 0.18),
                    local(0.35, 0.42), local(-0.2, 0.32),
                ]), skin, shade: 0.5)
            if size > 0.028 {
                for offset in [-0.18, 0.02, 0.2] {
                    studio.line(
                        [local(0.16, offset - 0.05), local(0.58, offset - 0.03)],
                        skin.mixed(Color(0x7A2E34), 0.4), width: size * 0.06, opacity: 0.8)
                }
            }
            return
        }
        let isOpen = member.action == .waving && index == 1 || member.action == .jumping
        let thumb = view.depth(posture.shoulders[index]) * (index == 0 ? 1 : -1) >= 0 ? 1.0 : -1.0
        let side = (index == 0 ? -1.0 : 1.0) * (view.cosine < 0 ? -1 : 1)
        _ = thumb
        if isOpen {
            var shapes: [Path] = [
                .closed([
                    local(-0.2, -0.30), local(0.3, -0.42), local(0.6, -0.30), local(0.6, 0.30),
                    local(0.3, 0.42), local(-0.2, 0.30),
                ])
            ]
            for (index, spread) in [-0.36, -0.13, 0.12, 0.36].enumerated() {
                let reach = index == 0 || index == 3 ? 1.12 : 1.30
                shapes.append(
                    .limb(
                        [local(0.45, spread * 0.9), local(reach, spread * 1.45)], [size * 0.21, size * 0.18]))
            }
            shapes.append(
                .limb([local(0.05, side * 0.3), local(0.55, side * 0.86)], [size * 0.22, size * 0.18]))
            fill(.joined(shapes), skin, shade: 0.4)
            return
        }
        fill(
            .joined([
                .closed([
                    local(-0.22, -0.28), local(0.25, -0.40), local(0.7, -0.34), local(1.08, -0.12),
                    local(1.10, 0.10), local(0.7, 0.32), local(0.25, 0.38), local(-0.22, 0.28),
                ]),
                .limb([local(0.1, side * 0.28), local(0.62, side * 0.52)], [size * 0.24, size * 0.18]),
            ]), skin, shade: 0.4)
        if size > 0.028 {
            for offset in [-0.14, 0.03, 0.19] {
                studio.line(
                    [local(0.62, offset), local(1.02, offset * 0.75)], skin.mixed(Color(0x7A2E34), 0.4),
                    width: size * 0.05, opacity: 0.7)
            }
        }
    }
}
