/// The answer to "may this be drawn?", with everything somebody needs to understand it or to object.
public struct PolicyDecision: Sendable, Hashable, Codable {
    /// What is answered, from the mildest to the strictest.
    public enum Outcome: String, Sendable, Hashable, Codable, Comparable, CaseIterable {
        /// Draw it.
        case allow
        /// Draw it with a licensed style, which ``Finding/styles`` names.
        case useLicensedStyle = "use_licensed_style"
        /// Ask the person what the reason asks, then decide again with the answer.
        case askBack = "ask_back"
        /// Do not draw it.
        case refuse

        /// Milder comes first.
        public static func < (left: Self, right: Self) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// Why something that a rule closes is open here.
    public enum Opening: String, Sendable, Hashable, Codable {
        /// The creator died, or the work was made, before the rule file's year.
        case date
        /// An agreement, and the request uses its style.
        case agreement
        /// The operator's exception.
        case exception
        /// The person confirmed what was asked.
        case confirmation
    }

    /// One name or phrase that was found, and what follows from it.
    public struct Finding: Sendable, Hashable, Codable {
        /// The rule.
        public let rule: Identifier<RuleFile.Rule>
        /// The protected name, or nil for a phrase.
        public let name: Identifier<RuleFile.Name>?
        /// The words as they stand in the prompt.
        public let matchedWords: String
        /// Whether the words are the name for certain, or only like it.
        public let isCertain: Bool
        /// What this finding alone would mean.
        public let outcome: Outcome
        /// Why it is open nevertheless, or nil.
        public let opening: Opening?
        /// Why, for the person.
        public let reason: LocalizedText
        /// What would be possible instead.
        public let alternative: LocalizedText
        /// Licensed styles to use instead; empty where there is none.
        public let styles: [Identifier<Style>]
    }

    /// The strictest outcome of all findings.
    public let outcome: Outcome
    /// What was found, in the order of the text; also what is open, so that an allowance is explained too.
    public let findings: [Finding]
    /// Where to turn.
    public let appeal: LocalizedText
    /// The rule file's version.
    public let ruleFileVersion: String
    /// The hash of the rule file's bytes.
    public let ruleFileHash: ContentHash
}
