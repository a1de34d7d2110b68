import Hummingbird

/// `GET /v1/styles`: the styles that can be asked for, with their artists.
struct StyleRoutes: Sendable {
    let services: RouteServices

    func add(to router: some RouterMethods<APIContext>) { router.get("v1/styles", use: list) }

    @Sendable func list(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .read, context: context)
        return Response(json: [
            "object": "list", "data": .array(services.styles.styles().map(Self.json)),
        ])
    }

    private static func json(_ style: ListedStyle) -> JSONValue {
        var titles = JSONObject()
        for (language, title) in style.titles.sorted(by: { $0.key < $1.key }) {
            titles.append(language, .string(title))
        }
        return [
            "id": .string(style.id), "object": "ondol.style", "title": .object(titles),
            "artist": JSONValue(style.artist), "words": .array(style.words.map(JSONValue.string)),
            "model": .string(style.model), "available": .bool(style.obstacle == nil),
            "reason": JSONValue(style.obstacle),
        ]
    }
}

extension RouteServices {
    /// Refuses styles whose adapters cannot be drawn with, before anything is asked of the desk. Whether a style may be used
    /// is the service's to say.
    /// - Throws: ``APIError`` that names the style and what to do.
    func checkStyles(of request: GenerationRequest) throws(APIError) {
        for wish in request.styles {
            guard let style = styles.style(named: wish.id) else { continue }
            if style.isFaulty { throw .unavailableStyle(wish.id, style.obstacle ?? "its adapter is missing") }
            guard style.model == request.model else {
                throw .value(
                    "ondol.style",
                    "the style '\(wish.id)' was made for the model '\(style.model)'; ask for that model.")
            }
        }
    }
}

extension APIError {
    fileprivate static func unavailableStyle(_ id: String, _ obstacle: String) -> APIError {
        invalid(
            "ondol.style", code: "style_unavailable",
            "The style '\(id)' cannot be used now: \(obstacle)")
    }
}
