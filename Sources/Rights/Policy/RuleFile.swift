/// The rules of an operator as written down: `Docs/policy.md` explains each field.
///
/// Written in TOML and read by ``RuleFile/init(toml:)``; the names in parentheses are the file's.
public struct RuleFile: Sendable, Hashable, Codable {
    /// The form of the file; 1.
    public var schema: Int
    /// The operator's own version, such as a date. Every decision carries it.
    public var version: String
    /// Where somebody who was refused turns to.
    public var appeal: LocalizedText
    /// The years before which names are open to all (`date`).
    public var date: DateCriterion?
    /// What is ruled.
    public var rules: [Rule]
    /// Protected names.
    public var names: [Name]
    /// Words that are ruled without being names.
    public var phrases: [Phrase]?
    /// Names opened one by one, as after an appeal.
    public var exceptions: [Exception]?
    /// Words that look like a name and mean something else.
    public var harmless: [String]?

    /// Clear years instead of taste.
    public struct DateCriterion: Sendable, Hashable, Codable {
        /// Names whose creator died before this year are open (`creator_died_before`).
        public var creatorDiedBefore: Int?
        /// Names of works made before this year are open (`made_before`).
        public var madeBefore: Int?

        enum CodingKeys: String, CodingKey {
            case creatorDiedBefore = "creator_died_before"
            case madeBefore = "made_before"
        }
    }

    /// What follows when a name or phrase of this rule is found.
    public struct Rule: Sendable, Hashable, Codable {
        /// What decisions call it (`id`).
        public var identifier: Identifier<Rule>
        /// Refuse, or ask back.
        public var decision: Verdict
        /// Why, with `{words}` for what was found.
        public var reason: LocalizedText
        /// What would be possible instead.
        public var alternative: LocalizedText
        /// Whether the date criterion opens names of this rule (`date_opens`); no, where it is left out.
        public var dateOpens: Bool?
        /// Whether agreements open names of this rule (`agreement_opens`); no, where it is left out.
        public var agreementOpens: Bool?

        enum CodingKeys: String, CodingKey {
            case identifier = "id"
            case decision, reason, alternative
            case dateOpens = "date_opens"
            case agreementOpens = "agreement_opens"
        }
    }

    /// What a rule can say.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// No.
        case refuse
        /// Yes, once the person has confirmed what the reason asks.
        case ask
    }

    /// A name that somebody owns or bears.
    public struct Name: Sendable, Hashable, Codable {
        /// What agreements, exceptions and decisions call it (`id`).
        public var identifier: Identifier<Name>
        /// The rule it falls under.
        public var rule: Identifier<Rule>
        /// The name that owns this one (`part_of`): an agreement about that one opens this one too.
        public var partOf: Identifier<Name>?
        /// The year the creator died.
        public var died: Int?
        /// The year the work was made.
        public var made: Int?
        /// How it is written, in any language; found with slips of the pen too.
        public var aliases: [String]
        /// Spellings that are also everyday words in part (`whole_words`): only as words of their own, without slips.
        public var wholeWords: [String]?
        /// Spellings that are everyday words (`with_style_word`): only beside a word such as "style".
        public var withStyleWord: [String]?

        enum CodingKeys: String, CodingKey {
            case identifier = "id"
            case rule
            case partOf = "part_of"
            case died, made, aliases
            case wholeWords = "whole_words"
            case withStyleWord = "with_style_word"
        }
    }

    /// Words that fall under a rule: any of `any`, or one of each list of `together` near each other.
    public struct Phrase: Sendable, Hashable, Codable {
        /// The rule they fall under.
        public var rule: Identifier<Rule>
        /// Words each of which is enough.
        public var any: [String]?
        /// Lists of which one word each must stand near the others.
        public var together: [[String]]?
        /// How near, in characters from the first word to the last (`within_characters`); 40 where it is left out.
        public var withinCharacters: Int?

        enum CodingKeys: String, CodingKey {
            case rule, any, together
            case withinCharacters = "within_characters"
        }
    }

    /// A name opened by the operator's decision.
    public struct Exception: Sendable, Hashable, Codable {
        /// The name.
        public var name: Identifier<Name>
        /// The last day on which it is open; without end where it is left out.
        public var until: CalendarDay?
        /// Why: the appeal's number, for instance.
        public var note: String
    }
}
