/// Puts Korean words together.
struct KoreanCaption: CaptionComposition {
    let scene: Scene
    let words: CaptionWords

    init(_ scene: Scene) {
        self.scene = scene
        words = CaptionWords(korean: scene)
    }

    func tags(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> [String] {
        var tags: [String] = []
        if plan.namesSubject, let subject = chooser.pick(words.subject) {
            let action = plan.namesAction ? chooser.pick(words.action) : nil
            tags.append([action, subject].compactMap { $0 }.joined(separator: " "))
        }
        if plan.namesPlace || tags.isEmpty, let place = chooser.pick(words.place) { tags.append(place) }
        if plan.namesTime { tags.append(scene.timeOfDay.koreanNoun) }
        if plan.namesWeather, scene.weather != .clear { tags.append(scene.weather == .rain ? "비" : "눈") }
        return tags
    }

    func phrase(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> String {
        let time = plan.namesTime ? chooser.pick(words.time) : nil
        let weather = plan.namesWeather ? chooser.pick(words.weather) : nil
        guard plan.namesSubject, let subject = chooser.pick(words.subject) else {
            return landscape(time, weather, plan, &chooser)
        }
        let action = plan.namesAction ? chooser.pick(words.action) : nil
        let place = plan.namesPlace ? chooser.pick(words.place) : nil
        let prop = plan.namesProp ? chooser.pick(words.prop) : nil
        let isSeat = prop?.hasSuffix("에") ?? false
        let solitude = plan.namesSolitude && action != nil ? chooser.pick(words.solitude) : nil

        var parts = circumstances(time, weather, verbFollows: place == nil && action != nil)
        if let place { parts.append(placed(place, action: action, hasSeat: isSeat && action != nil)) }
        if let prop, isSeat, action != nil { parts.append(prop) }
        if let solitude { parts.append(solitude) }
        if let action { parts.append(action) }
        if let prop, !isSeat { parts.append(prop) }
        if plan.namesManner, let manner = chooser.pick(words.manner) { parts.append(manner) }
        // "하얀 귀여운 새" would sound wrong: a colour comes with the plain noun.
        let color = plan.namesColor ? chooser.pick(words.color) : nil
        if let color { parts.append(color) }
        parts.append(color != nil && !scene.subject.isPerson ? words.subject[0] : subject)
        return parts.joined(separator: " ")
    }

    private func landscape(
        _ time: CaptionWords.Circumstance?, _ weather: CaptionWords.Circumstance?, _ plan: CaptionPlan,
        _ chooser: inout WordChooser
    ) -> String {
        var parts = circumstances(time, weather, verbFollows: false)
        if plan.namesPlace || parts.isEmpty, let place = chooser.pick(words.place) {
            parts.append(place)
            if let ending = chooser.pick(["풍경", ""]), !ending.isEmpty { parts.append(ending) }
        } else {
            parts.append("풍경")
        }
        return parts.joined(separator: " ")
    }

    /// Weather, then time, in the form that what follows needs.
    private func circumstances(
        _ time: CaptionWords.Circumstance?, _ weather: CaptionWords.Circumstance?, verbFollows: Bool
    ) -> [String] {
        switch (time, weather) {
        case (nil, nil): []
        case (nil, let weather?): [verbFollows ? weather.beforeVerb : weather.beforeNoun]
        case (let time?, nil): [verbFollows ? time.beforeVerb : time.beforeNoun]
        case (let time?, let weather?): [weather.beforeNoun, verbFollows ? time.beforeVerb : time.beforeNoun]
        }
    }

    /// The place with its particle.
    private func placed(_ place: String, action: String?, hasSeat: Bool) -> String {
        guard action != nil else { return place + "의" }
        switch scene.action {
        case .walking:
            let isWood = scene.place == .forest || scene.place == .magicForest
            if scene.subject == .bird, !isWood { return place + " 위를" }
            return Korean.object(place)
        case .sitting: return place + (hasSeat ? "에서" : "에")
        case .standing: return place + "에"
        }
    }
}

extension TimeOfDay {
    fileprivate var koreanNoun: String {
        switch self {
        case .day: "낮"
        case .sunset: "노을"
        case .night: "밤"
        }
    }
}

/// Korean particles.
enum Korean {
    /// The noun with the object particle: 을 after a final consonant, 를 after a vowel.
    static func object(_ noun: String) -> String { noun + (endsInConsonant(noun) ? "을" : "를") }

    /// Whether the last syllable closes with a consonant. Hangul syllables lie in steps of 28 from U+AC00, the first
    /// of each step without one.
    ///
    /// Source: The Unicode Standard, section 3.12, "Conjoining Jamo Behavior".
    static func endsInConsonant(_ noun: String) -> Bool {
        guard let last = noun.unicodeScalars.last?.value, (0xAC00...0xD7A3).contains(last) else {
            return false
        }
        return (last - 0xAC00) % 28 != 0
    }
}
