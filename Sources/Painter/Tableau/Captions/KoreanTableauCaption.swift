/// Puts Korean words together.
struct KoreanTableauCaption {
    let tableau: Tableau
    let plan: TableauPlan
    var chooser: WordChooser

    init(_ tableau: Tableau, _ plan: TableauPlan, _ chooser: WordChooser) {
        self.tableau = tableau
        self.plan = plan
        self.chooser = chooser
    }

    private mutating func pick(_ words: [String]) -> String { chooser.pick(words) ?? "" }

    mutating func text() -> String {
        let style = style()
        let core: [String]
        switch plan.form {
        case .tags: core = tags()
        case .phrase: core = [phrase()]
        case .sentence: core = [sentence()]
        }
        return (core + style).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    // MARK: Parts

    private mutating func style() -> [String] {
        var words: [String] = []
        if plan.namesMedium { words.append(pick(KoreanLexicon.medium(tableau.medium))) }
        if plan.namesPalette, tableau.palette != .natural {
            words.append(pick(KoreanLexicon.palette(tableau.palette)))
        }
        if plan.namesFraming, !tableau.cast.isEmpty, tableau.framing == .portrait || tableau.framing == .wide
        {
            words.append(
                pick(KoreanLexicon.framing(tableau.framing, isPerson: tableau.cast[0].subject.isPerson)))
        }
        if plan.namesGlow, tableau.glow != .none { words.append(pick(KoreanLexicon.glow(tableau.glow))) }
        return chooser.shuffled(words)
    }

    /// Weather, season and hour before a noun.
    private mutating func circumstances() -> String {
        var words: [String] = []
        if plan.namesWeather, tableau.weather != .clear {
            words.append(pick(KoreanLexicon.weather(tableau.weather)))
        }
        if plan.namesSeason, tableau.showsSeason { words.append(pick(KoreanLexicon.season(tableau.season))) }
        if plan.namesHour, tableau.showsHour { words.append(pick(KoreanLexicon.hour(tableau))) }
        return words.joined(separator: " ")
    }

    private mutating func place() -> String {
        let words = KoreanLexicon.place(tableau)
        return plan.namesPlace && !words.isEmpty ? pick(words) : ""
    }

    /// A member's noun with what is known of its looks.
    private mutating func described(_ member: Tableau.Member) -> String {
        var parts: [String] = []
        var noun = pick(KoreanLexicon.subject(member.subject))
        if tableau.showsFace(member), plan.namesExpression,
            let word = KoreanLexicon.expression(member.expression)
        {
            parts.append(word)
        }
        if member.subject.isPerson {
            if plan.namesOutfit, tableau.showsOutfit(member) {
                let colour = plan.namesColour ? KoreanLexicon.hue(member.hue) + " " : ""
                parts.append(colour + Korean.object(KoreanLexicon.outfit(member.outfit)) + " 입은")
            } else if plan.namesColour {
                parts.append(KoreanLexicon.hue(member.hue) + " 옷을 입은")
            }
        } else if plan.namesColour, KoreanLexicon.isColourful(member) {
            // "회색 귀여운 토끼" would sound wrong: a colour comes with the plain noun.
            noun = KoreanLexicon.hue(member.hue) + " " + KoreanLexicon.subject(member.subject)[0]
        }
        parts.append(noun)
        return parts.joined(separator: " ")
    }

    /// What a member does, before its noun; with what it holds.
    private mutating func doing(_ member: Tableau.Member) -> String {
        var parts: [String] = []
        let acts = plan.namesAction && tableau.showsAction(member)
        if plan.namesHeld, tableau.showsHeld(member), let held = member.held {
            let colour = plan.namesColour ? KoreanLexicon.hue(member.heldHue) + " " : ""
            let thing = colour + Korean.object(KoreanLexicon.held(held))
            if member.action == .reading {
                return thing + " " + pick(["읽는", "읽고 있는"])
            }
            let verb =
                held == .umbrella
                ? ("쓰고", "쓴")
                : held == .kite ? ("날리며", "날리는") : held == .suitcase ? ("곁에 두고", "곁에 둔") : ("들고", "든")
            parts.append(thing + " " + (acts ? verb.0 : verb.1))
        }
        if acts { parts.append(pick(KoreanLexicon.action(member))) }
        return parts.joined(separator: " ")
    }

    /// Everybody in the picture as one noun phrase.
    private mutating func company() -> String {
        let cast = tableau.cast
        guard let first = cast.first else { return "" }
        if cast.count == 1 {
            return [doing(first), described(first)].filter { !$0.isEmpty }.joined(separator: " ")
        }
        let isSame = cast.allSatisfy { $0.subject == first.subject }
        if isSame, first.subject.isAnimal {
            let number = cast.count == 2 ? "두 마리" : "세 마리"
            let act = plan.namesAction && tableau.showsAction(first) ? pick(KoreanLexicon.action(first)) : ""
            return [act, KoreanLexicon.subject(first.subject)[0], number].filter { !$0.isEmpty }.joined(
                separator: " ")
        }
        let act = plan.namesAction && tableau.showsAction(first) ? pick(KoreanLexicon.action(first)) : ""
        if cast.count == 3 {
            let names = cast.map { KoreanLexicon.subject($0.subject)[0] }
            let all = isSame ? names[0] : Korean.with(names[0]) + " " + Korean.with(names[1]) + " " + names[2]
            let end = pick(["", "세 사람"])
            return ["함께", act.isEmpty ? "있는" : act, all, end].filter { !$0.isEmpty }.joined(separator: " ")
        }
        let (a, b) = (described(first), described(cast[1]))
        let action = act.isEmpty ? "있는" : act
        switch tableau.relation {
        case .holdingHands:
            return pick(["\(b)의 손을 잡고 \(action) \(a)", "손을 잡고 \(action) \(Korean.with(a)) \(b)"])
        case .faceToFace: return "마주 보고 \(act.isEmpty ? "있는" : act) \(Korean.with(a)) \(b)"
        case .sideBySide: return "나란히 \(action) \(Korean.with(a)) \(b)"
        default:
            if first.subject.isPerson, cast[1].subject.isAnimal {
                return pick([
                    "\(Korean.with(b)) 함께 \(action) \(a)", "\(Korean.object(b)) 데리고 \(action) \(a)",
                    "함께 \(action) \(Korean.with(a)) \(b)",
                ])
            }
            return "함께 \(action) \(Korean.with(a)) \(b)"
        }
    }

    private mutating func phrase() -> String {
        let when = circumstances()
        let place = place()
        let people = company()
        guard !people.isEmpty else {
            let view = pick(["풍경", ""])
            return [when, place, view].filter { !$0.isEmpty }.joined(separator: " ")
        }
        let position = plan.namesPosition ? KoreanLexicon.position(tableau) : ""
        let acts = tableau.cast.contains { tableau.showsAction($0) } && plan.namesAction
        // One stands or sits "에", and does anything else "에서".
        let isStill =
            tableau.cast.count == 1 && [.standing, .sitting, .lying].contains(tableau.cast[0].action)
            && tableau.cast[0].held == nil
        let scene = place.isEmpty ? "" : place + (acts ? isStill ? "에" : "에서" : "의")
        // A season or an hour alone needs a particle before who is there.
        let time =
            when.isEmpty || !place.isEmpty
            ? when
            : when.hasSuffix("는") || when.hasSuffix("낀") || when.hasSuffix("한")
                ? when + " 날의" : when.hasSuffix("속") ? when : when + "의"
        return [time, scene, position, people].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A whole sentence, with the subject's particle.
    private mutating func sentence() -> String {
        let when = circumstances()
        let place = place()
        let people = company()
        guard !people.isEmpty else {
            let noun = [when, place].filter { !$0.isEmpty }.joined(separator: " ")
            return pick(["\(noun) 풍경이 펼쳐진다", "\(noun) 풍경이다", "\(Korean.subject(noun)) 보인다"])
        }
        let position =
            plan.namesPosition && !KoreanLexicon.position(tableau).isEmpty
            ? KoreanLexicon.position(tableau) : ""
        let scene = [when, place].filter { !$0.isEmpty }.joined(separator: " ")
        let start =
            scene.isEmpty || place.isEmpty
            ? scene.isEmpty ? "" : scene + " 그림 속에" : pick([scene + "에", Korean.topic(scene + "에")])
        return [start, position, Korean.subject(people), "있다"]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    private mutating func tags() -> [String] {
        var tags: [String] = []
        let cast = tableau.cast
        if !cast.isEmpty { tags.append(company()) }
        let place = place()
        if !place.isEmpty { tags.append(place) }
        if plan.namesHour, tableau.showsHour { tags.append(KoreanLexicon.hourNoun(tableau)) }
        if plan.namesWeather, tableau.weather != .clear {
            tags.append(KoreanLexicon.weatherNoun(tableau.weather))
        }
        if plan.namesSeason, tableau.showsSeason { tags.append(KoreanLexicon.seasonNoun(tableau.season)) }
        if tags.isEmpty { tags.append(pick(KoreanLexicon.place(tableau) + ["풍경"])) }
        return tags
    }
}

extension Korean {
    /// The noun with 와 after a vowel, 과 after a final consonant.
    static func with(_ noun: String) -> String { noun + (endsInConsonant(noun) ? "과" : "와") }

    /// The noun with 가 after a vowel, 이 after a final consonant.
    static func subject(_ noun: String) -> String { noun + (endsInConsonant(noun) ? "이" : "가") }

    /// The noun with 는 after a vowel, 은 after a final consonant.
    static func topic(_ noun: String) -> String { noun + (endsInConsonant(noun) ? "은" : "는") }
}
