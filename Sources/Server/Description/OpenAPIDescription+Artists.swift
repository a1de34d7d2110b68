/// What is an artist's, as its description has it.
extension OpenAPIDescription {
    private static let month = parameter(
        "month", in: "path", ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"])

    var artistPaths: JSONObject {
        let report = operation(
            "showArtist", "Works, evidence, agreements, styles and months of the artist whom the key is for.",
            answers: [(200, Self.json("All that is recorded.", "Artist"))],
            errors: [400, 401, 403, 404, 500, 503])
        let statements = operation(
            "showStatements", "A month's statements, one for each currency.", parameters: [Self.month],
            answers: [(200, Self.json("The statements.", "StatementList"))],
            errors: [400, 401, 403, 500, 503])
        let table = operation(
            "exportStatements", "The same as CSV.", parameters: [Self.month],
            answers: [(200, Self.answer("The statements.", ["text/csv": ["schema": Self.string]]))],
            errors: [400, 401, 403, 500, 503])
        return [
            "/v1/artist": ["get": report], "/v1/artist/statements/{month}": ["get": statements],
            "/v1/artist/statements/{month}/csv": ["get": table],
        ]
    }

    var artistSchemas: JSONObject {
        let words = Self.object(["ko": Self.string, "en": Self.string], required: ["ko", "en"])
        let list: (JSONValue) -> JSONValue = { ["type": "array", "items": $0] }
        let text = Self.string
        let truth: JSONValue = ["type": "boolean"]
        let evidence = Self.whole([
            "title": text, "document_sha256": text, "uses": list(text), "commercial": truth,
            "territories": list(text), "from": text, "until": Self.optionalString,
        ])
        let work = Self.whole([
            "id": text, "title": text, "file_sha256": text, "withdrawn": truth, "signals": list(text),
            "evidence": list(evidence),
        ])
        let agreement = Self.whole([
            "id": text, "document_sha256": text, "in_force": truth, "terminated": truth, "from": text,
            "until": Self.optionalString, "ends_on": Self.optionalString, "notice_days": Self.integer,
            "share_basis_points": Self.integer, "fee": text, "currency": text, "trainings": Self.integer,
            "drawing": Self.listed(["none", "private", "commercial"]),
        ])
        let training = Self.whole(["adapter_sha256": text, "base_model": text, "works": Self.integer])
        let style = Self.whole([
            "id": text, "title": words, "stage": text, "agreement": text, "works": list(text),
            "trainings": list(training), "obstacle": ["anyOf": [words, ["type": "null"]]],
            "missing": list(words),
            "claims": list(Self.whole(["created": Self.integer, "status": text])),
        ])
        let line = Self.whole([
            "style": text, "work": text, "pictures": Self.integer, "earned": text, "corrected": text,
        ])
        let statement = Self.whole([
            "object": ["const": "ondol.statement"], "month": text, "currency": text, "opening": text,
            "paid": text, "closing": text, "lines": list(line),
        ])
        var schemas = JSONObject()
        schemas.append(
            "Artist",
            Self.whole([
                "object": ["const": "ondol.artist"], "id": text, "name": text, "works": list(work),
                "agreements": list(agreement), "styles": list(style),
                "owed": list(Self.whole(["currency": text, "amount": text])), "months": list(text),
            ]))
        schemas.append(
            "StatementList", Self.whole(["object": ["const": "list"], "data": list(statement)]))
        return schemas
    }

    /// An object of which no member may be missing.
    private static func whole(_ properties: JSONObject) -> JSONValue {
        object(properties, required: properties.members.map(\.name))
    }
}
