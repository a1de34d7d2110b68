/// Clothes over the trunk.
extension PersonPainter {
    /// The outline of rings from the first to the last.
    func outline(_ rings: [Ring], hemDip: Double = 0.25) -> Path {
        let centers = rings.map { at($0.center) }
        var left: [Point] = []
        var right: [Point] = []
        for (index, ring) in rings.enumerated() {
            let along = centers[min(rings.count - 1, index + 1)] - centers[max(0, index - 1)]
            let length = max(along.length, 1e-9)
            let normal = Point(-along.y, along.x) * (view.breadth(ring.across, ring.deep) * scale / length)
            left.append(centers[index] + normal)
            right.append(centers[index] - normal)
        }
        // A round hem: the middle hangs a little lower.
        let last = rings[rings.count - 1]
        let dip = centers[centers.count - 1] + Point(0, view.breadth(last.deep, last.across) * hemDip * scale)
        return .closed(left + [dip] + right.reversed())
    }

    /// The surface of the clothes: `u` -1...1 from the viewer's left edge, `v` 0...1 down the rings.
    func surface(_ u: Double, _ v: Double) -> (point: Point, isVisible: Bool) {
        let place = v * Double(rings.count - 1)
        let index = min(rings.count - 2, Int(place))
        let fraction = place - Double(index)
        let (a, b) = (rings[index], rings[index + 1])
        let across = a.across + (b.across - a.across) * fraction
        let deep = a.deep + (b.deep - a.deep) * fraction
        let front = deep * (max(0, 1 - u * u)).squareRoot()
        let joint = a.center.mixed(b.center, fraction) + Joint(u * across, 0, front)
        return (at(joint), view.cosine * front - u * across * view.sine > -0.01 && view.cosine > -0.15)
    }

    /// The rings of the trunk down to a share of the thigh.
    func trunk(loose: Double, below: Double) -> [Ring] {
        let g = build.girth
        let s = build.shoulderHalf
        let (neck, chest, pelvis) = (posture.neck, posture.chest, posture.pelvis)
        let waist: Double =
            build.isFemale && !build.isChild && !build.isOld
            ? 0.066 * g : build.isChild ? 0.078 * g : build.isOld ? 0.088 * g : 0.082 * g
        var rings = [
            Ring(center: neck + Joint(0, 0.016, 0), across: build.head * 0.20, deep: build.head * 0.20),
            Ring(center: neck + Joint(0, -0.004, 0), across: s * 0.72, deep: 0.042 * g),
            Ring(center: neck + Joint(0, -0.030, 0), across: s + 0.018, deep: 0.054 * g),
            Ring(
                center: chest, across: (s * 0.92 + 0.006) * (1 + loose * 0.3),
                deep: 0.068 * g * (1 + loose * 0.4)),
            Ring(
                center: chest.mixed(pelvis, 0.62), across: waist * (1 + loose), deep: 0.060 * g * (1 + loose)),
        ]
        let low = pelvis + Joint(0, -0.022 - below * (posture.isSeated ? 0.2 : 1), 0)
        rings.append(
            Ring(
                center: low, across: (build.hipHalf + 0.034) * (1 + loose * 0.6) + below * 0.12,
                deep: (0.068 * g) * (1 + loose * 0.6) + below * 0.10))
        return rings
    }

    func paintClothes() {
        switch member.outfit {
        case .shirt: paintShirt(knit: false)
        case .sweater: paintShirt(knit: true)
        case .dress: paintDress()
        case .coat: paintCoat()
        case .hanbok: build.isFemale ? paintChima() : paintDurumagi()
        }
        if studio.tableau.season == .winter, studio.tableau.place.hasWeather, member.outfit != .hanbok {
            paintScarf()
        }
    }

    private var seam: Color {
        looks.main.brightness > 0.35 ? looks.main.scaled(0.74) : looks.main.mixed(.white, 0.25)
    }

    private func paintShirt(knit: Bool) {
        rings = trunk(loose: knit ? 0.16 : 0.06, below: knit ? 0.012 : 0)
        let shape = outline(rings)
        fill(shape, looks.main, shade: 0.9)
        if scale > 0.24 {
            studio.canvas.clipped(to: shape) {
                if knit {
                    if self.looks.pattern < 3 { self.band(0.46, 0.56, self.looks.second) }
                    self.band(0.93, 1.0, self.looks.main.scaled(0.85))
                } else if self.looks.pattern < 2 {
                    for v in stride(from: 0.36, through: 0.95, by: 0.15) {
                        self.band(v, v + 0.06, self.looks.second)
                    }
                }
            }
        }
        if !knit, looks.pattern >= 2 { buttons(from: 0.32, to: 0.94) }
        collar(knit ? looks.main.scaled(0.88) : looks.second)
        if member.action != .cycling, !posture.isSeated, !build.isChild, looks.pattern > 3, !view.isBack {
            pocket()
        }
    }

    /// A stripe around the trunk.
    private func band(_ top: Double, _ bottom: Double, _ color: Color) {
        var upper: [Point] = []
        var lower: [Point] = []
        let flip = view.isBack ? -1.0 : 1.0
        for step in -4...4 {
            let u = Double(step) / 4
            let a = ringPoint(u, top), b = ringPoint(u, bottom)
            upper.append(a + Point(0, flip * 0))
            lower.append(b)
        }
        studio.canvas.fill(.polygon(upper + lower.reversed()), .solid(studio.tint(color), opacity: 1))
    }

    /// A point on the visible half of the rings, `u` from the left to the right edge as seen.
    private func ringPoint(_ u: Double, _ v: Double) -> Point {
        let place = v * Double(rings.count - 1)
        let index = min(rings.count - 2, Int(place))
        let fraction = place - Double(index)
        let (a, b) = (rings[index], rings[index + 1])
        let wide =
            view.breadth(a.across, a.deep) + (view.breadth(b.across, b.deep) - view.breadth(a.across, a.deep))
            * fraction
        let center = at(a.center.mixed(b.center, fraction))
        return center + Point(u * wide * 1.1, (1 - u * u) * wide * 0.16) * scale
    }

    private func buttons(from top: Double, to bottom: Double) {
        guard scale > 0.25 else { return }
        let list = (0..<6).map { surface(0, top + (bottom - top) * Double($0) / 5) }
        guard list.allSatisfy({ $0.isVisible }) else { return }
        studio.line(list.map(\.point), seam, width: 0.006 * scale)
        for (point, _) in list.dropFirst() {
            studio.fill(
                .ellipse(point + Point(0.012, 0) * scale, 0.008 * scale, 0.008 * scale), Color(0xFBF4E6),
                shade: 0, edge: false)
        }
    }

    private func pocket() {
        let (a, seen) = surface(0.5, 0.50)
        guard seen, scale > 0.4 else { return }
        studio.stroke(
            .polyline([
                a + Point(-0.025, -0.012) * scale, a + Point(-0.025, 0.025) * scale,
                a + Point(0.022, 0.025) * scale, a + Point(0.022, -0.012) * scale,
            ]), seam, width: 0.005 * scale)
    }

    private func collar(_ color: Color) {
        guard !view.isBack else { return }
        let neck = at(posture.neck + Joint(0, 0.012, 0))
        let wide = view.breadth(build.head * 0.22, build.head * 0.22) * scale
        let lean = view.sine * 0.35 * wide
        if member.outfit == .sweater || looks.pattern < 2 {
            studio.line(
                [
                    neck + Point(-wide, -0.005 * scale), neck + Point(lean, wide * 0.55),
                    neck + Point(wide, -0.005 * scale),
                ], color, width: 0.020 * scale, edge: true)
            return
        }
        // An open collar of two wings over a little skin.
        fill(
            .polygon([
                neck + Point(-wide * 0.8, 0), neck + Point(lean, wide * 1.0), neck + Point(wide * 0.8, 0),
            ]), looks.skin.scaled(0.93), shade: 0, edge: false)
        for side in [-1.0, 1.0] {
            fill(
                .polygon([
                    neck + Point(side * wide * 1.05, -wide * 0.15), neck + Point(lean, wide * 1.05),
                    neck + Point(side * wide * 0.85 + lean * 0.4, wide * 1.10),
                    neck + Point(side * wide * 1.45, wide * 0.30),
                ]), color, shade: 0.2)
        }
    }

    private func paintScarf() {
        let neck = at(posture.neck + Joint(0, 0.022, 0))
        let wide = build.head * 0.40 * scale
        let color = looks.second
        let tail = neck + Point(wide * 0.45 * (view.sine < 0 ? -1 : 1), wide * 0.3)
        if !view.isBack {
            fill(
                .limb([tail, tail + Point(wide * 0.12, wide * 1.5)], [wide * 0.42, wide * 0.48]),
                color.scaled(0.92), shade: 0.5)
        }
        fill(
            .limb(
                [
                    neck + Point(-wide * 0.72, -wide * 0.02), neck + Point(0, wide * 0.22),
                    neck + Point(wide * 0.72, -wide * 0.02),
                ], [wide * 0.46, wide * 0.52, wide * 0.46]), color, shade: 0.6)
    }

    // MARK: Skirts

    /// The skirt of somebody who sits: over the lap and down the shins.
    private func lapSkirt(_ color: Color, to low: Double) {
        let knees = posture.knees
        let waist = posture.chest.mixed(posture.pelvis, 0.6)
        let flare = 0.035
        let front = [0, 1].map { knees[$0].mixed(posture.ankles[$0], low) }
        var cloud: [Point] = []
        func ring(_ joint: Joint, _ radius: Double) {
            let center = at(joint)
            for step in 0..<8 {
                let turn = Double(step) / 8
                cloud.append(
                    center + Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
                        * (radius * scale))
            }
        }
        ring(waist, 0.055 * build.girth)
        for index in 0..<2 {
            ring(posture.hips[index] + Joint(0, -0.005, -0.01), 0.062)
            ring(knees[index], 0.055)
            ring(front[index], 0.050 + flare)
        }
        fill(.closed(Self.hull(cloud)), color, shade: 1)
        for index in 0..<2 {
            studio.line(
                [at(posture.hips[index].mixed(knees[index], 0.3)), at(knees[index]), at(front[index])],
                color.scaled(0.82), width: 0.008 * scale, opacity: 0.7)
        }
    }

    /// The convex outline of points, every corner once.
    ///
    /// Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979.
    static func hull(_ cloud: [Point]) -> [Point] {
        let sorted = cloud.sorted { $0.x == $1.x ? $0.y < $1.y : $0.x < $1.x }
        func half(_ list: [Point]) -> [Point] {
            var chain: [Point] = []
            for point in list {
                while chain.count >= 2 {
                    let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
                    if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
                    chain.removeLast()
                }
                chain.append(point)
            }
            return Array(chain.dropLast())
        }
        return half(sorted) + half(sorted.reversed())
    }

    private func skirt(_ color: Color, hem: Double, flare: Double) {
        let waist = posture.chest.mixed(posture.pelvis, 0.55)
        let middle = (posture.ankles[0] + posture.ankles[1]) * 0.5
        let g = build.girth
        let reach = max(abs(posture.ankles[0].z - posture.ankles[1].z) * 0.42, 0)
        let base = member.action == .jumping ? posture.pelvis.y - (build.hip - hem) * 0.9 : hem
        let swing = Joint(middle.x * 0.5, 0, middle.z * 0.5)
        let low = Joint(swing.x, base, swing.z)
        let hip = posture.pelvis + Joint(0, -0.01, 0)
        let skirtRings = [
            Ring(center: waist, across: 0.070 * g, deep: 0.062 * g),
            Ring(center: hip, across: build.hipHalf + 0.055, deep: 0.085 * g),
            Ring(
                center: hip.mixed(low, 0.55), across: build.hipHalf + 0.055 + flare * 0.55,
                deep: 0.085 * g + flare * 0.45 + reach * 0.3),
            Ring(center: low, across: build.hipHalf + 0.06 + flare, deep: 0.085 * g + flare * 0.85 + reach),
        ]
        let shape = outline(skirtRings, hemDip: 0.20)
        fill(shape, color, shade: 1)
        let kept = rings
        rings = skirtRings
        studio.canvas.clipped(to: shape) {
            for u in [-0.55, -0.18, 0.22, 0.6] {
                self.studio.line(
                    [self.ringPoint(u * 0.6, 0.12), self.ringPoint(u * 0.8, 0.55), self.ringPoint(u, 1.05)],
                    color.scaled(0.84), width: 0.008 * self.scale, opacity: 0.7)
            }
            if self.looks.pattern == 1 || self.looks.pattern == 4, self.scale > 0.25 {
                self.band(0.86, 0.93, self.looks.second)
            }
            if self.looks.pattern == 2, self.scale > 0.3 {
                for row in 0..<4 {
                    for column in -3...3 {
                        self.studio.fill(
                            .ellipse(
                                self.ringPoint(
                                    Double(column) * 0.27 + (row % 2 == 0 ? 0.13 : 0),
                                    0.28 + 0.2 * Double(row)), 0.010 * self.scale, 0.010 * self.scale),
                            self.looks.second, shade: 0, edge: false)
                    }
                }
            }
        }
        rings = kept
    }

    private func paintDress() {
        if posture.isSeated {
            lapSkirt(looks.main, to: build.isChild ? 0.25 : 0.5)
        } else {
            skirt(
                looks.main, hem: build.isChild ? build.hip * 0.46 : build.hip * 0.40,
                flare: build.isChild ? 0.095 : 0.075)
        }
        rings =
            Array(trunk(loose: 0.02, below: 0).prefix(5)) + [
                Ring(
                    center: posture.chest.mixed(posture.pelvis, 0.85), across: 0.078 * build.girth,
                    deep: 0.064 * build.girth)
            ]
        fill(outline(rings), looks.main, shade: 0.9, edge: studio.manner.body == .layered)
        let waist = (-3...3).map { ringPoint(Double($0) / 3 * 0.86, 0.90) }
        studio.line(waist, looks.second.brightness > 0.9 ? seam : looks.second, width: 0.018 * scale)
        collar(looks.second)
    }

    private func paintCoat() {
        let long = build.hip * (posture.isSeated ? 0.12 : 0.36)
        if posture.isSeated { lapSkirt(looks.main, to: 0.05) }
        rings = trunk(loose: 0.20, below: long)
        let shape = outline(rings, hemDip: 0.12)
        fill(shape, looks.main, shade: 1)
        guard !view.isBack else {
            studio.line([ringPoint(0, 0.62), ringPoint(0, 1.0)], seam, width: 0.007 * scale)
            return
        }
        buttons(from: 0.36, to: 0.98)
        let neck = at(posture.neck + Joint(0, 0.010, 0))
        let wide = build.head * 0.26 * scale
        let lean = view.sine * 0.4 * wide
        fill(
            .polygon([
                neck + Point(-wide * 0.7, -wide * 0.1), neck + Point(lean, wide * 1.5),
                neck + Point(wide * 0.7, -wide * 0.1),
            ]), looks.second, shade: 0, edge: false)
        for side in [-1.0, 1.0] {
            fill(
                .polygon([
                    neck + Point(side * wide, -wide * 0.3), neck + Point(lean, wide * 1.7),
                    neck + Point(side * wide * 1.1 + lean, wide * 1.25),
                    neck + Point(side * wide * 1.55, wide * 0.75),
                    neck + Point(side * wide * 1.35, wide * 0.2),
                ]), looks.main.scaled(0.86), shade: 0.2)
        }
        if looks.pattern > 2 {
            studio.line(
                (-3...3).map { ringPoint(Double($0) / 3 * 0.9, 0.80) }, looks.main.scaled(0.66),
                width: 0.022 * scale)
        }
    }

    // MARK: Hanbok

    /// A woman's hanbok: a skirt from the chest to the ground, a short jacket with ribbons.
    private func paintChima() {
        let top = posture.chest + Joint(0, 0.035, 0)
        if posture.isSeated {
            lapSkirt(looks.main, to: 0.92)
            let body = [
                Ring(center: top, across: 0.076 * build.girth, deep: 0.064),
                Ring(center: posture.pelvis, across: 0.115, deep: 0.10),
            ]
            fill(
                outline([
                    body[0], Ring(center: top.mixed(posture.pelvis, 0.5), across: 0.092, deep: 0.08), body[1],
                ]), looks.main, shade: 0.8, edge: false)
        } else {
            let middle = (posture.ankles[0] + posture.ankles[1]) * 0.5
            let low = Joint(middle.x, member.action == .jumping ? 0.16 : 0.028, middle.z * 0.6)
            let g = build.isChild ? 1.1 : 1.0
            let bell = [
                Ring(center: top, across: 0.072 * build.girth, deep: 0.060),
                Ring(center: top.mixed(low, 0.22), across: 0.105 * g, deep: 0.092 * g),
                Ring(center: top.mixed(low, 0.55), across: 0.165 * g, deep: 0.15 * g),
                Ring(center: low, across: 0.20 * g, deep: 0.18 * g),
            ]
            let shape = outline(bell, hemDip: 0.16)
            fill(shape, looks.main, shade: 1)
            let kept = rings
            rings = bell
            studio.canvas.clipped(to: shape) {
                for u in [-0.7, -0.4, -0.12, 0.18, 0.45, 0.72] {
                    self.studio.line(
                        [
                            self.ringPoint(u * 0.7, 0.03), self.ringPoint(u * 0.85, 0.5),
                            self.ringPoint(u, 1.05),
                        ], self.looks.main.scaled(0.84), width: 0.007 * self.scale, opacity: 0.7)
                }
                if self.looks.pattern % 2 == 0 {
                    self.band(
                        0.90, 0.96, self.looks.second.brightness > 0.9 ? Color(0xE8C060) : self.looks.second)
                }
            }
            rings = kept
        }
        let waist = posture.chest + Joint(0, 0.012, 0)
        rings = [
            Ring(
                center: posture.neck + Joint(0, 0.016, 0), across: build.head * 0.20, deep: build.head * 0.20),
            Ring(center: posture.neck + Joint(0, -0.004, 0), across: build.shoulderHalf * 0.72, deep: 0.044),
            Ring(center: posture.neck + Joint(0, -0.030, 0), across: build.shoulderHalf + 0.016, deep: 0.056),
            Ring(center: waist, across: build.shoulderHalf * 0.98, deep: 0.072),
        ]
        fill(outline(rings, hemDip: 0.3), looks.second, shade: 0.8)
        hanbokCollar(ribbon: looks.main.mixed(Color(0xC02F4C), 0.35))
    }

    /// A man's hanbok: a jacket or, for the old, a long coat.
    private func paintDurumagi() {
        let isLong = build.isOld || looks.pattern == 0
        if isLong, posture.isSeated { lapSkirt(looks.main, to: 0.5) }
        let below = isLong ? (posture.isSeated ? 0.06 : build.hip * 0.58) : 0.03
        rings = trunk(loose: 0.18, below: below)
        fill(outline(rings, hemDip: 0.15), looks.main, shade: 1)
        if isLong, !posture.isSeated, !view.isBack {
            studio.line([surface(0.15, 0.5).point, surface(0.2, 1).point], seam, width: 0.006 * scale)
        }
        hanbokCollar(ribbon: looks.main.scaled(0.72))
    }

    /// The white collar crossing over the chest, and the ribbon's two ends.
    private func hanbokCollar(ribbon: Color) {
        guard !view.isBack else {
            let neck = at(posture.neck + Joint(0, 0.014, 0))
            studio.line(
                [
                    neck + Point(-0.05, 0) * scale, neck + Point(0, 0.012) * scale,
                    neck + Point(0.05, 0) * scale,
                ], Color(0xFDFAF2), width: 0.016 * scale)
            return
        }
        let neck = posture.neck
        let deep = 0.062
        let low = at(neck + Joint(0.012, -0.085, deep))
        let (left, right) = (
            at(neck + Joint(build.head * 0.20, 0.022, 0.0)), at(neck + Joint(-build.head * 0.20, 0.022, 0.0))
        )
        fill(.polygon([left, low, right]), looks.skin.scaled(0.93), shade: 0, edge: false)
        let bandColor =
            looks.second.brightness > 0.9 && build.isFemale
            ? looks.main.scaled(0.9) : build.isFemale ? looks.second.scaled(0.82) : looks.main.scaled(0.8)
        studio.line(
            [left, left.mixed(with: low, 0.5) + Point(0.004, 0) * scale, low + Point(-0.012, 0.014) * scale],
            bandColor, width: 0.030 * scale)
        studio.line([right, right.mixed(with: low, 0.5), low], bandColor, width: 0.030 * scale)
        studio.line([left, low + Point(-0.004, 0) * scale], Color(0xFDFAF2), width: 0.013 * scale)
        studio.line([right, low], Color(0xFDFAF2), width: 0.013 * scale)
        let knot = low + Point(0.004, 0.010) * scale
        for (shift, long) in [(0.012, 0.20), (0.034, 0.15)] {
            fill(
                .limb(
                    [knot, knot + Point(shift * 0.6, long * 0.5) * scale, knot + Point(shift, long) * scale],
                    [0.016, 0.024, 0.026].map { $0 * scale }), ribbon, shade: 0.4)
        }
        fill(
            .closed([
                knot + Point(-0.052, -0.012) * scale, knot + Point(-0.03, 0.016) * scale,
                knot + Point(0.008, 0.006) * scale, knot + Point(0, -0.012) * scale,
            ]), ribbon, shade: 0.3)
    }
}
