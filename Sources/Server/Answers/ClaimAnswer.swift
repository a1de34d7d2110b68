import Rights

/// A claim, as whoever made it and operators read it.
struct ClaimAnswer: Sendable {
    private let found: ClaimCase
    /// Whether for an operator, who is shown who says what.
    private let isForOperator: Bool

    init(_ found: ClaimCase, forOperator isForOperator: Bool = false) {
        self.found = found
        self.isForOperator = isForOperator
    }

    var json: JSONValue {
        let claim = found.claim
        var object: JSONObject = [
            "object": "ondol.claim", "receipt": .string(found.receipt.text),
            "status": .string(claim.stage.rawValue), "created": Self.second(claim.made),
            "look_by": Self.second(claim.lookBy), "answer_by": Self.second(claim.answerBy),
            "style": JSONValue(claim.statement.style?.text),
            "style_suspended": .bool(claim.suspendedStyle && claim.stage != .rejected),
            "steps": .array(claim.steps.map(step)),
        ]
        guard isForOperator else { return .object(object) }
        let statement = claim.statement
        object.append(
            "statement",
            [
                "text": .string(statement.text), "link": .string(statement.link),
                "name": .string(statement.name), "contact": .string(statement.contact),
                "language": .string(statement.tongue.rawValue), "has_picture": .bool(found.hasPicture),
            ])
        return .object(object)
    }

    private func step(_ step: Claim.Step) -> JSONValue {
        var object: JSONObject = [
            "status": .string(step.stage.rawValue), "time": Self.second(step.time),
            "reason": .string(step.reason),
        ]
        if isForOperator { object.append("actor", .string(step.actor.text)) }
        return .object(object)
    }

    private static func second(_ time: Timestamp) -> JSONValue { .integer(Int(time.milliseconds / 1000)) }

    /// How claims are dealt with, and what they can be about.
    static func rules(
        _ rules: ClaimRules, subjects: [(style: Identifier<Style>, title: LocalizedText)]
    ) -> JSONValue {
        [
            "object": "ondol.claim_rules", "look_days": .integer(rules.lookDays),
            "answer_days": .integer(rules.answerDays), "suspension": .string(rules.suspension.rawValue),
            "styles": .array(
                subjects.map { style, title in
                    [
                        "id": .string(style.text),
                        "title": ["ko": .string(title.korean), "en": .string(title.english)],
                    ]
                }),
        ]
    }
}
