/// What the server answers about styles, and how they are asked for.
extension OpenAPIDescription {
    private static let name = "[A-Za-z0-9_-]{1,64}"
    /// A name, with a strength of up to 2 behind a colon or without.
    private static let wish = name + #"(:(0\.[0-9]{0,5}[1-9]|1(\.[0-9]{1,6})?|2(\.0{1,6})?))?"#
    /// Names with strengths, as one text has them.
    static let stylePattern = "^\(wish)(,\(wish)){0,\(StyleWish.limit - 1)}$"

    /// The field `ondol.style` of a request.
    static var styleField: JSONValue {
        let strength: JSONValue = [
            "type": ["number", "null"], "exclusiveMinimum": 0,
            "maximum": .integer(StyleWish.largestMilli / 1000),
        ]
        let full = object(
            ["id": ["type": "string", "pattern": .string("^\(name)$")], "strength": strength],
            required: ["id"])
        let text: JSONValue = ["type": "string", "pattern": .string(stylePattern)]
        let list: JSONValue = [
            "type": "array", "minItems": 1, "maxItems": .integer(StyleWish.limit),
            "items": ["anyOf": [["type": "string", "pattern": .string("^\(Self.wish)$")], full]],
        ]
        return [
            "anyOf": [text, list, ["type": "null"]],
            "description":
                "An artist's style by its name, or several with their strengths, 1 as they were trained. GET /v1/styles lists them.",
        ]
    }

    /// `GET /v1/styles`.
    var styles: JSONValue {
        operation(
            "listStyles", "The styles that can be asked for, and whose they are.",
            answers: [(200, Self.json("The styles.", "StyleList"))], errors: [400, 401, 403, 500, 503])
    }

    /// A style that a picture is drawn with.
    var usedStyle: JSONValue {
        Self.object(
            [
                "id": Self.string, "strength": Self.number, "title": Self.titles,
                "artist": Self.optionalString,
            ], required: ["id", "strength", "title", "artist"])
    }

    private static let titles: JSONValue = ["type": "object", "additionalProperties": ["type": "string"]]

    var styleSchema: JSONValue {
        let truth: JSONValue = ["type": "boolean"]
        let words: JSONValue = ["type": "array", "items": Self.string]
        return Self.object(
            [
                "id": Self.string, "object": Self.constant("ondol.style"), "title": Self.titles,
                "artist": Self.optionalString, "words": words, "model": Self.string, "available": truth,
                "reason": Self.optionalString,
            ], required: ["id", "object", "title", "artist", "words", "model", "available", "reason"])
    }

    var styleList: JSONValue {
        let data: JSONValue = ["type": "array", "items": Self.reference("Style")]
        return Self.object(["object": Self.constant("list"), "data": data], required: ["object", "data"])
    }
}
