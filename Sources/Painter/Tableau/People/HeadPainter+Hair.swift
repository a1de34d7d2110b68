/// Hair and hats.
extension HeadPainter {
    private var hair: Color { looks.hair }
    private var gloss: Color { hair.mixed(Color(0xFFE8C8), 0.30) }

    /// Hair that hangs behind the head or down the back.
    func paintBackHair() {
        let w = half
        let dark = hair.scaled(0.86)
        switch (looks.cut, mode) {
        case (.long, .front), (.long, .threeQuarter):
            fill(
                [
                    (-w - 0.12, 0.4), (-0.5, 1.0), (0.5, 1.0), (w + 0.12, 0.4), (w + 0.20, -0.5),
                    (w + 0.22, -1.3), (w * 0.75, -1.85), (0, -1.7), (-w * 0.75, -1.85), (-w - 0.22, -1.3),
                    (-w - 0.20, -0.5),
                ], dark)
        case (.long, .profile):
            fill(
                [
                    (0.1, 1.08), (-0.62, 0.98), (-1.06, 0.45), (-1.12, -0.4), (-1.12, -1.3), (-0.82, -1.86),
                    (-0.42, -1.7), (-0.24, -0.9), (-0.1, 0.0),
                ], dark)
        case (.long, .back):
            fill(
                [
                    (-w - 0.06, 0.3), (-0.5, 1.0), (0.5, 1.0), (w + 0.06, 0.3), (w + 0.18, -0.6),
                    (w + 0.14, -1.5), (w * 0.6, -2.1), (0, -2.0), (-w * 0.6, -2.1), (-w - 0.14, -1.5),
                    (-w - 0.18, -0.6),
                ], hair, shade: 0.8)
            strands([(-0.5, 0.8, -2.0), (-0.2, 0.9, -2.0), (0.15, 0.9, -2.0), (0.5, 0.8, -2.0)])
        case (.bob, .front), (.bob, .threeQuarter):
            fill(
                [
                    (-w - 0.14, 0.4), (-0.5, 1.0), (0.5, 1.0), (w + 0.14, 0.4), (w + 0.24, -0.3),
                    (w + 0.16, -0.86), (w * 0.5, -0.95), (-w * 0.5, -0.95), (-w - 0.16, -0.86),
                    (-w - 0.24, -0.3),
                ], dark)
        case (.ponytail, .front), (.ponytail, .threeQuarter):
            studio.fill(
                .limb(
                    points([(-0.5, 0.85), (-w - 0.32, 0.45), (-w - 0.34, -0.4), (-w - 0.12, -1.0)]),
                    [0.35, 0.42, 0.36, 0.08].map { $0 * radius }), dark)
        case (.ponytail, .profile):
            studio.fill(
                .limb(
                    points([(-0.72, 0.62), (-1.22, 0.5), (-1.34, -0.3), (-1.12, -1.05)]),
                    [0.30, 0.44, 0.38, 0.06].map { $0 * radius }), dark)
        case (.ponytail, .back):
            studio.fill(
                .limb(
                    points([(0, 0.55), (0.06, 0.0), (0.0, -0.9), (-0.1, -1.5)]),
                    [0.3, 0.5, 0.42, 0.06].map { $0 * radius }), hair, shade: 0.8)
            spot(0, 0.5, 0.2, 0.14, looks.main, edge: true)
        case (.braids, .front), (.braids, .threeQuarter):
            for side in [-1.0, 1.0] { braid((side * (w - 0.02), -0.35), (side * (w + 0.16), -1.62)) }
        case (.braids, .profile): braid((-0.45, -0.42), (-0.5, -1.7))
        case (.braids, .back):
            if looks.main == looks.second { break }
            for side in [-1.0, 1.0] { braid((side * 0.42, -0.5), (side * 0.5, -1.75)) }
        case (.bun, .profile): spot(-0.82, 0.62, 0.36, 0.36, dark, shade: 0.7, edge: true)
        case (.bun, .front), (.bun, .threeQuarter):
            spot(-shift * 1.4, 1.16, 0.36, 0.32, dark, shade: 0.7, edge: true)
        case (.bun, .back): spot(0, 0.62, 0.42, 0.36, hair, shade: 0.9, edge: true)
        case (.curly, .front), (.curly, .threeQuarter):
            curls(0, 0.14, w + 0.30, 1.10, down: -0.55, dark)
        case (.curly, .profile): curls(-0.20, 0.16, 1.10, 1.10, down: -0.55, dark)
        default: break
        }
    }

    private func strands(_ list: [(Double, Double, Double)]) {
        guard detail >= 2 else { return }
        for (x, top, low) in list {
            line(
                [(x * 0.6, top), (x * 1.1, (top + low) / 2), (x, low)], hair.scaled(0.78), 0.03, opacity: 0.7)
        }
    }

    private func braid(_ start: (Double, Double), _ end: (Double, Double)) {
        var shapes: [Path] = []
        for index in 0..<5 {
            let f = Double(index) / 5
            shapes.append(
                .ellipse(
                    at(start.0 + (end.0 - start.0) * f, start.1 + (end.1 - start.1) * f),
                    (0.19 - 0.05 * f) * radius, 0.18 * radius))
        }
        studio.fill(.joined(shapes), hair, shade: 0.5)
        spot(end.0, end.1 + 0.20, 0.12, 0.08, looks.main, edge: true)
        studio.fill(
            .limb([at(end.0, end.1 + 0.16), at(end.0, end.1 - 0.16)], [0.16 * radius, 0.05 * radius]), hair,
            shade: 0.3)
    }

    private func curls(
        _ x: Double, _ y: Double, _ reachX: Double, _ reachY: Double, down: Double, _ color: Color
    ) {
        var shapes: [Path] = [.ellipse(at(x, y), reachX * 0.86 * radius, reachY * 0.86 * radius)]
        for index in 0..<15 {
            let turn = -0.12 + 0.74 * Double(index) / 14
            let (cx, cy) = (
                x + Trigonometry.cosine(turns: turn) * reachX * 0.86,
                y + Trigonometry.sine(turns: turn) * reachY * 0.86
            )
            if cy < down { continue }
            shapes.append(.ellipse(at(cx, cy), 0.24 * radius, 0.24 * radius))
        }
        studio.fill(.joined(shapes), color, shade: 0.6)
    }

    /// Hair on top of the head and around the face.
    func paintHair() {
        if looks.cut == .bald { return paintBald() }
        switch mode {
        case .front, .threeQuarter: paintFrontHair()
        case .profile: paintProfileHair()
        case .back:
            let low = [Looks.Cut.short, .tousled].contains(looks.cut) ? -0.46 : -0.62
            if looks.cut == .curly { return curls(0, 0.14, half + 0.26, 1.08, down: -0.75, hair) }
            fill(
                [
                    (0, 1.12), (half * 0.75 + 0.05, 0.92), (half + 0.10, 0.35), (half + 0.06, -0.2),
                    (half * 0.66, low), (0, low - 0.08), (-half * 0.66, low), (-half - 0.06, -0.2),
                    (-half - 0.10, 0.35), (-half * 0.75 - 0.05, 0.92),
                ], hair, shade: 0.9)
            strands([(-0.5, 0.9, low + 0.1), (-0.15, 1.0, low), (0.25, 1.0, low), (0.6, 0.85, low + 0.1)])
        }
    }

    private func paintFrontHair() {
        let w = half
        let s = shift
        let isShort = looks.cut == .short || looks.cut == .tousled
        let low = isShort ? 0.10 : looks.cut == .curly ? 0.0 : -0.18
        let back = mode == .threeQuarter ? 0.10 : 0
        let outer: [(Double, Double)] = [
            (-w - 0.05 - back, low), (-w - 0.11 - back, 0.38), (-w * 0.72 - back, 0.92), (0, 1.13),
            (w * 0.72, 0.93), (w + 0.09 - back * 0.6, 0.40),
            (w + 0.03 - back * 0.6, low + (mode == .threeQuarter ? 0.16 : 0)),
        ]
        let inner: [(Double, Double)]
        let right = min(w - 0.05, w - 0.05 - back * 0.4)
        switch looks.cut {
        case .bowl:
            inner = [
                (right, 0.14), (s * 0.9 + 0.5 * w, 0.24), (s + 0.2, 0.22), (s - 0.2, 0.22),
                (s * 0.9 - 0.52 * w, 0.24), (-w + 0.10 + s * 0.5, 0.0),
            ]
        case .short:
            inner = [
                (right, 0.28), (s * 0.7 + 0.55 * w, 0.52), (s + 0.15, 0.62 + looks.parting * 0.05),
                (s - 0.25, 0.60), (s * 0.6 - 0.62 * w, 0.50), (-w + 0.08 + s * 0.5, 0.16),
            ]
        case .tousled:
            inner = [
                (right, 0.22), (s + 0.52, 0.34), (s + 0.36, 0.50), (s + 0.16, 0.30), (s, 0.50),
                (s - 0.22, 0.30), (s - 0.34, 0.52), (s - 0.56, 0.32), (-w + 0.09 + s * 0.5, 0.08),
            ]
        default:
            let p = s + looks.parting * 0.26
            inner =
                looks.pattern % 2 == 0 && !build.isOld && looks.cut != .bun
                ? [
                    (right, 0.06), (s * 0.9 + 0.56 * w, 0.30), (s + 0.24, 0.24), (s, 0.29), (s - 0.24, 0.24),
                    (s * 0.9 - 0.56 * w, 0.30), (-w + 0.09 + s * 0.5, -0.02),
                ]
                : [
                    (right, 0.04), (s * 0.7 + 0.72 * w, 0.36), (p + 0.26, 0.62), (p, 0.80), (p - 0.28, 0.62),
                    (s * 0.6 - 0.74 * w, 0.36), (-w + 0.07 + s * 0.5, -0.04),
                ]
        }
        if looks.cut == .tousled {
            let spikes: [(Double, Double)] = [
                (-w - 0.05, low), (-w - 0.22, 0.44), (-w * 0.9, 0.60), (-w * 0.86, 1.06), (-0.34, 1.02),
                (-0.14, 1.30), (0.16, 1.06), (0.48, 1.24), (0.58, 0.94), (w + 0.14, 0.86), (w + 0.02, 0.5),
                (w + 0.10, 0.34), (w + 0.02, low),
            ]
            studio.fill(.polygon(points(spikes + inner)), hair, shade: 0.7)
        } else if looks.cut == .curly {
            var shapes: [Path] = []
            for (x, y) in outer + inner.dropFirst().dropLast() where y > -0.1 {
                shapes.append(.ellipse(at(x, y), 0.19 * radius, 0.19 * radius))
            }
            studio.fill(.joined(shapes), hair, shade: 0.6)
            fill(outer + inner, hair, shade: 0.6, edge: false)
        } else {
            fill(outer + inner, hair, shade: 0.7)
        }
        shine(s)
        sideLocks(w)
    }

    /// Light on the hair, and a few strands.
    private func shine(_ s: Double) {
        guard detail >= 2, looks.hat == .none || looks.hat == .ribbon, studio.tableau.medium != .woodcut
        else { return }
        if looks.cut != .curly, looks.cut != .tousled {
            let x = studio.air.side * facing * 0.26
            studio.fill(
                .limb(
                    points([(x - 0.36, 0.74), (x - 0.08, 0.87), (x + 0.24, 0.84)]),
                    [0.03, 0.10, 0.03].map { $0 * radius }), gloss, shade: 0, edge: false, opacity: 0.55)
        }
        guard detail >= 3, [.long, .bob, .ponytail].contains(looks.cut) else { return }
        let p = s + looks.parting * 0.26
        for offset in [-0.6, -0.35, 0.3, 0.55] {
            line(
                [
                    (p * 0.5 + offset * 0.35, 1.02), (p * 0.7 + offset * 0.9, 0.76),
                    (p * 0.6 + offset * 1.15, 0.46),
                ], hair.scaled(0.74), 0.022, opacity: 0.75)
        }
    }

    /// Locks that frame the face.
    private func sideLocks(_ w: Double) {
        let low: Double
        switch looks.cut {
        case .long: low = -1.35
        case .bob: low = -0.86
        case .braids, .ponytail: low = -0.42
        default: return
        }
        let back = mode == .threeQuarter ? 0.12 : 0
        for side in [-1.0, 1.0] {
            if mode == .threeQuarter, side > 0, looks.cut != .long, looks.cut != .bob { continue }
            let x = side * (w + 0.01) - back * (side < 0 ? 0.8 : 0.6)
            let wide = low < -0.8 ? 0.30 : 0.18
            studio.fill(
                .limb(
                    points([
                        (x * 0.92, 0.42), (x + side * 0.05, 0.0), (x + side * 0.07, low * 0.55),
                        (x - side * 0.02, low),
                    ]), [wide * 0.6, wide, wide * 0.95, 0.05].map { $0 * radius }), hair, shade: 0.4,
                edge: low < -0.8)
        }
    }

    private func paintProfileHair() {
        let fringe = looks.pattern % 2 == 0 && looks.cut != .short && !build.isOld
        let front: (Double, Double) = fringe ? (0.80, 0.26) : (0.70, 0.56)
        if looks.cut == .curly { return curls(-0.24, 0.34, 0.92, 0.86, down: -0.5, hair) }
        let isShort = looks.cut == .short || looks.cut == .tousled || looks.cut == .bowl
        var cap: [(Double, Double)] = [
            front, (0.72, 0.74), (0.46, 1.02), (0, 1.13), (-0.55, 1.03), (-0.96, 0.62), (-1.06, 0.1),
            (-0.94, -0.32),
        ]
        cap += isShort ? [(-0.66, -0.50), (-0.42, -0.30)] : [(-0.72, -0.62), (-0.42, -0.52)]
        cap += [(-0.30, 0.04), (-0.10, 0.16), (0.06, -0.10), (0.14, 0.22), (0.38, 0.36)]
        if looks.cut == .bob {
            cap = [
                front, (0.72, 0.74), (0.46, 1.02), (0, 1.13), (-0.55, 1.03), (-1.0, 0.62), (-1.12, 0),
                (-1.0, -0.7), (-0.5, -0.86), (-0.02, -0.74), (0.10, -0.2), (0.2, 0.3),
            ]
        }
        if looks.cut == .long { cap += [] }
        fill(cap, hair, shade: 0.7)
        if looks.cut == .tousled {
            for (x, y) in [(0.5, 1.0), (0.05, 1.12), (-0.5, 1.02), (-0.95, 0.6)] {
                studio.fill(
                    .polygon(points([(x + 0.2, y - 0.12), (x + 0.02, y + 0.20), (x - 0.2, y - 0.1)])), hair,
                    shade: 0)
            }
        }
        if detail >= 2, looks.hat == .none {
            studio.fill(
                .limb(
                    points([(0.34, 0.80), (-0.05, 0.92), (-0.45, 0.82)]),
                    [0.03, 0.10, 0.03].map { $0 * radius }), gloss, shade: 0, edge: false, opacity: 0.5)
            for offset in [0.0, 0.2, 0.4] {
                line(
                    [
                        (0.5 - offset, 0.86), (-0.1 - offset, 0.7 - offset * 0.3),
                        (-0.55 - offset * 0.5, 0.2 - offset * 0.6),
                    ], hair.scaled(0.76), 0.024, opacity: 0.7)
            }
        }
    }

    private func paintBald() {
        let color = hair
        switch mode {
        case .front, .threeQuarter:
            for side in [-1.0, 1.0] where !(mode == .threeQuarter && side > 0) {
                let x = side * half
                studio.fill(
                    .joined([
                        .ellipse(at(x, 0.10), 0.15 * radius, 0.22 * radius),
                        .ellipse(at(x * 0.98, 0.28), 0.13 * radius, 0.18 * radius),
                    ]), color, shade: 0.3)
            }
            if detail >= 2 { spot(studio.air.side * facing * 0.28, 0.70, 0.20, 0.10, .white, opacity: 0.35) }
        case .profile:
            fill(
                [
                    (-0.02, 0.24), (-0.4, 0.5), (-0.86, 0.44), (-1.0, 0.0), (-0.86, -0.42), (-0.5, -0.5),
                    (-0.36, -0.1),
                ], color, shade: 0.5)
        case .back:
            fill(
                [
                    (-half - 0.05, 0.28), (0, 0.38), (half + 0.05, 0.28), (half, -0.3), (0, -0.56),
                    (-half, -0.3),
                ], color, shade: 0.5)
        }
    }

    // MARK: Hats

    func paintHat() {
        let main = looks.main
        switch looks.hat {
        case .none: break
        case .ribbon:
            guard mode != .profile else {
                bow(-0.55, 0.86, 0.34, looks.second.brightness > 0.9 ? main : looks.second)
                return
            }
            bow(mode == .back ? 0 : -0.42 + shift, mode == .back ? 0.3 : 0.98, 0.34, main)
        case .straw:
            let straw = Color(0xE8C274)
            fill(
                [
                    (-0.74, 0.52), (-0.66, 1.05), (-0.2, 1.30), (0.2, 1.30), (0.66, 1.05), (0.74, 0.52),
                    (0, 0.44),
                ], straw, shade: 0.7)
            fill(
                [(-0.78, 0.60), (0, 0.50), (0.78, 0.60), (0.75, 0.78), (0, 0.70), (-0.75, 0.78)], main,
                shade: 0.2, edge: false)
            fill(
                [
                    (-1.55, 0.42), (-0.8, 0.66), (0, 0.58), (0.8, 0.66), (1.55, 0.42), (0.9, 0.30),
                    (0, mode == .back ? 0.22 : 0.42), (-0.9, 0.30),
                ], straw.scaled(1.03), shade: 0.5)
        case .brim:
            let felt = Color(0x6C5A50)
            fill(
                [
                    (-0.72, 0.56), (-0.62, 1.12), (-0.15, 1.22), (0.1, 1.16), (0.62, 1.14), (0.72, 0.56),
                    (0, 0.48),
                ], felt, shade: 0.7)
            fill(
                [(-0.75, 0.62), (0, 0.54), (0.75, 0.62), (0.73, 0.78), (0, 0.70), (-0.73, 0.78)],
                felt.scaled(0.6), shade: 0, edge: false)
            fill(
                [
                    (-1.22, 0.52), (-0.7, 0.66), (0, 0.60), (0.7, 0.66), (1.22, 0.52), (0.7, 0.42),
                    (0, mode == .back ? 0.38 : 0.46), (-0.7, 0.42),
                ], felt, shade: 0.4)
        case .cap:
            fill(
                [
                    (-half - 0.08, 0.36), (-half - 0.02, 0.82), (-0.3, 1.20), (0.3, 1.20),
                    (half + 0.02, 0.82), (half + 0.06, 0.40), (0, 0.46),
                ], main, shade: 0.8)
            if mode == .profile {
                fill(
                    [(0.5, 0.50), (0.9, 0.56), (1.36, 0.40), (1.3, 0.32), (0.6, 0.34)], main.scaled(0.8),
                    shade: 0.2)
            } else if mode != .back {
                fill(
                    [
                        (shift - 0.72, 0.42), (shift - 0.3, 0.60), (shift + 0.3, 0.60), (shift + 0.72, 0.42),
                        (shift + 0.35, 0.30), (shift - 0.35, 0.30),
                    ], main.scaled(0.8), shade: 0.2)
            }
            spot(0, 1.20, 0.07, 0.05, main.scaled(0.8))
        case .knitted:
            fill(
                [
                    (-half - 0.14, 0.40), (-half - 0.06, 0.92), (-0.32, 1.28), (0.32, 1.28),
                    (half + 0.06, 0.92), (half + 0.12, 0.40), (0, 0.44),
                ], main, shade: 0.8)
            fill(
                [
                    (-half - 0.19, 0.30), (-half - 0.18, 0.58), (0, 0.64), (half + 0.16, 0.58),
                    (half + 0.17, 0.30), (0, 0.36),
                ], looks.second, shade: 0.5)
            if detail >= 2 {
                for x in stride(from: -0.8, through: 0.81, by: 0.2) {
                    line([(x * half * 1.15, 0.36), (x * half * 1.13, 0.58)], looks.second.scaled(0.85), 0.03)
                }
            }
            spot(0, 1.36, 0.24, 0.22, looks.second, shade: 0.6, edge: true)
        case .gat:
            let black = Color(0x2A2830)
            fill(
                [(-0.52, 0.66), (-0.45, 1.52), (0, 1.58), (0.45, 1.52), (0.52, 0.66), (0, 0.60)], black,
                shade: 0.5, opacity: 0.94)
            fill(
                [
                    (-1.50, 0.60), (-0.7, 0.76), (0, 0.78), (0.7, 0.76), (1.50, 0.60), (0.7, 0.50), (0, 0.47),
                    (-0.7, 0.50),
                ], black, shade: 0.3, opacity: 0.92)
            if mode != .back {
                for side in [-1.0, 1.0] where !(mode == .profile && side > 0) {
                    line(
                        [(side * half * 0.96, 0.50), (side * half * 0.92, -0.3), (shift * 0.7, -1.06)], black,
                        0.03)
                }
            }
        case .scarf:
            let cloth = looks.second.brightness > 0.85 ? main : looks.second
            if mode == .front || mode == .threeQuarter {
                let s = shift
                let ring: [(Double, Double)] = [
                    (-half - 0.14, -0.4), (-half - 0.16, 0.4), (-0.6, 1.05), (0, 1.18), (0.6, 1.05),
                    (half + 0.12, 0.4), (half + 0.08, -0.4), (0.4, -1.06), (-0.4, -1.06),
                ]
                let hole: [(Double, Double)] = [
                    (s - half * 0.80, -0.2), (s - half * 0.72, 0.42), (s, 0.66),
                    (min(half, s + half * 0.72), 0.42), (min(half, s + half * 0.78), -0.2), (s + 0.3, -0.86),
                    (s - 0.3, -0.86),
                ]
                studio.canvas.fill(
                    .joined([.closed(points(ring)), .closed(points(hole.reversed()))]),
                    .solid(studio.tint(cloth), opacity: 1), evenOdd: true)
                studio.canvas.stroke(
                    .closed(points(hole)), .solid(studio.tint(cloth.scaled(0.75)), opacity: 1),
                    width: 0.05 * radius)
            } else {
                fill(
                    [
                        (0.62, 0.5), (0.4, 1.02), (0, 1.16), (-0.6, 1.05), (-1.02, 0.5), (-1.0, -0.4),
                        (-0.6, -1.0), (0.2, -1.05), (0.1, -0.3), (0.3, 0.3),
                    ], cloth, shade: 0.8)
            }
        }
    }

    private func bow(_ x: Double, _ y: Double, _ size: Double, _ color: Color) {
        for side in [-1.0, 1.0] {
            fill(
                [(x, y), (x + side * size, y + size * 0.55), (x + side * size * 1.1, y - size * 0.45)], color,
                shade: 0.5)
        }
        spot(x, y, size * 0.28, size * 0.28, color.scaled(0.8), edge: true)
    }
}
