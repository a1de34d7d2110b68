/// Puts English words together.
struct EnglishTableauCaption {
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
        case .phrase: core = [phrase(isSentence: false)]
        case .sentence: core = [phrase(isSentence: true)]
        }
        return (core + style).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private mutating func style() -> [String] {
        var words: [String] = []
        if plan.namesMedium { words.append(pick(EnglishLexicon.medium(tableau.medium))) }
        if plan.namesPalette, tableau.palette != .natural {
            words.append(pick(EnglishLexicon.palette(tableau.palette)))
        }
        if plan.namesFraming, !tableau.cast.isEmpty, tableau.framing == .portrait || tableau.framing == .wide
        {
            words.append(
                pick(
                    tableau.framing == .wide
                        ? ["wide view", "seen from afar"]
                        : tableau.cast[0].subject.isPerson ? ["portrait", "close-up portrait"] : ["close-up"])
            )
        }
        if plan.namesGlow, tableau.glow != .none {
            words.append(
                tableau.glow == .fireflies
                    ? pick(["fireflies", "glowing fireflies"])
                    : pick(["paper lanterns", "strings of lanterns"]))
        }
        return chooser.shuffled(words)
    }

    static func article(_ noun: String) -> String {
        let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
        return (noun.first.map { vowels.contains($0) } ?? false ? "an " : "a ") + noun
    }

    /// A place without its article.
    static func bare(_ place: String) -> String {
        for article in ["a ", "an ", "the "] where place.hasPrefix(article) {
            return String(place.dropFirst(article.count))
        }
        return place
    }

    /// A member with article and looks; `her dog` where it belongs to somebody.
    private mutating func described(_ member: Tableau.Member, owner: Tableau.Member? = nil) -> String {
        var noun = pick(EnglishLexicon.subject(member.subject))
        if !member.subject.isPerson, plan.namesColour, KoreanLexicon.isColourful(member) {
            noun = EnglishLexicon.hue(member.hue) + " " + EnglishLexicon.subject(member.subject)[0]
        }
        if tableau.showsFace(member), plan.namesExpression,
            let word = EnglishLexicon.expression(member.expression)
        {
            noun = word + " " + noun
        }
        var phrase = owner.map { EnglishLexicon.possessive($0.subject) + " " + noun } ?? Self.article(noun)
        if member.subject.isPerson {
            if plan.namesOutfit, tableau.showsOutfit(member) {
                let outfit = EnglishLexicon.outfit(member.outfit)
                phrase +=
                    " in "
                    + Self.article(plan.namesColour ? EnglishLexicon.hue(member.hue) + " " + outfit : outfit)
            } else if plan.namesColour {
                phrase += " in " + EnglishLexicon.hue(member.hue)
            }
        }
        return phrase
    }

    /// What a member does and holds, after its noun.
    private mutating func doing(_ member: Tableau.Member) -> String {
        var parts: [String] = []
        if plan.namesAction, tableau.showsAction(member) { parts.append(pick(EnglishLexicon.action(member))) }
        if plan.namesHeld, tableau.showsHeld(member), let held = member.held, member.action != .reading {
            let noun =
                (plan.namesColour ? EnglishLexicon.hue(member.heldHue) + " " : "") + EnglishLexicon.held(held)
            let verb =
                held == .umbrella
                ? pick(["with", "under", "holding"])
                : held == .kite ? "flying" : held == .suitcase ? "with" : pick(["holding", "with"])
            parts.append("\(verb) \(held == .flowers ? "a bouquet of " + noun : Self.article(noun))")
        }
        return parts.joined(separator: " ")
    }

    private mutating func company() -> String {
        let cast = tableau.cast
        guard let first = cast.first else { return "" }
        let act = plan.namesAction && tableau.showsAction(first) ? pick(EnglishLexicon.action(first)) : ""
        func join(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
        if cast.count == 1 { return join([described(first), doing(first)]) }
        let isSame = cast.allSatisfy { $0.subject == first.subject }
        let number = cast.count == 2 ? "two" : "three"
        if isSame, first.subject.isAnimal || cast.count == 3 {
            return join([number, EnglishLexicon.plural(first.subject), act])
        }
        if cast.count == 3 {
            let names = cast.map { Self.article(EnglishLexicon.subject($0.subject)[0]) }
            return join(["\(names[0]), \(names[1]) and \(names[2])", act, "together"])
        }
        let (one, other) = (described(first), cast[1])
        switch tableau.relation {
        case .holdingHands:
            let second = described(other)
            let plain = Self.article(EnglishLexicon.subject(other.subject)[0])
            return pick([
                join(["\(one) holding \(plain)'s hand", act.isEmpty ? "" : "and \(act)"]),
                join(["\(one) and \(second)", act, act.isEmpty ? "holding hands" : "hand in hand"]),
            ])
        case .faceToFace: return join(["\(one) and \(described(other)) facing each other"])
        case .sideBySide: return join(["\(one) and \(described(other))", act, "side by side"])
        default:
            let own =
                first.subject.isPerson && other.subject.isAnimal
                && [.dog, .cat, .rabbit, .horse].contains(other.subject)
            let second = own ? described(other, owner: first) : described(other)
            return own
                ? pick([join(["\(one) and \(second)", act]), join([one, act, "with \(second)"])])
                : join([one, act, "with \(second)"])
        }
    }

    /// Hour, weather and season after the place.
    private mutating func circumstances() -> [String] {
        var words: [String] = []
        if plan.namesHour, tableau.showsHour { words.append(pick(EnglishLexicon.hour(tableau))) }
        if plan.namesWeather, tableau.weather != .clear {
            words.append(pick(EnglishLexicon.weather(tableau.weather)))
        }
        if plan.namesSeason, tableau.showsSeason {
            words.append("in " + EnglishLexicon.season(tableau.season))
        }
        return words
    }

    private mutating func phrase(isSentence: Bool) -> String {
        let people = company()
        let places = EnglishLexicon.place(tableau)
        let place = plan.namesPlace && !places.isEmpty ? pick(places) : ""
        let when = circumstances()
        guard !people.isEmpty else {
            let view = isSentence ? "this is a view of " : pick(["", "a view of "])
            return ([place.isEmpty ? "a landscape" : view + place] + when).joined(separator: " ")
        }
        var parts = [
            isSentence
                ? (people.hasPrefix("two") || people.hasPrefix("three") ? "there are " : "there is ") + people
                : people
        ]
        if !place.isEmpty { parts.append(EnglishLexicon.preposition(tableau, place) + " " + place) }
        parts += when
        if plan.namesPosition, tableau.position != .center {
            parts.append("on the " + tableau.position.rawValue)
        }
        return parts.joined(separator: " ")
    }

    private mutating func tags() -> [String] {
        var tags: [String] = []
        if !tableau.cast.isEmpty { tags.append(company()) }
        let places = EnglishLexicon.place(tableau)
        if plan.namesPlace, !places.isEmpty { tags.append(Self.bare(pick(places))) }
        if plan.namesHour, tableau.showsHour { tags.append(EnglishLexicon.hourNoun(tableau)) }
        if plan.namesWeather, tableau.weather != .clear { tags.append(tableau.weather.rawValue) }
        if plan.namesSeason, tableau.showsSeason { tags.append(EnglishLexicon.season(tableau.season)) }
        if plan.namesPosition, tableau.position != .center {
            tags.append("on the " + tableau.position.rawValue)
        }
        return tags.isEmpty ? ["a picture"] : tags
    }
}
