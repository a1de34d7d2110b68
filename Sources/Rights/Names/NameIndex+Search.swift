extension NameIndex {
    /// All names in a text, in its order; where a name certainly stands, likeness to others is not reported.
    ///
    /// O(length × lengths of names) for names as they are written, and O(words × length of a name²) for slips.
    func search(_ text: String) -> [NameHit] {
        let glyphs = Glyphs(text)
        var hits = search(glyphs)
        if glyphs.hasDoubtfulSigns { hits += search(Glyphs(text, signsAreLetters: false)) }
        return Self.settled(hits)
    }

    private func search(_ glyphs: Glyphs) -> [NameHit] {
        var hits = search(FoldedText(glyphs: glyphs, isRomanized: false), isRomanized: false)
        if glyphs.hasOtherAlphabets {
            hits += search(FoldedText(glyphs: glyphs, isRomanized: true), isRomanized: true)
        }
        return hits
    }

    private func search(_ text: FoldedText, isRomanized: Bool) -> [NameHit] {
        let hash = SymbolHash(text.symbols)
        var hits: [NameHit] = []
        for start in text.units.indices {
            if text.units[start].opens { findWhole(in: text, hash, from: start, isRomanized, &hits) }
            if text.mayStart[start] { findSlipped(in: text, hash, from: start, isRomanized, &hits) }
        }
        return hits
    }

    // MARK: - Whole forms

    private func findWhole(
        in text: FoldedText, _ hash: SymbolHash, from start: Int, _ isRomanized: Bool, _ hits: inout [NameHit]
    ) {
        for length in lengths {
            let end = start + length
            guard end <= text.units.count else { return }
            let value = hash.hash(start, end)
            guard whole.mayContain(value) else { continue }
            for index in whole.values(value) {
                let form = forms[Int(index)]
                guard text.units[end - 1].closes,
                    zip(text.units[start..<end], form.symbols).allSatisfy({ $0.symbol == $1 }),
                    let parting = parting(of: form, in: text, start..<end),
                    stands(form, in: text, start..<end), !isHarmlessWord(text, start..<end, isRomanized),
                    !isNumber(text, start..<end, insteadOf: form)
                else { continue }
                if form.needsCue, !StyleWords.stand(beside: start..<end, in: text) { continue }
                // A text read aloud has lost what tells words apart, so short names are not looked for in it.
                if isRomanized, form.symbols.count < 6 || !text.hasOtherScripts(in: start..<end) { continue }
                hits.append(
                    hit(
                        form, in: text, start..<end,
                        isCertain: parting == .asWritten && form.kind == .written && !isRomanized))
            }
        }
    }

    /// Whether a form stands as a word of its own, or is long enough to be known inside one.
    private func stands(_ form: NameForm, in text: FoldedText, _ range: Range<Int>) -> Bool {
        if text.mayStart[range.lowerBound], text.mayEnd[range.upperBound] { return true }
        return form.isFoundInside
            && text.units[range].dropFirst().enumerated().allSatisfy {
                $1.gap == .none || form.breaks.contains($0 + 1)
            }
    }

    private enum Parting { case asWritten, likely }

    /// How a form is parted by spaces and signs; nil where it falls apart into words that only happen to stand together.
    private func parting(of form: NameForm, in text: FoldedText, _ range: Range<Int>) -> Parting? {
        var pieces = [1]
        var strangeGaps: [FoldedText.Gap] = []
        for (offset, unit) in text.units[range].enumerated().dropFirst() {
            if unit.gap != .none {
                pieces.append(0)
                if !form.breaks.contains(offset) { strangeGaps.append(unit.gap) }
            }
            if unit.opens { pieces[pieces.count - 1] += 1 }
        }
        if strangeGaps.isEmpty { return .asWritten }
        guard form.kind == .written else { return nil }
        // `g h i b l i`, `지 브 리`: nobody parts a word like that by accident. `gh-ibli`: only a sign parts it.
        if pieces.allSatisfy({ $0 <= 1 }) || strangeGaps.allSatisfy({ $0 == .sign }) { return .asWritten }
        return form.symbols.count >= 5 ? .likely : nil
    }

    // MARK: - Slips

    private func findSlipped(
        in text: FoldedText, _ hash: SymbolHash, from start: Int, _ isRomanized: Bool, _ hits: inout [NameHit]
    ) {
        let last = min(text.units.count, start + slippedLengths.upperBound)
        guard start + slippedLengths.lowerBound <= last else { return }
        var candidates: Set<Int32> = []
        for end in (start + slippedLengths.lowerBound)...last where text.mayEnd[end] {
            candidates.removeAll(keepingCapacity: true)
            collect(hash, start, end, &candidates)
            for index in candidates {
                let form = forms[Int(index)]
                guard isSlip(of: form, in: text, start..<end, isRomanized) else { continue }
                hits.append(hit(form, in: text, start..<end, isCertain: false))
            }
        }
    }

    private func collect(_ hash: SymbolHash, _ start: Int, _ end: Int, _ candidates: inout Set<Int32>) {
        func take(_ value: UInt64) {
            if slipped.mayContain(value) { candidates.formUnion(slipped.values(value)) }
        }
        take(hash.hash(start, end))
        for gone in start..<end { take(hash.hash(start, end, without: gone)) }
        guard end - start >= 8 else { return }
        for second in (start + 1)..<end {
            for first in start..<second { take(hash.hash(start, end, without: first, and: second)) }
        }
    }

    private func isSlip(of form: NameForm, in text: FoldedText, _ range: Range<Int>, _ isRomanized: Bool)
        -> Bool
    {
        let units = text.units[range]
        // In a text read aloud a slip may be the reading's, so only longer names are taken for meant.
        if isRomanized, form.symbols.count < 8 || !text.hasOtherScripts(in: range) { return false }
        guard isRomanized || units.first?.script == form.script || form.script == .hiragana else {
            return false
        }
        let gaps = units.dropFirst().filter { $0.gap != .none }.count
        let isSpelledOut = gaps >= 3 && units.count(where: \.opens) == gaps + 1
        guard isSpelledOut || gaps <= form.breaks.count || units.dropFirst().allSatisfy({ $0.gap != .space })
        else {
            return false
        }
        if isNumber(text, range, insteadOf: form) { return false }
        let symbols = units.map(\.symbol)
        // Two words side by side come near a name of two words more easily than one word does.
        let slips = gaps > 0 && !isSpelledOut && form.symbols.count < 14 ? min(1, form.slips) : form.slips
        guard EditDistance.isWithin(slips, symbols[...], form.symbols), symbols != form.symbols else {
            return false
        }
        // Of a short name the beginning must be right: most words are one letter away from some other.
        if form.script == .latin, form.symbols.count <= 6, symbols.first != form.symbols.first {
            return false
        }
        return !isHarmlessWord(text, range, isRomanized)
    }

    // MARK: - Words

    /// Whether there are digits alone where a name has letters: 875 is a number, and no way to write BTS.
    private func isNumber(_ text: FoldedText, _ range: Range<Int>, insteadOf form: NameForm) -> Bool {
        text.units[range].allSatisfy(\.isDigit) && !form.alias.allSatisfy(\.isNumber)
    }

    private func isHarmlessWord(_ text: FoldedText, _ range: Range<Int>, _ isRomanized: Bool) -> Bool {
        let symbols = text.symbols
        if isHarmless(symbols[range], isRomanized: isRomanized) { return true }
        let word = text.word(around: range)
        return word != range && isHarmless(symbols[word], isRomanized: isRomanized)
    }

    private func hit(_ form: NameForm, in text: FoldedText, _ range: Range<Int>, isCertain: Bool) -> NameHit {
        NameHit(
            name: form.name, alias: form.alias, isCertain: isCertain, matched: text.source(of: range),
            source: text.units[range.lowerBound].source..<text.units[range.upperBound - 1].lastSource + 1)
    }

    /// One hit a place and name; nothing uncertain where something certain stands.
    private static func settled(_ hits: [NameHit]) -> [NameHit] {
        let certain = hits.filter(\.isCertain)
        var kept: [NameHit] = []
        for hit in certain + hits.filter({ !$0.isCertain }) {
            let isCovered = kept.contains {
                $0.source.overlaps(hit.source) && ($0.name == hit.name || ($0.isCertain && !hit.isCertain))
            }
            if !isCovered { kept.append(hit) }
        }
        return kept.sorted { ($0.source.lowerBound, $0.name) < ($1.source.lowerBound, $1.name) }
    }
}

extension FoldedText {
    /// The stretch without gaps that a range lies in, as far as the range itself has none at its ends.
    func word(around range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, units[start].gap == .none, units[start - 1].script == units[start].script {
            start -= 1
        }
        var end = range.upperBound
        while end < units.count, units[end].gap == .none, units[end].script == units[end - 1].script {
            end += 1
        }
        return start..<end
    }

    /// Whether any symbol of a range was not written in Latin letters.
    func hasOtherScripts(in range: Range<Int>) -> Bool {
        units[range].contains { $0.script != .latin || scalars[$0.source].value >= 0x370 }
    }
}
