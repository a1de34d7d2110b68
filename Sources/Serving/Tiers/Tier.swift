/// How much drawing effort a job gets.
public enum Tier: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// All the effort that shows.
    case full
    /// What nobody can tell from `full` without looking for it.
    case standard
    /// Visibly a little simpler, at about a quarter of the work.
    case quick
    /// The least that is still a picture worth having.
    case turbo

    /// How many tiers have more effort: 0 for `full`.
    public var depth: Int {
        switch self {
        case .full: 0
        case .standard: 1
        case .quick: 2
        case .turbo: 3
        }
    }

    /// The tier with less effort is the greater: a tier is a depth of brown-out.
    public static func < (left: Tier, right: Tier) -> Bool { left.depth < right.depth }
}

/// What a caller asks for.
public enum Quality: String, Sendable, Hashable, Codable, CaseIterable {
    /// Whatever the load allows, said in the answer.
    case auto
    /// `full`, and waits for it.
    case high
    /// `standard`.
    case medium
    /// `quick`.
    case low

    /// The tier insisted on, or nil where the load decides.
    public var insistedTier: Tier? {
        switch self {
        case .auto: nil
        case .high: .full
        case .medium: .standard
        case .low: .quick
        }
    }
}
