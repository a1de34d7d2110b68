/// A person: girl, boy or old man in any pose.
extension FigurePainter {
    /// The colours of one person.
    struct Wardrobe {
        var skin: Color
        var hair: Color
        var top: Color
        var trousers: Color
        var shoes: Color
        var socks: Color
    }

    func paintPerson() {
        var pose = Pose(scene, details, &random)
        if details.hasUmbrella {
            pose.arms[1] = .init(
                middle: pose.shoulder + Point(0.19, 0.11), end: pose.shoulder + Point(0.22, -0.02))
        }
        let wardrobe = wardrobe()
        let style = HairStyle(scene.subject, &random)
        if details.hasUmbrella { umbrella(behind: pose) }
        if let seat = pose.seat { paintSeat(seat, pose) }
        backHair(style, pose, wardrobe)
        arm(pose, 0, wardrobe)
        if scene.subject == .girl, pose.seat != nil { lapLegs(pose, wardrobe) } else { legs(pose, wardrobe) }
        switch scene.subject {
        case .girl: dress(pose, wardrobe)
        case .boy: shirt(pose, wardrobe)
        default: coat(pose, wardrobe)
        }
        if scene.weather == .snow { scarf(pose, wardrobe) }
        head(style, pose, wardrobe)
        if scene.subject == .oldMan, pose.seat != .ground, !details.hasUmbrella { cane(pose) }
        arm(pose, 1, wardrobe)
    }

    private func wardrobe() -> Wardrobe {
        let skin = Color(
            random.pick([0xFAD9BC, 0xF5CBA6, 0xF9DCC6, 0xE0AC82], weights: [0.3, 0.3, 0.25, 0.15]))
        let hair = Color(random.pick([0x3B2A28, 0x5E3A28, 0x8C5A32, 0xD6A050, 0x2C2834, 0xB0583A]))
        let trousers = Color(random.pick([0x3F5685, 0x7A5E48, 0x4F6E58, 0x4A4A64]))
        let shoes = Color(random.pick([0x7A4836, 0x4A3A40, 0xB04A42]))
        let isOld = scene.subject == .oldMan
        return Wardrobe(
            skin: skin, hair: isOld ? Color(0xF3F1EE) : hair,
            top: isOld ? clothesColor.mixed(Color(0x6B5A50), 0.38) : clothesColor,
            trousers: isOld ? Color(0x6C7488) : trousers, shoes: shoes, socks: Color(0xFBF6EC))
    }

    // MARK: Limbs

    private func arm(_ pose: Pose, _ index: Int, _ wardrobe: Wardrobe) {
        let arm = pose.arms[index]
        let side = arm.middle.x < pose.shoulder.x ? -1.0 : 1.0
        let root = pose.shoulder + Point(side * 0.075, 0.035)
        let sleeve = index == 0 ? wardrobe.top.scaled(0.9) : wardrobe.top
        let isShort = scene.subject != .oldMan && scene.weather == .clear
        if isShort {
            limb([root, arm.middle, arm.end], [0.062, 0.054, 0.046], wardrobe.skin)
            limb([root, root.mixed(with: arm.middle, 0.75)], [0.085, 0.088], sleeve)
        } else {
            limb([root, arm.middle, arm.middle.mixed(with: arm.end, 0.75)], [0.082, 0.076, 0.07], sleeve)
        }
        ellipse(arm.end.x, arm.end.y, 0.034, 0.034, wardrobe.skin, outlined: true)
    }

    private func legs(_ pose: Pose, _ wardrobe: Wardrobe) {
        for (index, leg) in pose.legs.enumerated() {
            let root = pose.hip + Point(pose.seat == nil ? (index == 0 ? -0.05 : 0.05) : 0.02, 0.02)
            let covered = scene.subject == .oldMan || scene.weather == .snow
            let bare = !covered
            let color = bare ? wardrobe.skin : wardrobe.trousers
            // Two straight parts: one curved band would look like a tail where the knee is bent.
            limb([root, leg.middle], bare ? [0.078, 0.068] : [0.12, 0.098], color)
            limb([leg.middle, leg.end], bare ? [0.068, 0.054] : [0.094, 0.082], color)
            if bare {
                limb(
                    [leg.middle.mixed(with: leg.end, 0.55), leg.end], [0.058, 0.056], wardrobe.socks,
                    shade: 0.3)
            }
            shoe(leg, wardrobe)
        }
    }

    /// The lower legs that show below a dress when its wearer sits.
    private func lapLegs(_ pose: Pose, _ wardrobe: Wardrobe) {
        for leg in pose.legs {
            limb(
                [leg.middle.mixed(with: leg.end, 0.25), leg.middle.mixed(with: leg.end, 0.6), leg.end],
                [0.07, 0.062, 0.054],
                wardrobe.skin)
            limb(
                [leg.middle.mixed(with: leg.end, 0.6), leg.end], [0.058, 0.056], wardrobe.socks, shade: 0.3)
            shoe(leg, wardrobe)
        }
    }

    private func shoe(_ leg: Pose.Limb, _ wardrobe: Wardrobe) {
        let toe = 0.03 + 0.02 * (scene.action == .standing ? 0 : 1)
        let lean = leg.end.y < -0.06 ? 0.09 : 0
        fill(
            .ellipse(leg.end + Point(toe * 0.6, 0.008), 0.058 + toe * 0.3, 0.034, tilt: lean), wardrobe.shoes,
            shade: 0.5)
    }

    private func paintSeat(_ seat: SceneDetails.Seat, _ pose: Pose) {
        switch seat {
        case .ground: break
        case .rock:
            fill(
                .closed([
                    Point(-0.30, 0.02), Point(-0.31, -0.13), Point(-0.22, -0.24), Point(-0.05, -0.26),
                    Point(0.11, -0.23),
                    Point(0.16, -0.10), Point(0.15, 0.02),
                ]), Color(0x9C9CA4))
        case .log:
            fill(
                .closed([
                    Point(-0.36, -0.22), Point(-0.10, -0.25), Point(0.14, -0.23), Point(0.15, -0.01),
                    Point(-0.1, 0.015),
                    Point(-0.36, 0.0),
                ]), Color(0x94683F))
            ellipse(0.14, -0.12, 0.055, 0.115, Color(0xE2BE88), shade: 0.4, outlined: true)
            ellipse(0.14, -0.12, 0.028, 0.06, Color(0xC69C66))
        }
    }

    private func cane(_ pose: Pose) {
        let hand = pose.arms[1].end
        let foot = Point(hand.x + 0.05, 0)
        line(
            [hand + Point(-0.05, -0.05), hand + Point(0, -0.085), hand + Point(0.03, -0.04), foot],
            Color(0x6A4A30), width: 0.032, outlined: true)
    }

    private func umbrella(behind pose: Pose) {
        let hand = pose.arms[1].end
        let top = Point(pose.head.x + 0.10, pose.head.y - 0.33)
        line([hand, top], Color(0x6A5040), width: 0.024, outlined: true)
        let cloth = Color(random.pick([0xE04A44, 0xF4BE3C, 0x4A90CC, 0x5FB07A]))
        let width = 0.40
        var points: [Point] = []
        for step in 0...8 {
            let turn = 0.5 + 0.5 * Double(step) / 8
            points.append(
                Point(
                    top.x + Trigonometry.cosine(turns: turn) * width,
                    top.y + 0.17 + Trigonometry.sine(turns: turn) * 0.20))
        }
        let scallops = (0..<4).flatMap { index -> [Point] in
            let right = width - Double(index) * width / 2
            return [
                Point(top.x + right - width * 0.25, top.y + 0.145),
                Point(top.x + right - width * 0.5, top.y + 0.175),
            ]
        }
        fill(.polygon(points + scallops.dropLast()), cloth)
        fill(
            .polygon([
                Point(top.x - 0.1, top.y + 0.175), Point(top.x - 0.09, top.y + 0.06), top + Point(0, -0.03),
                Point(top.x + 0.09, top.y + 0.06), Point(top.x + 0.1, top.y + 0.175),
                Point(top.x, top.y + 0.145),
            ]),
            cloth.mixed(.white, 0.35), shade: 0, outlined: false)
    }
}
