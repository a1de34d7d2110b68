/// Eyes, brows, nose, mouth.
extension HeadPainter {
    private var ink: Color { Color(0x2A1E24) }
    private var fine: Color { looks.skin.mixed(Color(0x7A2E34), 0.55) }
    private var eyeLevel: Double { build.isChild ? -0.16 : -0.06 }
    private var isSmiling: Bool { expression == .smiling || expression == .laughing }

    func paintFace() {
        guard detail > 0 else { return }
        blush()
        let spread = build.isChild ? 0.40 : 0.36
        for side in [-1.0, 1.0] {
            let (x, y) = feature(side * spread, eyeLevel)
            // The far eye of a turned head looks narrower.
            let squeeze = mode == .threeQuarter ? (side > 0 ? 0.78 : 0.98) : 1
            eye(x, y, side, squeeze)
            if detail >= 2 { brow(side, spread, squeeze) }
        }
        if detail >= 2 { nose() }
        mouth()
        if build.isOld, detail >= 2 { wrinkles() }
        if !build.isOld, looks.pattern == 3, detail >= 3, looks.skin.brightness > 0.7 { freckles() }
    }

    private func blush() {
        guard detail >= 2 else { return }
        let color = studio.tint(looks.skin.mixed(Color(0xF0503C), 0.5))
        for side in [-1.0, 1.0] {
            let (x, y) = feature(side * 0.52, eyeLevel - 0.34)
            studio.glow(
                at(x, y), radius: radius * 0.26, color, strength: looks.skin.brightness > 0.55 ? 0.42 : 0.22)
        }
    }

    private func eye(_ x: Double, _ y: Double, _ side: Double, _ squeeze: Double) {
        let wide = (build.isChild ? 0.165 : 0.155) * squeeze
        let high =
            (build.isChild ? 0.155 : build.isOld ? 0.095 : 0.118) * (expression == .surprised ? 1.25 : 1)
        if expression == .eyesClosed || expression == .laughing {
            let bow = expression == .laughing ? 0.10 : -0.075
            line(
                [(x - wide, y - bow * 0.4), (x, y + bow), (x + wide, y - bow * 0.4)], ink,
                detail >= 3 ? 0.042 : detail == 2 ? 0.055 : 0.08)
            if detail >= 3, expression == .eyesClosed {
                for lash in [-0.7, 0.0, 0.7] {
                    line([(x + wide * lash, y - 0.045), (x + wide * lash * 1.2, y - 0.10)], ink, 0.02)
                }
            }
            return
        }
        guard detail >= 3 else {
            let size = detail == 2 ? 0.82 : 1.0
            spot(x, y, 0.085 * squeeze * size, (build.isOld ? 0.10 : 0.135) * size, ink)
            if detail == 2 {
                spot(x + 0.022, y + 0.055, 0.030, 0.036, .white)
                line(
                    [(x - 0.13 * squeeze, y + 0.08), (x, y + 0.155), (x + 0.13 * squeeze, y + 0.08)], ink,
                    0.035)
            }
            return
        }
        let outer = side
        let almond: [(Double, Double)] = [
            (x - wide, y - (outer < 0 ? -0.015 : 0.02)), (x - wide * 0.45, y + high * 0.78),
            (x + wide * 0.1, y + high), (x + wide * 0.62, y + high * 0.66),
            (x + wide, y - (outer > 0 ? -0.015 : 0.02)),
            (x + wide * 0.5, y - high * 0.62), (x - wide * 0.45, y - high * 0.64),
        ]
        let shape = Path.closed(points(almond))
        studio.fill(shape, Color(0xFCF8F4), shade: 0, edge: false)
        let look = facing * shift * 0.10
        studio.canvas.clipped(to: shape) {
            self.spot(x + look, y + 0.01, high * 0.86 * squeeze, high * 0.95, self.looks.iris)
            self.spot(
                x + look, y - 0.02, high * 0.60 * squeeze, high * 0.6, self.looks.iris.mixed(.white, 0.22),
                opacity: 0.7)
            self.spot(x + look, y + 0.012, high * 0.46 * squeeze, high * 0.52, Color(0x120C12))
            self.spot(x, y + high * 0.95, wide * 1.2, high * 0.42, self.ink, opacity: 0.22)
        }
        spot(x + look + 0.04 * studio.air.side * facing, y + high * 0.36, 0.036, 0.042, .white)
        spot(x + look - 0.035 * studio.air.side * facing, y - high * 0.30, 0.018, 0.02, .white, opacity: 0.8)
        // The upper lid, thicker outside; the fold above it; a breath of a lower lid.
        let from =
            outer > 0
            ? [
                (x - wide, y - 0.02), (x - wide * 0.45, y + high * 0.8), (x + wide * 0.1, y + high * 1.02),
                (x + wide * 0.66, y + high * 0.72), (x + wide * 1.12, y + 0.02),
            ]
            : [
                (x + wide, y - 0.02), (x + wide * 0.45, y + high * 0.8), (x - wide * 0.1, y + high * 1.02),
                (x - wide * 0.66, y + high * 0.72), (x - wide * 1.12, y + 0.02),
            ]
        studio.fill(
            .limb(
                points(from),
                [0.016, 0.034, 0.044, 0.042, 0.012].map { $0 * radius * (build.isFemale ? 1.15 : 0.85) }),
            ink, shade: 0, edge: false)
        line(from.map { ($0.0, $0.1 + 0.055) }.dropLast().map { $0 }, fine, 0.016, opacity: 0.6)
        line(
            [(x - wide * 0.7, y - high * 0.52), (x, y - high * 0.78), (x + wide * 0.75, y - high * 0.5)],
            fine, 0.014, opacity: 0.55)
    }

    private func brow(_ side: Double, _ spread: Double, _ squeeze: Double) {
        let level = eyeLevel + (build.isChild ? 0.30 : 0.265) + (expression == .surprised ? 0.09 : 0)
        let (x, y) = feature(side * (spread + 0.01), level)
        let tilt = expression == .sad ? 0.07 : expression == .surprised ? 0.0 : -0.01
        let wide = 0.19 * squeeze
        let inner = (x - side * wide, y + tilt - 0.01)
        let outer = (x + side * wide, y - tilt * 0.6 - 0.03)
        let color = build.isOld ? looks.hair.scaled(0.86) : looks.hair.mixed(ink, 0.25)
        let thick = (build.isFemale ? 0.042 : 0.058) * radius
        studio.fill(
            .limb(
                points([inner, (x + side * 0.03, y + 0.035 + tilt * 0.3), outer]),
                [thick, thick, thick * 0.35]), color, shade: 0, edge: false)
    }

    private func nose() {
        let (x, y) = feature(0, eyeLevel - (build.isChild ? 0.20 : 0.27))
        let tip = x + (mode == .threeQuarter ? 0.12 : 0)
        if mode == .threeQuarter {
            if build.isChild || detail == 2 {
                line(
                    [(tip - 0.02, y + 0.05), (tip + 0.05, y - 0.02), (tip - 0.05, y - 0.05)], fine, 0.032,
                    opacity: 0.85)
            } else {
                line(
                    [
                        (x + 0.02, y + 0.30), (x + 0.05, y + 0.14), (tip + 0.05, y), (tip + 0.01, y - 0.06),
                        (tip - 0.10, y - 0.055),
                    ], fine, 0.026, opacity: 0.8)
                spot(tip - 0.09, y - 0.05, 0.03, 0.018, fine, opacity: 0.8)
            }
        } else if build.isChild || detail == 2 {
            line([(x - 0.055, y), (x, y - 0.04), (x + 0.055, y)], fine, 0.034, opacity: 0.85)
        } else {
            let shade = -studio.air.side * facing
            line(
                [(x + shade * 0.05, y + 0.26), (x + shade * 0.055, y + 0.10), (x + shade * 0.09, y - 0.01)],
                fine, 0.022, opacity: 0.40)
            line(
                [
                    (x - 0.10, y - 0.015), (x - 0.06, y - 0.065), (x, y - 0.05), (x + 0.06, y - 0.065),
                    (x + 0.10, y - 0.015),
                ], fine, 0.024, opacity: 0.85)
            spot(x, y + 0.03, 0.035, 0.045, .white, opacity: 0.30)
        }
    }

    private func mouth() {
        let (x, y) = feature(0, build.isChild ? -0.60 : -0.60)
        let wide =
            (isSmiling ? 0.21 : 0.165) * (mode == .threeQuarter ? 0.85 : 1) * (build.isChild ? 0.82 : 1)
        if detail == 1 {
            guard radius > 0.026 else { return }
            line(
                [
                    (x - wide * 0.7, y + (isSmiling ? 0.03 : 0)),
                    (x, y - (isSmiling ? 0.05 : expression == .sad ? -0.04 : 0.01)),
                    (x + wide * 0.7, y + (isSmiling ? 0.03 : 0)),
                ], fine.scaled(0.8), 0.065)
            return
        }
        let lip = looks.skin.mixed(Color(build.isFemale ? 0xC8303C : 0xB04438), build.isFemale ? 0.55 : 0.38)
        switch expression {
        case .laughing:
            fill(
                [
                    (x - wide, y + 0.06), (x, y + 0.045), (x + wide, y + 0.06), (x + wide * 0.62, y - 0.12),
                    (x, y - 0.18), (x - wide * 0.62, y - 0.12),
                ], Color(0x7A2228), shade: 0, edge: detail >= 3)
            fill(
                [
                    (x - wide * 0.8, y + 0.045), (x, y + 0.035), (x + wide * 0.8, y + 0.045),
                    (x + wide * 0.6, y - 0.01), (x, y - 0.02), (x - wide * 0.6, y - 0.01),
                ], Color(0xFDFAF4), shade: 0, edge: false)
            fill(
                [(x - wide * 0.4, y - 0.10), (x, y - 0.08), (x + wide * 0.4, y - 0.10), (x, y - 0.165)],
                Color(0xE07070), shade: 0, edge: false)
        case .surprised:
            spot(x, y - 0.03, 0.075, 0.095, Color(0x7A2228))
            if detail >= 3 { spot(x, y - 0.075, 0.045, 0.035, Color(0xE07070)) }
        default:
            let curve = expression == .smiling ? 0.075 : expression == .sad ? -0.06 : 0.012
            let corner = y + curve * 0.8
            if detail >= 3, !build.isChild {
                fill(
                    [
                        (x - wide, corner), (x - wide * 0.35, y + 0.045), (x, y + 0.028),
                        (x + wide * 0.35, y + 0.045), (x + wide, corner), (x, y - curve * 0.5),
                    ], lip.scaled(0.92), shade: 0, edge: false)
                fill(
                    [
                        (x - wide * 0.86, corner - 0.012), (x, y - curve * 0.5 - 0.005),
                        (x + wide * 0.86, corner - 0.012), (x + wide * 0.4, y - 0.085 - curve * 0.3),
                        (x, y - 0.10 - curve * 0.3), (x - wide * 0.4, y - 0.085 - curve * 0.3),
                    ], lip, shade: 0.2, edge: false)
                spot(x + 0.03 * studio.air.side * facing, y - 0.065, 0.045, 0.016, .white, opacity: 0.30)
            }
            let bold = detail >= 3 ? 0.026 : 0.042
            line(
                [
                    (x - wide * 1.04, corner), (x - wide * 0.4, y - curve * 0.25), (x, y - curve * 0.5),
                    (x + wide * 0.4, y - curve * 0.25), (x + wide * 1.04, corner),
                ], lip.mixed(Color(0x5A1420), 0.6), bold)
        }
    }

    private func wrinkles() {
        for side in [-1.0, 1.0] {
            let (x, y) = feature(side * 0.30, -0.38)
            line([(x - side * 0.02, y + 0.10), (x + side * 0.07, y - 0.08)], fine, 0.020, opacity: 0.5)
            guard detail >= 3 else { continue }
            let (a, b) = feature(side * 0.62, eyeLevel)
            for tilt in [-0.05, 0.01, 0.07] {
                line(
                    [(a - side * 0.02, b + tilt * 0.5), (a + side * 0.07, b + tilt)], fine, 0.012,
                    opacity: 0.5)
            }
        }
        guard detail >= 3 else { return }
        for level in [0.34, 0.44] {
            let (x, y) = feature(0, level)
            line([(x - 0.24, y), (x, y + 0.02), (x + 0.24, y)], fine, 0.012, opacity: 0.35)
        }
    }

    private func freckles() {
        for side in [-1.0, 1.0] {
            for (dx, dy) in [(-0.06, 0.02), (0.03, 0.05), (0.08, -0.02), (0.0, -0.05)] {
                let (x, y) = feature(side * 0.38 + dx, eyeLevel - 0.25 + dy)
                spot(x, y, 0.016, 0.014, fine, opacity: 0.6)
            }
        }
    }

    func paintProfile() {
        guard detail > 0 else { return }
        let level = eyeLevel - nod
        let x = 0.50
        if detail >= 2 {
            studio.glow(
                at(0.36, level - 0.34), radius: radius * 0.24,
                studio.tint(looks.skin.mixed(Color(0xF0503C), 0.5)), strength: 0.38)
            let color = build.isOld ? looks.hair.scaled(0.86) : looks.hair.mixed(ink, 0.25)
            let lift = expression == .surprised ? 0.08 : 0
            studio.fill(
                .limb(
                    points([
                        (x + 0.16, level + 0.27 + lift), (x, level + 0.31 + lift),
                        (x - 0.15, level + 0.25 + lift),
                    ]), [0.05, 0.055, 0.02].map { $0 * radius }), color, shade: 0, edge: false)
        }
        if expression == .eyesClosed || expression == .laughing {
            let bow = expression == .laughing ? 0.08 : -0.07
            line([(x - 0.10, level), (x, level + bow), (x + 0.11, level)], ink, detail >= 3 ? 0.042 : 0.07)
        } else if detail >= 3 {
            let shape = Path.closed(
                points([
                    (x - 0.12, level - 0.01), (x + 0.02, level + 0.115), (x + 0.12, level + 0.07),
                    (x + 0.13, level - 0.04), (x + 0.02, level - 0.075),
                ]))
            studio.fill(shape, Color(0xFCF8F4), shade: 0, edge: false)
            studio.canvas.clipped(to: shape) {
                self.spot(x + 0.09, level + 0.02, 0.065, 0.11, self.looks.iris)
                self.spot(x + 0.105, level + 0.02, 0.035, 0.06, Color(0x120C12))
            }
            spot(x + 0.085, level + 0.055, 0.02, 0.026, .white)
            studio.fill(
                .limb(
                    points([
                        (x - 0.15, level + 0.01), (x - 0.01, level + 0.12), (x + 0.10, level + 0.10),
                        (x + 0.17, level + 0.04),
                    ]), [0.012, 0.034, 0.034, 0.016].map { $0 * radius }), ink, shade: 0, edge: false)
        } else {
            spot(x + 0.02, level, 0.06, detail == 1 ? 0.12 : 0.115, ink)
            if detail == 2 { spot(x + 0.04, level + 0.04, 0.022, 0.03, .white) }
        }
        guard detail >= 2 || radius > 0.026 else { return }
        let mouthY = build.isChild ? -0.575 : -0.55
        if expression == .laughing {
            fill(
                [
                    (0.77, mouthY + 0.035), (0.50, mouthY + 0.055), (0.56, mouthY - 0.09),
                    (0.74, mouthY - 0.09),
                ], Color(0x7A2228), shade: 0, edge: false)
        } else {
            let curve = expression == .smiling ? 0.06 : expression == .sad ? -0.05 : 0
            line(
                [(0.76, mouthY), (0.64, mouthY - 0.012), (0.54, mouthY + curve)],
                looks.skin.mixed(Color(0x7A1A24), 0.7), detail >= 3 ? 0.03 : 0.05)
        }
        if detail >= 3 { line([(0.76, -0.33), (0.70, -0.28), (0.68, -0.36)], fine, 0.02, opacity: 0.6) }
        if build.isOld { line([(0.60, -0.28), (0.50, -0.46)], fine, 0.02, opacity: 0.5) }
    }

    func paintBeard() {
        let color = looks.hair
        guard mode != .profile else {
            fill(
                [
                    (0.74, -0.42), (0.80, -0.66), (0.76, -1.05), (0.46, -1.30), (0.10, -1.02), (-0.08, -0.55),
                    (0.05, -0.30), (0.25, -0.62), (0.5, -0.52),
                ], color, shade: 0.5)
            return
        }
        let long = build.isOld ? -1.36 : -1.08
        let x = shift
        fill(
            [
                (x * 0.6 - half * 0.93, -0.26), (x - 0.42, -0.44), (x - 0.2, -0.44), (x, -0.47),
                (x + 0.2, -0.44), (x + 0.40, -0.44), (min(half * 0.95, x * 0.6 + half * 0.93), -0.26),
                (x * 0.5 + half * 0.80, -0.74), (x + 0.32, -1.08), (x, long), (x - 0.32, -1.08),
                (x * 0.5 - half * 0.80, -0.74),
            ], color, shade: 0.5)
        if detail >= 2 {
            line([(x - 0.15, -0.585), (x, -0.62), (x + 0.15, -0.585)], Color(0x9A4A44), 0.05)
            fill(
                [(x - 0.26, -0.52), (x, -0.41), (x + 0.26, -0.52), (x, -0.50)], color.scaled(0.95), shade: 0,
                edge: false)
            for offset in [-0.22, 0.0, 0.22] {
                line(
                    [(x + offset, -0.78), (x + offset * 0.8, long + 0.16)], color.scaled(0.84), 0.022,
                    opacity: 0.7)
            }
        }
    }

    func paintGlasses() {
        let spread = build.isChild ? 0.40 : 0.36
        let frame = Color(0x3A3038)
        for side in [-1.0, 1.0] {
            let (x, y) = feature(side * spread, eyeLevel)
            let squeeze = mode == .threeQuarter && side > 0 ? 0.80 : 1
            studio.canvas.fill(
                .ellipse(at(x, y), 0.24 * squeeze * radius, 0.22 * radius), .solid(.white, opacity: 0.14))
            studio.canvas.stroke(
                .ellipse(at(x, y), 0.24 * squeeze * radius, 0.22 * radius),
                .solid(studio.tint(frame), opacity: 1), width: 0.034 * radius)
        }
        let (a, b) = (feature(-spread + 0.24, eyeLevel), feature(spread - 0.24, eyeLevel))
        line([a, ((a.0 + b.0) / 2, a.1 + 0.04), b], frame, 0.034)
    }
}
