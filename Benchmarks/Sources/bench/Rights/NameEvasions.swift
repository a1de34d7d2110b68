import Foundation
import Rights

/// Ways in which people write a name so that a list of names does not find it.
struct NameEvasions {
    private var generator: SplitMix
    private static let homoglyphs: [Character: Character] = [
        "a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "s": "ѕ", "x": "х", "y": "у",
    ]
    private static let digits: [Character: Character] = [
        "a": "4", "e": "3", "g": "9", "i": "1", "o": "0", "s": "5", "t": "7",
    ]
    private static let carriers = [
        "a village by the sea in %@ style", "%@", "a cat, drawn like %@ would", "%@ 풍의 숲속 마을",
        "%@みたいな海辺の町", "画一只猫，%@的样子",
    ]

    init(seed: UInt64) { generator = SplitMix(state: seed) }

    /// Every variant of every spelling, each in a sentence.
    mutating func variants(of spelling: String) -> [String] {
        let ways = Self.isLatin(spelling) ? latin(spelling) : asian(spelling)
        return Set(ways).subtracting([spelling]).sorted().map { way in
            Self.carriers[Int(generator.next() % UInt64(Self.carriers.count))]
                .replacingOccurrences(of: "%@", with: way)
        }
    }

    private static func isLatin(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value < 0x250 }
    }

    private mutating func latin(_ name: String) -> [String] {
        var ways = common(name)
        ways += [
            name.uppercased(), name.replacingOccurrences(of: " ", with: ""),
            String(name.map { Self.homoglyphs[Character($0.lowercased())] ?? $0 }),
            String(name.map { Self.digits[Character($0.lowercased())] ?? $0 }),
            name.applyingTransform(.fullwidthToHalfwidth, reverse: true) ?? name,
        ]
        // A slip changes a short name into another word, so that it is no way to be understood.
        guard name.filter(\.isLetter).count >= 6 else { return ways }
        let letters: [Character] = Array(name)
        let places: [Int] = (1..<letters.count - 1).filter {
            letters[$0].isLetter && letters[$0 + 1].isLetter
        }
        guard !places.isEmpty else { return ways }
        let place = places[Int(generator.next() % UInt64(places.count))]
        var (doubled, shortened, swapped) = (letters, letters, letters)
        doubled.insert(letters[place], at: place)
        shortened.remove(at: place)
        swapped.swapAt(place, place + 1)
        return ways + [String(doubled), String(shortened), String(swapped)]
    }

    private mutating func asian(_ name: String) -> [String] {
        var ways = common(name)
        ways += [
            Self.hiragana(name),
            name.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? name, Self.jamo(name),
        ]
        return ways
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

    /// Ways of every script: letters parted by what is not seen or not read.
    private func common(_ name: String) -> [String] {
        let letters = name.filter { !$0.isWhitespace }.map(String.init)
        return [" ", ".", "-", "\u{200B}", "·"].map { letters.joined(separator: $0) }
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
