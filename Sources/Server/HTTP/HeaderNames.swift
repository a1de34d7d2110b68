import HTTPTypes

extension HTTPField.Name {
    static let requestIdentifier = known("x-request-id")
    static let processingMilliseconds = known("openai-processing-ms")
    static let apiVersion = known("openai-version")
    static let shouldRetry = known("x-should-retry")
    static let retryAfterMilliseconds = known("retry-after-ms")
    static let retryCount = known("x-stainless-retry-count")
    static let idempotencyKey = known("Idempotency-Key")
    static let prefer = known("Prefer")
    static let preferenceApplied = known("Preference-Applied")
    static let ticket = known("Ondol-Ticket")
    static let lastEventIdentifier = known("Last-Event-ID")
    static let frameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let resourcePolicy = known("Cross-Origin-Resource-Policy")
    static let pageToken = known("Ondol-Page-Token")
    static let fetchSite = known("Sec-Fetch-Site")
    static let forwardedFor = known("X-Forwarded-For")
    static let buffering = known("X-Accel-Buffering")

    static let requestLimit = known("x-ratelimit-limit-requests")
    static let requestsRemaining = known("x-ratelimit-remaining-requests")
    static let requestReset = known("x-ratelimit-reset-requests")
    static let pictureLimit = known("x-ratelimit-limit-images")
    static let picturesRemaining = known("x-ratelimit-remaining-images")
    static let pictureReset = known("x-ratelimit-reset-images")

    /// A name that is written here and is known to be one.
    static func known(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(name)") else { preconditionFailure("not the name of a header") }
        return name
    }
}

/// A span of time as rate-limit headers write it: `250ms`, `1s`, `6m0s`, `2h3m0s`.
///
/// Source: OpenAI's guide on rate limits, with Go's form of durations.
func rateLimitSpan(seconds: Double) -> String {
    let bounded = min(max(seconds.isFinite ? seconds : 0, 0), 31_536_000)
    if bounded < 1 { return "\(Int((bounded * 1000).rounded(.up)))ms" }
    let whole = Int(bounded.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    if hours > 0 { return "\(hours)h\(minutes)m\(rest)s" }
    return minutes > 0 ? "\(minutes)m\(rest)s" : "\(rest)s"
}

extension CallerStanding {
    /// What is left, as headers.
    var headers: HTTPFields {
        [
            .requestLimit: "\(requests.limit)", .requestsRemaining: "\(requests.remaining)",
            .requestReset: rateLimitSpan(seconds: requests.resetSeconds),
            .pictureLimit: "\(pictures.limit)", .picturesRemaining: "\(pictures.remaining)",
            .pictureReset: rateLimitSpan(seconds: pictures.resetSeconds),
        ]
    }
}
