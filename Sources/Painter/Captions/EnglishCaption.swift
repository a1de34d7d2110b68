/// Puts English words together.
struct EnglishCaption: CaptionComposition {
    let scene: Scene
    let words: CaptionWords

    init(_ scene: Scene) {
        self.scene = scene
        words = CaptionWords(english: scene)
    }

    func tags(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> [String] {
        var tags: [String] = []
        if plan.namesSubject, let subject = chooser.pick(words.subject) {
            tags.append(subject)
            if plan.namesAction, let action = chooser.pick(words.action) { tags.append(action) }
        }
        if plan.namesPlace || tags.isEmpty, let place = chooser.pick(words.place) { tags.append(bare(place)) }
        if plan.namesTime { tags.append(scene.timeOfDay.rawValue) }
        if plan.namesWeather, scene.weather != .clear { tags.append(scene.weather.rawValue) }
        return tags
    }

    func phrase(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> String {
        let time = plan.namesTime ? chooser.pick(words.time)?.beforeNoun : nil
        // "In the daytime on a rainy day" would say the day twice.
        let weathers = time == nil ? words.weather : words.weather.filter { !$0.beforeNoun.hasSuffix("day") }
        let weather = plan.namesWeather ? chooser.pick(weathers)?.beforeNoun : nil
        var parts: [String]
        if plan.namesSubject, let subject = chooser.pick(words.subject) {
            parts = [described(subject, plan, &chooser)]
            let action = plan.namesAction ? chooser.pick(words.action) : nil
            let prop = plan.namesProp ? chooser.pick(words.prop) : nil
            if let action {
                parts.append(action)
                if plan.namesSolitude, let alone = chooser.pick(words.solitude) { parts.append(alone) }
            }
            if let prop, action != nil || prop.contains("umbrella") { parts.append(prop) }
            if plan.namesPlace, let place = chooser.pick(words.place) {
                parts.append(
                    "\(preposition(place, moving: action != nil && scene.action == .walking)) \(place)")
            }
        } else if plan.namesPlace || (time == nil && weather == nil) {
            let place = chooser.pick(words.place) ?? ""
            parts = [chooser.pick(["", "a view of "]).map { $0 + place } ?? place]
        } else {
            parts = ["a landscape"]
        }
        if let time { parts.append(time) }
        if let weather { parts.append(weather) }
        return parts.joined(separator: " ")
    }

    /// The subject with article, manner and colour.
    private func described(_ subject: String, _ plan: CaptionPlan, _ chooser: inout WordChooser) -> String {
        var nouns: [String] = []
        if plan.namesManner, let manner = chooser.pick(words.manner) { nouns.append(manner) }
        let color = plan.namesColor ? chooser.pick(words.color) : nil
        if let color, !scene.subject.isPerson {
            nouns += [color, words.subject[0]]
        } else {
            nouns.append(subject)
        }
        let noun = nouns.joined(separator: " ")
        let article = "aeiou".contains(noun.prefix(1)) ? "an" : "a"
        guard let color, scene.subject.isPerson else { return "\(article) \(noun)" }
        // "An old man with a white beard in red" would dress the beard.
        return noun.contains(" with ") ? "\(article) \(noun)" : "\(article) \(noun) \(color)"
    }

    private func preposition(_ place: String, moving: Bool) -> String {
        if moving, scene.subject == .bird {
            return scene.place == .forest || scene.place == .magicForest ? "in" : "over"
        }
        switch scene.place {
        case .forest, .magicForest, .field: return moving ? "through" : "in"
        case .meadow: return place.hasSuffix("hills") ? (moving ? "over" : "in") : (moving ? "across" : "in")
        case .seaside: return moving ? "along" : place.hasSuffix("beach") ? "on" : "at"
        case .town: return moving ? "through" : "in"
        case .mountainLake: return "by"
        }
    }

    private func bare(_ place: String) -> String {
        for article in ["a ", "an ", "the "] where place.hasPrefix(article) {
            return String(place.dropFirst(article.count))
        }
        return place
    }
}
