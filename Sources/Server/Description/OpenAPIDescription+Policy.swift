import Rights

/// The policy, as its description has it.
extension OpenAPIDescription {
    var policyPaths: JSONObject {
        var paths = JSONObject()
        paths.append("/v1/policy/check", ["post": policyCheck])
        paths.append("/v1/policy/appeals", ["post": appealing])
        paths.append("/v1/policy/appeals/{id}", ["get": appealOperation])
        paths.append("/v1/floor/appeals", ["get": appealQueue])
        paths.append("/v1/floor/appeals/{id}/answers", ["post": answering])
        return paths
    }

    private var policyCheck: JSONValue {
        operation(
            "checkPolicy",
            "What the policy says of a prompt, without drawing it. Counts as a request of the plan.",
            body: ["application/json": ["schema": Self.reference("PolicyCheck")]],
            answers: [(200, Self.json("The decision.", "PolicyDecision"))],
            errors: [400, 401, 403, 408, 413, 415, 429, 500, 503])
    }

    private var appealing: JSONValue {
        operation(
            "appeal", "Object to a decision of the policy; the operator answers.",
            body: ["application/json": ["schema": Self.reference("NewAppeal")]],
            answers: [(201, Self.json("The appeal, which waits for an answer.", "Appeal"))],
            errors: [400, 401, 403, 408, 409, 413, 415, 429, 500, 503])
    }

    private var appealOperation: JSONValue {
        operation(
            "showAppeal", "An appeal of one's own, and its answer.", parameters: [Self.identifier],
            answers: [(200, Self.json("The appeal.", "Appeal"))], errors: [400, 401, 403, 404, 500, 503])
    }

    private var appealQueue: JSONValue {
        let status: JSONValue = [
            "name": "status", "in": "query", "required": false,
            "schema": Self.listed(["open", "answered", "all"]),
        ]
        let after: JSONValue = [
            "name": "after", "in": "query", "required": false, "schema": Self.string,
        ]
        return operation(
            "listAppeals", "Appeals, the oldest first, for an administrator.", parameters: [status, after],
            answers: [(200, Self.json("A page of appeals.", "AppealList"))],
            errors: [400, 401, 403, 500, 503])
    }

    private var answering: JSONValue {
        operation(
            "answerAppeal",
            "Answer an appeal, for an administrator. A later answer counts instead of an earlier one; both are kept.",
            parameters: [Self.identifier],
            body: ["application/json": ["schema": Self.reference("NewAppealAnswer")]],
            answers: [(200, Self.json("The appeal.", "Appeal"))],
            errors: [400, 401, 403, 404, 408, 413, 415, 500, 503])
    }

    var policySchemas: JSONObject {
        let prompt: JSONValue = [
            "type": "string", "minLength": 1, "maxLength": .integer(GenerationRequest.maximumPromptLength),
            "pattern": "\\S",
        ]
        let text: JSONValue = [
            "type": "string", "minLength": 1, "maxLength": .integer(NewAppeal.maximumMessageLength),
            "pattern": "\\S",
        ]
        let texts: JSONValue = ["type": "array", "items": Self.string]
        let words = Self.object(["ko": Self.string, "en": Self.string], required: ["ko", "en"])
        let outcome = Self.listed(PolicyDecision.Outcome.allCases.map(\.rawValue))
        let optional: JSONValue = ["type": ["string", "null"]]
        let finding: JSONObject = [
            "rule": Self.string, "name": optional, "matched_words": Self.string,
            "certain": ["type": "boolean"], "outcome": outcome, "opening": optional, "reason": words,
            "alternative": words, "styles": texts,
        ]
        let ruleFile = Self.object(
            ["version": Self.string, "hash": ["type": "string", "pattern": "^[0-9a-f]{64}$"]],
            required: ["version", "hash"])
        let decision: JSONObject = [
            "object": ["const": "ondol.policy_decision"], "outcome": outcome,
            "findings": [
                "type": "array", "items": Self.object(finding, required: finding.members.map(\.name)),
            ], "appeal": words, "rule_file": ruleFile,
        ]
        let answer = Self.object(
            [
                "time": Self.integer, "reason": Self.string, "verdict": Self.listed(AppealVerdict.words),
                "name": Self.string, "until": optional, "for_you_only": ["type": "boolean"],
                "words": texts, "actor": Self.string,
            ], required: ["time", "reason", "verdict"])
        var schemas = JSONObject()
        schemas.append(
            "PolicyCheck",
            Self.object(
                ["prompt": prompt, "style": Self.styleName, "confirmations": Self.confirmations],
                required: ["prompt"]))
        schemas.append("PolicyDecision", Self.object(decision, required: decision.members.map(\.name)))
        schemas.append(
            "NewAppeal", Self.object(["prompt": prompt, "message": text], required: ["prompt", "message"]))
        schemas.append(
            "NewAppealAnswer",
            Self.object(
                [
                    "verdict": Self.listed(AppealVerdict.words), "reason": text, "name": Self.string,
                    "until": ["type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
                    "for_appellant_only": ["type": ["boolean", "null"]],
                    "words": [
                        "type": "array", "minItems": 1, "maxItems": 20,
                        "items": ["type": "string", "minLength": 1, "maxLength": 100],
                    ],
                ], required: ["verdict", "reason"]))
        schemas.append(
            "Appeal",
            Self.object(
                [
                    "id": Self.string, "object": ["const": "ondol.appeal"], "created": Self.integer,
                    "status": Self.listed(["open", "answered"]), "prompt": optional,
                    "message": Self.string, "decision": Self.reference("PolicyDecision"),
                    "caller": Self.string, "answer": answer,
                ],
                required: ["id", "object", "created", "status", "prompt", "message", "decision"]))
        schemas.append(
            "AppealList",
            Self.object(
                [
                    "object": ["const": "list"], "has_more": ["type": "boolean"],
                    "data": ["type": "array", "items": Self.reference("Appeal")],
                ], required: ["object", "has_more", "data"]))
        return schemas
    }

    /// Names and rules that were asked about.
    static let confirmations: JSONValue = [
        "type": ["array", "null"], "maxItems": .integer(GenerationRequest.maximumConfirmations),
        "items": ["type": "string", "minLength": 1, "maxLength": 100],
    ]

    static let styleName: JSONValue = [
        "type": ["string", "null"], "pattern": "^[A-Za-z0-9_-]{1,64}$",
    ]
}
