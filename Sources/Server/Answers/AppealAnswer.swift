import Rights
import Serving

/// An appeal, as its sender and operators read it.
struct AppealAnswer: Sendable {
    let report: AppealReport
    /// Whether for an operator, who is shown whose it is.
    var forOperator = false

    var json: JSONValue {
        var object: JSONObject = [
            "id": .string(report.id), "object": "ondol.appeal",
            "created": .integer(Int(report.created.secondsSinceEpoch)),
            "status": .string(report.answer == nil ? "open" : "answered"),
            "prompt": JSONValue(report.prompt), "message": .string(report.message),
            "decision": PolicyAnswer(decision: report.decision).json,
        ]
        if forOperator { object["caller"] = .string(report.caller) }
        object["answer"] = report.answer.map { answer in
            var told: JSONObject = [
                "time": .integer(Int(answer.time.secondsSinceEpoch)), "reason": .string(answer.reason),
                "verdict": .string(answer.verdict.word),
            ]
            if case .exception(let name, let until, let forAppellantOnly) = answer.verdict {
                told["name"] = .string(name.text)
                told["until"] = JSONValue(until?.description)
                told["for_you_only"] = .bool(forAppellantOnly)
            }
            if case .harmless(let words) = answer.verdict {
                told["words"] = .array(words.map(JSONValue.string))
            }
            if forOperator { told["actor"] = .string(answer.actor) }
            return .object(told)
        }
        return .object(object)
    }
}

extension AppealVerdict {
    /// The word for programs.
    var word: String {
        switch self {
        case .upheld: "upheld"
        case .exception: "exception"
        case .harmless: "harmless"
        }
    }

    /// All words.
    static let words = ["upheld", "exception", "harmless"]
}
