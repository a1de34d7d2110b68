import HTTPTypes
import Hummingbird

/// `GET /v1/floor`: how the floor is. `GET /v1/floor/events`: the same whenever it changes.
struct FloorRoutes: Sendable {
    /// A watcher is told no oftener, however much happens.
    static let shortestPauseSeconds = 0.5

    let services: RouteServices
    let floor: any FloorService

    func add(to router: some RouterMethods<APIContext>) {
        router.get("v1/floor", use: show)
        router.get("v1/floor/events", use: events)
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .administer, context: context)
        return Response(json: FloorAnswer(report: try await floor.floor(after: nil, waitingSeconds: 0)).json)
    }

    @Sendable func events(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .administer, context: context)
        let header = request.headers[.authorization]
        let seen = try RequestHeaders.lastEvent(request.headers)
        let pause = Duration.seconds(Self.shortestPauseSeconds)
        return Response(events: [:], of: request) { writer in
            var number: UInt64? = seen == 0 ? nil : seen
            do {
                while true {
                    let report = try await floor.floor(
                        after: number, waitingSeconds: services.settings.keepAliveSeconds)
                    // A key that was revoked meanwhile sees no more.
                    guard try await services.stillHolds(header, caller: caller) else {
                        throw APIError.invalidKey
                    }
                    if report.number == number {
                        try await writer.write(.init(bytes: ServerSentEvent.comment))
                    } else {
                        try await writer.write(
                            ServerSentEvent(
                                identifier: report.number, name: "floor",
                                data: FloorAnswer(report: report).json))
                    }
                    number = report.number
                    try await Task.sleep(for: pause)
                }
            } catch let error {
                if error is CancellationError { throw error }
                context.logger.info(
                    "a stream ended early", metadata: ["error": .string("\(type(of: error))")])
                try await writer.write(.error(error as? APIError ?? .internalFailure))
            }
        }
    }
}

extension RouteServices {
    /// Whether the key that a stream was opened with still is the caller's and still allows it.
    fileprivate func stillHolds(_ header: String?, caller: Caller) async throws -> Bool {
        guard let header else { return false }
        let now = try await holder(ofKeyIn: header)
        return now.id == caller.id && now.scopes.contains(.administer)
    }
}
