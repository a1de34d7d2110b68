/// An authority that says at what time a signature was there already, by RFC 3161.
public struct TimestampAuthority: Sendable, Hashable {
    /// Where it is asked, as `http://timestamp.example.org`.
    public let address: String
    /// How long it has to answer, in seconds.
    public let limitSeconds: Double

    /// Names an authority.
    /// - Parameter limitSeconds: from 0.1 to 60.
    /// - Throws: ``ProvenanceError`` with `invalidSetting`.
    public init(address: String, limitSeconds: Double = 5) throws(ProvenanceError) {
        let isAddress = ["http://", "https://"].contains {
            address.hasPrefix($0) && address.count > $0.count
        }
        guard isAddress, address.utf8.count <= 2000, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw ProvenanceError(
                .invalidSetting,
                "a time-stamp authority's address begins with http:// or https://, as http://timestamp.example.org"
            )
        }
        guard (0.1...60).contains(limitSeconds) else {
            throw ProvenanceError(
                .invalidSetting, "a time-stamp authority must have between 0.1 and 60 seconds to answer")
        }
        self.address = address
        self.limitSeconds = limitSeconds
    }
}

/// Why a signature has no time stamp although it should have one. It is written into the credential and the log.
public enum TimestampFailure: String, Sendable, Hashable, Codable {
    /// The authority did not answer in time.
    case noAnswer = "no-answer"
    /// It answered something else than a time stamp, or refused.
    case refused
    /// It failed a while ago, and is left alone for now.
    case resting

    /// The reason in a sentence.
    public var sentence: String {
        switch self {
        case .noAnswer: "the authority did not answer in time."
        case .refused: "the authority answered with something else."
        case .resting: "the authority failed a moment ago and is left alone for a while."
        }
    }
}

/// Whether a time-stamp authority is to be asked: one that failed is left alone for a while, so that pictures do not wait
/// for it one after the other.
struct TimestampBreaker: Sendable {
    /// Uptime in seconds until which it is left alone.
    private(set) var restUntil = 0.0
    private var failures = 0
    /// Signatures that still wait for an answer long after they were given up.
    private(set) var hanging = 0

    /// The first rest, and the longest; each failure in a row doubles it.
    static let firstRestSeconds = 30.0
    static let longestRestSeconds = 1800.0
    /// As many signatures may hang at a time: each holds a thread and a picture until the authority's connection ends.
    static let hangingLimit = 4

    /// Whether to ask now.
    func asks(at uptime: Double) -> Bool { uptime >= restUntil && hanging < Self.hangingLimit }

    /// It answered.
    mutating func succeeded() {
        failures = 0
        restUntil = 0
    }

    /// It failed.
    mutating func failed(at uptime: Double) {
        // 2^6 times the first rest is already longer than the longest.
        restUntil =
            uptime + min(Self.longestRestSeconds, Self.firstRestSeconds * Double(1 << min(failures, 6)))
        failures += 1
    }

    /// A signature was given up, and its thread goes on waiting.
    mutating func beganHanging() { hanging += 1 }

    /// Its thread came back after all.
    mutating func endedHanging() { hanging -= 1 }
}
