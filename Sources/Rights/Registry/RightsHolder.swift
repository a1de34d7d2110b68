/// A person or company that owns works and styles.
public struct RightsHolder: Sendable, Hashable, Codable {
    public let name: String
}
