import HTTPTypes
import Hummingbird
import Rights

/// `POST /v1/policy/check`, `/v1/policy/appeals`, and the operator's `/v1/floor/appeals`.
struct PolicyRoutes: Sendable {
    let services: RouteServices
    let policy: any PolicyService

    /// How many appeals a page has.
    private static let pageSize = 50

    func add(to router: some RouterMethods<APIContext>) {
        router.post("v1/policy/check", use: check)
        router.post("v1/policy/appeals", use: appeal)
        router.get("v1/policy/appeals/{id}", use: show)
        router.get("v1/floor/appeals", use: list)
        router.post("v1/floor/appeals/{id}/answers", use: answer)
    }

    // MARK: callers

    @Sendable func check(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .draw, context: context)
        var reader = try await reader(of: request)
        let question = PolicyCheck(
            prompt: try reader.prompt(), style: try reader.styleName("style"),
            confirmations: Set(try reader.confirmations()))
        try reader.finish()
        switch try await policy.check(question, of: caller) {
        case .decided(let decision):
            return Response(
                headers: [.cacheControl: "no-store"], json: PolicyAnswer(decision: decision).json)
        case .refused(let refusal, let standing): throw APIError(refusal, standing: standing)
        }
    }

    @Sendable func appeal(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .draw, context: context)
        var reader = try await reader(of: request)
        let appeal = NewAppeal(
            prompt: try reader.prompt(),
            message: try reader.text("message", maximumLength: NewAppeal.maximumMessageLength))
        try reader.finish()
        switch try await policy.appeal(appeal, of: caller) {
        case .kept(let report):
            return Response(
                status: .created,
                headers: [.location: "\(PolicyAnswer.appealPath)/\(report.id)", .cacheControl: "no-store"],
                json: AppealAnswer(report: report).json)
        case .nothingRefused:
            throw APIError(
                .conflict, .invalidRequest, code: "nothing_refused", param: "prompt",
                "This prompt is drawn as it stands; there is nothing to object to.")
        case .tooManyOfCaller:
            throw APIError(
                .tooManyRequests, .requests, code: "too_many_appeals",
                "As many of your appeals wait for an answer as anybody may have; wait for one of them.")
        case .full:
            throw APIError(
                .serviceUnavailable, .server, code: "appeals_full",
                "More appeals wait than can be read; come back tomorrow.")
        case .refused(let refusal, let standing): throw APIError(refusal, standing: standing)
        }
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .read, context: context)
        guard let id = context.parameters.get("id"), let report = try await policy.appeal(id, of: caller)
        else { throw APIError.unknownAppeal }
        return Response(headers: [.cacheControl: "no-store"], json: AppealAnswer(report: report).json)
    }

    // MARK: operators

    @Sendable func list(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .administer, context: context)
        let query = request.uri.queryParameters
        let isOpen: Bool? =
            switch query["status"] {
            case nil, "open": true
            case "answered": false
            case "all": nil
            default: throw APIError.value("status", oneOf: ["open", "answered", "all"])
            }
        let reports = try await policy.appeals(
            isOpen: isOpen, after: query["after"].map(String.init), limit: Self.pageSize)
        return Response(
            headers: [.cacheControl: "no-store"],
            json: [
                "object": "list", "has_more": .bool(reports.count == Self.pageSize),
                "data": .array(reports.map { AppealAnswer(report: $0, forOperator: true).json }),
            ])
    }

    @Sendable func answer(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .administer, context: context)
        var reader = try await reader(of: request)
        let verdict = try reader.verdict()
        let reason = try reader.text("reason", maximumLength: NewAppeal.maximumMessageLength)
        try reader.finish()
        guard let id = context.parameters.get("id") else { throw APIError.unknownAppeal }
        switch try await policy.answer(id, verdict, reason: reason, by: caller) {
        case .answered(let report):
            return Response(json: AppealAnswer(report: report, forOperator: true).json)
        case .unknown: throw APIError.unknownAppeal
        case .impossible(let reason):
            throw APIError.invalid("verdict", code: "invalid_value", "The answer cannot be: \(reason).")
        }
    }

    private func reader(of request: Request) async throws -> FieldReader {
        var request = request
        guard request.headers[.contentType].flatMap({ HeaderParameters($0) })?.value == "application/json"
        else { throw APIError.unsupportedMediaType(expected: "application/json") }
        let settings = services.settings
        let body = try await services.bodies.read(
            &request, maximum: settings.jsonBytes, seconds: settings.bodySeconds)
        return FieldReader(try GenerationRequest.jsonObject(body))
    }
}

extension FieldReader {
    /// A text that must be there and say something.
    fileprivate mutating func text(_ name: String, maximumLength: Int) throws(APIError) -> String {
        guard let text = try string(name, maximumLength: maximumLength) else { throw .missing(name) }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .value(name, "it is empty.")
        }
        return text
    }

    fileprivate mutating func prompt() throws(APIError) -> String {
        try text("prompt", maximumLength: GenerationRequest.maximumPromptLength)
    }

    fileprivate mutating func verdict() throws(APIError) -> AppealVerdict {
        guard let word = try string("verdict", maximumLength: 16) else { throw .missing("verdict") }
        switch word {
        case "upheld": return .upheld
        case "exception":
            let name = try text("name", maximumLength: 100)
            let until = try string("until", maximumLength: 10)
            let forAppellantOnly = try boolean("for_appellant_only") ?? false
            do {
                return .exception(
                    try Identifier(name), until: try until.map { try CalendarDay($0) },
                    forAppellantOnly: forAppellantOnly)
            } catch {
                throw .value(
                    "name", "it, or until, is not of its form: a name of the rule file, a day as 2027-01-31.")
            }
        case "harmless":
            let words = try array("words") ?? []
            let texts = words.compactMap(\.text)
            guard (1...20).contains(words.count), texts.count == words.count,
                texts.allSatisfy({ (1...100).contains($0.utf8.count) })
            else { throw .value("words", "give 1 to 20 words of up to 100 bytes.") }
            return .harmless(texts)
        default: throw .value("verdict", oneOf: AppealVerdict.words)
        }
    }
}

extension APIError {
    static let unknownAppeal = APIError(
        .notFound, .invalidRequest, code: "appeal_not_found", param: "id", "There is no such appeal of yours."
    )

    /// A request that is not drawn for what it asks for, in the caller's language.
    init(_ decision: PolicyDecision, language: AnswerLanguage) {
        let code =
            switch decision.outcome {
            case .allow, .refuse: "content_policy_violation"
            case .askBack: "confirmation_required"
            case .useLicensedStyle: "licensed_style_required"
            }
        let first = decision.closing.first
        let texts = [first?.reason, first?.alternative, decision.appeal].compactMap { $0 }
        self.init(
            .badRequest, .userError, code: code, param: "prompt",
            texts.map { $0.text(in: language) }.joined(separator: " "))
        details = PolicyAnswer(decision: decision).details
    }

    /// A style that may not be used.
    init(_ style: String, _ obstacle: StyleAvailability.Obstacle, language: AnswerLanguage) {
        let code = obstacle == .unknown ? "style_not_found" : "style_unavailable"
        self.init(
            obstacle == .unknown ? .notFound : .badRequest, .userError, code: code, param: "ondol.style",
            obstacle.reason.text(in: language))
        details = [
            "style": .string(style), "obstacle": .string(obstacle.rawValue),
            "reason": PolicyAnswer.json(obstacle.reason),
        ]
    }
}
