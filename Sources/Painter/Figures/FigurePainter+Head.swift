/// Heads: face, hair, hat.
extension FigurePainter {
    private var skinShadow: Color { Color(0xE08A6A) }

    /// Hair that falls behind the shoulders.
    func backHair(_ style: HairStyle, _ pose: Pose, _ wardrobe: Wardrobe) {
        let center = pose.head
        let dark = wardrobe.hair.scaled(0.9)
        switch style.cut {
        case .long:
            fill(
                .closed([
                    center + Point(-0.10, -0.17), center + Point(0.10, -0.17), center + Point(0.19, -0.02),
                    center + Point(0.20, 0.18), center + Point(0.17, 0.33), center + Point(0, 0.30),
                    center + Point(-0.18, 0.34),
                    center + Point(-0.21, 0.18), center + Point(-0.19, -0.02),
                ]), dark)
        case .pigtails, .braids:
            let isBraid = style.cut == .braids
            for side in [-1.0, 1.0] {
                let root = center + Point(side * 0.16, isBraid ? 0.10 : -0.03)
                if isBraid {
                    for (step, size) in [(0, 0.058), (1, 0.054), (2, 0.048), (3, 0.036)] {
                        let y = 0.03 + Double(step) * 0.072
                        ellipse(
                            root.x + side * 0.012 * Double(step), root.y + y, size, size * 0.92, dark,
                            shade: 0.6, outlined: true)
                    }
                } else {
                    limb(
                        [root, root + Point(side * 0.10, 0.06), root + Point(side * 0.10, 0.24)],
                        [0.09, 0.12, 0.05], dark)
                }
                ellipse(root.x, root.y, 0.036, 0.036, accent(wardrobe.top), outlined: true)
            }
        case .bob:
            fill(
                .closed([
                    center + Point(-0.1, -0.17), center + Point(0.1, -0.17), center + Point(0.19, -0.01),
                    center + Point(0.195, 0.13),
                    center + Point(0, 0.16), center + Point(-0.195, 0.13), center + Point(-0.19, -0.01),
                ]), dark)
        case .short, .tousled, .old: break
        }
    }

    func head(_ style: HairStyle, _ pose: Pose, _ wardrobe: Wardrobe) {
        var style = style
        if scene.weather == .snow { style.dressForSnow() }
        let center = pose.head
        limb(
            [center + Point(0, 0.1), pose.shoulder + Point(0, 0.03)], [0.07, 0.075],
            wardrobe.skin.mixed(skinShadow, 0.25))
        if style.cut == .short || style.cut == .tousled || style.cut == .old {
            for side in [-1.0, 1.0] where side < 0 || pose.turn < 0.6 {
                ellipse(center.x + side * 0.152, center.y + 0.03, 0.034, 0.042, wardrobe.skin, outlined: true)
            }
        }
        fill(
            .closed([
                center + Point(-0.145, -0.04), center + Point(-0.08, -0.145), center + Point(0.08, -0.145),
                center + Point(0.145, -0.04), center + Point(0.148, 0.05), center + Point(0.09, 0.128),
                center + Point(0.0, 0.15), center + Point(-0.09, 0.128), center + Point(-0.148, 0.05),
            ]), wardrobe.skin, shade: scene.medium == .flat ? 0 : 0.6)
        face(pose, wardrobe)
        if style.cut == .old { beard(pose, wardrobe) }
        fringe(style, pose, wardrobe)
        hat(style, pose, wardrobe)
    }

    private func face(_ pose: Pose, _ wardrobe: Wardrobe) {
        let center = pose.head + Point(pose.turn * 0.035, 0)
        easel.face = (frame.place(center + Point(0, 0.03)), 0.15 * frame.scale)
        let dark = Color(0x2E2430)
        let isOld = scene.subject == .oldMan
        let smiling = random.chance(0.6)
        for side in [-1.0, 1.0] {
            let squeeze = side > 0 ? 1 - pose.turn * 0.15 : 1
            let x = center.x + side * 0.066 * squeeze
            ellipse(x + side * 0.030, center.y + 0.075, 0.033, 0.024, Color(0xF4776A), opacity: 0.5)
            if isOld {
                line(
                    [
                        Point(x - 0.024, center.y + 0.022), Point(x, center.y + 0.010),
                        Point(x + 0.024, center.y + 0.022),
                    ], dark, width: 0.016)
                line(
                    [
                        Point(x - 0.035, center.y - 0.028), Point(x, center.y - 0.042),
                        Point(x + 0.035, center.y - 0.028),
                    ], Color(0xFBFAF6), width: 0.026)
            } else {
                ellipse(x, center.y + 0.022, 0.021, 0.030, dark)
                ellipse(x + 0.007, center.y + 0.011, 0.008, 0.010, .white)
                line(
                    [Point(x - 0.022, center.y - 0.032), Point(x + 0.018, center.y - 0.035)],
                    wardrobe.hair.scaled(0.8), width: 0.011)
            }
        }
        ellipse(center.x + pose.turn * 0.012, center.y + 0.058, 0.013, 0.010, skinShadow, opacity: 0.75)
        guard !isOld else { return }
        let mouth = center + Point(0, 0.093)
        let curve = smiling ? 0.016 : 0.008
        line(
            [
                mouth + Point(-0.026, -curve * 0.5), mouth + Point(0, curve * 0.5),
                mouth + Point(0.026, -curve * 0.5),
            ], Color(0xB24A48), width: 0.013)
    }

    private func beard(_ pose: Pose, _ wardrobe: Wardrobe) {
        let center = pose.head + Point(pose.turn * 0.02, 0)
        fill(
            .closed([
                center + Point(-0.150, 0.03), center + Point(-0.105, 0.085), center + Point(0, 0.072),
                center + Point(0.105, 0.085),
                center + Point(0.150, 0.03), center + Point(0.135, 0.16), center + Point(0.06, 0.25),
                center + Point(0, 0.28),
                center + Point(-0.06, 0.25), center + Point(-0.135, 0.16),
            ]), Color(0xFAF8F3), shade: 0.6)
        ellipse(center.x, center.y + 0.062, 0.028, 0.024, wardrobe.skin.mixed(skinShadow, 0.3))
        for side in [-1.0, 1.0] {
            ellipse(
                center.x + side * 0.045, center.y + 0.092, 0.052, 0.024, Color(0xFFFFFF), tilt: side * 0.045)
        }
    }

    /// Hair over the forehead.
    private func fringe(_ style: HairStyle, _ pose: Pose, _ wardrobe: Wardrobe) {
        let center = pose.head
        let shift = pose.turn * 0.03
        switch style.cut {
        case .old:
            for side in [-1.0, 1.0] {
                ellipse(
                    center.x + side * 0.145 - shift * 0.5, center.y - 0.015, 0.036, 0.07, wardrobe.hair,
                    shade: 0.4, outlined: true)
            }
        case .tousled, .short:
            let spike = style.cut == .tousled ? 0.045 : 0.015
            fill(
                .closed([
                    center + Point(-0.165, 0.02), center + Point(-0.172, -0.08),
                    center + Point(-0.13, -0.165 - spike * 0.5),
                    center + Point(-0.06, -0.18), center + Point(0.0, -0.195 - spike),
                    center + Point(0.07, -0.18),
                    center + Point(0.135, -0.155 - spike * 0.4), center + Point(0.172, -0.07),
                    center + Point(0.162, 0.01),
                    center + Point(0.135 + shift * 0.3, -0.055), center + Point(0.075 + shift, -0.035),
                    center + Point(0.03 + shift, -0.075),
                    center + Point(-0.03 + shift, -0.04), center + Point(-0.09 + shift, -0.07),
                    center + Point(-0.135 + shift * 0.3, -0.035),
                ]), wardrobe.hair)
        default:
            fill(
                .closed([
                    center + Point(-0.170, 0.09), center + Point(-0.185, -0.04),
                    center + Point(-0.13, -0.155), center + Point(0, -0.198),
                    center + Point(0.13, -0.155), center + Point(0.185, -0.04), center + Point(0.170, 0.09),
                    center + Point(0.135, -0.01), center + Point(0.085 + shift, -0.05),
                    center + Point(0.02 + shift, -0.035),
                    center + Point(-0.05 + shift, -0.05), center + Point(-0.135, -0.005),
                ]), wardrobe.hair)
        }
        if style.cut != .old {
            let shine = center + Point(-0.05 * frame.facing * easel.light.side * -1, -0.12)
            fill(
                .ellipse(shine, 0.05, 0.018, tilt: 0.02), wardrobe.hair.mixed(.white, 0.4), shade: 0,
                outlined: false, opacity: 0.55)
        }
    }

    private func hat(_ style: HairStyle, _ pose: Pose, _ wardrobe: Wardrobe) {
        let center = pose.head
        func dome(_ color: Color, half: Double, top: Double, bottom: Double) {
            fill(
                .closed([
                    center + Point(-half, bottom), center + Point(-half * 0.92, (top + bottom) * 0.56),
                    center + Point(-half * 0.5, top),
                    center + Point(half * 0.5, top), center + Point(half * 0.92, (top + bottom) * 0.56),
                    center + Point(half, bottom),
                    center + Point(0, bottom + 0.02),
                ]), color)
        }
        switch style.hat {
        case .none: break
        case .ribbon:
            let color = details.clothes == .red ? Color(0xFFF2DC) : Color(0xE04A4A)
            let knot = center + Point(0.10, -0.155)
            for side in [-1.0, 1.0] {
                fill(
                    .closed([knot, knot + Point(side * 0.085, -0.062), knot + Point(side * 0.09, 0.04)]),
                    color, shade: 0.6)
            }
            ellipse(knot.x, knot.y, 0.024, 0.024, color.scaled(0.85))
        case .straw:
            let straw = Color(0xF0D488)
            fill(.ellipse(center + Point(0, -0.095), 0.27, 0.062), straw)
            dome(straw, half: 0.145, top: -0.235, bottom: -0.10)
            line(
                [center + Point(-0.135, -0.118), center + Point(0, -0.10), center + Point(0.135, -0.118)],
                Color(0xD8483F), width: 0.036)
        case .cap:
            let color = details.clothes == .red ? Color(0x3F74B8) : Color(0xDA4A3E)
            dome(color, half: 0.175, top: -0.21, bottom: -0.075)
            fill(
                .ellipse(center + Point(0.13, -0.075), 0.12, 0.034, tilt: 0.02), color.scaled(0.85),
                shade: 0.4)
        case .brim:
            let color = Color(0x5C4A42)
            dome(color, half: 0.135, top: -0.27, bottom: -0.11)
            fill(.ellipse(center + Point(0, -0.10), 0.25, 0.05), color.scaled(1.1))
            line(
                [center + Point(-0.125, -0.14), center + Point(0, -0.128), center + Point(0.125, -0.14)],
                Color(0xC9A45A), width: 0.03)
        case .flatCap:
            fill(
                .closed([
                    center + Point(-0.17, -0.075), center + Point(-0.15, -0.18), center + Point(0.03, -0.215),
                    center + Point(0.19, -0.11), center + Point(0.21, -0.07),
                ]),
                Color(0x7A6A58))
        case .knitted:
            let color = details.clothes == .red ? Color(0x4A86C4) : Color(0xD9504A)
            dome(color, half: 0.178, top: -0.225, bottom: -0.065)
            limb(
                [center + Point(-0.16, -0.075), center + Point(0, -0.062), center + Point(0.16, -0.075)],
                [0.05, 0.055, 0.05], Color(0xFDF7EA))
            ellipse(center.x, center.y - 0.245, 0.05, 0.046, Color(0xFDF7EA), shade: 0.5, outlined: true)
        }
    }
}
