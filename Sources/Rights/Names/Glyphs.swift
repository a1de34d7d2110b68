/// A text's characters, each with its script and its symbols; what is not seen is gone, and signs have become gaps.
struct Glyphs: Sendable {
    /// A character.
    struct Glyph: Sendable {
        /// The character in its plain form, in lower case.
        var value: UInt32
        var symbols: [UInt32]
        let script: FoldedText.Script
        let source: Int
        var lastSource: Int
        let gap: FoldedText.Gap
        let isDigit: Bool
        let isCamel: Bool
    }

    let scalars: [Unicode.Scalar]
    private(set) var list: [Glyph] = []
    /// Whether there are letters that Latin ones could stand for: then the text is read aloud as well.
    private(set) var hasOtherAlphabets = false
    /// Whether there are signs beside letters that may be letters (`$noopy`) or part them (`s|n|o|o|p|y`): then the text is read
    /// both ways.
    private(set) var hasDoubtfulSigns = false
    private let signsAreLetters: Bool

    /// - Parameter signsAreLetters: how doubtful signs are read.
    init(_ text: String, signsAreLetters: Bool = true) {
        self.signsAreLetters = signsAreLetters
        scalars = Array(text.unicodeScalars)
        list.reserveCapacity(scalars.count)
        var gap = FoldedText.Gap.none
        for index in scalars.indices { take(index, gap: &gap) }
    }

    private mutating func take(_ index: Int, gap: inout FoldedText.Gap) {
        let scalar = scalars[index]
        var value = scalar.value
        if value < 0x80 { return takeASCII(UInt8(value), index, gap: &gap) }
        value = LetterFolding.compatibilityForms[value] ?? value
        // Fillers of Hangul, which are letters that are not seen.
        if [0x115F, 0x1160, 0x3164].contains(value) { return }
        if let last = list.last, gap == .none, let marked = Kana.marked(Kana.plain(last.value), by: value) {
            list[list.count - 1].value = marked
            list[list.count - 1].symbols = [marked]
            list[list.count - 1].lastSource = index
            return
        }
        if let reading = LetterFolding.lookalikes[value] {
            let isAlphabet = (0x370...0x52F).contains(value)
            if isAlphabet { hasOtherAlphabets = true }
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
            return append(
                value: isAlphabet ? lower : UInt32(reading[0]), reading.map(LetterFolding.symbol(ofASCII:)),
                .latin,
                index, &gap)
        }
        if HangulJamo.isSyllable(value) || HangulJamo.isJamo(value) {
            hasOtherAlphabets = true
            if isDrawnOut(value, after: list.last, gap) {
                list[list.count - 1].lastSource = index
                return
            }
            return append(value: value, HangulJamo.letters(of: value), .hangul, index, &gap)
        }
        if Kana.isHiragana(value) || Kana.isKatakana(value) { return takeKana(value, index, gap: &gap) }
        let plain = Unicode.Scalar(value) ?? scalar
        switch plain.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .unassigned, .surrogate, .privateUse:
            // Not seen: the word goes on. A control character is as good as a space.
            if plain.properties.generalCategory == .control { gap = .space }
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: gap = .space
        case .otherLetter, .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter:
            let isHan =
                (0x3400...0x9FFF).contains(value) || (0x20000...0x3FFFF).contains(value) || value == 0x3005
            let lower = plain.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
            if (0x370...0x52F).contains(value) { hasOtherAlphabets = true }
            append(
                value: isHan ? value : lower,
                [isHan ? LetterFolding.katakanaLookalikes[value] ?? value : lower],
                isHan ? .han : .other, index, &gap)
        default: gap = max(gap, .sign)
        }
    }

    private mutating func takeASCII(_ byte: UInt8, _ index: Int, gap: inout FoldedText.Gap) {
        let isDigit = (0x30...0x39).contains(byte)
        let isCapital = (0x41...0x5A).contains(byte)
        let isLetter = isCapital || (0x61...0x7A).contains(byte)
        if isLetter || isDigit || isReadAsLetter(byte, index) {
            let isCamel = isCapital && index > 0 && (0x61...0x7A).contains(scalars[index - 1].value)
            append(
                value: UInt32(isCapital ? byte | 0x20 : byte), [LetterFolding.symbol(ofASCII: byte)], .latin,
                index,
                &gap, isDigit: isDigit, isCamel: isCamel)
        } else {
            gap = max(gap, byte <= 0x20 ? .space : .sign)
        }
    }

    /// Whether a sign stands for a letter: with letters beside it, or with more such signs and then letters.
    private mutating func isReadAsLetter(_ byte: UInt8, _ index: Int) -> Bool {
        guard LetterFolding.isLetterLike(UInt32(byte)) else { return false }
        func leadsToLetter(_ step: Int) -> Bool {
            var place = index + step
            while scalars.indices.contains(place), LetterFolding.isLetterLike(scalars[place].value) {
                place += step
            }
            guard scalars.indices.contains(place) else { return false }
            let value = scalars[place].value
            return (0x61...0x7A).contains(value | 0x20) || (0xC0...0x52F).contains(value)
        }
        guard leadsToLetter(-1) || leadsToLetter(1) else { return false }
        hasDoubtfulSigns = true
        return signsAreLetters
    }

    /// Whether a syllable only draws out the one before it, as 이 does in 지이브리: its vowel without a consonant.
    private func isDrawnOut(_ value: UInt32, after last: Glyph?, _ gap: FoldedText.Gap) -> Bool {
        guard gap == .none, let last, HangulJamo.isSyllable(value), HangulJamo.isSyllable(last.value) else {
            return false
        }
        let (place, before) = (value - 0xAC00, last.value - 0xAC00)
        // ㅇ is the twelfth of the first consonants; 28 is how many last ones there are, none included.
        return place / 588 == 11 && place % 28 == 0 && before % 28 == 0 && place % 588 == before % 588
    }

    private mutating func takeKana(_ value: UInt32, _ index: Int, gap: inout FoldedText.Gap) {
        hasOtherAlphabets = true
        if value == Kana.longVowelMark {
            if !list.isEmpty { list[list.count - 1].lastSource = index }
            return
        }
        guard ![0x3099, 0x309A, 0x309B, 0x309C].contains(value) else { return }
        append(value: value, [Kana.plain(value)], Kana.isHiragana(value) ? .hiragana : .katakana, index, &gap)
    }

    private mutating func append(
        value: UInt32, _ symbols: [UInt32], _ script: FoldedText.Script, _ index: Int,
        _ gap: inout FoldedText.Gap,
        isDigit: Bool = false, isCamel: Bool = false
    ) {
        list.append(
            Glyph(
                value: value, symbols: symbols, script: script, source: index, lastSource: index, gap: gap,
                isDigit: isDigit, isCamel: isCamel))
        gap = .none
    }
}
