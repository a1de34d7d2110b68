import HTTPTypes
import Hummingbird

/// `GET /v1/models` and `GET /v1/models/{model}`.
struct ModelRoutes: Sendable {
    let services: RouteServices

    func add(to router: some RouterMethods<APIContext>) {
        router.get("v1/models", use: list)
        router.get("v1/models/{model}", use: show)
    }

    @Sendable func list(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .read, context: context)
        let catalogue = services.catalogue
        let aliases = catalogue.aliases.keys.sorted().compactMap { alias in
            catalogue.model(named: alias).map { Self.json($0, as: alias) }
        }
        return Response(json: [
            "object": "list", "data": .array(catalogue.models.map { Self.json($0, as: $0.name) } + aliases),
        ])
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .read, context: context)
        let name = context.parameters.get("model") ?? ""
        guard let model = services.catalogue.model(named: name) else { throw APIError.unknownModel(name) }
        return Response(json: Self.json(model, as: name))
    }

    private static func json(_ model: ModelDescription, as name: String) -> JSONValue {
        var sizes: JSONObject = ["default": .string("\(model.defaultSize)")]
        switch model.sizes {
        case .listed(let listed): sizes.append("listed", .array(listed.map { .string("\($0)") }))
        case .multiples(let step, let pixels, let proportion):
            sizes.append("multiples_of", .integer(step))
            sizes.append("minimum_pixels", .integer(pixels.lowerBound))
            sizes.append("maximum_pixels", .integer(pixels.upperBound))
            sizes.append("maximum_proportion", .number(proportion))
        }
        let substitutes = model.substituteSizes.sorted { "\($0.key)" < "\($1.key)" }
        var object = JSONObject()
        for (asked, drawn) in substitutes { object.append("\(asked)", .string("\(drawn)")) }
        sizes.append("substitutes", .object(object))
        return [
            "id": .string(name), "object": "model", "created": .integer(JobAnswer.second(model.created)),
            "owned_by": .string(model.owner),
            "ondol": [
                "model": .string(model.name), "sizes": .object(sizes), "photos": .integer(model.photoLimit),
                "mask": .bool(model.takesMask), "transparency": .bool(model.drawsTransparency),
            ],
        ]
    }
}
