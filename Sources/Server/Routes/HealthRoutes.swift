import HTTPTypes
import Hummingbird

/// `/healthz`: the process answers. `/readyz`: it takes requests. `/openapi.json`: what it answers.
struct HealthRoutes: Sendable {
    let services: RouteServices
    let description: JSONValue

    func add(to router: some RouterMethods<APIContext>) {
        router.get("healthz") { _, _ in Response(json: ["status": "ok"]) }
        router.get("readyz") { _, _ in
            let readiness = await services.generation.readiness()
            guard !readiness.isReady else { return Response(json: ["status": "ready"]) }
            return Response(
                status: .serviceUnavailable,
                json: ["status": "not ready", "reason": JSONValue(readiness.reason)])
        }
        router.get("openapi.json") { _, _ in Response(json: description) }
    }
}
