import HTTPTypes

/// An answer that says no, in the shape that clients of OpenAI's API read.
///
/// Its texts are made here, from names and numbers of this program: nothing that a caller sent, be it a prompt, a picture
/// or a key, gets into one. The exceptions are the name of a field or a model, cut short, and the words of a prompt that a
/// rule of the policy found, told back to whoever wrote them. The log has an error's code alone.
///
/// Source: OpenAI's API description, schema `Error`; the status codes that its Python client gives a type each.
public struct APIError: Error, Sendable, Hashable {
    /// The kinds of error as clients tell them apart.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request is wrong; sending it again gives the same answer.
        case invalidRequest = "invalid_request_error"
        /// The key is missing, unknown, or may not do this.
        case authentication = "authentication_error"
        /// The key may not do this.
        case permission = "permission_error"
        /// What the request wants drawn is not drawn here.
        case userError = "image_generation_user_error"
        /// Too many requests for the caller's plan.
        case requests
        /// Too many pictures for the caller's plan.
        case images
        /// The service could not, for reasons of its own.
        case server = "server_error"
    }

    /// The status of the answer.
    public var status: HTTPResponse.Status
    /// The kind of error.
    public var kind: Kind
    /// The exact reason, for programs; nil where the kind says it all.
    public var code: String?
    /// The field of the request that is wrong; nil where it is not for one field.
    public var param: String?
    /// The reason, for people.
    public var message: String
    /// Members under our own key.
    var details: JSONObject?
    /// Headers of the answer.
    var headers: HTTPFields = [:]

    /// Makes an error from its parts.
    public init(
        _ status: HTTPResponse.Status, _ kind: Kind, code: String? = nil, param: String? = nil,
        _ message: String
    ) {
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.message = message
    }

    /// The object under `error`.
    var object: JSONValue {
        var object: JSONObject = [
            "message": .string(message), "type": .string(kind.rawValue), "param": JSONValue(param),
            "code": JSONValue(code),
        ]
        if let details { object["ondol"] = .object(details) }
        return .object(object)
    }

    /// The longest wait that a library may spend before it sends a request again by itself, in seconds; whoever is told
    /// to come back later than that should ask a person.
    ///
    /// Source: OpenAI's Python client 3.54, `MAX_RETRY_AFTER_DELAY`.
    static let longestRetrySeconds = 120.0

    /// Whether the same request may succeed soon, so that a library should send it again.
    var mayPassSoon: Bool {
        switch status {
        case .requestTimeout, .tooManyRequests, .internalServerError, .serviceUnavailable:
            headers[.retryAfter].flatMap(Double.init).map { $0 <= Self.longestRetrySeconds } ?? true
        default: false
        }
    }

    /// The whole body.
    var body: JSONValue { ["error": object] }

    /// The same error with headers added.
    func with(_ fields: HTTPFields) -> APIError {
        var error = self
        error.headers.append(contentsOf: fields)
        return error
    }
}
