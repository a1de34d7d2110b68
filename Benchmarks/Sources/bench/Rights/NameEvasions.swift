import Foundation
import Rights

/// Ways in which people write a name so that a list of names does not find it.
struct NameEvasions {
    /// A kind of disguise.
    enum Family: String, CaseIterable {
        case parted, unseen, marked, homoglyphs, mixed, leet, width, typeset, repeated, slips, turned,
            backwards, jamo,
            stretched, kana, transliterated
    }

    /// A disguised name in a sentence.
    struct Variant: Hashable {
        let family: Family
        let text: String
    }

    private var generator: SplitMix
    private static let homoglyphs: [Character: Character] = [
        "a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "s": "ѕ", "x": "х", "y": "у",
    ]
    private static let digits: [Character: Character] = [
        "a": "4", "e": "3", "g": "9", "i": "1", "o": "0", "s": "5", "t": "7",
    ]
    private static let signs: [Character: Character] = ["a": "@", "i": "!", "s": "$", "l": "|", "t": "+"]
    private static let carriers = [
        "a village by the sea in %@ style", "%@", "a cat, drawn like %@ would", "%@ 풍의 숲속 마을",
        "%@みたいな海辺の町", "画一只猫，%@的样子",
    ]
    private static let separators = [
        " ", ".", "-", "·", "_", "*", "/", "~", "|", "✨", "  ", " . ", "…", "。", "・", "—",
    ]
    /// Space without width, joiners, the soft hyphen, a variation selector, a mark of direction, the filler of Hangul.
    private static let unseen = [
        "\u{200B}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{FE0F}", "\u{200E}", "\u{3164}", "\u{FEFF}",
    ]

    init(seed: UInt64) { generator = SplitMix(state: seed) }

    /// Every variant of every spelling, each in a sentence.
    mutating func variants(of spelling: String) -> [Variant] {
        var ways = common(spelling)
        if Self.isLatin(spelling) { ways += latin(spelling) } else { ways += asian(spelling) }
        var seen: Set<String> = [spelling]
        return ways.filter { seen.insert($0.text).inserted }.map { way in
            let carrier = Self.carriers[Int(generator.next() % UInt64(Self.carriers.count))]
            return Variant(family: way.family, text: carrier.replacingOccurrences(of: "%@", with: way.text))
        }
    }

    private static func isLatin(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value < 0x250 }
    }

    private mutating func pick<Element>(_ all: [Element]) -> Element {
        all[Int(generator.next() % UInt64(all.count))]
    }

    // MARK: every script

    /// Letters parted by what is not read or not seen, drawn through, written again, and words in another order.
    private mutating func common(_ name: String) -> [Variant] {
        let letters = name.filter { !$0.isWhitespace }.map(String.init)
        var ways = [" ", ".", "-", "·", pick(Self.separators)].map {
            Variant(family: .parted, text: letters.joined(separator: $0))
        }
        ways += ["\u{200B}", pick(Self.unseen)].map {
            Variant(family: .unseen, text: letters.joined(separator: $0))
        }
        ways.append(Variant(family: .marked, text: letters.map { $0 + "\u{336}" }.joined()))
        let words = name.split(separator: " ")
        if words.count == 2 {
            ways.append(Variant(family: .turned, text: words.reversed().joined(separator: " ")))
            ways.append(Variant(family: .turned, text: words.reversed().joined(separator: ", ")))
        }
        return ways
    }

    // MARK: Latin

    private mutating func latin(_ name: String) -> [Variant] {
        func mapped(_ table: [Character: Character]) -> String {
            String(name.map { table[Character($0.lowercased())] ?? $0 })
        }
        var ways = [
            Variant(family: .width, text: name.uppercased()),
            Variant(family: .parted, text: name.replacingOccurrences(of: " ", with: "")),
            Variant(family: .homoglyphs, text: mapped(Self.homoglyphs)),
            Variant(family: .leet, text: mapped(Self.digits)),
            Variant(family: .leet, text: mapped(Self.signs)),
            Variant(
                family: .width, text: name.applyingTransform(.fullwidthToHalfwidth, reverse: true) ?? name),
            Variant(
                family: .typeset,
                text: Self.typeset(name, from: pick([0x1D400, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5D4, 0x1D670]))),
            Variant(family: .typeset, text: Self.typeset(name, from: 0x24B6)),
        ]
        // Every other letter alone looks like another's.
        ways.append(
            Variant(
                family: .mixed,
                text: String(
                    name.enumerated().map {
                        $0 % 2 == 0 ? Self.homoglyphs[Character($1.lowercased())] ?? $1 : $1
                    })))
        let letters = Array(name)
        let vowels = letters.indices.filter { "aeiouy".contains(Character(letters[$0].lowercased())) }
        if !vowels.isEmpty {
            let place = pick(vowels)
            var long = letters
            long.insert(contentsOf: [letters[place], letters[place], letters[place]], at: place)
            ways.append(Variant(family: .repeated, text: String(long)))
        }
        // A slip, or a word from its end, changes a short name into another word, so that it is no way to be understood.
        guard name.filter(\.isLetter).count >= 6 else { return ways }
        ways.append(Variant(family: .backwards, text: String(name.reversed())))
        let places: [Int] = (1..<letters.count - 1).filter {
            letters[$0].isLetter && letters[$0 + 1].isLetter
        }
        guard !places.isEmpty else { return ways }
        let place = pick(places)
        var (doubled, shortened, swapped) = (letters, letters, letters)
        doubled.insert(letters[place], at: place)
        shortened.remove(at: place)
        swapped.swapAt(place, place + 1)
        return ways + [doubled, shortened, swapped].map { Variant(family: .slips, text: String($0)) }
    }

    /// Letters of a typographic set: capitals and, 26 further, small ones.
    private static func typeset(_ text: String, from first: UInt32) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let step: UInt32? =
                switch scalar.value {
                case 0x41...0x5A: scalar.value - 0x41
                case 0x61...0x7A: scalar.value - 0x61 + 26
                default: nil
                }
            scalars.append(step.flatMap { Unicode.Scalar(first + $0) } ?? scalar)
        }
        return String(scalars)
    }

    // MARK: Korean, Japanese, Chinese, Cyrillic

    private mutating func asian(_ name: String) -> [Variant] {
        let jamo = Self.jamo(name)
        var ways = [
            Variant(family: .kana, text: Self.hiragana(name)),
            Variant(
                family: .width, text: name.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? name),
            Variant(family: .jamo, text: jamo),
            Variant(family: .jamo, text: jamo.map(String.init).joined(separator: pick([" ", "-", "."]))),
            Variant(family: .jamo, text: name.decomposedStringWithCanonicalMapping),
            // One syllable alone in its letters.
            Variant(
                family: .jamo,
                text: name.prefix(1) + Self.jamo(String(name.dropFirst().prefix(1))) + name.dropFirst(2)),
        ]
        let letters = Array(name)
        if let last = letters.last, letters.count >= 3 {
            if Self.isSyllable(last) { ways.append(Variant(family: .stretched, text: name + "~~")) }
            // As is said when it is drawn out.
            if let first = letters.first, let vowel = Self.vowel(first) {
                ways.append(
                    Variant(family: .stretched, text: "\(first)\(vowel)\(String(letters.dropFirst()))"))
            }
        }
        if name.unicodeScalars.contains(where: { (0x30A1...0x30FA).contains($0.value) }) {
            ways.append(Variant(family: .stretched, text: letters.map { "\($0)ー" }.joined()))
        }
        if name.unicodeScalars.allSatisfy({
            $0.value < 0x3000 || (0x3040...0x30FF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
        }),
            letters.count >= 3,
            let read = name.applyingTransform(.toLatin, reverse: false)?.applyingTransform(
                .stripDiacritics, reverse: false)
        {
            ways.append(Variant(family: .transliterated, text: read))
        }
        return ways
    }

    private static func isSyllable(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0xAC00...0xD7A3).contains($0.value) } ?? false
    }

    /// The syllable that prolongs another without a final consonant: 이 for 지.
    private static func vowel(_ character: Character) -> Character? {
        guard let value = character.unicodeScalars.first?.value, (0xAC00...0xD7A3).contains(value),
            (value - 0xAC00) % 28 == 0
        else { return nil }
        return Unicode.Scalar(0xAC00 + 11 * 588 + (value - 0xAC00) % 588 / 28 * 28).map { Character($0) }
    }

    /// Katakana as hiragana, the sign of length as it is: people write ぴくさー.
    private static func hiragana(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isKatakana = (0x30A1...0x30F6).contains(scalar.value)
            scalars.append(isKatakana ? Unicode.Scalar(scalar.value - 0x60) ?? scalar : scalar)
        }
        return String(scalars)
    }

    /// Hangul in separate letters, as keyboards give them.
    private static func jamo(_ text: String) -> String {
        let leads = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"), vowels = Array("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
        let tails = [""] + "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ".map(String.init)
        return text.unicodeScalars.map { scalar in
            guard (0xAC00...0xD7A3).contains(scalar.value) else { return String(scalar) }
            let index = Int(scalar.value - 0xAC00)
            return String(leads[index / 588]) + String(vowels[index % 588 / 28]) + tails[index % 28]
        }.joined()
    }
}

/// Chance that is the same in every run.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014, `SplitMix64`.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
