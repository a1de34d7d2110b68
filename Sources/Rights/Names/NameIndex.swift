/// All names that a rule file protects, made ready to be looked for. Immutable once made, and so safe to share.
struct NameIndex: Sendable {
    let forms: [NameForm]
    /// Whole forms by their hash, and forms by the hashes of what is left of them with a slip or two taken out.
    let whole: HashTable
    let slipped: HashTable
    /// Which lengths whole forms have, bit by bit, and between which lengths those with slips lie.
    let lengths: [Int]
    let slippedLengths: ClosedRange<Int>
    /// Words that are no slip of a name.
    private let harmless: Set<[UInt32]>
    /// The same read aloud, for texts read aloud: なると is harmless, which does not make `Naruto` so.
    private let harmlessReadings: Set<[UInt32]>

    /// - Parameters:
    ///   - names: for each name its aliases.
    ///   - harmlessWords: words that are like a name and mean something else.
    init(names: [[NameForm.Alias]], harmlessWords: [String]) {
        var forms: [NameForm] = []
        var seen: Set<[UInt32]> = []
        for (index, aliases) in names.enumerated() {
            for form in aliases.flatMap({ NameForm.forms(of: $0, name: index) })
            where (NameForm.minimumCount(form.script)...SymbolHash.longest - 3).contains(form.symbols.count) {
                // A romanized form that is written elsewhere as well adds nothing.
                if form.kind == .written || !seen.contains(form.symbols) { forms.append(form) }
                seen.insert(form.symbols)
            }
        }
        var whole = HashTable(bitCount: 1 << 18)
        var slipped = HashTable(bitCount: 1 << 22)
        for (index, form) in forms.enumerated() {
            whole.insert(SymbolHash.hash(of: form.symbols), index)
            for hash in Self.slippedHashes(form.symbols, slips: form.slips) { slipped.insert(hash, index) }
        }
        self.forms = forms
        self.whole = whole
        self.slipped = slipped
        lengths = Set(forms.map(\.symbols.count)).sorted()
        let loose = forms.filter { $0.slips > 0 }
        slippedLengths =
            max(
                3, (loose.map { $0.symbols.count - $0.slips }.min() ?? 3))...max(
                3, (loose.map { $0.symbols.count + $0.slips }.max() ?? 3))
        harmless = Set(harmlessWords.map { FoldedText($0).symbols })
        harmlessReadings = Set(harmlessWords.map { FoldedText($0, isRomanized: true).symbols })
    }

    private static func slippedHashes(_ symbols: [UInt32], slips: Int) -> [UInt64] {
        guard slips > 0 else { return [] }
        let hash = SymbolHash(symbols)
        let count = symbols.count
        var hashes = [hash.hash(0, count)] + symbols.indices.map { hash.hash(0, count, without: $0) }
        guard slips > 1 else { return hashes }
        for second in 1..<count {
            hashes += (0..<second).map { hash.hash(0, count, without: $0, and: second) }
        }
        return hashes
    }

    /// Whether the rule file says that a stretch of symbols is a word of its own.
    func isHarmless(_ symbols: ArraySlice<UInt32>, isRomanized: Bool) -> Bool {
        (isRomanized ? harmlessReadings : harmless).contains(Array(symbols))
    }
}

/// A name found in a text.
struct NameHit: Sendable, Hashable {
    /// Which name.
    let name: Int
    /// Which of its aliases.
    let alias: String
    /// Whether it is that name for certain, however written; otherwise it is only like it.
    let isCertain: Bool
    /// The words as they stand in the text.
    let matched: String
    /// Where they stand: scalars of the text.
    let source: Range<Int>
}
