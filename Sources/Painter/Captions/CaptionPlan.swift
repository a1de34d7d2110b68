/// Which attributes a caption names, decided before any word is chosen.
struct CaptionPlan {
    /// The shape of the sentence.
    enum Form {
        /// A noun phrase with its style after commas.
        case sentence
        /// Words between commas.
        case tags
    }

    var form = Form.sentence
    var namesPlace = true
    var namesTime = true
    var namesWeather = true
    var namesSubject = true
    var namesAction = true
    var namesMedium = true
    var namesMood = true
    /// Names what is not an attribute: loneliness, manner, colour, seat or umbrella, impression.
    var namesSolitude = false
    var namesManner = false
    var namesColor = false
    var namesProp = false
    var namesImpression = false

    /// Everything that is an attribute, and nothing else.
    static let full = CaptionPlan()

    private init() {}

    /// A plan as people write: parts left out, details added.
    init(_ scene: Scene, _ random: inout SeededGenerator) {
        let hasSubject = scene.subject != .none
        form = random.chance(0.12) ? .tags : .sentence
        namesPlace = random.chance(0.84)
        namesTime = random.chance(scene.timeOfDay == .day ? 0.5 : 0.85)
        namesWeather = random.chance(0.92)
        namesSubject = hasSubject && random.chance(0.98)
        namesAction = random.chance(0.88)
        namesMedium = random.chance(0.82)
        namesMood = random.chance(0.75)
        namesSolitude = random.chance(0.22)
        // "혼자 … 조용한 소년": who is alone is often called quiet too.
        namesManner = random.chance(namesSolitude ? 0.5 : 0.15)
        namesColor = random.chance(0.25)
        namesProp = random.chance(0.35)
        // Rare pictures, and what prompts ask for by name.
        let hasGate = SceneDetails(scene).hasJapaneseGate
        namesImpression = random.chance(hasGate ? 0.6 : 0.4)
        // A caption that named nothing would teach nothing.
        if !namesSubject, !namesTime { namesPlace = true }
    }
}

/// Chooses among words that mean the same.
struct WordChooser {
    /// Nil where always the first, plainest word is wanted.
    var random: SeededGenerator?

    /// One of the words, or nil where there is none.
    mutating func pick<Word>(_ words: [Word]) -> Word? {
        guard var generator = random, words.count > 1 else { return words.first }
        let word = generator.pick(words)
        random = generator
        return word
    }

    /// The words in another order, or as they are where the plainest is wanted.
    mutating func shuffled<Word>(_ words: [Word]) -> [Word] {
        guard var generator = random else { return words }
        let result = generator.shuffled(words)
        random = generator
        return result
    }
}
