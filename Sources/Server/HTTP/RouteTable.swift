import HTTPTypes
import Hummingbird

/// The addresses that exist, so that a wrong method can be told from a wrong address, and logs name patterns.
struct RouteTable: Sendable {
    /// One address.
    struct Route: Sendable, Hashable {
        /// The segments; one in braces stands for any.
        let segments: [String]
        let methods: [HTTPRequest.Method]

        init(_ pattern: String, _ methods: [HTTPRequest.Method]) {
            segments = pattern.split(separator: "/").map(String.init)
            self.methods = methods
        }

        var pattern: String { "/" + segments.joined(separator: "/") }

        func matches(_ path: [Substring]) -> Bool {
            path.count == segments.count && zip(segments, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    let routes: [Route]

    /// The addresses of this room.
    static let standard = RouteTable(routes: [
        Route("/v1/images/generations", [.post]), Route("/v1/images/edits", [.post]),
        Route("/v1/models", [.get, .head]), Route("/v1/models/{model}", [.get, .head]),
        Route("/v1/styles", [.get, .head]),
        Route("/v1/jobs/{id}", [.get, .head, .delete]), Route("/v1/jobs/{id}/events", [.get]),
        Route("/pictures/{id}", [.get, .head]), Route("/healthz", [.get, .head]),
        Route("/readyz", [.get, .head]),
        Route("/openapi.json", [.get, .head]), Route("/robots.txt", [.get, .head]),
        Route("/license.xml", [.get, .head]),
        Route("/.well-known/tdmrep.json", [.get, .head]),
    ])

    /// Those that there are where somebody watches the floor.
    static let floor = [Route("/v1/floor", [.get, .head]), Route("/v1/floor/events", [.get])]

    /// The one that there is where somebody verifies pictures.
    static let verification = [Route("/v1/verify", [.post])]

    /// Those that there are where somebody says what the policy makes of a prompt.
    static let policy = [
        Route("/v1/policy/check", [.post]), Route("/v1/policy/appeals", [.post]),
        Route("/v1/policy/appeals/{id}", [.get, .head]), Route("/v1/floor/appeals", [.get, .head]),
        Route("/v1/floor/appeals/{id}/answers", [.post]),
    ]

    /// Those that there are where artists have a desk.
    static let artists = [
        Route("/v1/artist", [.get, .head]), Route("/v1/artist/statements/{month}", [.get, .head]),
        Route("/v1/artist/statements/{month}/csv", [.get, .head]),
    ]

    /// Those that there are where somebody takes claims.
    static let claims = [
        Route("/v1/claims", [.get, .head, .post]), Route("/v1/claims/{receipt}", [.get, .head]),
        Route("/v1/floor/claims", [.get, .head]), Route("/v1/floor/claims/{receipt}/picture", [.get, .head]),
        Route("/v1/floor/claims/{receipt}/steps", [.post]),
    ]

    private func route(of path: String) -> Route? {
        let segments = path.split(separator: "/")
        return routes.first { $0.matches(segments) }
    }

    func pattern(of path: String) -> String? { route(of: path)?.pattern }

    /// Why a request was not routed.
    func refusal(of request: Request) -> APIError {
        guard let route = route(of: request.uri.path), !route.methods.contains(request.method) else {
            return .unknownAddress(request.method)
        }
        return .methodNotAllowed(allowed: route.methods)
    }
}
