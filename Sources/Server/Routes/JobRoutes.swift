import HTTPTypes
import Hummingbird

/// `/v1/jobs/{id}`: where a job stands, what happens to it, and cancelling it. The id is a job's or a request's.
struct JobRoutes: Sendable {
    let services: RouteServices

    func add(to router: some RouterMethods<APIContext>) {
        router.get("v1/jobs/{id}", use: show)
        router.delete("v1/jobs/{id}", use: cancel)
        router.get("v1/jobs/{id}/events", use: events)
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .read, context: context)
        let reference = try services.reference(context)
        guard let jobs = try await services.generation.jobs(reference, of: caller) else {
            throw APIError.unknownJob
        }
        return try Response(json: json(reference, jobs))
    }

    @Sendable func cancel(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .draw, context: context)
        let reference = try services.reference(context)
        switch try await services.generation.cancel(reference, of: caller) {
        case .cancelled(let jobs): return try Response(json: json(reference, jobs))
        case .alreadyEnded: throw APIError.endedJob
        case .unknown: throw APIError.unknownJob
        }
    }

    @Sendable func events(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .read, context: context)
        let reference = try services.reference(context)
        let last = try RequestHeaders.lastEvent(request.headers)
        // Asked for without waiting, so that what is not there is refused before the stream begins.
        let page = try await services.generation.events(reference, after: last, of: caller, waitingSeconds: 0)
        guard let page else { throw APIError.unknownJob }
        if page.isLast, !page.events.contains(where: { $0.sequence > last }) {
            // Browsers come back after every end until they are told that there is nothing more.
            return Response(status: .noContent)
        }
        return Response(events: [:], of: request) { writer in
            var follower = GroupFollower(
                services: services, reference: reference, caller: caller, after: last)
            do {
                while let events = try await follower.next() {
                    if events.isEmpty { try await writer.write(.init(bytes: ServerSentEvent.comment)) }
                    for event in events {
                        try await writer.write(
                            ServerSentEvent(
                                identifier: event.sequence, name: event.change.name,
                                data: services.jobAnswer.json(event)))
                    }
                }
            } catch let error {
                if error is CancellationError { throw error }
                context.logger.info(
                    "a stream ended early", metadata: ["error": .string("\(type(of: error))")])
                try await writer.write(.error(.told(of: error)))
            }
        }
    }

    private func json(_ reference: JobReference, _ jobs: [JobStatus]) throws -> JSONValue {
        guard let first = jobs.first else { throw APIError.unknownJob }
        let answer = services.jobAnswer
        return reference == first.reference ? answer.json(first) : answer.json(group: first.group, jobs)
    }
}
