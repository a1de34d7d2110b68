/// Chooses who and what a tableau shows, and what goes with what.
enum Casting {
    static func cast(_ random: inout SeededGenerator) -> (
        members: [Tableau.Member], relation: Tableau.Relation
    ) {
        let kind = random.unit()
        if kind < 0.10 { return ([], .none) }
        if kind < 0.44 { return ([person(&random)], .none) }
        if kind < 0.63 { return ([animal(&random)], .none) }
        if kind < 0.71 { return ([thing(&random)], .none) }
        if kind < 0.83 { return companions(&random) }
        if kind < 0.92 { return pair(&random) }
        if kind < 0.96 { return family(&random) }
        return animals(&random)
    }

    // MARK: Single members

    static func person(_ random: inout SeededGenerator, _ subject: Tableau.Subject? = nil) -> Tableau.Member {
        let who =
            subject
            ?? random.pick(
                [.toddler, .girl, .boy, .woman, .man, .grandmother, .grandfather],
                weights: [0.06, 0.22, 0.20, 0.18, 0.14, 0.09, 0.11])
        let hue = random.pick(
            Tableau.Hue.allCases,
            weights: [0.15, 0.07, 0.13, 0.11, 0.15, 0.06, 0.09, 0.09, 0.08, 0.02, 0.02, 0.03])
        let isFemale = who == .girl || who == .woman || who == .grandmother
        let outfit: Tableau.Outfit =
            isFemale
            ? random.pick(
                [.shirt, .dress, .coat, .hanbok, .sweater], weights: [0.16, 0.36, 0.13, 0.22, 0.13])
            : random.pick([.shirt, .coat, .hanbok, .sweater], weights: [0.40, 0.18, 0.22, 0.20])
        var action: Tableau.Action = random.pick(
            [.standing, .walking, .running, .sitting, .reading, .waving, .gazing, .jumping, .cycling],
            weights: [0.23, 0.19, 0.08, 0.16, 0.08, 0.08, 0.09, 0.04, 0.05])
        let isOld = who == .grandmother || who == .grandfather
        if isOld || who == .toddler, action == .running || action == .jumping || action == .cycling {
            action = .walking
        }
        if outfit == .hanbok, action == .cycling { action = .walking }
        var held: Tableau.Held?
        if [.standing, .walking, .sitting, .gazing].contains(action), random.chance(0.5) {
            held = random.pick([.umbrella, .lantern, .book, .balloon, .cup, .flowers, .kite, .suitcase])
            if action != .walking, action != .standing, held == .suitcase || held == .kite { held = .flowers }
            if action == .sitting || action == .gazing, held == .umbrella { held = .cup }
            if who == .toddler, held == .cup || held == .suitcase || held == .umbrella || held == .kite {
                held = .balloon
            }
        }
        if action == .reading { held = .book }
        let aspect: Tableau.Aspect =
            switch action {
            case .gazing: random.pick([.back, .back, .side])
            case .running, .cycling: random.pick([.side, .side, .threeQuarter])
            case .walking: random.pick([.side, .threeQuarter, .threeQuarter, .front, .back])
            case .reading: random.pick([.front, .threeQuarter, .threeQuarter])
            case .sitting: random.pick([.side, .threeQuarter, .threeQuarter, .front])
            case .waving, .jumping: random.pick([.front, .threeQuarter])
            default: random.pick([.front, .front, .threeQuarter, .threeQuarter, .side, .back])
            }
        return Tableau.Member(
            subject: who, hue: hue, action: action == .cycling ? .cycling : action, held: held,
            heldHue: random.pick([.red, .yellow, .green, .blue, .purple, .pink, .orange]), outfit: outfit,
            aspect: action == .cycling ? .side : aspect, facesLeft: random.chance(0.5),
            expression: random.pick(
                Tableau.Expression.allCases, weights: [0.26, 0.36, 0.12, 0.07, 0.07, 0.12]))
    }

    static func animal(_ random: inout SeededGenerator, _ subject: Tableau.Subject? = nil) -> Tableau.Member {
        let all = Tableau.Subject.allCases.filter { $0.isAnimal }
        let weights = all.map { $0 == .cat || $0 == .dog ? 2.2 : $0 == .rabbit || $0 == .bird ? 1.4 : 1.0 }
        let what = subject ?? random.pick(all, weights: weights)
        let hue: Tableau.Hue =
            switch what {
            case .cat: random.pick([.white, .black, .gray, .orange])
            case .dog: random.pick([.brown, .white, .black, .yellow])
            case .rabbit: random.pick([.white, .brown, .gray])
            case .fox, .tiger: .orange
            case .deer: .brown
            case .horse: random.pick([.brown, .white, .black])
            case .bear: random.pick([.brown, .black])
            case .magpie: .black
            case .crane: .white
            case .duck: random.pick([.white, .yellow, .green])
            case .owl: random.pick([.brown, .gray])
            case .fish: random.pick([.red, .orange, .blue, .yellow])
            case .whale: random.pick([.blue, .navy, .gray])
            case .butterfly: random.pick([.yellow, .blue, .orange, .purple, .white])
            default: random.pick([.blue, .yellow, .red, .green])
            }
        let action: Tableau.Action =
            switch what {
            case .fish, .whale: .swimming
            case .butterfly: .flying
            case .bird, .magpie, .crane, .owl: random.pick([.standing, .flying])
            case .duck: random.pick([.swimming, .standing])
            case .cat, .dog, .fox, .rabbit: random.pick([.sitting, .walking, .standing, .running, .lying])
            case .bear, .tiger: random.pick([.sitting, .walking, .lying])
            default: random.pick([.standing, .walking, .running])
            }
        return Tableau.Member(
            subject: what, hue: hue, action: action, held: nil, heldHue: hue, outfit: .shirt,
            aspect: .threeQuarter,
            facesLeft: random.chance(0.5), expression: .calm)
    }

    static func thing(_ random: inout SeededGenerator, _ subject: Tableau.Subject? = nil) -> Tableau.Member {
        let what = subject ?? random.pick(Tableau.Subject.allCases.filter { $0.isThing })
        return Tableau.Member(
            subject: what,
            hue: random.pick([.red, .yellow, .green, .blue, .purple, .pink, .orange, .white, .brown]),
            action: .standing, held: nil, heldHue: .red, outfit: .shirt, aspect: .front,
            facesLeft: random.chance(0.5),
            expression: .calm)
    }

    // MARK: Groups

    /// A person and an animal.
    private static func companions(_ random: inout SeededGenerator) -> ([Tableau.Member], Tableau.Relation) {
        var one = person(&random)
        let pet = random.pick(
            [Tableau.Subject.dog, .cat, .rabbit, .fox, .deer, .horse, .bear, .tiger, .duck, .magpie],
            weights: [0.34, 0.26, 0.09, 0.06, 0.06, 0.05, 0.04, 0.05, 0.03, 0.02])
        var other = animal(&random, pet)
        if one.action == .cycling || one.action == .jumping { one.action = .standing }
        let relation: Tableau.Relation = random.pick([.together, .together, .following, .sideBySide])
        switch one.action {
        case .walking, .running:
            other.action = one.action == .running && pet != .bear && pet != .tiger ? .running : .walking
            if pet == .duck || pet == .magpie { other.action = .standing }
            other.facesLeft = one.facesLeft
        default:
            other.action = [.dog, .cat, .rabbit, .fox, .bear, .tiger].contains(pet) ? .sitting : .standing
        }
        return ([one, other], relation)
    }

    /// Two people.
    private static func pair(_ random: inout SeededGenerator) -> ([Tableau.Member], Tableau.Relation) {
        let couples: [(Tableau.Subject, Tableau.Subject)] = [
            (.girl, .boy), (.woman, .man), (.grandfather, .girl), (.grandmother, .boy), (.woman, .girl),
            (.man, .boy),
            (.girl, .girl), (.boy, .boy), (.grandmother, .grandfather), (.woman, .toddler),
            (.grandfather, .toddler), (.man, .girl),
        ]
        let (first, second) = random.pick(couples)
        var one = person(&random, first)
        var other = person(&random, second)
        let relation: Tableau.Relation = random.pick([.holdingHands, .holdingHands, .sideBySide, .faceToFace])
        let action: Tableau.Action =
            relation == .holdingHands
            ? random.pick([.walking, .standing])
            : relation == .faceToFace ? .standing : random.pick([.standing, .sitting, .walking])
        one.action = action
        other.action = action
        one.held = relation == .holdingHands || action == .sitting ? nil : one.held
        other.held = nil
        if other.hue == one.hue { other.hue = one.hue == .blue ? .yellow : .blue }
        if relation == .faceToFace {
            (one.aspect, one.facesLeft) = (.side, false)
            (other.aspect, other.facesLeft) = (.side, true)
        } else {
            let aspect: Tableau.Aspect =
                action == .walking
                ? random.pick([.threeQuarter, .front, .back]) : random.pick([.front, .threeQuarter, .back])
            (one.aspect, other.aspect) = (aspect, aspect)
            other.facesLeft = one.facesLeft
        }
        return ([one, other], relation)
    }

    /// Two grown-ups and a child, three friends, or two people with a dog.
    private static func family(_ random: inout SeededGenerator) -> ([Tableau.Member], Tableau.Relation) {
        let trio = random.pick([
            [Tableau.Subject.woman, .girl, .man], [.woman, .boy, .man], [.girl, .boy, .girl],
            [.grandmother, .toddler, .grandfather], [.woman, .toddler, .man],
        ])
        let hues = random.shuffled([Tableau.Hue.red, .yellow, .blue, .green, .pink, .purple, .white])
        let action: Tableau.Action = random.pick([.standing, .walking])
        let aspect: Tableau.Aspect = random.pick([.front, .front, .back])
        let members = trio.enumerated().map { index, subject in
            var member = person(&random, subject)
            member.hue = hues[index]
            member.held = nil
            (member.action, member.aspect, member.facesLeft) = (action, aspect, false)
            return member
        }
        return (members, .family)
    }

    /// Two or three animals of a kind, or two that are friends.
    private static func animals(_ random: inout SeededGenerator) -> ([Tableau.Member], Tableau.Relation) {
        let first = random.pick([
            Tableau.Subject.cat, .dog, .rabbit, .deer, .duck, .fox, .bird, .crane, .fish,
        ])
        let isMixed = (first == .cat || first == .dog) && random.chance(0.5)
        let one = animal(&random, first)
        var others = [animal(&random, isMixed ? (first == .cat ? .dog : .cat) : first)]
        if !isMixed, random.chance(0.35) { others.append(animal(&random, first)) }
        let members =
            [one]
            + others.map { other in
                var other = other
                other.action = one.action
                if isMixed, one.action == .running { other.action = .running }
                return other
            }
        return (members, isMixed ? .together : .sideBySide)
    }

    // MARK: What goes with what

    /// A place where the members can be.
    static func place(
        for members: [Tableau.Member], _ relation: Tableau.Relation, _ random: inout SeededGenerator
    ) -> Tableau.Place {
        let land = Tableau.Place.allCases.filter { $0 != .underwater }
        guard let first = members.first else { return random.pick(land.filter { $0 != .plain }) }
        let subjects = Set(members.map(\.subject))
        if !subjects.isDisjoint(with: [.fish, .whale]) { return .underwater }
        if members.contains(where: { $0.action == .swimming }) {
            return random.pick([.mountainLake, .seaside, .harbour])
        }
        if subjects.contains(.boat) { return random.pick([.seaside, .harbour, .mountainLake]) }
        if subjects.contains(.kite) || members.contains(where: { $0.held == .kite }) {
            return random.pick([.meadow, .seaside, .riceField, .wheatField])
        }
        if first.subject.isThing {
            switch first.subject {
            case .bicycle, .bench:
                return random.pick([.garden, .seaside, .town, .alley, .mountainLake, .meadow, .hanok])
            case .umbrella, .balloon: return random.pick([.town, .alley, .meadow, .seaside, .garden, .plain])
            case .lantern: return random.pick([.plain, .room, .temple, .hanok])
            case .suitcase: return random.pick([.station, .plain, .room])
            default: return random.pick([.plain, .plain, .room, .garden])
            }
        }
        let wild = members.contains {
            [.deer, .horse, .bear, .tiger, .fox, .crane, .duck, .owl].contains($0.subject)
        }
        if wild || members.contains(where: { $0.action == .flying }) {
            return random.pick([
                .forest, .forest, .magicForest, .meadow, .mountainLake, .riceField, .snowVillage, .wheatField,
                .garden, .temple, .seaside,
            ])
        }
        let isMoving = members.contains { [.walking, .running, .cycling].contains($0.action) }
        if isMoving { return random.pick(land.filter { $0 != .plain && $0 != .room }) }
        return random.pick(land, weights: land.map { $0 == .plain ? 1.6 : $0 == .room ? 1.8 : 1 })
    }

    static func framing(for members: [Tableau.Member], _ random: inout SeededGenerator) -> Tableau.Framing {
        guard let first = members.first else { return .wide }
        let isStill = members.allSatisfy { [.standing, .waving, .sitting, .gazing].contains($0.action) }
        if first.subject.isThing { return random.pick([.full, .full, .full, .wide]) }
        if members.count > 1 {
            return random.pick([
                .full, .full, .wide,
                isStill && members.allSatisfy { $0.subject.isPerson && $0.action != .sitting }
                    ? .half : .full,
            ])
        }
        if first.subject.isPerson {
            let isNear =
                isStill && first.action != .sitting && first.aspect != .back && first.held != .suitcase
                && first.held != .kite
            return random.pick(
                [.portrait, .half, .full, .wide],
                weights: isNear ? [0.42, 0.20, 0.26, 0.12] : [0, 0, 0.70, 0.30])
        }
        let hasFace =
            [.cat, .dog, .rabbit, .fox, .bear, .tiger, .owl].contains(first.subject)
            && (first.action == .sitting || first.subject == .owl && first.action == .standing)
        return random.pick([.portrait, .full, .wide], weights: hasFace ? [0.4, 0.4, 0.2] : [0, 0.7, 0.3])
    }
}
