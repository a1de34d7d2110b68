import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Serving

/// Waits for the pictures of a request that was taken, and answers with them.
struct PictureDelivery: Sendable {
    let services: RouteServices
    let request: GenerationRequest
    let group: AcceptedGroup
    let caller: Caller

    private var answer: ImagesAnswer {
        ImagesAnswer(
            request: request, group: group, links: services.links, now: services.environment.now(),
            styles: StyleAnswer(directory: services.styles))
    }

    private var headers: HTTPFields { group.standing?.headers ?? [:] }

    /// Answers when all is done.
    func wait(_ request: Request) async throws -> Response {
        let endings: [ImagesAnswer.Ending]
        do {
            endings = try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await collect()
            }
        } catch {
            await leave()
            throw error
        }
        let errors = endings.compactMap { ending in
            if case .failure(let error) = ending.outcome { error } else { nil }
        }
        var headers = headers
        // Watching for the caller to leave uses up the connection.
        headers[.connection] = "close"
        if errors.count == endings.count, let first = errors.first { throw first.with(headers) }
        return Response(headers: headers, json: answer.json(endings))
    }

    /// Answers while it is drawn.
    func stream(_ request: Request, context: APIContext) -> Response {
        let logger = context.logger
        return Response(events: headers, of: request) { writer in
            do {
                try await write(to: &writer)
            } catch let error {
                await leave()
                if error is CancellationError { throw error }
                let told = APIError.told(of: error)
                logger.info("a stream ended early", metadata: ["error": .string("\(type(of: error))")])
                try await writer.write(.error(told))
            }
        }
    }

    /// The caller is gone, or told that nothing comes. A server that is being stopped is no caller who left: what was
    /// accepted stays accepted then.
    private func leave() async {
        guard !Task.isShuttingDownGracefully else { return }
        await services.generation.leave(group.reference, of: caller)
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        var follower = GroupFollower(services: services, reference: group.reference, caller: caller)
        var endings: [ImagesAnswer.Ending] = []
        while let events = try await follower.next() {
            if events.isEmpty { try await writer.write(.init(bytes: ServerSentEvent.comment)) }
            for event in events {
                if let told = try await partial(event) { try await writer.write(told) }
                guard let ending = try await ending(event, withBytes: true) else { continue }
                endings.append(ending)
                if case .success(let delivered) = ending.outcome, let picture = delivered.picture {
                    let data = answer.completed(picture, result: delivered.result, job: ending.job)
                    try await writer.write(ServerSentEvent(name: answer.eventName("completed"), data: data))
                }
            }
        }
        // Told at the end: a client stops reading at an error, and would miss the pictures that came.
        for ending in endings {
            if case .failure(let error) = ending.outcome { return try await writer.write(.error(error)) }
        }
    }

    private func partial(_ event: JobEvent) async throws -> ServerSentEvent? {
        guard case .preview(let number, let identifier) = event.change, number < request.partialImages,
            let job = job(of: event), let picture = try await services.pictures.picture(identifier)
        else { return nil }
        return ServerSentEvent(
            name: answer.eventName("partial_image"), data: answer.partial(picture, number: number, job: job))
    }

    private func collect() async throws -> [ImagesAnswer.Ending] {
        var follower = GroupFollower(services: services, reference: group.reference, caller: caller)
        var endings: [ImagesAnswer.Ending] = []
        while let events = try await follower.next() {
            for event in events {
                if let ending = try await ending(event, withBytes: request.delivery == .base64) {
                    endings.append(ending)
                }
            }
        }
        return endings.sorted { $0.job.index < $1.job.index }
    }

    private func job(of event: JobEvent) -> JobStatus? {
        group.jobs.first { $0.reference == event.job }
    }

    private func ending(_ event: JobEvent, withBytes: Bool) async throws -> ImagesAnswer.Ending? {
        guard let job = job(of: event) else { return nil }
        switch event.change {
        case .waiting, .drawing, .preview: return nil
        case .failed(let failure): return .init(job: job, outcome: .failure(APIError(failure)))
        case .cancelled: return .init(job: job, outcome: .failure(.cancelled))
        case .completed(let result):
            guard withBytes else { return .init(job: job, outcome: .success((result, nil))) }
            guard let picture = try await services.pictures.picture(result.picture) else {
                return .init(job: job, outcome: .failure(.unknownPicture))
            }
            return .init(job: job, outcome: .success((result, picture)))
        }
    }
}

/// Follows the events of a request to its end.
struct GroupFollower {
    let services: RouteServices
    let reference: JobReference
    let caller: Caller
    var sequence: UInt64 = 0
    private var hasEnded = false

    init(services: RouteServices, reference: JobReference, caller: Caller, after sequence: UInt64 = 0) {
        self.services = services
        self.reference = reference
        self.caller = caller
        self.sequence = sequence
    }

    /// The next events; none where nothing has happened for a while, nil after the last.
    ///
    /// - Throws: ``APIError`` where the jobs are not there any more.
    mutating func next() async throws -> [JobEvent]? {
        guard !hasEnded else { return nil }
        try Task.checkCancellation()
        let page = try await services.generation.events(
            reference, after: sequence, of: caller, waitingSeconds: services.settings.keepAliveSeconds)
        guard let page else { throw APIError.unknownJob }
        hasEnded = page.isLast
        // A number seen before is told once: whoever goes on after it has it.
        let events = page.events.filter { $0.sequence > sequence }
        sequence = events.last?.sequence ?? sequence
        return events
    }
}
