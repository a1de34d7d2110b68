/// How far a job has come.
public enum JobState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Written, and waiting at its place.
    case queued
    /// A worker has claimed it and has not said that it draws.
    case leased
    /// A worker draws it.
    case drawing
    /// Its picture is stored.
    case done
    /// It cannot be drawn, however often it is tried.
    case failed
    /// Nobody wants it any more.
    case cancelled

    /// Whether nothing changes it any more.
    public var isFinal: Bool {
        switch self {
        case .queued, .leased, .drawing: false
        case .done, .failed, .cancelled: true
        }
    }

    /// Whether a worker holds it.
    public var isHeld: Bool { self == .leased || self == .drawing }
}
