import HTTPTypes

/// Errors of requests.
extension APIError {
    static func invalid(_ param: String?, code: String?, _ message: String) -> APIError {
        APIError(.badRequest, .invalidRequest, code: code, param: param, message)
    }

    static func missing(_ param: String) -> APIError {
        invalid(param, code: "missing_required_parameter", "Missing required parameter: '\(param)'.")
    }

    static func type(_ param: String, expected: String, got: String) -> APIError {
        invalid(
            param, code: "invalid_type",
            "Invalid type for '\(param)': expected \(expected), but got \(got) instead.")
    }

    static func value(_ param: String, _ rule: String) -> APIError {
        invalid(param, code: "invalid_value", "Invalid value for '\(param)': \(rule)")
    }

    static func value(_ param: String, oneOf values: [String]) -> APIError {
        let list = values.map { "'\($0)'" }.joined(separator: ", ")
        return value(param, "supported values are \(list).")
    }

    static func below(_ param: String, minimum: Int) -> APIError {
        invalid(
            param, code: "integer_below_min_value",
            "Invalid '\(param)': integer below minimum value. Expected a value >= \(minimum).")
    }

    static func above(_ param: String, maximum: Int) -> APIError {
        invalid(
            param, code: "integer_above_max_value",
            "Invalid '\(param)': integer above maximum value. Expected a value <= \(maximum).")
    }

    static func tooLong(_ param: String, maximum: Int) -> APIError {
        invalid(
            param, code: "string_above_max_length",
            "Invalid '\(param)': string too long. Expected a string with maximum length \(maximum).")
    }

    static func unknownParameter(_ name: String) -> APIError {
        let shown = shortened(name)
        return invalid(shown, code: "unknown_parameter", "Unknown parameter: '\(shown)'.")
    }

    static func unknownModel(_ name: String) -> APIError {
        APIError(
            .notFound, .invalidRequest, code: "model_not_found", param: "model",
            "The model '\(shortened(name))' does not exist here. GET /v1/models lists those that do.")
    }

    static func json(_ fault: JSONFault) -> APIError {
        let why =
            switch fault {
            case .syntax(let offset): "it is not JSON at byte \(offset)"
            case .depth: "it is nested deeper than \(JSONParser.maximumDepth)"
            case .values: "it has more than \(JSONParser.maximumValues) values"
            case .duplicateName: "a name appears twice in one object"
            case .encoding(let offset): "it is not UTF-8 at byte \(offset)"
            case .number(let offset): "the number at byte \(offset) is too large"
            }
        return invalid(
            nil, code: "invalid_json",
            "We could not parse the JSON body of your request: \(why). Send one JSON object.")
    }

    static func multipart(_ reason: String) -> APIError {
        invalid(
            nil, code: "invalid_multipart",
            "We could not parse the multipart body of your request: \(reason).")
    }

    /// A name that a caller gave, short and harmless enough to be shown.
    static func shortened(_ name: String) -> String {
        let plain = name.unicodeScalars.prefix(64).map { scalar in
            let isPlain =
                scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F && scalar != "'"
                && scalar != "\""
            return isPlain ? Character(scalar) : "?"
        }
        return String(plain)
    }
}

/// Errors of HTTP.
extension APIError {
    static func unknownAddress(_ method: HTTPRequest.Method) -> APIError {
        APIError(
            .notFound, .invalidRequest, code: "unknown_url",
            "There is nothing here to \(method.rawValue.prefix(16)).")
    }

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> APIError {
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        return APIError(
            .methodNotAllowed, .invalidRequest, code: "method_not_allowed", "This address takes only \(list)."
        ).with([.allow: list])
    }

    static func tooLarge(maximum: Int, param: String? = nil) -> APIError {
        APIError(
            .contentTooLarge, .invalidRequest, code: "request_too_large", param: param,
            "The body is larger than \(maximum) bytes; send a smaller one."
        ).with([.connection: "close"])
    }

    static func slowBody(seconds: Double) -> APIError {
        APIError(
            .requestTimeout, .invalidRequest, code: "request_timeout",
            "The body did not arrive within \(seconds) seconds; send it faster."
        ).with([.connection: "close"])
    }

    static func unsupportedMediaType(expected: String) -> APIError {
        APIError(
            .unsupportedMediaType, .invalidRequest, code: "unsupported_content_type",
            "This address takes \(expected); say so in Content-Type.")
    }

    static let unsupportedEncoding = APIError(
        .unsupportedMediaType, .invalidRequest, code: "unsupported_content_encoding",
        "Bodies are taken as they are; send them without Content-Encoding."
    ).with([.acceptEncoding: "identity"])

    static let headersTooLarge = APIError(
        .requestHeaderFieldsTooLarge, .invalidRequest, code: "headers_too_large",
        "The headers are too many or too long; send fewer and shorter ones.")

    static func duplicateHeader(_ name: HTTPField.Name) -> APIError {
        invalid(
            nil, code: "duplicate_header",
            "The header \(name.canonicalName) appears more than once; send it once.")
    }

    static func invalidHeader(_ name: HTTPField.Name, _ rule: String) -> APIError {
        invalid(nil, code: "invalid_header", "The header \(name.canonicalName) must be \(rule).")
    }

    static let malformedRequest = APIError(
        .badRequest, .invalidRequest, code: "malformed_request",
        "This is not a request of HTTP/1.1 that is taken here: its first line, a header or a chunk is malformed or too long."
    )

    static let internalFailure = APIError(
        .internalServerError, .server, code: "internal_error",
        "The server had an error while it worked on your request. Tell the operator the request id if it happens again."
    )

    static func drawingFailed(_ reason: String) -> APIError {
        APIError(.internalServerError, .server, code: "drawing_failed", reason)
    }

    static let departed = APIError(
        .init(code: 499, reasonPhrase: "Client Closed Request"), .invalidRequest, code: "client_left",
        "The caller has left.")
}

/// Errors of keys and of things that are not there.
extension APIError {
    static let missingKey = APIError(
        .unauthorized, .authentication, code: "missing_api_key",
        "You didn't provide an API key. Send it in the header Authorization: Bearer YOUR_KEY."
    ).with([.wwwAuthenticate: "Bearer"])

    static let invalidKey = APIError(
        .unauthorized, .authentication, code: "invalid_api_key",
        "The API key is not right, or no longer. Ask the operator for one."
    ).with([.wwwAuthenticate: "Bearer error=\"invalid_token\""])

    static let unknownVisitor = APIError(
        .unauthorized, .authentication, code: "visitor_unknown",
        "The visitor's cookie is missing, not ours or too old; open the page again.")

    static let foreignPage = APIError(
        .forbidden, .permission, code: "foreign_page",
        "This is answered only to the server's own page: the request comes from elsewhere, or its token is not right."
    )

    static func missingScope(_ scope: Scope) -> APIError {
        APIError(
            .forbidden, .permission, code: "insufficient_permissions",
            "This key may not do that: it lacks the scope '\(scope.rawValue)'. Ask the operator for it.")
    }

    static let unknownJob = APIError(
        .notFound, .invalidRequest, code: "job_not_found", param: "id", "There is no such job of yours.")

    static let endedJob = APIError(
        .conflict, .invalidRequest, code: "job_already_ended", param: "id",
        "The job has ended already; there is nothing left to cancel.")

    static let unknownPicture = APIError(
        .notFound, .invalidRequest, code: "picture_not_found", param: "id",
        "There is no such picture, or no longer.")

    static let forgedLink = APIError(
        .forbidden, .permission, code: "invalid_signature", param: "signature",
        "The link is not one of ours; use it exactly as it was given.")

    static let unsatisfiableRange = APIError(
        .rangeNotSatisfiable, .invalidRequest, code: "range_not_satisfiable",
        "The picture has no such bytes; Content-Range says how many it has.")

    static let expiredLink = APIError(
        .forbidden, .permission, code: "link_expired", param: "expires",
        "The link has expired; ask for the job again to get a new one.")
}
