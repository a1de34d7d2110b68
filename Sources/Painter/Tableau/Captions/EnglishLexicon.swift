/// English words for what a tableau shows, the plainest first.
enum EnglishLexicon {
    static func subject(_ subject: Tableau.Subject) -> [String] {
        switch subject {
        case .toddler: ["toddler", "little child", "small child"]
        case .girl: ["girl", "little girl", "young girl"]
        case .boy: ["boy", "little boy", "young boy"]
        case .woman: ["woman", "young woman"]
        case .man: ["man", "young man"]
        case .grandmother: ["old woman", "grandmother", "elderly woman"]
        case .grandfather: ["old man", "grandfather", "elderly man"]
        case .cat: ["cat", "cute cat"]
        case .dog: ["dog", "puppy"]
        case .rabbit: ["rabbit", "cute rabbit"]
        case .bird: ["bird", "little bird"]
        case .bicycle: ["bicycle", "bike"]
        case .boat: ["sailing boat", "boat", "sailboat"]
        case .balloon: ["balloon", "bunch of balloons"]
        case .teapot: ["teapot", "tea pot"]
        case .book: ["stack of books", "pile of books"]
        case .lamp: ["lamp", "table lamp"]
        case .flowers: ["vase of flowers", "vase with flowers"]
        default: [subject.rawValue]
        }
    }

    static func plural(_ subject: Tableau.Subject) -> String {
        switch subject {
        case .fox: "foxes"
        case .deer: "deer"
        case .fish: "fish"
        case .butterfly: "butterflies"
        case .woman: "women"
        case .man: "men"
        default: self.subject(subject)[0] + "s"
        }
    }

    static func possessive(_ subject: Tableau.Subject) -> String {
        switch subject {
        case .girl, .woman, .grandmother: "her"
        case .boy, .man, .grandfather: "his"
        default: "their"
        }
    }

    static func place(_ tableau: Tableau) -> [String] {
        switch tableau.place {
        case .forest: ["a forest", "a forest path", "the woods"]
        case .magicForest: ["a magic forest", "an enchanted forest", "a glowing magic forest"]
        case .meadow: ["a meadow", "a grassy hill"]
        case .garden: ["a garden", "a cottage garden"]
        case .seaside: ["the seaside", "the beach", "the seashore"]
        case .harbour: ["a harbour", "a fishing harbor", "a small harbour"]
        case .town: ["a town square", "a small town", "a town street"]
        case .alley: ["an alley", "a narrow alley", "a back street"]
        case .market: ["a market", "a street market"]
        case .station: ["a train station", "a railway platform"]
        case .room: ["a room with a window", "a cosy room", "a room"]
        case .rooftop: ["a rooftop", "a city rooftop"]
        case .mountainLake: ["a mountain lake", "a lake in the mountains"]
        case .snowVillage: ["a snowy village", "a village under snow"]
        case .wheatField: ["a wheat field", "a field of wheat"]
        case .riceField: ["a rice field", "rice paddies"]
        case .temple: ["a Korean temple", "a temple", "a mountain temple"]
        case .hanok: ["a hanok village", "a lane of hanok houses", "an old Korean village"]
        case .underwater: ["the sea floor", "the deep sea"]
        case .plain: []
        }
    }

    static func preposition(_ tableau: Tableau, _ place: String) -> String {
        if place.hasSuffix("hill") || place.hasSuffix("beach") || place.hasSuffix("path")
            || place.hasSuffix("platform")
        {
            return "on"
        }
        return switch tableau.place {
        case .seaside, .harbour, .station, .market, .temple: "at"
        case .mountainLake: "by"
        case .rooftop: "on"
        case .underwater: "above"
        default: "in"
        }
    }

    static func hour(_ tableau: Tableau) -> [String] {
        switch tableau.hour {
        case .dawn: ["at dawn", "early in the morning", "at sunrise"]
        case .day:
            tableau.weather == .clear && tableau.place.hasWeather
                ? ["by day", "on a clear day", "in daylight"] : ["by day"]
        case .sunset: ["at sunset", "in the evening glow"]
        case .dusk: ["at dusk", "in the twilight"]
        case .night: ["at night", "by night"]
        case .starryNight:
            tableau.showsStars
                ? ["on a starry night", "under the stars", "under the Milky Way"] : ["at night"]
        }
    }

    static func hourNoun(_ tableau: Tableau) -> String {
        switch tableau.hour {
        case .starryNight: tableau.showsStars ? "starry night" : "night"
        default: tableau.hour.rawValue
        }
    }

    static func weather(_ weather: Tableau.Weather) -> [String] {
        switch weather {
        case .clear: []
        case .rain: ["in the rain", "in falling rain"]
        case .storm: ["in a storm", "in a thunderstorm"]
        case .fog: ["in the fog", "in thick fog", "in the mist"]
        case .snow: ["in the snow", "in falling snow"]
        }
    }

    static func season(_ season: Tableau.Season) -> String { season.rawValue }

    static func medium(_ medium: Tableau.Medium) -> [String] {
        switch medium {
        case .watercolor: ["watercolor", "watercolour painting", "watercolor style"]
        case .gouache: ["gouache", "gouache painting"]
        case .oil: ["oil painting", "oil on canvas", "thick oil brush strokes"]
        case .inkWash: ["ink wash painting", "ink and wash", "sumi ink painting"]
        case .pencil: ["pencil drawing", "graphite sketch", "pencil sketch"]
        case .colouredPencil: ["colored pencil", "coloured pencil drawing"]
        case .pastel: ["pastel drawing", "soft pastel", "chalk pastel"]
        case .paperCut: ["paper cut", "layered paper cut-out", "papercut art"]
        case .woodcut: ["woodcut", "woodblock print"]
        case .flat: ["flat illustration", "flat vector style", "simple flat shapes"]
        }
    }

    static func palette(_ palette: Tableau.Palette) -> [String] {
        switch palette {
        case .natural: []
        case .soft: ["soft tones", "soft colors", "gentle muted colors"]
        case .vivid: ["vivid colors", "bright saturated colors"]
        case .warm: ["warm colors", "warm tones"]
        case .cool: ["cool colors", "cool tones"]
        }
    }

    static func hue(_ hue: Tableau.Hue) -> String { hue == .navy ? "navy blue" : hue.rawValue }

    static func outfit(_ outfit: Tableau.Outfit) -> String { outfit.rawValue }

    static func held(_ held: Tableau.Held) -> String { held.rawValue }

    static func expression(_ expression: Tableau.Expression) -> String? {
        switch expression {
        case .calm, .eyesClosed: nil
        case .smiling: "smiling"
        case .laughing: "laughing"
        case .sad: "sad"
        case .surprised: "surprised"
        }
    }

    static func action(_ member: Tableau.Member) -> [String] {
        switch member.action {
        case .standing: ["standing"]
        case .walking: ["walking", "strolling"]
        case .running: ["running"]
        case .sitting: ["sitting", "seated"]
        case .reading: ["reading a book", "reading"]
        case .waving: ["waving"]
        case .gazing: ["gazing into the distance", "looking far away"]
        case .jumping: ["jumping", "leaping"]
        case .cycling: ["riding a bicycle", "cycling"]
        case .lying: ["lying down", "curled up"]
        case .flying: ["flying"]
        case .swimming: ["swimming"]
        }
    }
}
