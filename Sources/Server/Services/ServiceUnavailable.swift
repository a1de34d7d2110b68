/// Thrown by a service that cannot do now what it is asked to, and may be able to soon.
///
/// It is answered with 503 and when to come back. Nothing has been taken, and nothing was counted.
public struct ServiceUnavailable: Error, Sendable {
    /// Why, in a word for the log; callers are not told.
    public let reason: String
    /// After how many seconds to ask again.
    public let retryAfterSeconds: Double

    /// Makes an error.
    public init(reason: String, retryAfterSeconds: Double) {
        self.reason = reason
        self.retryAfterSeconds = retryAfterSeconds
    }
}
