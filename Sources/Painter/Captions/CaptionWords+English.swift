extension CaptionWords {
    /// The English words that are true of a scene.
    init(english scene: Scene) {
        let details = SceneDetails(scene)
        place = Self.englishPlace(scene)
        time = Self.englishTime(scene).map { Circumstance($0) }
        switch scene.weather {
        case .clear: weather = []
        case .rain: weather = [.init("in the rain"), .init("on a rainy day"), .init("in the falling rain")]
        case .snow: weather = [.init("in the snow"), .init("on a snowy day"), .init("in falling snow")]
        }
        if scene.timeOfDay == .night { weather.removeAll { $0.beforeNoun.hasSuffix("day") } }
        switch scene.subject {
        case .girl: subject = ["girl", "little girl", "young girl"]
        case .boy: subject = ["boy", "little boy", "young boy"]
        case .oldMan: subject = ["old man", "grandfather", "old man with a white beard"]
        case .cat: subject = ["cat", "cute cat"]
        case .dog: subject = ["dog", "puppy", "cute dog"]
        case .bird: subject = ["bird", "little bird", "cute bird"]
        case .none: subject = []
        }
        switch (scene.subject, scene.action) {
        case (.none, _): action = []
        case (.bird, .walking): action = ["flying"]
        case (_, .walking): action = ["walking", "strolling"]
        case (_, .sitting): action = ["sitting", "seated"]
        case (_, .standing): action = ["standing", "standing still"]
        }
        switch scene.medium {
        case .watercolor:
            medium = ["watercolor", "watercolor style", "watercolour painting", "watercolor illustration"]
        case .oil:
            medium = ["oil painting", "oil painting style", "thick oil brush strokes", "oil on canvas"]
        case .ink: medium = ["ink drawing", "pen and ink", "bold ink outlines", "ink illustration"]
        case .pencil:
            medium = ["colored pencil", "colored pencil drawing", "colour pencil sketch", "pencil sketch"]
        case .pastel: medium = ["pastel drawing", "soft pastel", "chalk pastel", "pastel painting"]
        case .flat: medium = ["flat illustration", "flat vector style", "simple flat shapes", "flat design"]
        }
        switch scene.mood {
        case .none: mood = []
        case .soft: mood = ["soft tones", "gentle muted colors", "calm mood", "soft colors"]
        case .vivid: mood = ["vivid colors", "bright saturated colors", "vibrant colors", "vivid tones"]
        }
        let hasSubject = scene.subject != .none
        solitude = hasSubject ? ["alone"] : []
        manner =
            hasSubject && scene.action != .walking ? ["quiet", "quiet", "calm", "lonely", "peaceful"] : []
        color = Self.englishColor(scene, details)
        prop = Self.englishProp(scene, details)
        impression = ["storybook illustration", "storybook style", "fairy tale picture"]
        if scene.medium != .flat { impression += ["hand-drawn feel", "hand-drawn feel", "hand drawn"] }
        if scene.place == .magicForest { impression += ["fantasy mood", "dreamlike fantasy"] }
        if details.hasJapaneseGate {
            impression += [
                "Japanese fantasy mood", "Japanese fantasy mood", "Japanese fantasy mood",
                "Japanese fantasy style",
            ]
        }
    }

    /// Places without a preposition; an article where one belongs.
    private static func englishPlace(_ scene: Scene) -> [String] {
        let isSnowy = scene.weather == .snow
        switch scene.place {
        case .forest:
            return ["a forest", "the woods"] + (isSnowy || scene.timeOfDay != .day ? [] : ["a green forest"])
        case .magicForest:
            return ["a magic forest", "an enchanted forest", "a magical forest", "a glowing magic forest"]
        case .meadow:
            return isSnowy
                ? ["a meadow", "the hills"] : ["a flower meadow", "a meadow", "a field of flowers"]
        case .seaside: return ["the beach", "the seaside", "the seashore"]
        case .town: return ["a small town", "a town street", "a village"]
        case .mountainLake:
            return ["a mountain lake", "a lake in the mountains", "a lake below the mountains"]
        case .field:
            return ["a wheat field", "a field of wheat"]
                + (scene.timeOfDay == .night || isSnowy ? [] : ["a golden wheat field"])
        }
    }

    private static func englishTime(_ scene: Scene) -> [String] {
        let isClear = scene.weather == .clear
        switch scene.timeOfDay {
        case .day:
            return isClear
                ? ["in the daytime", "on a sunny day", "on a bright day"] : ["in the daytime", "by day"]
        case .sunset:
            return isClear
                ? ["at sunset", "in the evening glow", "under a sunset sky"]
                : ["at sunset", "in the evening"]
        case .night:
            let isWood = scene.place == .forest || scene.place == .magicForest
            // Crowns may hide the stars, not the moonlight.
            if isClear, isWood { return ["at night", "in the moonlight", "by moonlight"] }
            return isClear
                ? ["at night", "on a starry night", "under the moon", "in the moonlight"]
                : ["at night", "on a dark night"]
        }
    }

    private static func englishColor(_ scene: Scene, _ details: SceneDetails) -> [String] {
        if scene.subject.isPerson { return ["in \(details.clothes.englishName)"] }
        return scene.subject == .none ? [] : [details.coat.englishName]
    }

    private static func englishProp(_ scene: Scene, _ details: SceneDetails) -> [String] {
        if details.hasUmbrella { return ["with an umbrella", "holding an umbrella"] }
        guard scene.action == .sitting else { return [] }
        if scene.subject == .bird { return ["in a nest"] }
        guard scene.subject.isPerson else { return [] }
        switch details.seat {
        case .ground: return ["on the ground"]
        case .rock: return ["on a rock"]
        case .log: return ["on a log"]
        }
    }
}

extension SceneDetails.ClothesColor {
    fileprivate var englishName: String {
        switch self {
        case .red: "red"
        case .yellow: "yellow"
        case .blue: "blue"
        case .green: "green"
        case .purple: "purple"
        case .pink: "pink"
        case .white: "white"
        }
    }
}

extension SceneDetails.CoatColor {
    fileprivate var englishName: String {
        switch self {
        case .white: "white"
        case .black: "black"
        case .gray: "gray"
        case .orange: "orange"
        case .brown: "brown"
        case .yellow: "yellow"
        case .blue: "blue"
        case .red: "red"
        }
    }
}
