/// What a policy is asked: a text, and what else is known of the request.
public struct PolicyQuestion: Sendable {
    /// The longest text decided, in scalars; an image API's prompts end well below.
    public static let maximumScalars = 32_000

    /// The prompt.
    public let text: String
    /// The styles that the request uses.
    public let styles: Set<Identifier<Style>>
    /// Names and rules about which the person has been asked and said yes.
    public let confirmations: Set<String>
    /// Which published styles open which names today, by the registry's agreements.
    public let openings: [Identifier<RuleFile.Name>: [Identifier<Style>]]
    /// Names that are open to whoever asks, by an answered appeal of theirs.
    public let exceptions: Set<Identifier<RuleFile.Name>>
    /// Today, by which exceptions end.
    public let day: CalendarDay

    /// A question.
    /// - Throws: ``RightsError`` with code `invalidValue` where the text is longer than ``maximumScalars``.
    public init(
        text: String, styles: Set<Identifier<Style>> = [], confirmations: Set<String> = [],
        openings: [Identifier<RuleFile.Name>: [Identifier<Style>]] = [:],
        exceptions: Set<Identifier<RuleFile.Name>> = [], day: CalendarDay
    ) throws {
        guard text.unicodeScalars.count <= Self.maximumScalars else {
            throw RightsError(
                .invalidValue, "the prompt has more than \(Self.maximumScalars) characters; shorten it")
        }
        self.text = text
        self.styles = styles
        self.confirmations = confirmations
        self.openings = openings
        self.exceptions = exceptions
        self.day = day
    }
}
