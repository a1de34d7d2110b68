import HTTPTypes
import Serving

/// Refusals of other rooms, as answers.
extension APIError {
    /// A request that was turned away for load or limits.
    ///
    /// The caller's own limits are 429, the service's are 503; clients wait and try again after both. What can never be
    /// taken is 400.
    init(_ refusal: Refusal, standing: CallerStanding?) {
        switch refusal.reason {
        case .requestsPerMinute:
            self.init(
                .tooManyRequests, .requests, code: "rate_limit_exceeded",
                "Rate limit reached: your plan allows no more requests a minute.")
        case .picturesPerDay:
            self.init(
                .tooManyRequests, .images, code: "rate_limit_exceeded",
                "Rate limit reached: your plan allows no more pictures today.")
        case .picturesAtOnce:
            self.init(
                .tooManyRequests, .images, code: "rate_limit_exceeded",
                "Rate limit reached: your plan allows no more pictures at one time; wait for those that are being drawn."
            )
        case .pictureCount:
            self = .value("n", "your plan allows no request with so many pictures; ask for fewer.")
        case .tooLarge:
            self = .invalid(
                "size", code: "request_too_expensive",
                "This would take longer than your plan bears even with nobody else here; ask for less.")
        case .waitTooLong:
            self.init(
                .serviceUnavailable, .server, code: "overloaded",
                "The service is crowded: the wait would be longer than your plan bears. Come back when Retry-After says."
            )
        case .queueFull:
            self.init(
                .serviceUnavailable, .server, code: "overloaded",
                "The service is crowded: the line is full. Come back when Retry-After says.")
        case .noDevice:
            self.init(
                .serviceUnavailable, .server, code: "no_device",
                "No device can draw at the moment. Come back when Retry-After says.")
        }
        details = Self.details(refusal)
        if let standing { headers.append(contentsOf: standing.headers) }
        if let ticket = refusal.ticket { headers[.ticket] = String(ticket.number) }
        if let seconds = refusal.retryAfterSeconds {
            headers.append(contentsOf: Self.retryHeaders(seconds: seconds))
        } else if status == .tooManyRequests {
            headers[.shouldRetry] = "false"
        }
    }

    private static func details(_ refusal: Refusal) -> JSONObject {
        var details: JSONObject = ["reason": .string(refusal.reason.rawValue)]
        details["wait_seconds"] = refusal.waitSeconds.map { JSONValue(seconds: $0) }
        details["retry_after_seconds"] = refusal.retryAfterSeconds.map { JSONValue(seconds: $0) }
        // Numbers of tickets may be larger than what every reader of JSON holds exactly.
        details["ticket"] = refusal.ticket.map { .string(String($0.number)) }
        details["possible_quality"] = refusal.possibleTier.map { .string($0.qualityWord) }
        return details
    }

    /// Headers that say when to ask again: whole seconds, never too early, as clients take no fractions; and exactly.
    static func retryHeaders(seconds: Double) -> HTTPFields {
        let bounded = min(max(seconds.isFinite ? seconds : 60, 0), 604_800)
        return [
            .retryAfter: String(max(1, Int(bounded.rounded(.up)))),
            .retryAfterMilliseconds: String(Int((bounded * 1000).rounded(.up))),
        ]
    }

    /// A request that is not drawn for what it asks for.
    init(_ refusal: PolicyRefusal) {
        self.init(.badRequest, .userError, code: refusal.code, param: refusal.param, refusal.message)
    }

    /// A picture that did not come.
    init(_ failure: JobFailure) {
        if failure.isCallersFault {
            self.init(.badRequest, .userError, code: failure.code, failure.message)
        } else {
            // The service has tried again by itself, oftener than a library would.
            self.init(.internalServerError, .server, code: failure.code, failure.message)
            headers[.shouldRetry] = "false"
        }
    }

    static let keyReused = APIError(
        .unprocessableContent, .invalidRequest, code: "idempotency_key_reused",
        "This Idempotency-Key was used for another request; use a new one for each.")

    static func unavailable(retryAfterSeconds: Double?) -> APIError {
        APIError(
            .serviceUnavailable, .server, code: "unavailable", "The service takes no requests at the moment."
        ).with(retryAfterSeconds.map(retryHeaders) ?? [:])
    }

    static func storageUnavailable(retryAfterSeconds: Double) -> APIError {
        APIError(
            .serviceUnavailable, .server, code: "storage_unavailable",
            "The service can keep nothing at the moment. Nothing was taken or counted; come back when Retry-After says."
        ).with(retryHeaders(seconds: retryAfterSeconds))
    }

    /// What a stream is told that fails.
    static func told(of error: any Error) -> APIError {
        switch error {
        case let error as APIError: error
        case let error as ServiceUnavailable: .storageUnavailable(retryAfterSeconds: error.retryAfterSeconds)
        default: .internalFailure
        }
    }

    static let cancelled = APIError(
        .conflict, .invalidRequest, code: "job_cancelled",
        "The request was cancelled before its pictures were done.")
}

extension Tier {
    /// The word of OpenAI's API for this effort.
    var qualityWord: String {
        switch self {
        case .full: "high"
        case .standard: "medium"
        case .quick, .turbo: "low"
        }
    }
}
