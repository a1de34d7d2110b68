import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /pictures/{id}?expires=&signature=`: a picture by its signed link, without a key; whole, in part, or not again.
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
            return Self.answer(
                picture, named: identifier, for: seconds, signals: services.settings.mining, to: request)
        }
    }

    /// - Parameters:
    ///   - seconds: how long the link still works, and no cache may keep the picture for longer.
    ///   - signals: what programs that collect pictures are told.
    private static func answer(
        _ picture: StoredPicture, named identifier: PictureIdentifier, for seconds: Int,
        signals: MiningSignals, to request: Request
    ) -> Response {
        let tag = EntityTag(unchanging: identifier)
        var headers: HTTPFields = [
            .eTag: tag.text, .acceptRanges: "bytes",
            .cacheControl: "private, max-age=\(seconds), immutable",
            // Pages elsewhere may show what they were given a link to.
            .resourcePolicy: "cross-origin",
        ]
        headers.append(contentsOf: signals.headers)
        if tag.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = picture.format.mediaType
        headers[.contentDisposition] =
            "inline; filename=\"ondol-\(identifier).\(picture.format.rawValue)\""
        let count = picture.bytes.count
        // Only a GET can be asked for in part.
        let wish = request.method == .get && tag.allowsPart(request.headers) ? request.headers[.range] : nil
        switch ByteRange(wish, of: count) {
        case .whole:
            return Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes)))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)"
            return Response(
                status: .partialContent, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes[range])))
        case .unsatisfiable:
            return Response(APIError.unsatisfiableRange.with([.contentRange: "bytes */\(count)"]))
        }
    }
}
