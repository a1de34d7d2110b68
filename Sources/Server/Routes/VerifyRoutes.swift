import HTTPTypes
import Hummingbird

/// `POST /v1/verify`: whether a picture is as it was signed. For everyone, without a key.
///
/// The body is the picture's file. It is verified in memory and kept nowhere.
struct VerifyRoutes: Sendable {
    let services: RouteServices
    let verification: any VerificationService

    func add(to router: some RouterMethods<APIContext>) { router.post("v1/verify", use: verify) }

    @Sendable func verify(_ request: Request, context: APIContext) async throws -> Response {
        var request = request
        let type = request.headers[.contentType].flatMap { HeaderParameters($0) }?.value
        let types = OutputFormat.allCases.map(\.mediaType)
        guard let type, types.contains(type) || type == "application/octet-stream" else {
            throw APIError.unsupportedMediaType(expected: types.joined(separator: ", "))
        }
        let bytes = try await services.bodies.readUpload(&request) { $0 }
        let verified: VerifiedPicture
        do throws(VerificationRefusal) {
            verified = try await verification.verify(bytes)
        } catch {
            switch error {
            case .busy:
                throw APIError(
                    .serviceUnavailable, .server, code: "overloaded",
                    "Too many pictures are being verified at the moment; try again in a few seconds."
                ).with([.retryAfter: "3"])
            case .unreadable(let reason):
                throw APIError.invalid(
                    nil, code: "invalid_image", "The picture cannot be verified: \(reason).")
            }
        }
        return Response(headers: [.cacheControl: "no-store"], json: Self.json(verified))
    }

    private static func json(_ verified: VerifiedPicture) -> JSONValue {
        [
            "object": "ondol.verification", "answer": .string(verified.answer),
            "findings": .array(verified.findings.map { .string($0) }),
            "headline": json(verified.headline), "meaning": json(verified.meaning),
            "sentences": .array(verified.sentences.map(json)),
            "facts": .array(verified.facts.map { ["name": json($0.name), "text": json($0.text)] }),
        ]
    }

    private static func json(_ words: VerifiedPicture.Words) -> JSONValue {
        ["ko": .string(words.korean), "en": .string(words.english)]
    }
}
