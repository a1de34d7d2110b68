/// Puts the cast where the staging wants it.
extension Studio {
    func paintCast(_ staging: Staging) {
        let cast = tableau.cast
        guard let first = cast.first else { return }
        var random = SeededGenerator(seed: tableau.composition, part: .staging)
        let seeds = cast.map { _ in random.next() }
        let offsets = places(of: cast)
        let middle = (offsets.min() ?? 0) * 0.5 + (offsets.max() ?? 0) * 0.5
        let isWide = tableau.framing == .wide
        halo(first, staging)
        let clasp = handInHand(cast, staging, offsets.map { staging.across + ($0 - middle) * staging.scale })
        // Who stands farther back is painted first.
        for (index, member) in cast.enumerated().reversed() {
            let x = staging.across + (offsets[index] - middle) * staging.scale
            let back =
                cast.count > 1 && tableau.relation != .holdingHands && tableau.relation != .family
                    && index == 1 ? 0.02 : 0
            var foot = Point(x, staging.foot - back * staging.scale)
            var metre = staging.scale
            if member.subject.isAnimal {
                let (y, size) = AnimalPainter.station(member, tableau, staging, height: height)
                if cast.count == 1 { metre = size }
                foot.y += y - staging.foot
                AnimalPainter(self, member, foot: foot, metre: metre, seed: seeds[index]).paint()
            } else if member.subject.isThing {
                if member.subject == .kite { foot.y = height * 0.46 }
                if member.subject == .balloon { foot.y = min(foot.y, height * 0.80) }
                if member.subject == .boat {
                    foot.y = max(
                        staging.horizon + 0.10,
                        staging.horizon + (height - staging.horizon) * (isWide ? 0.2 : 0.36))
                }
                ThingPainter(self, lit: air.lampsLit).paint(
                    member, foot: foot, size: metre * member.standingHeight * 0.92, seed: seeds[index])
            } else {
                PersonPainter(self, member, foot: foot, metre: metre, seed: seeds[index], clasp: clasp)
                    .paint()
            }
        }
    }

    /// Where the hands of two who hold hands meet.
    private func handInHand(_ cast: [Tableau.Member], _ staging: Staging, _ feet: [Double]) -> Point? {
        guard tableau.relation == .holdingHands, cast.count == 2 else { return nil }
        let heights = cast.map(\.standingHeight)
        // As high as the taller one's hand hangs, but not over the smaller one's shoulder.
        let high = min(0.455 * max(heights[0], heights[1]), 0.72 * min(heights[0], heights[1]))
        let share = heights[0] / (heights[0] + heights[1])
        return Point(feet[0] + (feet[1] - feet[0]) * share, staging.foot - high * staging.scale)
    }

    /// A breath of light behind the main figure lifts it from the ground.
    private func halo(_ member: Tableau.Member, _ staging: Staging) {
        guard ![.flat, .paperCut, .woodcut].contains(tableau.medium),
            tableau.framing == .full || tableau.framing == .half
        else { return }
        let tone = tint(air.fog.mixed(.white, air.isDark ? 0.2 : 0.45), glowing: true)
        let reach = member.standingHeight * staging.scale
        glow(Point(staging.across, staging.foot - reach * 0.55), radius: reach * 0.55, tone, strength: 0.36)
    }

    /// Where the members stand beside each other, in metres.
    private func places(of cast: [Tableau.Member]) -> [Double] {
        guard cast.count > 1 else { return [0] }
        var x = 0.0
        var result = [0.0]
        for index in 1..<cast.count {
            let (a, b) = (cast[index - 1], cast[index])
            var gap = (a.breadth + b.breadth) / 2
            switch tableau.relation {
            case .holdingHands, .family: gap *= 0.92
            case .faceToFace: gap *= 1.25
            case .following: gap *= 1.2
            default: gap *= 1.08
            }
            x += gap
            result.append(x)
        }
        return result
    }
}

extension Tableau.Member {
    /// How much room it takes from side to side, in metres.
    var breadth: Double {
        if subject.isPerson {
            let walks =
                (action == .walking || action == .running) && (aspect == .side || aspect == .threeQuarter)
            return standingHeight * (walks ? 0.42 : action == .sitting ? 0.40 : 0.33)
        }
        let lengths: Double =
            switch subject {
            case .magpie: action == .flying ? 1.75 : 1.7
            case .bird, .crane, .owl: action == .flying ? 1.5 : subject == .owl ? 0.75 : 1.15
            case .duck: 1.25
            case .fish: 1.42
            case .whale: 1.5
            case .butterfly: 1.25
            case .deer: 0.98
            case .horse: action == .running ? 1.35 : 1.2
            case .boat, .bench: 1.55
            case .bicycle: 1.75
            case .teapot, .book, .umbrella: 1.5
            case .cat, .dog, .rabbit, .fox, .bear, .tiger:
                action == .sitting
                    ? (subject == .fox || subject == .cat ? 1.0 : 0.78)
                    : subject == .fox ? 1.5 : action == .running ? 1.3 : 1.15
            default: 0.9
            }
        return standingHeight * lengths
    }
}
