/// A rule file made ready to decide. Immutable, and so safe to share between threads; a new file makes a new policy.
public struct Policy: Sendable {
    /// The rules.
    public let file: RuleFile
    /// The hash of the file as it was written.
    public let hash: ContentHash

    private let rules: [Identifier<RuleFile.Rule>: RuleFile.Rule]
    private let owners: [Identifier<RuleFile.Name>: Identifier<RuleFile.Name>]
    private let exceptions: [Identifier<RuleFile.Name>: RuleFile.Exception]
    private let names: NameIndex
    private let phrases: PhraseIndex

    /// Reads a rule file and makes it ready.
    /// - Throws: ``RightsError`` with code `invalidRuleFile`, whose message lists every problem, one a line.
    public init(toml text: String) throws {
        try self.init(RuleFile(toml: text), hash: ContentHash(of: text.utf8))
    }

    /// Makes rules ready that were read from bytes with this hash. O(aliases × their length²).
    /// - Throws: ``RightsError`` with code `invalidRuleFile`, whose message lists every problem, one a line.
    public init(_ file: RuleFile, hash: ContentHash) throws {
        let problems = file.problems()
        guard problems.isEmpty else {
            throw RightsError(.invalidRuleFile, problems.joined(separator: "\n"))
        }
        self.file = file
        self.hash = hash
        // Checked above to be without duplicates.
        rules = Dictionary(file.rules.map { ($0.identifier, $0) }) { first, _ in first }
        owners = Dictionary(file.names.compactMap { name in name.partOf.map { (name.identifier, $0) } }) {
            first, _ in first
        }
        exceptions = Dictionary((file.exceptions ?? []).map { ($0.name, $0) }) { first, _ in first }
        names = NameIndex(names: file.names.map(\.allAliases), harmlessWords: file.harmless ?? [])
        phrases = PhraseIndex(file.phrases ?? [])
    }

    /// Decides.
    public func decide(_ question: PolicyQuestion) -> PolicyDecision {
        let hits = names.search(question.text)
        let findings =
            hits.compactMap { finding(for: $0, question) }
            + phrases.search(question.text).compactMap { finding(for: $0, question) }
        return PolicyDecision(
            outcome: findings.map(\.outcome).max() ?? .allow, findings: Self.told(findings),
            appeal: file.appeal,
            ruleFileVersion: file.version, ruleFileHash: hash)
    }

    /// The most findings that a decision tells: a text can name thousands, and each is kept with its reasons.
    public static let maximumFindings = 64

    /// All findings, or of too many those that stand in the way first.
    private static func told(_ findings: [PolicyDecision.Finding]) -> [PolicyDecision.Finding] {
        guard findings.count > maximumFindings else { return findings }
        let closing = findings.filter { $0.outcome != .allow }
        return Array((closing + findings.filter { $0.outcome == .allow }).prefix(maximumFindings))
    }

    // MARK: - Names

    private func finding(for hit: NameHit, _ question: PolicyQuestion) -> PolicyDecision.Finding? {
        let name = file.names[hit.name]
        guard let rule = rules[name.rule] else { return nil }
        let styles = licensedStyles(for: name, rule: rule, question)
        let opening = opening(of: name, rule: rule, hit: hit, styles: styles, question)
        let outcome: PolicyDecision.Outcome =
            if opening != nil {
                .allow
            } else if !hit.isCertain {
                .askBack
            } else if !styles.isEmpty {
                .useLicensedStyle
            } else {
                rule.decision == .refuse ? .refuse : .askBack
            }
        let likeness = hit.isCertain ? nil : PolicyTexts.likeness(to: name.aliases.first ?? hit.alias)
        return PolicyDecision.Finding(
            rule: rule.identifier, name: name.identifier, matchedWords: hit.matched, isCertain: hit.isCertain,
            outcome: outcome, opening: opening,
            reason: opening.map { PolicyTexts.opening($0, name, file.date) }
                ?? likeness ?? PolicyTexts.filled(rule.reason, words: hit.matched),
            alternative: PolicyTexts.alternative(rule.alternative, styles: styles), styles: styles)
    }

    private func opening(
        of name: RuleFile.Name, rule: RuleFile.Rule, hit: NameHit, styles: [Identifier<Style>],
        _ question: PolicyQuestion
    ) -> PolicyDecision.Opening? {
        if question.exceptions.contains(name.identifier)
            || exceptions[name.identifier]?.holds(on: question.day) ?? false
        {
            return .exception
        }
        if rule.dateOpens == true, let date = file.date, date.opens(name) { return .date }
        if !question.styles.isDisjoint(with: styles) { return .agreement }
        let mayConfirm = !hit.isCertain || rule.decision == .ask
        if mayConfirm, question.confirmations.contains(name.identifier.text) { return .confirmation }
        return nil
    }

    /// Styles whose agreements cover the name or what it is part of. A loop cannot be: such files are refused.
    private func licensedStyles(
        for name: RuleFile.Name, rule: RuleFile.Rule, _ question: PolicyQuestion
    ) -> [Identifier<Style>] {
        guard rule.agreementOpens == true else { return [] }
        var styles: Set<Identifier<Style>> = []
        var next: Identifier<RuleFile.Name>? = name.identifier
        while let current = next {
            styles.formUnion(question.openings[current] ?? [])
            next = owners[current]
        }
        return styles.sorted()
    }

    // MARK: - Phrases

    private func finding(for hit: PhraseHit, _ question: PolicyQuestion) -> PolicyDecision.Finding? {
        guard let rule = rules[hit.rule] else { return nil }
        let isConfirmed = rule.decision == .ask && question.confirmations.contains(rule.identifier.text)
        let outcome: PolicyDecision.Outcome =
            isConfirmed ? .allow : rule.decision == .refuse ? .refuse : .askBack
        return PolicyDecision.Finding(
            rule: rule.identifier, name: nil, matchedWords: hit.matched, isCertain: true, outcome: outcome,
            opening: isConfirmed ? .confirmation : nil,
            reason: PolicyTexts.filled(rule.reason, words: hit.matched),
            alternative: rule.alternative, styles: [])
    }
}

extension RuleFile.DateCriterion {
    /// Whether a name's year is before the criterion's. A name without a year is not opened.
    func opens(_ name: RuleFile.Name) -> Bool {
        if let died = name.died, let limit = creatorDiedBefore, died < limit { return true }
        if let made = name.made, let limit = madeBefore, made < limit { return true }
        return false
    }
}
