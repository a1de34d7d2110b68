/// Animals with paws: cat, dog, rabbit, fox, bear, tiger.
extension AnimalPainter {
    private var isStriped: Bool {
        member.subject == .tiger || (member.subject == .cat && (member.hue == .orange || member.hue == .gray))
    }
    private var stripe: Color { member.subject == .tiger ? Color(0x3A2A28) : coat.scaled(0.70) }
    /// How large the head is.
    private var skull: Double {
        switch member.subject {
        case .cat: 0.215
        case .rabbit: 0.20
        case .dog: 0.205
        case .fox: 0.19
        case .bear: 0.215
        default: 0.20
        }
    }
    private var sock: Color {
        switch member.subject {
        case .fox: Color(0x4A3434)
        case .cat: member.hue == .black ? coat.mixed(.white, 0.12) : pale
        case .tiger, .rabbit: pale
        case .bear: coat.scaled(0.8)
        default: coat.brightness < 0.4 ? coat.mixed(.white, 0.12) : pale
        }
    }

    // MARK: Postures

    func paintSitting() {
        let isBear = member.subject == .bear
        let isRabbit = member.subject == .rabbit
        let top = isRabbit ? 0.52 : 0.62
        sittingTail()
        let wide = isBear ? 1.22 : isRabbit ? 1.06 : member.subject == .fox ? 0.88 : 1
        let body: [(Double, Double)] = [
            (-0.26 * wide, 0.0), (-0.33 * wide, 0.12), (-0.29 * wide, 0.30), (-0.18 * wide, 0.48),
            (-0.12, top), (0.12, top), (0.18 * wide, 0.48), (0.27 * wide, 0.30), (0.31 * wide, 0.12),
            (0.25 * wide, 0.0), (0, -0.015),
        ]
        fill(body, coat)
        if isStriped {
            inside(body) {
                for y in [0.16, 0.28, 0.40] {
                    for side in [-1.0, 1.0] {
                        self.limb(
                            [(side * 0.36, y + 0.03), (side * 0.20, y), (side * 0.13, y - 0.015)],
                            [0.05, 0.045, 0.01], self.stripe, shade: 0, edge: false)
                    }
                }
            }
        }
        fill(
            [(0, top - 0.05), (0.13, 0.42), (0.12, 0.24), (0, 0.14), (-0.12, 0.24), (-0.13, 0.42)], pale,
            shade: 0.3, edge: false)
        for side in [-1.0, 1.0] {
            // Haunch and hind paw.
            fill(
                [
                    (side * 0.31 * wide, 0.02), (side * 0.34 * wide, 0.16), (side * 0.22 * wide, 0.24),
                    (side * 0.13, 0.14), (side * 0.15, 0.02),
                ], dark, shade: 0.4, edge: false, opacity: 0.6)
            spot(side * 0.235 * wide, 0.025, 0.095, 0.045, sock, shade: 0.4, edge: true)
        }
        for side in [-1.0, 1.0] {
            limb(
                [(side * 0.085, 0.38), (side * 0.092, 0.18), (side * 0.088, 0.06)], [0.13, 0.112, 0.10],
                member.subject == .fox ? sock.mixed(coat, 0.3) : coat)
            spot(side * 0.092, 0.035, 0.075, 0.046, sock, shade: 0.4, edge: true)
            for toe in [-0.022, 0.022] {
                line(
                    [(side * 0.092 + toe, 0.05), (side * 0.092 + toe, 0.015)], nightEye, 0.008, opacity: 0.5)
            }
        }
        if member.subject == .dog {
            line([(-0.13, top - 0.03), (0, top - 0.075), (0.13, top - 0.03)], Color(0xD8483C), 0.04);
            spot(0, top - 0.10, 0.032, 0.032, Color(0xF2C84C), shade: 0.3, edge: true)
        }
        face(0.0, top + (isRabbit ? 0.11 : 0.13), skull * 1.06)
    }

    private func sittingTail() {
        switch member.subject {
        case .cat, .tiger:
            limb(
                [(-0.20, 0.05), (-0.44, 0.03), (-0.52, 0.16), (-0.44, 0.30), (-0.36, 0.26)],
                [0.10, 0.10, 0.09, 0.08, 0.06], dark)
            if isStriped {
                for (x, y) in [(-0.40, 0.035), (-0.515, 0.16)] {
                    limb([(x, y + 0.04), (x - 0.02, y - 0.04)], [0.03, 0.03], stripe, shade: 0, edge: false)
                }
            }
        case .fox:
            limb(
                [(-0.18, 0.08), (-0.42, 0.06), (-0.56, 0.18), (-0.55, 0.36)], [0.10, 0.20, 0.23, 0.06], coat)
            limb([(-0.57, 0.24), (-0.555, 0.30), (-0.55, 0.38)], [0.20, 0.17, 0.03], pale, edge: false)
        case .dog: limb([(-0.22, 0.10), (-0.40, 0.16), (-0.46, 0.32)], [0.09, 0.09, 0.05], dark)
        case .rabbit: spot(-0.32, 0.10, 0.09, 0.09, pale, shade: 0.4, edge: true)
        default: spot(-0.36, 0.10, 0.06, 0.06, dark, edge: true)
        }
    }

    func paintOnFours() {
        let walk = member.action == .walking
        let run = member.action == .running
        let isRabbit = member.subject == .rabbit
        let thick =
            member.subject == .bear
            ? 1.38 : member.subject == .tiger ? 1.06 : member.subject == .fox ? 0.86 : 1
        let hop = run ? 0.06 : 0.0
        backTail(hop)
        legs(far: true, walk, run, hop, thick)
        let low = isRabbit ? 0.12 : 0.24
        let belly = low + hop - (thick - 1) * 0.10
        let back = (isRabbit ? 0.42 : 0.53) + hop + (thick - 1) * 0.12
        let body: [(Double, Double)] = [
            (-0.42, belly + 0.06), (-0.45, belly + 0.19), (-0.36, back - 0.01 + (isRabbit ? 0.06 : 0)),
            (-0.14, back + (isRabbit ? 0.02 : -0.015)), (0.12, back - 0.025), (0.30, back + 0.01),
            (0.42, back - 0.10), (0.42, belly + 0.10),
            (0.28, belly), (0.0, belly + 0.015), (-0.26, belly + (run ? 0.05 : 0.02)),
        ]
        fill(body, coat)
        inside(body) {
            self.fill(
                [
                    (-0.4, belly - 0.02), (0.0, belly + 0.055), (0.38, belly + 0.03), (0.42, belly - 0.12),
                    (-0.42, belly - 0.12),
                ], self.pale, shade: 0, edge: false, opacity: 0.8)
            if self.isStriped {
                for x in [-0.34, -0.21, -0.08, 0.05, 0.18] {
                    self.limb(
                        [(x, back + 0.03), (x + 0.025, back - 0.10), (x + 0.005, back - 0.19)],
                        [0.05, 0.045, 0.008], self.stripe, shade: 0, edge: false)
                }
            }
            if self.member.subject == .dog, self.member.hue == .white || self.member.hue == .brown {
                self.spot(
                    -0.12, back - 0.06, 0.15, 0.11, self.member.hue == .white ? Color(0xB88458) : self.dark,
                    opacity: 0.9)
            }
        }
        legs(far: false, walk, run, hop, thick)
        face(0.40, back + (isRabbit ? 0.15 : 0.12), skull)
    }

    private func legs(far: Bool, _ walk: Bool, _ run: Bool, _ hop: Double, _ thick: Double) {
        let color = far ? dark : coat
        let isRabbit = member.subject == .rabbit
        let w = 0.105 * thick
        let swing = walk ? 0.085 : run ? 0.20 : 0.0
        let list: [(Double, Double)] =
            far ? [(-0.24, swing), (0.22, -swing * 0.9)] : [(-0.34, -swing), (0.31, swing * 0.9)]
        for (x, move) in list {
            let isHind = x < 0
            let reach = run ? (isHind ? -0.20 + move * 0.2 : 0.18 + move * 0.15) : move
            let lift = run ? 0.075 : walk && move > 0 ? 0.03 : 0
            let top = (isRabbit ? 0.24 : 0.36) + hop
            let knee = (
                x + reach * 0.35 + (isHind ? 0.045 : -0.01), (isRabbit ? 0.14 : 0.19) + hop * 0.8 + lift * 0.5
            )
            let hock = (x + reach * 0.75 - (isHind ? 0.035 : 0.0), 0.10 + lift)
            let paw = (x + reach + 0.015, 0.035 + lift)
            if isHind { limb([(x - 0.02, top), knee], [w * (isRabbit ? 2.3 : 2.0), w * 1.2], color) }
            limb(
                [(x, top), knee, hock, paw], [w * 1.5, w * 1.12, w * 0.84, w * 0.8],
                member.subject == .fox ? (isHind ? color : color.mixed(sock, 0.2)) : color)
            if member.subject == .fox || member.subject == .cat || member.subject == .tiger {
                limb([hock, paw], [w * 0.80, w * 0.80], sock, edge: false)
            }
            spot(
                paw.0 + 0.022, paw.1 - 0.008, w * 0.66, w * 0.38, far ? sock.scaled(0.9) : sock, shade: 0.3,
                edge: true)
        }
    }

    private func backTail(_ hop: Double) {
        let y = 0.46 + hop
        switch member.subject {
        case .cat, .tiger:
            let low = member.subject == .tiger
            limb(
                low
                    ? [(-0.40, y), (-0.56, y - 0.10), (-0.66, y + 0.02), (-0.76, y + 0.0)]
                    : [(-0.40, y - 0.02), (-0.54, y + 0.10), (-0.56, y + 0.30), (-0.46, y + 0.42)],
                [0.09, 0.085, 0.08, 0.055], dark)
        case .fox:
            limb(
                [(-0.38, y - 0.03), (-0.56, y - 0.08), (-0.76, y - 0.02), (-0.92, y + 0.04)],
                [0.08, 0.20, 0.22, 0.04], coat)
            limb(
                [(-0.78, y - 0.01), (-0.85, y + 0.02), (-0.93, y + 0.045)], [0.20, 0.15, 0.03], pale,
                edge: false)
        case .dog: limb([(-0.40, y), (-0.53, y + 0.12), (-0.52, y + 0.28)], [0.085, 0.08, 0.045], dark)
        case .rabbit: spot(-0.44, 0.30 + hop, 0.085, 0.085, pale, shade: 0.4, edge: true)
        default: spot(-0.47, y - 0.02, 0.05, 0.055, dark, edge: true)
        }
    }

    func paintLying() {
        let thick = member.subject == .bear ? 1.25 : 1
        switch member.subject {
        case .fox:
            limb(
                [(-0.30, 0.08), (-0.54, 0.07), (-0.40, 0.0), (-0.12, 0.02)], [0.12, 0.20, 0.20, 0.10], coat)
            limb([(-0.22, 0.02), (-0.12, 0.025), (-0.06, 0.03)], [0.18, 0.13, 0.05], pale, edge: false)
        case .cat, .tiger, .dog:
            limb(
                [(-0.40, 0.10), (-0.58, 0.06), (-0.56, 0.0), (-0.36, 0.0)], [0.09, 0.09, 0.085, 0.05], dark)
        default: spot(-0.46, 0.12, 0.08, 0.08, pale, edge: true)
        }
        let body: [(Double, Double)] = [
            (-0.46, 0.0), (-0.50, 0.14), (-0.38, 0.30 * thick), (-0.12, 0.34 * thick), (0.16, 0.31 * thick),
            (0.32, 0.24), (0.34, 0.06), (0.24, -0.01), (-0.1, -0.02),
        ]
        fill(body, coat)
        inside(body) {
            if self.isStriped {
                for x in [-0.32, -0.18, -0.04, 0.10] {
                    self.limb(
                        [(x, 0.38), (x + 0.03, 0.24), (x + 0.01, 0.16)], [0.05, 0.045, 0.008], self.stripe,
                        shade: 0, edge: false)
                }
            }
        }
        fill(
            [(-0.46, 0.0), (-0.47, 0.13), (-0.34, 0.20), (-0.20, 0.12), (-0.20, 0.0)], dark, shade: 0.4,
            edge: false, opacity: 0.55)
        spot(-0.22, 0.02, 0.13, 0.045, sock, shade: 0.3, edge: true)
        for x in [0.30, 0.42] {
            limb([(x - 0.16, 0.07), (x, 0.04), (x + 0.10, 0.03)], [0.11, 0.10, 0.09], coat)
            spot(x + 0.12, 0.03, 0.06, 0.042, sock, shade: 0.3, edge: true)
        }
        face(0.27, 0.30, skull, sleeping: random.chance(0.6))
    }

    // MARK: The face

    /// A face that looks at the viewer, `r` half its height.
    func face(_ x: Double, _ y: Double, _ r: Double, sleeping: Bool = false) {
        studio.faces.append((at(x, y), r * 1.2 * size))
        func p(_ a: Double, _ b: Double) -> (Double, Double) { (x + a * r, y + b * r) }
        ears(p, r)
        let kind = member.subject
        let skullShape: [(Double, Double)]
        switch kind {
        case .cat, .tiger:
            let cheek = kind == .tiger ? 1.22 : 1.16
            skullShape = [
                p(0, 0.86), p(0.62, 0.78), p(1.02, 0.25), p(cheek, -0.30), p(0.70, -0.78), p(0, -0.90),
                p(-0.70, -0.78), p(-cheek, -0.30), p(-1.02, 0.25), p(-0.62, 0.78),
            ]
        case .fox:
            skullShape = [
                p(0, 0.80), p(0.60, 0.74), p(0.98, 0.25), p(1.20, -0.28), p(0.62, -0.58), p(0.20, -1.0),
                p(0, -1.06), p(-0.20, -1.0), p(-0.62, -0.58), p(-1.20, -0.28), p(-0.98, 0.25), p(-0.60, 0.74),
            ]
        case .dog:
            skullShape = [
                p(0, 0.92), p(0.60, 0.80), p(0.86, 0.25), p(0.84, -0.30), p(0.60, -0.82), p(0, -1.0),
                p(-0.60, -0.82), p(-0.84, -0.30), p(-0.86, 0.25), p(-0.60, 0.80),
            ]
        case .rabbit:
            skullShape = [
                p(0, 0.92), p(0.58, 0.76), p(0.86, 0.15), p(0.92, -0.35), p(0.55, -0.82), p(0, -0.92),
                p(-0.55, -0.82), p(-0.92, -0.35), p(-0.86, 0.15), p(-0.58, 0.76),
            ]
        default:
            skullShape = [
                p(0, 0.90), p(0.68, 0.76), p(1.02, 0.20), p(1.02, -0.36), p(0.62, -0.84), p(0, -0.95),
                p(-0.62, -0.84), p(-1.02, -0.36), p(-1.02, 0.20), p(-0.68, 0.76),
            ]
        }
        fill(skullShape, coat, shade: 0.45)
        inside(skullShape) { self.faceMarks(p, r) }
        muzzle(p, r)
        eyes(p, r, sleeping)
    }

    private func faceMarks(_ p: (Double, Double) -> (Double, Double), _ r: Double) {
        switch member.subject {
        case .fox:
            for side in [-1.0, 1.0] {
                fill(
                    [
                        p(side * 0.10, -0.18), p(side * 0.50, -0.05), p(side * 1.3, -0.35),
                        p(side * 0.7, -0.7), p(side * 0.1, -1.15), p(0, -0.6),
                    ], pale, shade: 0, edge: false)
            }
        case .tiger, .cat:
            guard isStriped else { break }
            for a in [-0.26, 0.0, 0.26] {
                limb([p(a, 0.95), p(a * 0.9, 0.55)], [0.15 * r, 0.05 * r], stripe, shade: 0, edge: false)
            }
            for side in [-1.0, 1.0] {
                for b in [0.06, -0.22] {
                    limb(
                        [p(side * 1.25, b), p(side * 0.80, b - 0.03)], [0.15 * r, 0.04 * r], stripe, shade: 0,
                        edge: false)
                }
            }
            if member.subject == .tiger {
                for side in [-1.0, 1.0] {
                    spot(p(side * 0.86, -0.5).0, p(0, -0.46).1, 0.36 * r, 0.26 * r, pale);
                    spot(p(side * 0.46, 0.36).0, p(0, 0.40).1, 0.24 * r, 0.15 * r, pale)
                }
            }
        case .dog:
            if member.hue == .white { spot(p(0.48, 0).0, p(0, 0.16).1, 0.40 * r, 0.46 * r, Color(0xB88458)) }
            if member.hue == .brown || member.hue == .black {
                limb([p(0, 0.95), p(0, 0.2)], [0.28 * r, 0.14 * r], pale, shade: 0, edge: false)
            }
        default: break
        }
    }

    private func ears(_ p: (Double, Double) -> (Double, Double), _ r: Double) {
        let inner = Color(0xF0A8A4)
        for side in [-1.0, 1.0] {
            switch member.subject {
            case .cat:
                studio.fill(
                    .polygon(points([p(side * 0.98, 0.15), p(side * 0.96, 1.36), p(side * 0.20, 0.78)])), coat
                )
                studio.fill(
                    .polygon(points([p(side * 0.84, 0.45), p(side * 0.85, 1.10), p(side * 0.42, 0.76)])),
                    inner, shade: 0, edge: false)
            case .fox:
                studio.fill(
                    .polygon(points([p(side * 0.98, 0.2), p(side * 0.92, 1.52), p(side * 0.22, 0.70)])), coat)
                studio.fill(
                    .polygon(points([p(side * 0.92, 1.52), p(side * 0.955, 0.95), p(side * 0.62, 1.16)])),
                    Color(0x4A3434), shade: 0, edge: false)
                studio.fill(
                    .polygon(points([p(side * 0.82, 0.5), p(side * 0.80, 1.08), p(side * 0.44, 0.70)])), pale,
                    shade: 0, edge: false)
            case .tiger, .bear:
                spot(p(side * 0.78, 0).0, p(0, 0.76).1, 0.33 * r, 0.33 * r, coat, shade: 0.3, edge: true)
                spot(
                    p(side * 0.78, 0).0, p(0, 0.74).1, 0.19 * r, 0.19 * r,
                    member.subject == .tiger ? Color(0x4A3434) : pale)
            case .rabbit:
                limb(
                    [p(side * 0.36, 0.65), p(side * 0.46, 1.35), p(side * 0.58, 2.0)],
                    [0.42 * r, 0.46 * r, 0.22 * r], coat)
                limb(
                    [p(side * 0.38, 0.85), p(side * 0.46, 1.35), p(side * 0.55, 1.8)],
                    [0.18 * r, 0.24 * r, 0.10 * r], inner, shade: 0, edge: false)
            default: break
            }
        }
    }

    private func muzzle(_ p: (Double, Double) -> (Double, Double), _ r: Double) {
        let kind = member.subject
        let nose =
            kind == .cat || kind == .rabbit
            ? Color(0xE48484) : kind == .tiger ? Color(0xD87C74) : Color(0x2C2428)
        let line = Color(0x4A2C30)
        let low: Double = kind == .fox ? -0.86 : kind == .dog || kind == .bear ? -0.34 : -0.28
        if kind == .dog || kind == .bear {
            spot(p(0, 0).0, p(0, -0.52).1, 0.48 * r, 0.40 * r, pale, shade: 0.3)
        } else if kind != .fox {
            for side in [-1.0, 1.0] { spot(p(side * 0.22, 0).0, p(0, -0.50).1, 0.29 * r, 0.23 * r, pale) }
        }
        let broad = kind == .dog || kind == .bear ? 0.21 : 0.13
        fill(
            [
                p(-broad, low + 0.07), p(0, low + 0.11), p(broad, low + 0.07), p(broad * 0.4, low - 0.09),
                p(0, low - 0.12), p(-broad * 0.4, low - 0.09),
            ], nose, shade: 0, edge: false)
        if kind == .dog || kind == .bear {
            spot(p(-0.05, 0).0, p(0, low + 0.04).1, 0.05 * r, 0.03 * r, .white, opacity: 0.6)
        }
        if kind != .fox {
            let m = low - 0.12
            self.line([p(0, m), p(0, m - 0.10)], line, 0.06 * r)
            self.line(
                [
                    p(-0.28, m - 0.12), p(-0.14, m - 0.21), p(0, m - 0.11), p(0.14, m - 0.21),
                    p(0.28, m - 0.12),
                ], line, 0.065 * r)
            if kind == .dog, random.chance(0.5) {
                fill(
                    [
                        p(-0.12, m - 0.20), p(0.12, m - 0.20), p(0.10, m - 0.42), p(0, m - 0.48),
                        p(-0.10, m - 0.42),
                    ], Color(0xE8787C), shade: 0.2, edge: false)
            }
        }
        if kind == .dog {
            for side in [-1.0, 1.0] {
                fill(
                    [
                        p(side * 0.58, 0.84), p(side * 0.96, 0.70), p(side * 1.22, 0.10),
                        p(side * 1.14, -0.52), p(side * 0.92, -0.56), p(side * 0.78, 0.05),
                    ], member.hue == .white ? Color(0xB88458) : dark, shade: 0.5)
            }
        }
        if kind == .cat || kind == .tiger || kind == .rabbit, r * size > 0.035 {
            for side in [-1.0, 1.0] {
                for drop in [0.06, -0.06] {
                    self.line(
                        [p(side * 0.48, -0.46 + drop * 0.4), p(side * 1.45, -0.42 + drop * 2.2)],
                        Color(0xFBF6EE), 0.035 * r, opacity: 0.8)
                }
            }
        }
    }

    private func eyes(_ p: (Double, Double) -> (Double, Double), _ r: Double, _ sleeping: Bool) {
        let kind = member.subject
        let spread: Double = kind == .rabbit ? 0.56 : kind == .dog ? 0.40 : 0.46
        let level: Double = kind == .fox ? 0.02 : 0.10
        for side in [-1.0, 1.0] {
            let (x, y) = p(side * spread, level)
            if sleeping {
                line(
                    [
                        p(side * spread - 0.18, level + 0.02), p(side * spread, level - 0.09),
                        p(side * spread + 0.18, level + 0.02),
                    ], coat.brightness < 0.4 ? pale : nightEye, 0.07 * r)
                continue
            }
            if kind == .cat || kind == .tiger {
                let iris = Color(member.hue == .black ? 0xF2D048 : kind == .tiger ? 0xE8C04C : 0x86B858)
                spot(x, y, 0.25 * r, 0.25 * r, nightEye)
                spot(x, y, 0.21 * r, 0.21 * r, iris)
                spot(x, y, 0.11 * r, 0.19 * r, nightEye)
            } else {
                if coat.brightness < 0.4 { spot(x, y, 0.20 * r, 0.23 * r, pale) }
                spot(x, y, 0.155 * r, 0.185 * r, nightEye)
            }
            spot(x + 0.05 * r, y + 0.075 * r, 0.06 * r, 0.065 * r, .white)
        }
    }
}
