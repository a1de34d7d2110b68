import Rights

/// Why the policy or the registry had a request not drawn, as operators count it. Neither words nor callers are counted.
public enum PolicyStop: String, Sendable, Hashable, Codable, CaseIterable {
    /// A rule refused it.
    case refused
    /// The person was asked back.
    case askedBack = "asked_back"
    /// A licensed style was named instead.
    case licensedStyle = "licensed_style"
    /// The style that was asked for may not be used.
    case styleUnavailable = "style_unavailable"

    /// What a decision comes to; nil where it allows.
    public init?(_ outcome: PolicyDecision.Outcome) {
        switch outcome {
        case .allow: return nil
        case .useLicensedStyle: self = .licensedStyle
        case .askBack: self = .askedBack
        case .refuse: self = .refused
        }
    }
}
