/// What a person holds and sits on.
extension PersonPainter {
    private var holding: Joint { posture.hands[1] }
    private var heldColor: Color { Looks.color(member.heldHue) }
    private var thing: ThingPainter { ThingPainter(studio, lit: studio.air.lampsLit) }

    /// What lies behind the whole person: the string of a balloon, an umbrella's cloth seen from inside.
    func paintHeld(behind: Bool) {
        guard let held = member.held, member.action != .reading else { return }
        let hand = at(holding)
        switch held {
        case .umbrella:
            let top = at(
                Joint(holding.x * 0.25, 1.10 + posture.head.y - (1 - build.head * 0.5), holding.z * 0.4))
            thing.umbrella(top: top, hand: hand, reach: 0.34 * scale, heldColor)
        case .balloon:
            let size = min(0.15 * scale, 0.13)
            var knot = hand + Point(0.04 * (hand.x < origin.x ? -1 : 1), -0.42) * scale
            // What is named must be seen.
            knot.y = max(knot.y, size * 2.1 + 0.03)
            let middle = hand.mixed(with: knot, 0.5) + Point(0.02, 0) * scale
            studio.line([hand, middle, knot], Color(0x6A6470), width: max(0.0025, 0.005 * scale))
            thing.balloon(knot, size, heldColor)
        case .kite:
            // It flies where there is more room.
            let side = hand.x < studio.width / 2 ? 1.0 : -1.0
            let far = Point(
                min(studio.width - 0.1, max(0.1, hand.x + side * min(0.34, 0.6 * scale))),
                max(0.12, hand.y - 0.9 * scale))
            let middle = hand.mixed(with: far, 0.5) + Point(0, 0.05)
            studio.line([hand, middle, far], Color(0x6A6470), width: 0.0028)
            thing.kite(far, 0.075, heldColor)
        case .suitcase:
            thing.suitcase(Point(hand.x, origin.y + 0.02 * scale), 0.25 * scale, heldColor)
        default: break
        }
    }

    /// Held things whose hand is behind the trunk are hidden with it, but for what hangs or shines.
    func paintHeldByHidden(_ arms: [Int]) {
        guard arms.contains(1) else { return }
        paintHeldInFront(before: true)
    }

    /// What lies before the trunk, under (`before`) or over the fingers.
    func paintHeldInFront(before: Bool) {
        let hands = (at(posture.hands[0]), at(posture.hands[1]))
        if member.action == .reading || (member.held == .book && member.action != .reading) {
            guard before else { return }
            let middle =
                member.action == .reading
                ? hands.0.mixed(with: hands.1, 0.5) : hands.1 + Point(0, -0.02) * scale
            if view.isBack { return }
            if member.action == .reading {
                thing.openBook(middle + Point(0, -0.005) * scale, 0.115 * scale, heldColor)
            } else {
                thing.closedBook(middle, 0.085 * scale, heldColor)
            }
            return
        }
        guard let held = member.held, before, !view.isBack || held == .lantern else { return }
        switch held {
        case .lantern: thing.handLantern(hands.1 + Point(0, 0.012 * scale), 0.13 * scale, heldColor)
        case .cup:
            thing.cup(hands.0.mixed(with: hands.1, 0.5) + Point(0, 0.015) * scale, 0.05 * scale, heldColor)
        case .flowers: thing.bouquet(hands.1, 0.13 * scale, heldColor, &random)
        default: break
        }
    }

    func paintSeat() {
        guard let height = posture.seat else { return }
        let wide = 0.17
        let left = at(Joint(0, height, -0.045)) + Point(-wide, 0) * scale
        let right = at(Joint(0, height, -0.045)) + Point(wide, 0) * scale
        let ground = at(Joint(0, 0, -0.02)).y
        let middle = (left.x + right.x) / 2
        let isOut = studio.tableau.place.hasWeather
        let natural: Set<Tableau.Place> = [
            .forest, .magicForest, .meadow, .seaside, .mountainLake, .wheatField, .riceField, .snowVillage,
        ]
        if natural.contains(studio.tableau.place) {
            if looks.pattern % 2 == 0 {
                fill(
                    .closed([
                        Point(left.x - 0.03 * scale, ground + 0.01 * scale),
                        Point(left.x - 0.01 * scale, left.y + 0.06 * scale),
                        Point(left.x + 0.06 * scale, left.y - 0.005 * scale),
                        Point(middle, left.y - 0.012 * scale),
                        Point(right.x - 0.05 * scale, left.y),
                        Point(right.x + 0.02 * scale, left.y + 0.08 * scale),
                        Point(right.x + 0.04 * scale, ground + 0.01 * scale),
                        Point(middle, ground + 0.025 * scale),
                    ]), Color(0x9A9898), shade: 1)
                if studio.tableau.isSnowy {
                    fill(
                        .closed([
                            Point(left.x + 0.02 * scale, left.y + 0.02 * scale),
                            Point(middle, left.y - 0.016 * scale),
                            Point(right.x - 0.02 * scale, left.y + 0.02 * scale),
                            Point(middle, left.y + 0.03 * scale),
                        ]), Color(0xF4F8FF), shade: 0, edge: false)
                }
            } else {
                let r = (ground - left.y) * 0.5
                fill(
                    .closed([
                        Point(left.x - 0.04 * scale, left.y),
                        Point(right.x + 0.04 * scale, left.y - 0.004 * scale),
                        Point(right.x + 0.05 * scale, ground),
                        Point(left.x - 0.05 * scale, ground + 0.006 * scale),
                    ]), Color(0x8A6040), shade: 1)
                fill(
                    .ellipse(Point(right.x + 0.04 * scale, ground - r), r * 0.42, r), Color(0xDDB884),
                    shade: 0.3)
                fill(
                    .ellipse(Point(right.x + 0.04 * scale, ground - r), r * 0.22, r * 0.55), Color(0xC09A64),
                    shade: 0, edge: false)
            }
            return
        }
        let wood = Color(isOut ? 0x8C6444 : 0xA87850)
        for x in [left.x + 0.03 * scale, right.x - 0.03 * scale] {
            fill(
                .rectangle(x - 0.012 * scale, left.y, x + 0.012 * scale, ground), wood.scaled(0.75),
                shade: 0.2)
        }
        if view.cosine > 0.3 {
            for level in [0.10, 0.17] {
                fill(
                    .rectangle(left.x, left.y - (level + 0.045) * scale, right.x, left.y - level * scale),
                    wood.scaled(0.92), shade: 0.2)
            }
            for x in [left.x + 0.03 * scale, right.x - 0.03 * scale] {
                fill(
                    .rectangle(x - 0.010 * scale, left.y - 0.22 * scale, x + 0.010 * scale, left.y),
                    wood.scaled(0.75), shade: 0)
            }
        }
        fill(
            .polygon([
                Point(left.x, left.y - 0.014 * scale), Point(right.x, left.y - 0.014 * scale),
                Point(right.x + 0.02 * scale, left.y + 0.022 * scale),
                Point(left.x - 0.02 * scale, left.y + 0.022 * scale),
            ]), wood, shade: 0.4)
    }
}
