import Rights

/// A decision of the policy, as callers and operators read it.
struct PolicyAnswer: Sendable {
    let decision: PolicyDecision

    /// The whole decision, as `POST /v1/policy/check` gives it.
    var json: JSONValue {
        [
            "object": "ondol.policy_decision", "outcome": .string(decision.outcome.rawValue),
            "findings": .array(decision.findings.map(Self.json)), "appeal": Self.json(decision.appeal),
            "rule_file": ruleFile,
        ]
    }

    /// Members of a refusal under our own key.
    var details: JSONObject {
        var details: JSONObject = ["outcome": .string(decision.outcome.rawValue)]
        if let first = decision.closing.first {
            details["rule"] = .string(first.rule.text)
            details["matched_words"] = .string(first.matchedWords)
            details["reason"] = Self.json(first.reason)
            details["alternative"] = Self.json(first.alternative)
        }
        details["styles"] = .array(decision.licensedStyles.map { .string($0.text) })
        details["confirmations"] = .array(decision.confirmations.map(JSONValue.string))
        details["findings"] = .array(decision.closing.map(Self.json))
        var appeal: JSONObject = [
            "ko": .string(decision.appeal.korean), "en": .string(decision.appeal.english),
        ]
        appeal["url"] = .string(Self.appealPath)
        details["appeal"] = .object(appeal)
        details["rule_file"] = ruleFile
        return details
    }

    /// Where objections are sent to.
    static let appealPath = "/v1/policy/appeals"

    private var ruleFile: JSONValue {
        [
            "version": .string(decision.ruleFileVersion),
            "hash": .string(decision.ruleFileHash.hexadecimal),
        ]
    }

    private static func json(_ finding: PolicyDecision.Finding) -> JSONValue {
        [
            "rule": .string(finding.rule.text), "name": JSONValue(finding.name?.text),
            "matched_words": .string(finding.matchedWords), "certain": .bool(finding.isCertain),
            "outcome": .string(finding.outcome.rawValue), "opening": JSONValue(finding.opening?.rawValue),
            "reason": json(finding.reason), "alternative": json(finding.alternative),
            "styles": .array(finding.styles.map { .string($0.text) }),
        ]
    }

    static func json(_ text: LocalizedText) -> JSONValue {
        ["ko": .string(text.korean), "en": .string(text.english)]
    }
}

extension PolicyDecision {
    /// What stands in the way, the strictest first.
    var closing: [Finding] {
        findings.filter { $0.outcome != .allow }.enumerated()
            .sorted { ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset) }.map(\.element)
    }

    /// Styles that would open it, each once.
    var licensedStyles: [Identifier<Style>] { Set(closing.flatMap(\.styles)).sorted() }

    /// What to send as `confirmations` once the person has said yes to all that is asked.
    var confirmations: [String] {
        var seen: Set<String> = []
        return closing.filter { $0.outcome == .askBack }.map { ($0.name?.text ?? $0.rule.text) }
            .filter { seen.insert($0).inserted }
    }
}
