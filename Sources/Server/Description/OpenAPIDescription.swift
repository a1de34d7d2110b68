import Serving

/// What the server answers, in OpenAPI 3.1. Words and numbers come from the same types that the parsers use.
///
/// Source: OpenAPI Specification 3.1.1.
struct OpenAPIDescription: Sendable {
    let settings: ServerSettings
    let catalogue: ModelCatalogue
    /// Whether there is somebody who tells how the floor is.
    let hasFloor: Bool
    /// Whether there is somebody who verifies pictures.
    var verifies = false
    /// Whether there is somebody who says what the policy makes of a prompt.
    var hasPolicy = false
    /// Whether there is somebody who takes claims.
    var takesClaims = false
    /// Whether artists have a desk.
    var hasArtists = false

    /// The whole document.
    var json: JSONValue {
        let information: JSONValue = [
            "title": "Ondol", "version": "1",
            "description":
                "Pictures from words and photos. The images API is OpenAI's; jobs and links are our own.",
        ]
        let key: JSONValue = ["type": "http", "scheme": "bearer"]
        let visitor: JSONValue = [
            "type": "apiKey", "in": "cookie", "name": .string(VisitorPasses(settings: settings).cookieName),
        ]
        let page: JSONValue = ["type": "apiKey", "in": "header", "name": "Ondol-Page-Token"]
        let identifier: JSONValue = ["schema": ["type": "string"], "description": "The request's id."]
        let components: JSONValue = [
            "securitySchemes": ["key": key, "visitor": visitor, "page": page], "schemas": .object(schemas),
            "headers": ["request": identifier],
        ]
        return [
            "openapi": "3.1.1", "info": information, "servers": [["url": .string(settings.publicAddress)]],
            "security": [["key": []], ["visitor": [], "page": []]], "paths": .object(paths),
            "components": components,
        ]
    }

    private var paths: JSONObject {
        var paths: JSONObject = [
            "/v1/images/generations": ["post": generation], "/v1/images/edits": ["post": edit],
            "/v1/models": ["get": models], "/v1/models/{model}": ["get": modelOperation],
            "/v1/styles": ["get": styles],
            "/v1/jobs/{id}": ["get": jobOperation, "delete": cancellation],
            "/v1/jobs/{id}/events": ["get": events],
            "/pictures/{id}": ["get": picture], "/healthz": ["get": health], "/readyz": ["get": readiness],
            "/openapi.json": ["get": description], "/robots.txt": ["get": robots],
            "/license.xml": ["get": licence],
            "/.well-known/tdmrep.json": ["get": mining],
        ]
        for path in hasPolicy ? policyPaths.members : [] { paths.append(path.name, path.value) }
        if verifies { paths.append("/v1/verify", ["post": verification]) }
        for path in hasArtists ? artistPaths.members : [] { paths.append(path.name, path.value) }
        for path in takesClaims ? claimPaths.members : [] { paths.append(path.name, path.value) }
        guard hasFloor else { return paths }
        paths.append("/v1/floor", ["get": floorOperation])
        paths.append("/v1/floor/events", ["get": floorEvents])
        return paths
    }
}

/// Operations.
extension OpenAPIDescription {
    private var generation: JSONValue {
        operation(
            "generate", "Draw pictures from words.", parameters: Self.drawingHeaders,
            body: ["application/json": ["schema": Self.reference("GenerationRequest")]],
            answers: drawingAnswers, errors: [400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 503])
    }

    private var edit: JSONValue {
        operation(
            "edit", "Draw pictures from photos and words.", parameters: Self.drawingHeaders,
            body: [
                "multipart/form-data": ["schema": Self.reference("EditForm")],
                "application/json": ["schema": Self.reference("EditRequest")],
            ],
            answers: drawingAnswers, errors: [400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 503])
    }

    private var drawingAnswers: [(Int, JSONValue)] {
        [
            (
                200,
                Self.answer(
                    "The pictures, or a stream of them.",
                    [
                        "application/json": ["schema": Self.reference("ImagesResponse")],
                        "text/event-stream": [:],
                    ])
            ),
            (
                202,
                Self.answer(
                    "Taken; the pictures come later.",
                    ["application/json": ["schema": Self.reference("JobGroup")]])
            ),
        ]
    }

    private var models: JSONValue {
        operation(
            "listModels", "The models that can be asked for, and their other names.",
            answers: [(200, Self.json("The models.", "ModelList"))], errors: [400, 401, 403, 500, 503])
    }

    private var modelOperation: JSONValue {
        operation(
            "showModel", "One model.", parameters: [Self.parameter("model", in: "path", ["type": "string"])],
            answers: [(200, Self.json("The model.", "Model"))], errors: [400, 401, 403, 404, 500, 503])
    }

    private var jobOperation: JSONValue {
        operation(
            "showJob", "Where a job stands: its place, the time left, the picture.",
            parameters: [Self.identifier],
            answers: [(200, Self.either("The job, or all jobs of a request."))],
            errors: [400, 401, 403, 404, 500, 503])
    }

    private var cancellation: JSONValue {
        operation(
            "cancelJob", "Cancel a job, or all jobs of a request.", parameters: [Self.identifier],
            answers: [(200, Self.either("What is left of it."))], errors: [400, 401, 403, 404, 409, 500, 503])
    }

    private var events: JSONValue {
        operation(
            "followJob", "What happens to a job, as it happens.",
            parameters: [
                Self.identifier, Self.lastEvent,
            ],
            answers: [
                (200, Self.answer("Events.", ["text/event-stream": [:]])),
                (204, ["description": "Nothing more will happen."]),
            ], errors: [400, 401, 403, 404, 500, 503])
    }

    private var floorOperation: JSONValue {
        operation(
            "showFloor", "Devices, demand, forecast, queue, refusals, keys and plans, for an administrator.",
            answers: [(200, Self.json("The floor.", "Floor"))], errors: [400, 401, 403, 500, 503])
    }

    private var floorEvents: JSONValue {
        operation(
            "followFloor", "The floor, whenever it changes, for an administrator.",
            parameters: [Self.lastEvent],
            answers: [(200, Self.answer("Events.", ["text/event-stream": ["schema": ["type": "string"]]]))],
            errors: [400, 401, 403, 500, 503])
    }

    private var picture: JSONValue {
        let formats = OutputFormat.allCases.map { ($0.mediaType, JSONValue.object([:])) }
        var content = JSONObject()
        for (type, schema) in formats { content.append(type, schema) }
        return operation(
            "fetchPicture", "A picture, by its signed link.",
            parameters: [
                Self.identifier, Self.parameter("expires", in: "query", ["type": "integer"]),
                Self.parameter("signature", in: "query", ["type": "string"]),
            ],
            answers: [
                (200, Self.answer("The picture.", .object(content))),
                (206, Self.answer("The part of it that `Range` asks for.", .object(content))),
                (304, ["description": "The reader has it: `If-None-Match` names its `ETag`."]),
            ], errors: [400, 403, 404, 416, 500, 503], isOpen: true)
    }

    private var health: JSONValue {
        operation(
            "health", "Whether the process answers.", answers: [(200, Self.json("It does.", "Health"))],
            errors: [400, 500], isOpen: true)
    }

    private var readiness: JSONValue {
        operation(
            "readiness", "Whether requests are taken.",
            answers: [(200, Self.json("They are.", "Health")), (503, Self.json("They are not.", "Health"))],
            errors: [400, 500], isOpen: true)
    }

    private var robots: JSONValue {
        operation(
            "robots", "What programs that collect pages may collect.",
            answers: [(200, Self.answer("The rules.", ["text/plain": ["schema": Self.string]]))],
            errors: [400, 500], isOpen: true)
    }

    private var licence: JSONValue {
        operation(
            "licence", "What pictures may be used for, by RSL, Really Simple Licensing.",
            answers: [
                (200, Self.answer("The licence.", ["application/rsl+xml": ["schema": Self.string]]))
            ], errors: [400, 500], isOpen: true)
    }

    private var mining: JSONValue {
        operation(
            "miningReservation", "Where text and data mining is reserved, by W3C's TDMRep.",
            answers: [
                (200, Self.answer("The rules.", ["application/json": ["schema": ["type": "array"]]]))
            ], errors: [400, 500], isOpen: true)
    }

    private var description: JSONValue {
        operation(
            "describe", "This description.",
            answers: [(200, Self.answer("It.", ["application/json": ["schema": ["type": "object"]]]))],
            errors: [400, 500], isOpen: true)
    }

    func operation(
        _ name: String, _ summary: String, parameters: [JSONValue] = [], body: JSONValue? = nil,
        answers: [(Int, JSONValue)], errors: [Int], isOpen: Bool = false
    ) -> JSONValue {
        var object: JSONObject = ["operationId": .string(name), "summary": .string(summary)]
        if !parameters.isEmpty { object.append("parameters", .array(parameters)) }
        if let body { object.append("requestBody", ["required": true, "content": body]) }
        if isOpen { object.append("security", []) }
        var responses = JSONObject()
        for (status, answer) in answers { responses.append(String(status), answer) }
        for status in errors {
            responses.append(String(status), Self.json("Refused, with the reason.", "Error"))
        }
        object.append("responses", .object(responses))
        return .object(object)
    }
}

/// Parts of operations.
extension OpenAPIDescription {
    static func reference(_ schema: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(schema)")]
    }

    static func answer(_ description: String, _ content: JSONValue) -> JSONValue {
        [
            "description": .string(description),
            "headers": ["x-request-id": ["$ref": "#/components/headers/request"]],
            "content": content,
        ]
    }

    static func json(_ description: String, _ schema: String) -> JSONValue {
        answer(description, ["application/json": ["schema": reference(schema)]])
    }

    static func either(_ description: String) -> JSONValue {
        answer(
            description,
            ["application/json": ["schema": ["oneOf": [reference("Job"), reference("JobGroup")]]]])
    }

    static func parameter(_ name: String, in place: String, _ schema: JSONValue) -> JSONValue {
        [
            "name": .string(name), "in": .string(place), "required": .bool(place != "header"),
            "schema": schema,
        ]
    }

    static let identifier = parameter(
        "id", in: "path", ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"])

    static let lastEvent = parameter(
        "Last-Event-ID", in: "header", ["type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"])

    static let drawingHeaders: [JSONValue] = [
        parameter("Prefer", in: "header", ["type": "string", "examples": ["respond-async"]]),
        parameter("Idempotency-Key", in: "header", ["type": "string", "pattern": "^[!-~]{1,255}$"]),
        parameter("Ondol-Ticket", in: "header", ["type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"]),
    ]
}
