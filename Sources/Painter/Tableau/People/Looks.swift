/// How one person looks: skin, hair, clothes. Drawn from the composition, apart from what captions name.
struct Looks {
    enum Cut: CaseIterable { case long, bob, ponytail, braids, bun, curly, short, tousled, bowl, bald }
    enum Hat { case none, straw, cap, knitted, brim, gat, ribbon, scarf }

    let skin: Color
    let hair: Color
    var cut: Cut
    var hat: Hat
    let hasGlasses: Bool
    let hasBeard: Bool
    let main: Color
    let second: Color
    let trousers: Color
    let shoes: Color
    let iris: Color
    let pattern: Int
    /// Whether hair is parted, and on which side.
    let parting: Double

    init(_ member: Tableau.Member, _ tableau: Tableau, _ build: Build, _ random: inout SeededGenerator) {
        let skins = [0xFBDCC4, 0xF6CDAA, 0xEFBE94, 0xDDA274, 0xB97C50, 0x8A5636].map { Color($0) }
        let tone = random.integer(0...5)
        let isHanbok = member.outfit == .hanbok
        let weighted = isHanbok ? min(tone, 2) : tone
        skin = skins[weighted]
        let dark = [0x241C20, 0x33241F, 0x4A3026].map { Color($0) }
        let bright = [0x7A4A2C, 0xB07038, 0xD9AC5C, 0xA84E2C].map { Color($0) }
        let natural = weighted > 2 || isHanbok || random.chance(0.6) ? random.pick(dark) : random.pick(bright)
        let gray = [0xF1EFEC, 0xD6D4D4, 0xB4B2B4].map { Color($0) }
        hair = build.isOld ? random.pick(gray) : natural
        let cuts: [Cut]
        switch member.subject {
        case .girl:
            cuts =
                isHanbok
                ? [.braids, .ponytail]
                : weighted > 3 ? [.curly, .bun, .braids] : [.long, .bob, .ponytail, .braids, .bowl]
        case .woman:
            cuts =
                isHanbok
                ? [.bun] : weighted > 3 ? [.curly, .bun, .long] : [.long, .bob, .ponytail, .bun, .long]
        case .grandmother: cuts = isHanbok ? [.bun] : [.bun, .curly, .bob]
        case .toddler: cuts = [.tousled, .bowl, .bun]
        case .grandfather: cuts = [.bald, .short, .bald]
        case .boy: cuts = weighted > 3 ? [.curly, .short] : [.short, .tousled, .bowl]
        default: cuts = weighted > 3 ? [.curly, .short, .bald] : [.short, .tousled, .short]
        }
        cut = random.pick(cuts)
        let cold = tableau.season == .winter && tableau.place.hasWeather
        let choice = random.unit()
        switch member.subject {
        case .girl: hat = cold ? .knitted : choice < 0.2 ? .ribbon : choice < 0.34 ? .straw : .none
        case .boy: hat = cold ? .knitted : choice < 0.25 ? .cap : .none
        case .woman:
            hat = cold && choice < 0.6 ? .knitted : choice < 0.2 ? .straw : choice < 0.28 ? .scarf : .none
        case .man: hat = cold && choice < 0.5 ? .knitted : choice < 0.18 ? .brim : .none
        case .grandfather: hat = choice < 0.42 ? .brim : .none
        case .grandmother: hat = cold ? .knitted : choice < 0.18 ? .scarf : .none
        default: hat = cold ? .knitted : .none
        }
        if isHanbok {
            hat =
                build.isFemale
                ? (member.subject == .girl ? .ribbon : .none)
                : (member.subject == .man || member.subject == .grandfather) && choice < 0.7 ? .gat : .none
        }
        if hat != .none, hat != .ribbon, cut == .bun || cut == .curly, hat != .gat {
            cut = build.isFemale ? .bob : .short
        }
        if hat == .gat { cut = .short }
        hasGlasses = random.chance(build.isOld ? 0.4 : build.isChild ? 0.08 : 0.15)
        hasBeard =
            member.subject == .grandfather
            ? random.chance(0.75) : member.subject == .man ? random.chance(0.25) : false
        main = Self.color(member.hue)
        let pairs: [Int] =
            isHanbok
            ? [0xFBF4E6, 0xF2C85C, 0xE0607C, 0x4C8C8C, 0xFFFFFF] : [0xFBF4E6, 0x33456C, 0xE8C060, 0xC85848]
        let other = Color(random.pick(pairs))
        second =
            abs(other.brightness - main.brightness) < 0.1
            ? (main.brightness > 0.6 ? Color(0x3C5078) : Color(0xFBF4E6)) : other
        trousers = Color(random.pick([0x3F5685, 0x7A5E48, 0x4F6E58, 0x4A4A64, 0x9C8C74, 0x2F3648]))
        shoes = Color(random.pick([0x7A4836, 0x4A3A40, 0xB04A42, 0xE8E0D4, 0x35507A]))
        iris = Color(
            weighted > 2 || isHanbok ? 0x4A2E20 : random.pick([0x4A2E20, 0x5C3C28, 0x4C7098, 0x5C8058]))
        pattern = random.integer(0...5)
        parting = random.pick([-1, 0, 1, 0])
    }

    /// The paint for a named colour.
    static func color(_ hue: Tableau.Hue) -> Color {
        switch hue {
        case .red: Color(0xD9463C)
        case .orange: Color(0xEE8B3A)
        case .yellow: Color(0xF4C542)
        case .green: Color(0x4FA062)
        case .blue: Color(0x4486CC)
        case .navy: Color(0x2E3F70)
        case .purple: Color(0x8E60B8)
        case .pink: Color(0xF094B0)
        case .white: Color(0xFAF4E8)
        case .black: Color(0x3A363E)
        case .gray: Color(0x9698A2)
        case .brown: Color(0x96643C)
        }
    }
}
