import Serving

/// The shapes of requests and answers.
extension OpenAPIDescription {
    var schemas: JSONObject {
        var schemas = JSONObject()
        schemas.append("GenerationRequest", .object(requestSchema(more: JSONObject(), required: ["prompt"])))
        schemas.append("EditRequest", .object(editRequest))
        schemas.append("EditForm", .object(editForm))
        schemas.append(
            "DataURL",
            Self.object(
                ["image_url": ["type": "string", "pattern": "^data:image/[a-z+.-]+;base64,"]],
                required: ["image_url"]))
        schemas.append("ImagesResponse", imagesResponse)
        schemas.append("Usage", usage)
        schemas.append("Error", Self.object(["error": Self.reference("ErrorObject")], required: ["error"]))
        schemas.append("ErrorObject", errorObject)
        schemas.append("Model", model)
        schemas.append("ModelList", modelList)
        schemas.append("Job", job)
        schemas.append("JobGroup", jobGroup)
        schemas.append("Style", styleSchema)
        schemas.append("StyleList", styleList)
        schemas.append("TimeLeft", timeLeft)
        schemas.append(
            "Health",
            Self.object(["status": Self.string, "reason": Self.optionalString], required: ["status"]))
        for schema in hasPolicy ? policySchemas.members : [] { schemas.append(schema.name, schema.value) }
        for schema in verifies ? verificationSchemas.members : [] {
            schemas.append(schema.name, schema.value)
        }
        for schema in hasArtists ? artistSchemas.members : [] { schemas.append(schema.name, schema.value) }
        for schema in takesClaims ? claimSchemas.members : [] { schemas.append(schema.name, schema.value) }
        for schema in hasFloor ? floorSchemas.members : [] { schemas.append(schema.name, schema.value) }
        return schemas
    }

    private var editRequest: JSONObject {
        let images: JSONValue = [
            "type": "array", "minItems": 1, "maxItems": 16, "items": Self.reference("DataURL"),
        ]
        let more: JSONObject = [
            "images": images,
            "mask": [
                "anyOf": [Self.reference("DataURL"), ["type": "null"]],
                "description": .string(Self.maskDescription),
            ],
            "input_fidelity": Self.words(InputFidelity.self),
        ]
        return requestSchema(more: more, required: ["prompt", "images"])
    }

    private static let maskDescription =
        "A PNG of the image's size, below 4 MB, with an alpha channel: only where it is wholly transparent is the image drawn "
        + "anew; all other pixels stay as they are."

    private var editForm: JSONObject {
        let file: JSONValue = ["type": "string", "format": "binary"]
        let more: JSONObject = [
            "image": file, "image[]": file,
            "mask": ["type": "string", "format": "binary", "description": .string(Self.maskDescription)],
            "input_fidelity": Self.words(InputFidelity.self),
            "ondol[seed]": Self.range(0...Int.max),
            "ondol[style]": ["type": "string", "pattern": .string(Self.stylePattern)],
            "ondol[strength]": Self.strength, "ondol[confirmations]": Self.string,
            "ondol[tell_prompt]": Self.truth,
            "ondol[tell_seed]": Self.truth,
            "ondol[label]": Self.words(CredentialRequest.Label.self),
            "ondol[training]": Self.words(CredentialRequest.Training.self),
        ]
        var schema = requestSchema(more: more, required: ["prompt"])
        schema.append("anyOf", [["required": ["image"]], ["required": ["image[]"]]])
        return schema
    }

    private var imagesResponse: JSONValue {
        let picture = Self.object(["b64_json": Self.string, "url": Self.string], required: [])
        let data: JSONValue = ["type": "array", "items": picture]
        return Self.object(
            [
                "created": Self.integer, "background": Self.listed(["transparent", "opaque"]),
                "output_format": Self.words(OutputFormat.self, isNullable: false), "quality": Self.quality,
                "size": Self.string, "data": data, "usage": Self.reference("Usage"),
                "safety_identifier": Self.string,
                "ondol": Self.anyObject,
            ],
            required: ["created", "background", "output_format", "quality", "size", "data", "usage", "ondol"])
    }

    private var usage: JSONValue {
        let names = [
            "input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details", "total_tokens",
        ]
        return Self.object(
            [
                "input_tokens": Self.integer, "input_tokens_details": Self.tokens,
                "output_tokens": Self.integer,
                "output_tokens_details": Self.tokens, "total_tokens": Self.integer,
            ], required: names)
    }

    private var errorObject: JSONValue {
        Self.object(
            [
                "message": Self.string, "type": Self.listed(APIError.Kind.allCases.map(\.rawValue)),
                "param": Self.optionalString, "code": Self.optionalString, "ondol": Self.anyObject,
            ], required: ["message", "type", "param", "code"])
    }

    private var model: JSONValue {
        Self.object(
            [
                "id": Self.string, "object": Self.constant("model"), "created": Self.integer,
                "owned_by": Self.string,
                "ondol": Self.anyObject,
            ], required: ["id", "object", "created", "owned_by", "ondol"])
    }

    private var modelList: JSONValue {
        let data: JSONValue = ["type": "array", "items": Self.reference("Model")]
        return Self.object(["object": Self.constant("list"), "data": data], required: ["object", "data"])
    }

    private var jobGroup: JSONValue {
        let jobs: JSONValue = ["type": "array", "items": Self.reference("Job")]
        return Self.object(
            [
                "id": Self.string, "object": Self.constant("ondol.job_group"), "created": Self.integer,
                "status": Self.jobStatus, "jobs": jobs,
            ], required: ["id", "object", "created", "status", "jobs"])
    }

    private var timeLeft: JSONValue {
        Self.object(
            [
                "earliest_seconds": Self.number, "expected_seconds": Self.number,
                "latest_seconds": Self.number,
                "confidence": Self.number,
            ], required: ["earliest_seconds", "expected_seconds", "latest_seconds", "confidence"])
    }

    private var job: JSONValue {
        let progress = Self.object(
            ["step": Self.integer, "steps": Self.integer], required: ["step", "steps"])
        let result = Self.object(
            [
                "url": Self.string, "completed": Self.integer, "usage": Self.reference("Usage"),
                "seed": Self.optionalString,
            ], required: ["url", "completed", "usage", "seed"])
        let place: JSONValue = ["type": "integer", "minimum": 1]
        let truth: JSONValue = ["type": "boolean"]
        return Self.object(
            [
                "id": Self.string, "object": Self.constant("ondol.job"), "group": Self.string,
                "index": Self.integer,
                "created": Self.integer, "status": Self.jobStatus, "model": Self.string, "size": Self.string,
                "output_format": Self.words(OutputFormat.self, isNullable: false), "quality": Self.quality,
                "tier": Self.words(Tier.self, isNullable: false), "lowered": truth, "place": place,
                "time_left": Self.nullable(Self.reference("TimeLeft")), "progress": progress,
                "preview": Self.object(["url": Self.string], required: ["url"]), "result": result,
                "styles": ["type": "array", "items": usedStyle],
                "error": Self.reference("ErrorObject"),
            ],
            required: [
                "id", "object", "group", "index", "created", "status", "model", "size", "output_format",
                "quality",
                "tier", "lowered",
            ])
    }

    /// What a caller may send. What is not named here is refused.
    private func requestSchema(more: JSONObject, required: [String]) -> JSONObject {
        let prompt: JSONValue = [
            "type": "string", "minLength": 1, "maxLength": .integer(GenerationRequest.maximumPromptLength),
            "pattern": "\\S",
        ]
        let optionalText: JSONValue = ["string", "null"]
        let user: JSONValue = [
            "type": optionalText, "maxLength": .integer(GenerationRequest.maximumUserLength),
        ]
        let size: JSONValue = ["type": optionalText, "pattern": "^(auto|[1-9][0-9]{0,4}x[1-9][0-9]{0,4})$"]
        let qualities = GenerationRequest.qualities.map { JSONValue.string($0.word) }
        let quality: JSONValue = ["type": optionalText, "enum": .array(qualities + [.null])]
        let own: JSONValue = [
            "type": ["object", "null"],
            "properties": [
                "seed": Self.range(0...Int.max), "style": Self.styleField, "strength": Self.strength,
                "confirmations": Self.confirmations,
                "tell_prompt": Self.truth, "tell_seed": Self.truth,
                "label": Self.words(CredentialRequest.Label.self),
                "training": Self.words(CredentialRequest.Training.self),
            ],
            "additionalProperties": false,
        ]
        var properties: JSONObject = [
            "prompt": prompt, "model": Self.optionalString,
            "n": Self.range(1...GenerationRequest.maximumCount),
            "size": size, "quality": quality, "output_format": Self.words(OutputFormat.self),
            "output_compression": Self.range(0...100), "background": Self.words(Background.self),
            "moderation": Self.words(Moderation.self), "user": user, "safety_identifier": user,
            "response_format": Self.words(Delivery.self),
            "style": Self.words(GenerationRequest.LegacyStyle.self),
            "stream": Self.truth, "partial_images": Self.range(0...GenerationRequest.maximumPartialImages),
            "ondol": own,
        ]
        for member in more.members { properties.append(member.name, member.value) }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(required.map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    static let string: JSONValue = ["type": "string"]
    static let optionalString: JSONValue = ["type": ["string", "null"]]
    static let integer: JSONValue = ["type": "integer"]
    static let number: JSONValue = ["type": "number"]
    private static let anyObject: JSONValue = ["type": "object"]
    private static let strength: JSONValue = [
        "type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 1,
    ]
    private static let truth: JSONValue = ["type": ["boolean", "null"]]
    private static let quality = listed(["high", "medium", "low"])
    private static let jobStatus = listed(["queued", "drawing", "completed", "failed", "cancelled"])
    private static let tokens = object(
        ["image_tokens": integer, "text_tokens": integer], required: ["image_tokens", "text_tokens"])

    static func listed(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .array(words.map(JSONValue.string))]
    }

    static func constant(_ word: String) -> JSONValue { ["type": "string", "const": .string(word)] }

    static func object(_ properties: JSONObject, required: [String]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(required.map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    private static func range(_ range: ClosedRange<Int>) -> JSONValue {
        [
            "type": ["integer", "null"], "minimum": .integer(range.lowerBound),
            "maximum": .integer(range.upperBound),
        ]
    }

    private static func nullable(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    static func words<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type, isNullable: Bool = true
    ) -> JSONValue where Choice.RawValue == String {
        let words = type.allCases.map { JSONValue.string($0.rawValue) }
        return [
            "type": isNullable ? ["string", "null"] : ["string"],
            "enum": .array(words + (isNullable ? [.null] : [])),
        ]
    }
}
