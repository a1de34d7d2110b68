import Serving

/// Verification, as its description has it.
extension OpenAPIDescription {
    var verification: JSONValue {
        let file: JSONValue = ["schema": ["type": "string", "format": "binary"]]
        var content = JSONObject()
        for format in OutputFormat.allCases { content.append(format.mediaType, file) }
        content.append("application/octet-stream", file)
        return operation(
            "verifyPicture", "Whether a picture is as it was signed, by whom, and how it was made.",
            body: .object(content), answers: [(200, Self.json("What was found.", "Verification"))],
            errors: [400, 401, 403, 408, 413, 415, 500, 503], isOpen: true)
    }

    var verificationSchemas: JSONObject {
        let words = Self.object(["ko": Self.string, "en": Self.string], required: ["ko", "en"])
        let fact = Self.object(
            ["name": Self.reference("Words"), "text": Self.reference("Words")], required: ["name", "text"])
        let known = Self.object(
            [
                "day": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
                "distance": ["type": "integer", "minimum": 0, "maximum": 31], "yours": ["type": "boolean"],
                "url": ["type": ["string", "null"]],
            ], required: ["day", "distance", "yours", "url"])
        let texts: JSONValue = ["type": "array", "items": Self.reference("Words")]
        var schemas = JSONObject()
        schemas.append("Words", words)
        schemas.append(
            "Verification",
            Self.object(
                [
                    "object": ["const": "ondol.verification"],
                    "answer": Self.listed(["trusted", "unknown-signer", "altered", "nothing-found"]),
                    "findings": ["type": "array", "items": Self.string], "headline": Self.reference("Words"),
                    "meaning": Self.reference("Words"), "sentences": texts,
                    "facts": ["type": "array", "items": fact], "known": ["anyOf": [known, ["type": "null"]]],
                ],
                required: [
                    "object", "answer", "findings", "headline", "meaning", "sentences", "facts", "known",
                ]))
        return schemas
    }
}
