extension RuleFile {
    /// The most names, aliases of a name, and problems told at once.
    static let maximumNames = 20_000
    static let maximumAliases = 64
    private static let maximumProblems = 50

    /// What is wrong between the rules: clashes, loops, references to nothing. Empty where all is well.
    func problems() -> [String] {
        var problems: [String] = []
        if schema != 1 { problems.append("schema \(schema) is not known; this program reads schema 1") }
        if version.isEmpty || version.utf8.count > 100 {
            problems.append("version is empty or longer than 100 bytes")
        }
        if names.count > Self.maximumNames {
            return [
                "\(names.count) names are more than \(Self.maximumNames), the most that are decided in time"
            ]
        }
        problems += duplicates(rules.map(\.identifier.text), "rule")
        problems += duplicates(names.map(\.identifier.text), "name")
        problems += duplicates((exceptions ?? []).map(\.name.text), "exception for")
        problems += ruleProblems() + referenceProblems() + loops() + aliasProblems() + phraseProblems()
        return Array(problems.prefix(Self.maximumProblems))
    }

    private func duplicates(_ texts: [String], _ kind: String) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !seen.insert($0).inserted }.map { "\(kind) \($0) is there twice; keep one" }
    }

    private func ruleProblems() -> [String] {
        rules.flatMap { rule -> [String] in
            var problems: [String] = []
            if rule.dateOpens == true, date?.creatorDiedBefore == nil, date?.madeBefore == nil {
                problems.append("rule \(rule.identifier) is opened by a date, but [date] names no year")
            }
            for text in [rule.reason, rule.alternative, appeal]
            where text.korean.isEmpty || text.english.isEmpty {
                problems.append(
                    "rule \(rule.identifier) or the appeal has an empty text; say it in both languages")
            }
            return problems
        }
    }

    private func referenceProblems() -> [String] {
        let rules = Set(rules.map(\.identifier))
        let names = Set(names.map(\.identifier))
        var problems = self.names.filter { !rules.contains($0.rule) }.map {
            "name \($0.identifier) falls under rule \($0.rule), which is not there"
        }
        problems += self.names.compactMap { name in
            name.partOf.flatMap {
                names.contains($0) ? nil : "name \(name.identifier) is part of \($0), which is not there"
            }
        }
        problems += (phrases ?? []).filter { !rules.contains($0.rule) }.map {
            "a phrase falls under rule \($0.rule), which is not there"
        }
        problems += (exceptions ?? []).filter { !names.contains($0.name) }.map {
            "there is an exception for \($0.name), which is no name of this file"
        }
        return problems
    }

    /// Chains of `part_of` that lead back to where they began, each told once with its whole way.
    private func loops() -> [String] {
        let owners = Dictionary(names.map { ($0.identifier, $0.partOf) }) { first, _ in first }
        var settled: Set<Identifier<Name>> = []
        var problems: [String] = []
        for name in names.map(\.identifier) {
            var way: [Identifier<Name>] = []
            var next: Identifier<Name>? = name
            while let current = next, !settled.contains(current) {
                if let start = way.firstIndex(of: current) {
                    let loop = (way[start...] + [current]).map(\.text).joined(separator: " → ")
                    problems.append("names are part of each other in a loop: \(loop); remove one part_of")
                    break
                }
                way.append(current)
                next = owners[current] ?? nil
            }
            settled.formUnion(way)
        }
        return problems
    }

    private func aliasProblems() -> [String] {
        var problems: [String] = []
        var owners: [[UInt32]: Identifier<Name>] = [:]
        for name in names {
            let aliases = name.allAliases
            if aliases.isEmpty {
                problems.append("name \(name.identifier) has no alias, so it is never found")
            }
            if aliases.count > Self.maximumAliases {
                problems.append(
                    "name \(name.identifier) has \(aliases.count) aliases; \(Self.maximumAliases) are the most"
                )
            }
            for alias in aliases.prefix(Self.maximumAliases) {
                let folded = FoldedText(alias.text)
                let shortest = NameForm.minimumCount(folded.units.first?.script ?? .latin)
                if !(shortest...SymbolHash.longest - 3).contains(folded.units.count) {
                    problems.append(
                        "alias \"\(alias.text.prefix(80))\" of \(name.identifier) is too short or too long to be told apart"
                    )
                }
                let owner = owners[folded.symbols]
                if let owner, owner != name.identifier {
                    problems.append(
                        "alias \"\(alias.text)\" of \(name.identifier) reads as one of \(owner); keep one")
                }
                owners[folded.symbols] = name.identifier
            }
        }
        for word in harmless ?? [] {
            if let owner = owners[FoldedText(word).symbols] {
                problems.append("\"\(word)\" is called harmless and is an alias of \(owner); decide for one")
            }
        }
        return problems
    }

    private func phraseProblems() -> [String] {
        (phrases ?? []).flatMap { phrase -> [String] in
            var problems: [String] = []
            let lists = (phrase.any.map { [$0] } ?? []) + (phrase.together ?? [])
            if lists.isEmpty || lists.contains(where: \.isEmpty) || phrase.together?.count == 1 {
                problems.append(
                    "a phrase of rule \(phrase.rule) has no words, or a list of its own in `together`")
            }
            if !(1...1_000).contains(phrase.withinCharacters ?? 40) {
                problems.append("a phrase of rule \(phrase.rule): within_characters is 1 to 1000")
            }
            for word in lists.joined()
            where !(2...SymbolHash.longest - 3).contains(FoldedText(word).units.count) {
                problems.append("a phrase of rule \(phrase.rule) has a word that is too short or too long")
            }
            return problems
        }
    }
}

extension RuleFile.Name {
    /// All spellings with their conditions.
    var allAliases: [NameForm.Alias] {
        aliases.map { .init(text: $0, needsStyleWord: false, isWholeWord: false) }
            + (wholeWords ?? []).map { .init(text: $0, needsStyleWord: false, isWholeWord: true) }
            + (withStyleWord ?? []).map { .init(text: $0, needsStyleWord: true, isWholeWord: true) }
    }
}
