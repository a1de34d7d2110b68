/// The words that captions use, for documentation: what a model trained on them has read.
public struct CaptionVocabulary: Sendable, Hashable {
    /// One value of one attribute with every word that captions may use for it.
    public struct Entry: Sendable, Hashable {
        /// The attribute, as `Scene` names it.
        public let attribute: String
        /// Its value.
        public let value: String
        /// The words, the plainest first.
        public let words: [String]
    }

    /// All entries in the order in which `Scene` declares its attributes, then the details; clear weather, the mood
    /// `none` and the subject `none` have no words.
    public let entries: [Entry]

    /// Gathers the words of a language by asking for the words of scenes of every kind.
    public init(language: CaptionLanguage) {
        var entries: [Entry] = []
        var indexes: [String: Int] = [:]
        func add(_ attribute: String, _ value: String, _ words: [String]) {
            let index = indexes["\(attribute) \(value)"] ?? entries.count
            if index == entries.count { entries.append(Entry(attribute: attribute, value: value, words: [])) }
            indexes["\(attribute) \(value)"] = index
            var known = entries[index].words
            for word in words where !known.contains(word) { known.append(word) }
            entries[index] = Entry(attribute: attribute, value: value, words: known)
        }
        for place in Place.allCases { add("place", place.rawValue, []) }
        for time in TimeOfDay.allCases { add("timeOfDay", time.rawValue, []) }
        for weather in Weather.allCases { add("weather", weather.rawValue, []) }
        for subject in Subject.allCases { add("subject", subject.rawValue, []) }
        for action in Action.allCases { add("action", action.rawValue, []) }
        for medium in Medium.allCases { add("medium", medium.rawValue, []) }
        for mood in Mood.allCases { add("mood", mood.rawValue, []) }
        for scene in Self.everyKind {
            let words = language == .korean ? CaptionWords(korean: scene) : CaptionWords(english: scene)
            add("place", scene.place.rawValue, words.place)
            add("timeOfDay", scene.timeOfDay.rawValue, words.time.flatMap { [$0.beforeNoun, $0.beforeVerb] })
            add("weather", scene.weather.rawValue, words.weather.flatMap { [$0.beforeNoun, $0.beforeVerb] })
            add("subject", scene.subject.rawValue, words.subject)
            add("action", scene.action.rawValue, words.action)
            add("medium", scene.medium.rawValue, words.medium)
            add("mood", scene.mood.rawValue, words.mood)
            add("detail", "alone", words.solitude)
            add("detail", "manner", words.manner)
            add("detail", "colour", words.color)
            add("detail", "prop", words.prop)
            add("detail", "impression", words.impression)
        }
        self.entries = entries.filter { !$0.words.isEmpty }
    }

    private static var everyKind: [Scene] {
        var scenes: [Scene] = []
        for place in Place.allCases {
            for timeOfDay in TimeOfDay.allCases {
                for weather in Weather.allCases {
                    for subject in Subject.allCases {
                        for action in Action.allCases {
                            let seed = UInt64(scenes.count)
                            scenes.append(
                                Scene(
                                    place: place, timeOfDay: timeOfDay, weather: weather, subject: subject,
                                    action: action,
                                    medium: Medium.allCases[scenes.count % Medium.allCases.count],
                                    mood: Mood.allCases[scenes.count / 7 % Mood.allCases.count],
                                    composition: seed))
                        }
                    }
                }
            }
        }
        return scenes
    }
}
