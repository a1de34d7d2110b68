/// The answer to a request.
public enum AdmissionDecision: Sendable, Hashable {
    /// Taken: once these terms are written, the pictures are owed.
    case accepted(Admission)
    /// Turned away.
    case refused(Refusal)
}

/// A request that was taken.
public struct Admission: Sendable, Hashable {
    /// The terms of each picture, in the order they are drawn.
    public let jobs: [JobTerms]
    /// The tier of them all.
    public let tier: Tier
    /// Whether load chose a lower tier than `full` for a caller who left it open; the answer says so.
    public let isLowered: Bool
}

/// A request that was turned away: why, and what can be done.
public struct Refusal: Sendable, Hashable {
    /// Why a request is turned away.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// More requests a minute than the plan allows.
        case requestsPerMinute
        /// More pictures a day than the plan allows.
        case picturesPerDay
        /// More pictures at one time than the plan allows.
        case picturesAtOnce
        /// The number of pictures in one request is none or too many; asking again does not help.
        case pictureCount
        /// It would take longer than the caller's plan bears.
        case waitTooLong
        /// As many jobs wait as can be kept.
        case queueFull
        /// No device can draw at the moment.
        case noDevice
        /// It would take longer than the plan bears even with nobody else there; asking again does not help.
        case tooLarge
    }

    /// Why.
    public let reason: Reason
    /// The wait it would have been, in seconds; nil where it was not for the wait.
    public let waitSeconds: Double?
    /// After how many seconds to ask again; nil where that does not help, or depends on the caller's own pictures.
    public let retryAfterSeconds: Double?
    /// The kept place, if one is.
    public let ticket: Ticket?
    /// A tier at which it would have been taken, where the caller insisted on a better one.
    public let possibleTier: Tier?

    /// A refusal for a limit that has no room.
    public init(_ excess: Limits.Excess) {
        let reason: Reason =
            switch excess.limit {
            case .requestsPerMinute: .requestsPerMinute
            case .picturesPerDay: .picturesPerDay
            case .picturesAtOnce: .picturesAtOnce
            }
        self.init(reason, retryAfterSeconds: excess.retryAfterSeconds)
    }

    init(
        _ reason: Reason, waitSeconds: Double? = nil, retryAfterSeconds: Double? = nil, ticket: Ticket? = nil,
        possibleTier: Tier? = nil
    ) {
        self.reason = reason
        self.waitSeconds = waitSeconds
        self.retryAfterSeconds = retryAfterSeconds
        self.ticket = ticket
        self.possibleTier = possibleTier
    }
}
