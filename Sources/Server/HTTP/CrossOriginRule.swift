import HTTPTypes
import Hummingbird

/// Which origins' pages may read answers.
///
/// Keys travel in a header that pages set themselves, never in a cookie, so no answer is given to credentials.
///
/// Source: Fetch standard, "CORS protocol".
struct CrossOriginRule: Sendable {
    let allowedOrigins: [String]

    private static let requestHeaders =
        "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Ondol-Ticket, Prefer, Range"
    private static let answerHeaders =
        "Content-Range, ETag, Location, Ondol-Ticket, Preference-Applied, Retry-After, retry-after-ms, x-should-retry, "
        + "x-request-id, openai-processing-ms, x-ratelimit-limit-requests, "
        + "x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-images, "
        + "x-ratelimit-remaining-images, x-ratelimit-reset-images"

    private func allowed(_ request: Request) -> String? {
        guard let origin = request.headers[.origin] else { return nil }
        if allowedOrigins.contains("*") { return "*" }
        return allowedOrigins.contains(origin) ? origin : nil
    }

    /// The answer to a browser's question before the request; nil where this is none, or the origin is not allowed.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            allowed(request) != nil
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD, POST, DELETE",
                .accessControlAllowHeaders: Self.requestHeaders, .accessControlMaxAge: "600",
            ])
    }

    /// Says in an answer that the origin may read it.
    func mark(_ response: inout Response, request: Request) {
        guard !allowedOrigins.isEmpty else { return }
        response.headers[.vary] = "Origin"
        guard let origin = allowed(request) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = Self.answerHeaders
        response.headers[.resourcePolicy] = "cross-origin"
    }
}
