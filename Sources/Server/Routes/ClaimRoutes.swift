import HTTPTypes
import Hummingbird
import NIOCore
import Rights

/// `/v1/claims`, for anybody without a key, and `/v1/floor/claims`, for operators.
struct ClaimRoutes: Sendable {
    let services: RouteServices
    let claims: any ClaimService

    /// How many claims a page has.
    private static let pageSize = 50

    func add(to router: some RouterMethods<APIContext>) {
        router.get("v1/claims", use: rules)
        router.post("v1/claims", use: submit)
        router.get("v1/claims/{receipt}", use: show)
        router.get("v1/floor/claims", use: list)
        router.get("v1/floor/claims/{receipt}/picture", use: picture)
        router.post("v1/floor/claims/{receipt}/steps", use: step)
    }

    // MARK: anybody

    @Sendable func rules(_ request: Request, context: APIContext) async throws -> Response {
        let subjects = try await claims.subjects()
        return Response(json: ClaimAnswer.rules(claims.rules, subjects: subjects))
    }

    @Sendable func submit(_ request: Request, context: APIContext) async throws -> Response {
        var request = request
        try Self.requireJSON(request)
        let (statement, picture) = try await services.bodies.readUpload(&request) { body in
            try Self.claim(body)
        }
        let outcome = try await claims.submit(
            statement, picture: picture, from: services.network(of: request, context: context))
        switch outcome {
        case .taken(let taken):
            context.logger.info("a claim came", metadata: ["about": .string("\(statement)")])
            return Response(
                status: .created,
                headers: [.location: "/v1/claims/\(taken.receipt)", .cacheControl: "no-store"],
                json: ClaimAnswer(taken).json)
        case .unknownStyle: throw APIError.value("style", "there is no such style here.")
        case .tooMany:
            throw APIError(
                .tooManyRequests, .requests, code: "too_many_claims",
                "\(ClaimLimits.perNetworkAndDay) claims have come from your network within a day; come back tomorrow, or say all of it in one."
            ).with(APIError.retryHeaders(seconds: 86_400))
        case .full:
            throw APIError(
                .serviceUnavailable, .server, code: "claims_full",
                "More claims wait than can be read; come back tomorrow, or write to the operator."
            ).with(APIError.retryHeaders(seconds: 86_400))
        }
    }

    private static func claim(_ body: [UInt8]) throws -> (ClaimStatement, UploadedPicture?) {
        var reader = FieldReader(try GenerationRequest.jsonObject(body))
        let style = try reader.string("style", maximumLength: 100)
        let text = try required(&reader, "text", ClaimStatement.textLimit)
        let link = try reader.string("link", maximumLength: ClaimStatement.linkLimit) ?? ""
        let name = try required(&reader, "name", ClaimStatement.nameLimit)
        let contact = try required(&reader, "contact", ClaimStatement.nameLimit)
        let tongue = try reader.choice("language", ClaimStatement.Tongue.self) ?? .english
        let picture = try picture(&reader)
        try reader.finish()
        guard link.isEmpty || ["https://", "http://"].contains(where: link.hasPrefix) else {
            throw APIError.value("link", "give the whole address, beginning with https:// or http://.")
        }
        var subject = ClaimStatement.Subject.other
        if let style {
            guard let identifier = try? Identifier<Style>(style) else {
                throw APIError.value("style", "there is no such style here.")
            }
            subject = .style(identifier)
        }
        let statement = try ClaimStatement(
            subject: subject, text: text, link: link, name: name, contact: contact, tongue: tongue)
        return (statement, picture)
    }

    private static func required(_ reader: inout FieldReader, _ name: String, _ limit: Int) throws(APIError)
        -> String
    {
        guard let text = try reader.string(name, maximumLength: limit) else { throw .missing(name) }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .value(name, "it is empty.")
        }
        return text
    }

    /// The picture, as a data URL.
    private static func picture(_ reader: inout FieldReader) throws(APIError) -> UploadedPicture? {
        guard var inner = try reader.object("picture") else { return nil }
        var limits = UploadLimits()
        limits.photoBytes = ClaimLimits.pictureBytes
        let bytes = try GenerationRequest.dataURL(&inner, limits)
        return try GenerationRequest.picture(bytes, param: "picture", maximum: limits.photoBytes)
    }

    private static func requireJSON(_ request: Request) throws(APIError) {
        guard request.headers[.contentType].flatMap({ HeaderParameters($0) })?.value == "application/json"
        else { throw .unsupportedMediaType(expected: "application/json") }
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        guard let found = try await claims.claim(try receipt(context)) else { throw APIError.unknownClaim }
        return Response(headers: [.cacheControl: "no-store"], json: ClaimAnswer(found).json)
    }

    private func receipt(_ context: APIContext) throws(APIError) -> ClaimReceipt {
        guard let receipt = context.parameters.get("receipt").flatMap({ ClaimReceipt($0) }) else {
            throw .unknownClaim
        }
        return receipt
    }

    // MARK: operators

    @Sendable func list(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .administer, context: context)
        let query = request.uri.queryParameters
        let isOpen: Bool
        switch query["status"] {
        case nil, "open": isOpen = true
        case "answered": isOpen = false
        default: throw APIError.value("status", oneOf: ["open", "answered"])
        }
        let after = query["after"].flatMap { ClaimReceipt($0) }
        let found = try await claims.claims(isOpen: isOpen, after: after, limit: Self.pageSize)
        return Response(
            headers: [.cacheControl: "no-store"],
            json: [
                "object": "list", "has_more": .bool(found.count == Self.pageSize),
                "data": .array(found.map { ClaimAnswer($0, forOperator: true).json }),
            ])
    }

    @Sendable func picture(_ request: Request, context: APIContext) async throws -> Response {
        _ = try await services.authenticate(request, scope: .administer, context: context)
        guard let picture = try await claims.picture(of: try receipt(context)) else {
            throw APIError.unknownPicture
        }
        return Response(
            status: .ok, headers: [.contentType: picture.format.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes)))
    }

    @Sendable func step(_ request: Request, context: APIContext) async throws -> Response {
        let caller = try await services.authenticate(request, scope: .administer, context: context)
        var request = request
        try Self.requireJSON(request)
        let body = try await services.bodies.read(
            &request, maximum: services.settings.jsonBytes, seconds: services.settings.bodySeconds)
        var reader = FieldReader(try GenerationRequest.jsonObject(body))
        let words = Claim.Stage.allCases.filter { $0 != .received }
        let stage = try reader.choice(
            "status", Dictionary(uniqueKeysWithValues: words.map { ($0.rawValue, $0) }), words.map(\.rawValue)
        )
        let reason = try reader.string("reason", maximumLength: Claim.reasonLimit) ?? ""
        try reader.finish()
        guard let stage else { throw APIError.missing("status") }
        do {
            guard
                let changed = try await claims.step(
                    try receipt(context), to: stage, reason: reason, by: caller)
            else { throw APIError.unknownClaim }
            return Response(json: ClaimAnswer(changed, forOperator: true).json)
        } catch let error as RightsError where error.code == .invalidValue {
            throw APIError.invalid(
                "reason", code: "invalid_value", "The step cannot be taken: \(error.message).")
        } catch let error as RightsError where error.code == .invalidTransition {
            throw APIError(
                .conflict, .invalidRequest, code: "invalid_transition", param: "status",
                "The step cannot be taken: \(error.message).")
        }
    }
}

extension APIError {
    static let unknownClaim = APIError(
        .notFound, .invalidRequest, code: "claim_not_found", param: "receipt",
        "There is no claim of that number; look at the number again.")
}
