/// Sentences that follow from how a decision came about rather than from a rule's own words.
enum PolicyTexts {
    typealias Text = LocalizedText

    /// A rule's text with the words that were found.
    static func filled(_ text: Text, words: String) -> Text {
        Text(korean: replaced(text.korean, words), english: replaced(text.english, words))
    }

    private static func replaced(_ text: String, _ words: String) -> String {
        text.split(separator: "{words}", omittingEmptySubsequences: false).joined(separator: words)
    }

    /// The question about words that are only like a name.
    static func likeness(to name: String) -> Text {
        Text(
            korean: "‘\(name)’와(과) 비슷한 말이 있습니다. 그 이름을 뜻하나요? 아니라면 아니라고 알려 주시면 그대로 그립니다.",
            english:
                "Some words are like “\(name)”. Is that what you mean? If not, say so and it is drawn as it stands."
        )
    }

    /// Why a closed name is open.
    static func opening(
        _ opening: PolicyDecision.Opening, _ name: RuleFile.Name, _ date: RuleFile.DateCriterion?
    ) -> Text {
        switch opening {
        case .date:
            if let died = name.died, let limit = date?.creatorDiedBefore, died < limit {
                return Text(
                    korean: "지은이가 \(limit)년 전(\(died)년)에 세상을 떠나 누구나 쓸 수 있습니다.",
                    english: "The creator died before \(limit) (in \(died)), so the name is open to all.")
            }
            return Text(
                korean: "\(date?.madeBefore ?? 0)년 전에 만들어진 작품이라 누구나 쓸 수 있습니다.",
                english: "The work was made before \(date?.madeBefore ?? 0), so the name is open to all.")
        case .agreement:
            return Text(
                korean: "이 이름의 권리자와 맺은 약정에 따른 스타일을 쓰고 있습니다.",
                english: "The request uses a style that this name's owner agreed to.")
        case .exception:
            return Text(korean: "운영자가 예외로 허용했습니다.", english: "The operator has made an exception.")
        case .confirmation:
            return Text(korean: "되물은 것에 답하셨습니다.", english: "You have answered what was asked.")
        }
    }

    /// What would be possible instead: a licensed style first, where there is one.
    static func alternative(_ text: Text, styles: [Identifier<Style>]) -> Text {
        guard !styles.isEmpty else { return text }
        let list = styles.map(\.text).joined(separator: ", ")
        return Text(
            korean: "권리자가 허락한 스타일이 있습니다: \(list).",
            english: "There is a style that the owner agreed to: \(list).")
    }
}
