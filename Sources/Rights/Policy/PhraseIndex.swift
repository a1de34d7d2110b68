/// Ruled words, ready to be looked for.
struct PhraseIndex: Sendable {
    /// A list of words, any of which counts; the phrase and the place in it that the list belongs to.
    private struct Slot: Sendable {
        let phrase: Int
        /// Nil for `any`, else which list of `together`.
        let part: Int?
    }

    private let phrases: [RuleFile.Phrase]
    private let slots: [Slot]
    private let index: NameIndex

    init(_ phrases: [RuleFile.Phrase]) {
        self.phrases = phrases
        var slots: [Slot] = []
        var lists: [[String]] = []
        for (number, phrase) in phrases.enumerated() {
            if let any = phrase.any {
                slots.append(Slot(phrase: number, part: nil))
                lists.append(any)
            }
            for (part, list) in (phrase.together ?? []).enumerated() {
                slots.append(Slot(phrase: number, part: part))
                lists.append(list)
            }
        }
        self.slots = slots
        index = NameIndex(
            names: lists.map { $0.map { .init(text: $0, needsStyleWord: false, isWholeWord: true) } },
            harmlessWords: [])
    }

    /// What stands in a text, one hit a phrase.
    func search(_ text: String) -> [PhraseHit] {
        guard !phrases.isEmpty else { return [] }
        let hits = index.search(text).filter(\.isCertain)
        guard !hits.isEmpty else { return [] }
        return phrases.indices.compactMap { phrase in
            let own = hits.filter { slots[$0.name].phrase == phrase }
            if let hit = own.first(where: { slots[$0.name].part == nil }) {
                return PhraseHit(rule: phrases[phrase].rule, matched: hit.matched)
            }
            return together(own, in: phrases[phrase])
        }
    }

    /// The nearest words that fill all lists, tried from each word of the first list on.
    private func together(_ hits: [NameHit], in phrase: RuleFile.Phrase) -> PhraseHit? {
        guard let count = phrase.together?.count, count > 1 else { return nil }
        let limit = phrase.withinCharacters ?? 40
        for first in hits where slots[first.name].part == 0 {
            var chosen = [first]
            for part in 1..<count {
                let near = hits.filter { slots[$0.name].part == part && !$0.source.overlaps(first.source) }
                    .min { distance($0, first) < distance($1, first) }
                guard let near else { break }
                chosen.append(near)
            }
            let start = chosen.map(\.source.lowerBound).min() ?? 0
            let end = chosen.map(\.source.upperBound).max() ?? 0
            if chosen.count == count, end - start <= limit {
                let words = chosen.sorted { $0.source.lowerBound < $1.source.lowerBound }.map(\.matched)
                return PhraseHit(rule: phrase.rule, matched: words.joined(separator: " … "))
            }
        }
        return nil
    }

    private func distance(_ left: NameHit, _ right: NameHit) -> Int {
        abs(left.source.lowerBound - right.source.lowerBound)
    }
}

/// A ruled phrase found in a text.
struct PhraseHit: Sendable {
    let rule: Identifier<RuleFile.Rule>
    /// The words as they stand in the text.
    let matched: String
}
