import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /pictures/{id}?expires=&signature=`: a picture by its signed link, without a key.
struct PictureRoutes: Sendable {
    let services: RouteServices

    func add(to router: some RouterMethods<APIContext>) {
        router.get("pictures/{id}", use: show)
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        guard let identifier = context.parameters.get("id").flatMap({ PictureIdentifier($0) }) else {
            throw APIError.unknownPicture
        }
        let query = request.uri.queryParameters
        let (ends, signatures) = (query[values: "expires"], query[values: "signature"])
        guard ends.count == 1, signatures.count == 1 else { throw APIError.forgedLink }
        let verdict = services.links.verify(
            identifier, expires: String(ends[0]), signature: String(signatures[0]),
            at: services.environment.now())
        switch verdict {
        case .forged: throw APIError.forgedLink
        case .expired: throw APIError.expiredLink
        case .valid(let seconds):
            guard let picture = try await services.pictures.picture(identifier) else {
                throw APIError.unknownPicture
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: picture.format.mediaType,
                    .cacheControl: "private, max-age=\(seconds), immutable",
                    .contentDisposition:
                        "inline; filename=\"ondol-\(identifier).\(picture.format.rawValue)\"",
                    // Pages elsewhere may show what they were given a link to.
                    .resourcePolicy: "cross-origin",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes)))
        }
    }
}
