/// Japanese syllables: one form of each for comparison, and Latin letters.
enum Kana {
    /// Whether a scalar is hiragana.
    static func isHiragana(_ value: UInt32) -> Bool { (0x3041...0x309F).contains(value) }
    /// Whether a scalar is katakana, or the mark of a long vowel.
    static func isKatakana(_ value: UInt32) -> Bool { (0x30A1...0x30FF).contains(value) && value != 0x30FB }
    /// The mark of a long vowel, which names are written with and without.
    static let longVowelMark: UInt32 = 0x30FC

    /// Katakana for hiragana.
    static func katakana(_ value: UInt32) -> UInt32 {
        (0x3041...0x3096).contains(value) ? value + 0x60 : value
    }

    private static let large: [UInt32: UInt32] = table("ァィゥェォッャュョヮヵヶヴヂヅヲヰヱ", "アイウエオツヤユヨワカケブジズオイエ")
    private static let voiced = table("ウカキクケコサシスセソタチツテトハヒフヘホ", "ブガギグゲゴザジズゼゾダジズデドバビブベボ")
    private static let halfVoiced = table("ハヒフヘホ", "パピプペポ")

    private static func table(_ from: String, _ to: String) -> [UInt32: UInt32] {
        Dictionary(
            uniqueKeysWithValues: zip(from.unicodeScalars.map(\.value), to.unicodeScalars.map(\.value)))
    }

    /// The syllable by which small and large, old and new spellings compare equal.
    static func plain(_ value: UInt32) -> UInt32 {
        let katakana = katakana(value)
        return large[katakana] ?? katakana
    }

    /// The syllable with a mark behind it that stands alone (゛ ゜), or nil where the scalar is no such mark.
    static func marked(_ value: UInt32, by mark: UInt32) -> UInt32? {
        switch mark {
        case 0x3099, 0x309B: voiced[value]
        case 0x309A, 0x309C: halfVoiced[value]
        default: nil
        }
    }

    // MARK: - Latin letters

    private static let syllables: [UInt32: [UInt8]] = {
        let rows = [
            "アイウエオ": "a i u e o", "カキクケコ": "ka ki ku ke ko", "サシスセソ": "sa shi su se so",
            "タチツテト": "ta chi tsu te to", "ナニヌネノ": "na ni nu ne no", "ハヒフヘホ": "ha hi fu he ho",
            "マミムメモ": "ma mi mu me mo", "ヤユヨ": "ya yu yo", "ラリルレロ": "ra ri ru re ro", "ワヲン": "wa o n",
            "ガギグゲゴ": "ga gi gu ge go", "ザジズゼゾ": "za ji zu ze zo", "ダヂヅデド": "da ji zu de do",
            "バビブベボ": "ba bi bu be bo", "パピプペポ": "pa pi pu pe po", "ヴ": "vu",
        ]
        var table: [UInt32: [UInt8]] = [:]
        for (kana, latin) in rows {
            for (syllable, letters) in zip(kana.unicodeScalars, latin.split(separator: " ")) {
                table[syllable.value] = Array(letters.utf8)
            }
        }
        return table
    }()
    private static let smallVowels = Dictionary(
        uniqueKeysWithValues: zip(
            "ァィゥェォャュョ".unicodeScalars.map(\.value), ["a", "i", "u", "e", "o", "ya", "yu", "yo"]))

    /// Syllables in Latin letters, one entry for each of them; long vowels unmarked.
    ///
    /// Source: Hepburn romanization as in ANSI Z39.11-1972, without macrons.
    static func roman(_ values: [UInt32]) -> [[UInt8]] {
        var letters: [[UInt8]] = []
        for (index, value) in values.enumerated() {
            let value = katakana(value)
            if let small = smallVowels[value], let last = letters.last, let vowel = last.last {
                // シャ is sha, キャ is kya, ファ is fa: the small syllable takes the place of the vowel before it.
                let isSibilant =
                    last.starts(with: Array("sh".utf8)) || last.starts(with: Array("ch".utf8))
                    || last.first == UInt8(ascii: "j")
                if "iueo".utf8.contains(vowel) { letters[letters.count - 1].removeLast() }
                letters.append(Array((isSibilant && small.count > 1 ? small.dropFirst() : small[...]).utf8))
            } else if value == 0x30C3 {
                let next = index + 1 < values.count ? syllables[katakana(values[index + 1])] : nil
                letters.append(next.map { Array($0.prefix(1)) } ?? [])
            } else {
                letters.append(syllables[value] ?? [])
            }
        }
        return letters
    }
}
