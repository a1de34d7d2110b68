/// Texts read aloud in Latin letters: Korean, kana, Cyrillic and Greek. Han is not, for want of one reading.
enum Romanization {
    private static let alphabets: [UInt32: [UInt8]] = {
        let cyrillic = zip(
            "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґ".unicodeScalars,
            "a b v g d e yo zh z i i k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g".split(
                separator: " "))
        let greek = zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω".unicodeScalars,
            "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(separator: " "))
        return Dictionary(
            uniqueKeysWithValues: (Array(cyrillic) + Array(greek)).map { ($0.value, Array($1.utf8)) })
    }()

    /// The symbols of each glyph, read aloud. Latin letters keep theirs; Han and others become none.
    ///
    /// Source for Cyrillic: ISO/R 9:1968 without marks; for Greek: ISO 843 type 2 without marks.
    static func readings(of glyphs: [Glyphs.Glyph]) -> [[UInt32]] {
        var readings: [[UInt32]] = []
        readings.reserveCapacity(glyphs.count)
        var index = 0
        while index < glyphs.count {
            let glyph = glyphs[index]
            let isKana = glyph.script == .hiragana || glyph.script == .katakana
            guard isKana else {
                readings.append(reading(of: glyph))
                index += 1
                continue
            }
            var end = index + 1
            while end < glyphs.count, glyphs[end].script == glyph.script, glyphs[end].gap == .none {
                end += 1
            }
            readings += Kana.roman(glyphs[index..<end].map(\.value)).map(symbols)
            index = end
        }
        return readings
    }

    private static func reading(of glyph: Glyphs.Glyph) -> [UInt32] {
        if let letters = alphabets[glyph.value] { return symbols(letters) }
        switch glyph.script {
        case .latin: return glyph.symbols
        case .hangul where HangulJamo.isSyllable(glyph.value): return symbols(HangulJamo.roman(glyph.value))
        default: return []
        }
    }

    private static func symbols(_ letters: [UInt8]) -> [UInt32] {
        letters.map(LetterFolding.symbol(ofASCII:))
    }
}
