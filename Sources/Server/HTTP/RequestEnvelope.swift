import HTTPTypes
import Hummingbird
import Logging
import Serving

/// What every request and every answer goes through: ids, times, headers, errors, the log.
struct RequestEnvelope: RouterMiddleware {
    typealias Context = APIContext

    /// The longest address that is taken, in bytes.
    static let maximumAddressLength = 4096

    let environment: ServerEnvironment
    let origins: CrossOriginRule
    let routes: RouteTable

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let started = environment.now()
        var context = context
        context.requestIdentifier = environment.requestIdentifier()
        context.logger[metadataKey: "request_id"] = .string(context.requestIdentifier)
        var response: Response
        do {
            response = try await answer(request, context: context, next: next)
        } catch let error as APIError {
            response = Response(error)
        } catch is CancellationError {
            response = Response(APIError.departed)
        } catch let error as ServiceUnavailable {
            context.logger.error("a request has to wait", metadata: ["reason": .string(error.reason)])
            response = Response(APIError.storageUnavailable(retryAfterSeconds: error.retryAfterSeconds))
        } catch let error as HTTPError where error.status == .notFound {
            response = Response(routes.refusal(of: request))
        } catch {
            // Only the error's type: its text may hold what the caller sent.
            context.logger.error("a request failed", metadata: ["error": .string("\(type(of: error))")])
            response = Response(APIError.internalFailure)
        }
        let milliseconds = max(0, Int(((environment.now() - started) * 1000).rounded()))
        seal(&response, request: request, context: context, milliseconds: milliseconds)
        var metadata: Logger.Metadata = [
            "method": .string(String(request.method.rawValue.prefix(16))),
            "route": .string(routes.pattern(of: request.uri.path) ?? "unknown"),
            "status": .stringConvertible(response.status.code),
            "milliseconds": .stringConvertible(milliseconds),
        ]
        if let caller = context.callerNote.callerName { metadata["caller"] = .string(caller) }
        context.logger.info("answered", metadata: metadata)
        return response
    }

    private func answer(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.string.utf8.count <= Self.maximumAddressLength else {
            throw APIError(
                .uriTooLong, .invalidRequest, code: "address_too_long",
                "The address is longer than \(Self.maximumAddressLength) bytes.")
        }
        try RequestHeaders.refuseDuplicates(request.headers)
        if let preflight = origins.preflight(request) { return preflight }
        return try await next(request, context)
    }

    private func seal(_ response: inout Response, request: Request, context: APIContext, milliseconds: Int) {
        response.headers[.requestIdentifier] = context.requestIdentifier
        response.headers[.processingMilliseconds] = "\(milliseconds)"
        response.headers[.apiVersion] = "2020-10-01"
        origins.mark(&response, request: request)
        let usual: [(HTTPField.Name, String)] = [
            (.cacheControl, "no-store"), (.xContentTypeOptions, "nosniff"), (.frameOptions, "DENY"),
            (.referrerPolicy, "no-referrer"), (.resourcePolicy, "same-origin"),
            (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        ]
        for (name, value) in usual where response.headers[name] == nil { response.headers[name] = value }
    }
}
