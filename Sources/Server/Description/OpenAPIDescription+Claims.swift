import Rights

/// Claims, as their description has them.
extension OpenAPIDescription {
    private static let receipt = parameter(
        "receipt", in: "path", ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"])

    var claimPaths: JSONObject {
        [
            "/v1/claims": ["get": claimRules, "post": claimSubmission],
            "/v1/claims/{receipt}": ["get": claimOperation], "/v1/floor/claims": ["get": claimList],
            "/v1/floor/claims/{receipt}/picture": ["get": claimPicture],
            "/v1/floor/claims/{receipt}/steps": ["post": claimStep],
        ]
    }

    private var claimRules: JSONValue {
        operation(
            "showClaimRules",
            "Within how many days claims are looked at and answered, and what they can be about.",
            answers: [(200, Self.json("The rules.", "ClaimRules"))], errors: [400, 500, 503], isOpen: true)
    }

    private var claimSubmission: JSONValue {
        operation(
            "submitClaim", "Say that something here is yours.",
            body: ["application/json": ["schema": Self.reference("NewClaim")]],
            answers: [(201, Self.json("Taken; keep the receipt.", "Claim"))],
            errors: [400, 408, 413, 415, 429, 500, 503], isOpen: true)
    }

    private var claimOperation: JSONValue {
        operation(
            "showClaim", "What has become of a claim.", parameters: [Self.receipt],
            answers: [(200, Self.json("The claim.", "Claim"))], errors: [400, 404, 500, 503], isOpen: true)
    }

    private var claimList: JSONValue {
        let status: JSONValue = ["type": "string", "enum": ["open", "answered"]]
        let optional: (String, JSONValue) -> JSONValue = { name, schema in
            ["name": .string(name), "in": "query", "required": false, "schema": schema]
        }
        return operation(
            "listClaims", "Claims, the oldest first, for an administrator.",
            parameters: [optional("status", status), optional("after", Self.string)],
            answers: [(200, Self.json("A page of claims.", "ClaimList"))], errors: [400, 401, 403, 500, 503])
    }

    private var claimPicture: JSONValue {
        var content = JSONObject()
        for format in OutputFormat.allCases { content.append(format.mediaType, [:]) }
        return operation(
            "showClaimPicture", "The picture that came with a claim, for an administrator.",
            parameters: [Self.receipt], answers: [(200, Self.answer("The picture.", .object(content)))],
            errors: [400, 401, 403, 404, 500, 503])
    }

    private var claimStep: JSONValue {
        operation(
            "stepClaim", "Take a claim up, or answer it, for an administrator.", parameters: [Self.receipt],
            body: ["application/json": ["schema": Self.reference("ClaimStep")]],
            answers: [(200, Self.json("The claim as it is now.", "Claim"))],
            errors: [400, 401, 403, 404, 408, 409, 413, 415, 500, 503])
    }

    var claimSchemas: JSONObject {
        var schemas = JSONObject()
        schemas.append("NewClaim", newClaim)
        schemas.append("ClaimRules", rulesSchema)
        schemas.append("Claim", claim)
        schemas.append(
            "ClaimList",
            Self.object(
                [
                    "object": ["const": "list"], "has_more": ["type": "boolean"],
                    "data": ["type": "array", "items": Self.reference("Claim")],
                ], required: ["object", "has_more", "data"]))
        schemas.append(
            "ClaimStep",
            Self.object(
                [
                    "status": Self.listed(stages.filter { $0 != "received" }),
                    "reason": ["type": ["string", "null"], "maxLength": .integer(Claim.reasonLimit)],
                ], required: ["status"]))
        return schemas
    }

    private var stages: [String] { Claim.Stage.allCases.map(\.rawValue) }

    private static func text(_ limit: Int, least: Int = 1) -> JSONValue {
        ["type": "string", "minLength": .integer(least), "maxLength": .integer(limit)]
    }

    private var newClaim: JSONValue {
        Self.object(
            [
                "style": Self.optionalString, "text": Self.text(ClaimStatement.textLimit),
                "link": ["type": ["string", "null"], "maxLength": .integer(ClaimStatement.linkLimit)],
                "name": Self.text(ClaimStatement.nameLimit), "contact": Self.text(ClaimStatement.nameLimit),
                "language": Self.words(ClaimStatement.Tongue.self),
                "picture": ["anyOf": [Self.reference("DataURL"), ["type": "null"]]],
            ], required: ["text", "name", "contact"])
    }

    private var rulesSchema: JSONValue {
        let title = Self.object(["ko": Self.string, "en": Self.string], required: ["ko", "en"])
        let style = Self.object(["id": Self.string, "title": title], required: ["id", "title"])
        return Self.object(
            [
                "object": ["const": "ondol.claim_rules"], "look_days": Self.integer,
                "answer_days": Self.integer,
                "suspension": Self.words(ClaimRules.Suspension.self, isNullable: false),
                "styles": ["type": "array", "items": style],
            ], required: ["object", "look_days", "answer_days", "suspension", "styles"])
    }

    private var claim: JSONValue {
        let step = Self.object(
            [
                "status": Self.listed(stages), "time": Self.integer, "reason": Self.string,
                "actor": Self.string,
            ], required: ["status", "time", "reason"])
        let statement = Self.object(
            [
                "text": Self.string, "link": Self.string, "name": Self.string, "contact": Self.string,
                "language": Self.words(ClaimStatement.Tongue.self, isNullable: false),
                "has_picture": ["type": "boolean"],
            ], required: ["text", "link", "name", "contact", "language", "has_picture"])
        let required: [String] = [
            "object", "receipt", "status", "created", "look_by", "answer_by", "style", "style_suspended",
            "steps",
        ]
        return Self.object(
            [
                "object": ["const": "ondol.claim"], "receipt": Self.string, "status": Self.listed(stages),
                "created": Self.integer, "look_by": Self.integer, "answer_by": Self.integer,
                "style": Self.optionalString, "style_suspended": ["type": "boolean"],
                "steps": ["type": "array", "items": step], "statement": statement,
            ], required: required)
    }
}
