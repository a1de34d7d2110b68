/// A person or company that owns works and styles. How to reach them is the operator's to keep, not this registry's.
public struct RightsHolder: Sendable, Hashable, Codable {
    /// What everything else calls them.
    public let identifier: Identifier<RightsHolder>
    /// The name they are credited by.
    public let creditName: String

    /// A holder.
    public init(identifier: Identifier<RightsHolder>, creditName: String) {
        self.identifier = identifier
        self.creditName = creditName
    }
}
