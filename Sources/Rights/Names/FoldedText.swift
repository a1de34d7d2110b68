/// A text as name matching sees it: a row of symbols without spaces and signs, each of which knows where it came from
/// and whether a word may begin or end beside it.
///
/// Latin letters fold by width, case, accent, look and leet; kana to plain katakana; Korean syllables to their letters.
/// Spaces and signs are kept as gaps, so that `지 브.리` has the symbols of `지브리` and is still known to be parted.
struct FoldedText: Sendable {
    /// What lies between a symbol and the one before it.
    enum Gap: UInt8, Sendable, Comparable {
        /// Nothing: the same word goes on.
        case none
        /// A sign, as a hyphen, a full stop or an emoji.
        case sign
        /// A space or a line's end.
        case space

        static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
    }

    /// Kinds of letters between which a word ends by itself.
    enum Script: UInt8, Sendable {
        case latin, hangul, hiragana, katakana, han, other
    }

    /// A symbol in its place.
    struct Unit: Sendable {
        /// What is compared.
        var symbol: UInt32
        let script: Script
        /// Index of the scalar it came from, and of the last one where several became one symbol.
        let source: Int
        var lastSource: Int
        let gap: Gap
        /// Whether it is the first, and the last, symbol of its character.
        let opens: Bool
        var closes: Bool
        /// Whether its character is a digit, and a capital behind a small letter (`studioGhibli`).
        let isDigit: Bool
        let isCamel: Bool
    }

    let scalars: [Unicode.Scalar]
    private(set) var units: [Unit] = []
    /// Whether a word may begin at a symbol, and end before it; the latter has one entry more.
    private(set) var mayStart: [Bool] = []
    private(set) var mayEnd: [Bool] = []

    /// Folds a text. O(length).
    /// - Parameters:
    ///   - isRomanized: whether Korean, kana, Cyrillic and Greek are to be read aloud in Latin letters instead of being kept or
    ///     taken by their look.
    ///   - mergesLatin: whether `rn` is taken for m and `vv` for w, as in a text; a name is looked for both ways, for in parted
    ///     letters nothing looks like another.
    init(_ text: String, isRomanized: Bool = false, mergesLatin: Bool = true) {
        self.init(glyphs: Glyphs(text), isRomanized: isRomanized, mergesLatin: mergesLatin)
    }

    init(glyphs: Glyphs, isRomanized: Bool, mergesLatin: Bool = true) {
        scalars = glyphs.scalars
        units.reserveCapacity(glyphs.list.count * 2)
        let readings = isRomanized ? Romanization.readings(of: glyphs.list) : []
        var wasSkipped = false
        for (index, glyph) in glyphs.list.enumerated() {
            let symbols = isRomanized ? readings[index] : glyph.symbols
            append(symbols, of: glyph, gap: wasSkipped ? .space : glyph.gap)
            // What cannot be read aloud parts the words around it all the same.
            wasSkipped = symbols.isEmpty
        }
        if mergesLatin { mergeLatin() }
        findBoundaries()
    }

    private mutating func append(_ symbols: [UInt32], of glyph: Glyphs.Glyph, gap: Gap) {
        for (index, symbol) in symbols.enumerated() {
            units.append(
                Unit(
                    symbol: symbol, script: glyph.script, source: glyph.source, lastSource: glyph.lastSource,
                    gap: index == 0 ? gap : .none, opens: index == 0,
                    closes: index == symbols.count - 1,
                    isDigit: glyph.isDigit, isCamel: glyph.isCamel))
        }
    }

    /// `rn` looks like m and `vv` like w; a letter written three times or more is written once.
    private mutating func mergeLatin() {
        var merged: [Unit] = []
        merged.reserveCapacity(units.count)
        var repeats = 1
        for unit in units {
            guard let last = merged.last, unit.gap == .none, unit.script == .latin, last.script == .latin
            else {
                merged.append(unit)
                repeats = 1
                continue
            }
            repeats = unit.symbol == last.symbol ? repeats + 1 : 1
            var joined = last
            joined.lastSource = unit.lastSource
            joined.closes = unit.closes
            if last.symbol == 0x72, unit.symbol == 0x6E {
                joined.symbol = 0x6D
                merged[merged.count - 1] = joined
            } else if last.symbol == 0x76, unit.symbol == 0x76 {
                joined.symbol = 0x77
                merged[merged.count - 1] = joined
                repeats = 1
            } else if repeats == 3 {
                merged.removeLast()
                joined = merged[merged.count - 1]
                joined.lastSource = unit.lastSource
                merged[merged.count - 1] = joined
            } else if repeats > 3 {
                merged[merged.count - 1] = joined
            } else {
                merged.append(unit)
            }
        }
        units = merged
    }

    private mutating func findBoundaries() {
        mayStart = units.indices.map { index in
            let unit = units[index]
            guard unit.opens, index > 0 else { return unit.opens }
            let last = units[index - 1]
            return unit.gap != .none || unit.script != last.script || unit.script == .han || unit.isCamel
                || (last.isDigit && !unit.isDigit)
                || (unit.script == .hiragana && WordEndings.isParticle(last.symbol))
        }
        mayEnd = (0...units.count).map { index in
            guard index > 0, units[index - 1].closes else { return false }
            guard index < units.count else { return true }
            let unit = units[index]
            let last = units[index - 1]
            return unit.gap != .none || unit.script != last.script || unit.script == .han || unit.isCamel
                || (unit.isDigit && !last.isDigit)
        }
        let plainEnds = mayEnd
        for index in units.indices where !plainEnds[index] && index > 0 && units[index - 1].closes {
            mayEnd[index] = WordEndings.follow(in: units, from: index, ends: plainEnds)
        }
    }

    /// The symbols alone.
    var symbols: [UInt32] { units.map(\.symbol) }

    /// The text between two symbols as it was written.
    func source(of range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        guard let first = range.first, let last = range.last else { return "" }
        text.append(contentsOf: scalars[units[first].source...units[last].lastSource])
        return String(text)
    }
}
