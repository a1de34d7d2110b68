/// One way in which a name may stand in a text.
struct NameForm: Sendable {
    /// How the form came about, and so how sure a hit is.
    enum Kind: Sendable {
        /// As the rule file writes it.
        case written
        /// Korean or kana in Latin letters.
        case romanized
        /// Korean typed with the keyboard switched to Latin.
        case typed
        /// Back to front.
        case reversed
        /// Its two words the other way round.
        case turned
    }

    /// Which name, and which of its aliases.
    let name: Int
    let alias: String
    let kind: Kind
    let symbols: [UInt32]
    /// How many characters that is: a Korean syllable has up to five symbols.
    let characterCount: Int
    /// Places before which the alias itself has a gap, as `mickey mouse` has before its seventh symbol.
    let breaks: Set<Int>
    let script: FoldedText.Script
    /// Whether the form counts only beside words that speak of a style.
    let needsCue: Bool
    /// Whether the form counts only as a word of its own.
    let isWholeWord: Bool

    /// The fewest symbols a form may have: two for Han and kana, which are syllables at least, three for letters.
    static func minimumCount(_ script: FoldedText.Script) -> Int {
        switch script {
        case .han, .katakana, .hiragana: 2
        case .latin, .hangul, .other: 3
        }
    }

    /// How many slips still make it this name: the longer the name, the less it is like any other word.
    ///
    /// The thresholds were set by what dictionaries of the four languages hold; below them everyday words begin to be taken
    /// for names.
    var slips: Int {
        guard kind == .written || kind == .romanized, !needsCue, !isWholeWord else { return 0 }
        if kind == .romanized { return symbols.count >= 7 ? 1 : 0 }
        switch script {
        case .latin: return symbols.count >= 11 ? 2 : symbols.count >= 5 ? 1 : 0
        case .hangul: return characterCount < 3 ? 0 : symbols.count >= 12 ? 2 : symbols.count >= 6 ? 1 : 0
        case .hiragana, .katakana: return symbols.count >= 9 ? 2 : symbols.count >= 5 ? 1 : 0
        case .han: return symbols.count >= 5 ? 1 : 0
        case .other: return symbols.count >= 6 ? 1 : 0
        }
    }

    /// Whether the form is so long that it is found inside a longer word too.
    var isFoundInside: Bool {
        guard kind == .written, !needsCue, !isWholeWord else { return false }
        switch script {
        case .latin: return symbols.count >= 6
        case .hangul: return symbols.count >= 9
        case .hiragana, .katakana: return symbols.count >= 5
        case .han, .other: return false
        }
    }

    /// All forms of an alias.
    static func forms(of alias: Alias, name: Int) -> [NameForm] {
        let folded = FoldedText(alias.text)
        guard let first = folded.units.first else { return [] }
        let breaks = Set(folded.units.indices.dropFirst().filter { folded.units[$0].gap != .none })
        func form(_ kind: Kind, _ symbols: [UInt32], _ script: FoldedText.Script, _ breaks: Set<Int>)
            -> NameForm
        {
            NameForm(
                name: name, alias: alias.text, kind: kind, symbols: symbols,
                characterCount: folded.units.count(where: \.opens), breaks: breaks, script: script,
                needsCue: alias.needsStyleWord, isWholeWord: alias.isWholeWord)
        }
        let symbols = folded.symbols
        var forms = [form(.written, symbols, first.script, breaks)]
        let parted = FoldedText(alias.text, mergesLatin: false)
        if parted.symbols != symbols {
            let breaks = Set(parted.units.indices.dropFirst().filter { parted.units[$0].gap != .none })
            forms.append(form(.written, parted.symbols, first.script, breaks))
        }
        guard !alias.needsStyleWord, !alias.isWholeWord else { return forms }
        if first.script == .latin, symbols.count >= 6 {
            let mirrored = Set(breaks.map { symbols.count - $0 })
            forms.append(form(.reversed, symbols.reversed(), .latin, mirrored))
        }
        if let turned = turned(folded) {
            forms.append(form(.turned, turned.symbols, first.script, turned.breaks))
        }
        if first.script == .hangul || first.script == .katakana || first.script == .hiragana {
            let read = FoldedText(alias.text, isRomanized: true)
            if read.units.count >= 6 {
                let breaks = Set(read.units.indices.dropFirst().filter { read.units[$0].gap != .none })
                forms.append(form(.romanized, read.symbols, .latin, breaks))
            }
        }
        let keys = typedKeys(alias.text)
        if keys.count >= 6 { forms.append(form(.typed, keys, .latin, [])) }
        return forms
    }

    /// A name of two words with the second first. Of short names that would be what stands beside each other by chance.
    private static func turned(_ name: FoldedText) -> (symbols: [UInt32], breaks: Set<Int>)? {
        let spaces = name.units.indices.dropFirst().filter { name.units[$0].gap == .space }
        let count = name.units.count
        guard spaces.count == 1, let middle = spaces.first, count >= 7, min(middle, count - middle) >= 2
        else {
            return nil
        }
        let signs = name.units.indices.dropFirst().filter { name.units[$0].gap == .sign }
        return (
            Array(name.symbols[middle...] + name.symbols[..<middle]),
            Set(signs.map { $0 < middle ? $0 + count - middle : $0 - middle } + [count - middle])
        )
    }

    private static func typedKeys(_ text: String) -> [UInt32] {
        let values = text.unicodeScalars.map(\.value).filter(HangulJamo.isSyllable)
        guard values.count >= 3, values.count * 3 >= text.unicodeScalars.count * 2 else { return [] }
        let keys = values.flatMap(HangulJamo.typedOnLatinKeys)
        return FoldedText(String(decoding: keys, as: UTF8.self)).symbols
    }

    /// An alias with its conditions.
    struct Alias: Sendable, Hashable {
        let text: String
        let needsStyleWord: Bool
        let isWholeWord: Bool
    }
}
