extension Tableau {
    /// A sentence, a phrase or a list of tags about the picture as a person might write it: all, some or little of it.
    ///
    /// It never says what the picture does not show. The same tableau, language and seed give the same words.
    public func caption(language: CaptionLanguage, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed ^ composition, part: .tableauCaption)
        let plan = TableauPlan(self, &random)
        return text(plan, language, WordChooser(random: random))
    }

    /// A phrase that names all that a caption can name, in the plainest words.
    public func fullCaption(language: CaptionLanguage) -> String {
        text(TableauPlan(), language, WordChooser(random: nil))
    }

    private func text(_ plan: TableauPlan, _ language: CaptionLanguage, _ chooser: WordChooser) -> String {
        switch language {
        case .korean:
            var caption = KoreanTableauCaption(self, plan, chooser)
            return caption.text()
        case .english:
            var caption = EnglishTableauCaption(self, plan, chooser)
            return caption.text()
        }
    }
}

/// Which parts of a tableau a caption names, decided before any word is chosen.
struct TableauPlan {
    enum Form {
        /// A noun phrase with its style after commas.
        case phrase
        /// A whole sentence.
        case sentence
        /// Words between commas.
        case tags
    }

    var form = Form.phrase
    var namesPlace = true
    var namesHour = true
    var namesWeather = true
    var namesSeason = true
    var namesGlow = true
    var namesColour = true
    var namesAction = true
    var namesHeld = true
    var namesOutfit = true
    var namesExpression = true
    var namesPosition = true
    var namesFraming = true
    var namesMedium = true
    var namesPalette = true

    /// Everything.
    init() {}

    /// A plan as people write.
    init(_ tableau: Tableau, _ random: inout SeededGenerator) {
        form = random.pick([.phrase, .sentence, .tags], weights: [0.66, 0.19, 0.15])
        // Some write all, some a word or two.
        let thoroughness = random.pick([0.25, 0.6, 0.9], weights: [0.2, 0.45, 0.35])
        func names(_ usual: Double) -> Double { min(1, usual * (0.45 + 0.65 * thoroughness)) }
        namesPlace = random.chance(names(0.95))
        namesHour = random.chance(names(tableau.hour == .day ? 0.4 : 0.9))
        namesWeather = random.chance(names(0.95))
        namesSeason = random.chance(names(0.5))
        namesGlow = random.chance(names(0.8))
        namesColour = random.chance(names(0.7))
        namesAction = random.chance(names(0.9))
        namesHeld = random.chance(names(0.9))
        namesOutfit = random.chance(names(0.7))
        namesExpression = random.chance(names(0.4))
        namesPosition = random.chance(names(0.3))
        namesFraming = random.chance(names(0.4))
        namesMedium = random.chance(names(0.9))
        namesPalette = random.chance(names(0.6))
        if tableau.cast.isEmpty { namesPlace = true }
    }
}

/// What of a tableau can be seen, so that captions name nothing else.
extension Tableau {
    /// Whether leaves, grass or blossom tell the season.
    var showsSeason: Bool {
        switch place {
        case .forest, .meadow, .garden, .mountainLake, .riceField, .temple, .snowVillage: true
        default: isSnowy || hasDrift
        }
    }

    /// Whether the hour can be told.
    var showsHour: Bool { place != .plain && place != .underwater }

    /// Whether stars stand in the sky.
    var showsStars: Bool {
        hour == .starryNight && weather == .clear && place.hasWeather && place != .forest
            && place != .magicForest
    }

    /// Whether one sees what a member does.
    func showsAction(_ member: Member) -> Bool {
        switch framing {
        case .portrait: false
        case .half: member.action == .waving || member.action == .reading
        case .full, .wide: !member.subject.isThing
        }
    }

    /// Whether one sees what a member holds.
    func showsHeld(_ member: Member) -> Bool {
        guard let held = member.held else { return false }
        if framing == .portrait { return held == .umbrella }
        if framing == .half, held == .suitcase { return false }
        let isHidden = member.aspect == .back && [.book, .cup, .flowers].contains(held)
        return !isHidden
    }

    /// Whether one sees a member's face.
    func showsFace(_ member: Member) -> Bool {
        member.subject.isPerson && member.aspect != .back && (framing == .portrait || framing == .half)
    }

    /// Whether one sees what a person wears.
    func showsOutfit(_ member: Member) -> Bool { member.subject.isPerson && framing != .portrait }
}
