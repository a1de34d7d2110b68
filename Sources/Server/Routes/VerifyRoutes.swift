import FoundationEssentials
import HTTPTypes
import Hummingbird
import Serving

/// `POST /v1/verify`: whether a picture is as it was signed. For everyone, without a key.
///
/// The body is the picture's file. It is verified in memory and kept nowhere. Whoever sends a key, or comes from the page, is
/// told which of its own pictures it looks like.
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
        let caller = try await asker(request, context: context)
        let bytes = try await services.bodies.readUpload(&request) { $0 }
        let verified: VerifiedPicture
        do throws(VerificationRefusal) {
            verified = try await verification.verify(bytes, for: caller)
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
        return Response(headers: [.cacheControl: "no-store"], json: json(verified))
    }

    /// Who asks; nil for somebody. A key that is sent must be right; a visitor whose cookie has ended is somebody.
    private func asker(_ request: Request, context: APIContext) async throws -> Caller? {
        if request.headers[.authorization] != nil {
            return try await services.authenticate(request, scope: .read, context: context)
        }
        guard request.headers[.pageToken] != nil else { return nil }
        return try? await services.authenticate(request, scope: .read, context: context)
    }

    private func json(_ verified: VerifiedPicture) -> JSONValue {
        [
            "object": "ondol.verification", "answer": .string(verified.answer),
            "findings": .array(verified.findings.map { .string($0) }),
            "headline": Self.json(verified.headline), "meaning": Self.json(verified.meaning),
            "sentences": .array(verified.sentences.map(Self.json)),
            "facts": .array(verified.facts.map { ["name": Self.json($0.name), "text": Self.json($0.text)] }),
            "known": verified.known.map(json) ?? .null,
        ]
    }

    private func json(_ known: VerifiedPicture.KnownPicture) -> JSONValue {
        [
            "day": .string(known.made.day), "distance": .integer(known.distance),
            "yours": .bool(known.own != nil),
            "url": JSONValue(known.own.map { services.links.link(to: $0, at: services.environment.now()) }),
        ]
    }

    private static func json(_ words: VerifiedPicture.Words) -> JSONValue {
        ["ko": .string(words.korean), "en": .string(words.english)]
    }
}

extension Moment {
    /// The day in UTC, as `2026-11-28`.
    var day: String {
        Date(timeIntervalSince1970: secondsSinceEpoch).formatted(.iso8601.year().month().day())
    }
}
