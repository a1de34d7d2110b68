import HTTPTypes
import Hummingbird
import NIOCore
import Rights

/// `/v1/artist` and `/v1/artist/statements/{month}`: what is an artist's, by a key that is for that artist.
struct ArtistRoutes: Sendable {
    let services: RouteServices
    let artists: any ArtistDesk

    func add(to router: some RouterMethods<APIContext>) {
        router.get("v1/artist", use: show)
        router.get("v1/artist/statements/{month}", use: statements)
        router.get("v1/artist/statements/{month}/csv", use: csv)
    }

    /// Whose key it is.
    private func holder(_ request: Request, context: APIContext) async throws -> String {
        let caller = try await services.authenticate(request, scope: .styles, context: context)
        guard let holder = caller.holder else {
            throw APIError(
                .forbidden, .permission, code: "no_holder",
                "This key is for no artist in particular; ask the operator for one that is.")
        }
        return holder
    }

    @Sendable func show(_ request: Request, context: APIContext) async throws -> Response {
        let holder = try await holder(request, context: context)
        guard let report = try await artists.report(of: holder) else { throw APIError.unknownHolder }
        return Response(headers: [.cacheControl: "no-store"], json: ArtistAnswer(report: report).json)
    }

    private func found(_ request: Request, context: APIContext) async throws -> [MonthlyStatement] {
        let holder = try await holder(request, context: context)
        guard let month = context.parameters.get("month").flatMap({ try? CalendarMonth($0) }) else {
            throw APIError.value("month", "write it as 2026-11.")
        }
        return try await artists.statements(of: holder, month: month)
    }

    @Sendable func statements(_ request: Request, context: APIContext) async throws -> Response {
        let found = try await found(request, context: context)
        return Response(
            headers: [.cacheControl: "no-store"],
            json: ["object": "list", "data": .array(found.map(ArtistAnswer.json))])
    }

    @Sendable func csv(_ request: Request, context: APIContext) async throws -> Response {
        let found = try await found(request, context: context)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition:
                    "attachment; filename=\"statement-\(context.parameters.get("month") ?? "").csv\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: found.map(\.csv).joined(separator: "\r\n"))))
    }
}

extension APIError {
    static let unknownHolder = APIError(
        .notFound, .invalidRequest, code: "holder_not_found",
        "The artist whom this key is for is not registered; ask the operator.")
}
