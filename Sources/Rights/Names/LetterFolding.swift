/// How single characters fold: to small Latin letters by their look, to katakana, to jamo, or to themselves.
enum LetterFolding {
    /// Letters that look or are used alike, as one: the capital I, the small l, 1 and |; O and 0; and "leet" digits.
    private static let merged: [UInt8] = {
        var table = (0...UInt8.max).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        for (from, to) in zip("lL1!|034@5$7+8962".utf8, "iiiiioeaassttbggz".utf8) { table[Int(from)] = to }
        return table
    }()

    /// The symbol of an ASCII letter, digit or letter-like sign.
    static func symbol(ofASCII byte: UInt8) -> UInt32 {
        UInt32(merged[Int(byte)])
    }

    /// Signs that stand for letters where letters are on both sides, as in `p!xar`.
    static func isLetterLike(_ value: UInt32) -> Bool {
        value == 0x21 || value == 0x24 || value == 0x2B || value == 0x40 || value == 0x7C
    }

    /// What a letter of another alphabet or of a typographic set reads as; one to three ASCII bytes.
    static let lookalikes: [UInt32: [UInt8]] = {
        var table: [UInt32: [UInt8]] = [:]
        var reading: [UInt8] = []
        for word in LetterTables.lookalikes.split(whereSeparator: \.isWhitespace) {
            if word.hasSuffix(":") {
                reading = Array(word.dropLast().utf8)
            } else {
                for value in values(of: word) { table[value] = reading }
            }
        }
        return table
    }()

    /// Compatibility forms of Han, kana and jamo, and the plain characters they stand for.
    static let compatibilityForms: [UInt32: UInt32] = {
        var table: [UInt32: UInt32] = [:]
        for word in LetterTables.compatibilityForms.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(whereSeparator: { $0 == ">" || $0 == "+" }).compactMap {
                UInt32($0, radix: 16)
            }
            guard parts.count >= 2 else { continue }
            for step in 0...(parts.count > 2 ? parts[2] : 0) { table[parts[0] + step] = parts[1] + step }
        }
        return table
    }()

    private static func values(of word: Substring) -> ClosedRange<UInt32> {
        let ends = word.split(separator: "-").compactMap { UInt32($0, radix: 16) }
        return (ends.first ?? 0)...(ends.last ?? 0)
    }

    /// Han characters that look like katakana, folded to them: 吉卜力 is written with カ and ト as well.
    static let katakanaLookalikes: [UInt32: UInt32] = Dictionary(
        uniqueKeysWithValues: zip(
            "力卜口囗二工夕八千才三又".unicodeScalars.map(\.value), "カトロロニエタハチオミヌ".unicodeScalars.map(\.value)))
}
