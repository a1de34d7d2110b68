import Crypto
import HTTPTypes
import Hummingbird
import Logging
import Serving

/// `POST /v1/images/generations` and `POST /v1/images/edits`.
struct ImageRoutes: Sendable {
    let services: RouteServices

    func add(to router: some RouterMethods<APIContext>) {
        router.post("v1/images/generations", use: generate)
        router.post("v1/images/edits", use: edit)
    }

    @Sendable func generate(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .draw, context: context)
        return try await telling(caller) { try await generate(request, caller: caller, context: context) }
    }

    @Sendable func edit(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .draw, context: context)
        return try await telling(caller) { try await edit(request, caller: caller, context: context) }
    }

    /// Adds what a caller has left of its limits to refusals that do not tell it themselves.
    private func telling(
        _ caller: Caller, _ answer: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await answer()
        } catch let error as APIError where error.headers[.requestLimit] == nil {
            throw error.with(await services.generation.standing(of: caller)?.headers ?? [:])
        }
    }

    private func generate(_ request: Request, caller: Caller, context: APIContext) async throws -> Response {
        var request = request
        let headers = try RequestHeaders(request.headers)
        guard Self.mediaType(request)?.value == "application/json" else {
            throw APIError.unsupportedMediaType(expected: "application/json")
        }
        let settings = services.settings
        let body = try await services.bodies.read(
            &request, maximum: settings.jsonBytes, seconds: settings.bodySeconds)
        let generation = try GenerationRequest.generation(body, catalogue: services.catalogue)
        return try await submit(
            generation, caller: caller, headers: headers, request: request, context: context)
    }

    private func edit(_ request: Request, caller: Caller, context: APIContext) async throws -> Response {
        var request = request
        let headers = try RequestHeaders(request.headers)
        let type = Self.mediaType(request)
        let (catalogue, limits) = (services.catalogue, services.settings.uploads)
        let generation: GenerationRequest
        switch type?.value {
        case "multipart/form-data":
            guard let boundary = type?.boundary else {
                throw APIError.multipart("Content-Type names no boundary of 1 to 70 characters")
            }
            generation = try await services.bodies.readUpload(&request) { body in
                try GenerationRequest.edit(
                    form: try Self.parts(body, boundary: boundary), catalogue: catalogue, limits: limits)
            }
        case "application/json":
            generation = try await services.bodies.readUpload(&request) { body in
                try GenerationRequest.edit(json: body, catalogue: catalogue, limits: limits)
            }
        default: throw APIError.unsupportedMediaType(expected: "multipart/form-data or application/json")
        }
        return try await submit(
            generation, caller: caller, headers: headers, request: request, context: context)
    }

    private static func mediaType(_ request: Request) -> HeaderParameters? {
        request.headers[.contentType].flatMap { HeaderParameters($0) }
    }

    private static func parts(_ body: [UInt8], boundary: String) throws -> [FormPart] {
        do throws(MultipartFault) {
            return try MultipartParser.parse(body, boundary: boundary)
        } catch {
            throw APIError.multipart(error.words)
        }
    }

    private func submit(
        _ generation: GenerationRequest, caller: Caller, headers: RequestHeaders, request: Request,
        context: APIContext
    ) async throws -> Response {
        guard !(generation.streams && headers.answersLater) else {
            throw APIError.value(
                "stream", "a request that is answered later has no stream; read the job's events.")
        }
        try services.checkStyles(of: generation)
        let outcome = try await services.generation.submit(
            Submission(
                request: generation, caller: caller, fingerprint: generation.fingerprint,
                idempotencyKey: headers.idempotencyKey, ticketNumber: headers.ticketNumber,
                waits: !headers.answersLater, retryCount: headers.retryCount,
                requestIdentifier: context.requestIdentifier))
        switch outcome {
        case .refused(let refusal, let standing): throw APIError(refusal, standing: standing)
        case .forbidden(let refusal): throw APIError(refusal)
        case .againstPolicy(let decision):
            throw APIError(decision, language: AnswerLanguage(request.headers))
        case .styleUnavailable(let style, let obstacle):
            throw APIError(style, obstacle, language: AnswerLanguage(request.headers))
        case .keyReused: throw APIError.keyReused
        case .unavailable(let seconds): throw APIError.unavailable(retryAfterSeconds: seconds)
        case .accepted(let group):
            note(group, of: generation, context)
            let delivery = PictureDelivery(
                services: services, request: generation, group: group, caller: caller)
            if headers.answersLater { return later(group) }
            return try await generation.streams
                ? delivery.stream(request, context: context) : delivery.wait(request)
        }
    }

    /// Writes to the log what was taken, with its words only where the operator has asked for that.
    private func note(_ group: AcceptedGroup, of request: GenerationRequest, _ context: APIContext) {
        var metadata: Logger.Metadata = [
            "group": .string(group.reference.text), "model": .string(request.model),
            "pictures": .stringConvertible(group.jobs.count),
            "tier": .string((group.jobs.first?.tier ?? .full).rawValue),
            "repeated": .stringConvertible(group.isRepeated),
        ]
        if services.settings.logsPrompts { metadata["prompt"] = .string(request.prompt) }
        context.logger.info("accepted", metadata: metadata)
    }

    /// The answer that the pictures will be there later.
    private func later(_ group: AcceptedGroup) -> Response {
        var headers = group.standing?.headers ?? [:]
        headers[.location] = "/v1/jobs/\(group.reference)"
        headers[.preferenceApplied] = "respond-async"
        let waits = group.jobs.compactMap { job in
            if case .waiting(let waiting) = job.state { waiting.timeLeft?.expectedSeconds } else { nil }
        }
        if let longest = waits.max() {
            headers[.retryAfter] = APIError.retryHeaders(seconds: longest)[.retryAfter]
        }
        return Response(
            status: .accepted, headers: headers,
            json: services.jobAnswer.json(group: group.reference, group.jobs))
    }
}

extension GenerationRequest {
    /// The styles as one text; nil for none, as requests without were told apart before there were several.
    private var styleText: String? {
        styles.isEmpty ? nil : styles.map { "\($0.id):\($0.strengthMilli)" }.joined(separator: ",")
    }

    /// SHA-256 over all that decides the answer.
    var fingerprint: [UInt8] {
        let fields: JSONValue = [
            "prompt": .string(prompt), "model": .string(model), "n": .integer(count),
            "size": .string("\(size)"),
            "quality": .string(quality.rawValue), "format": .string(format.rawValue),
            "compression": .integer(compression), "background": .string(background.rawValue),
            "moderation": .string(moderation.rawValue), "user": JSONValue(user),
            "delivery": .string(delivery.rawValue), "stream": .bool(streams),
            "partial": .integer(partialImages),
            "seed": JSONValue(seed.map(String.init)), "style": JSONValue(styleText),
            "photos": .integer(edit?.photos.count ?? 0), "mask": .bool(edit?.mask != nil),
            "fidelity": JSONValue(edit?.fidelity.rawValue),
            "strength": strength.map(JSONValue.number) ?? .null,
            "confirmations": .array(confirmations.sorted().map(JSONValue.string)),
            "credential": credential.json,
        ]
        var hash = SHA256()
        hash.update(data: fields.bytes)
        for file in (edit?.photos ?? []) + [edit?.mask].compactMap({ $0 }) {
            hash.update(data: Array(SHA256.hash(data: file.bytes)))
        }
        return Array(hash.finalize())
    }
}
