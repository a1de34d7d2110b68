/// Somebody at the page who has no key.
public struct Visitor: Sendable, Hashable {
    /// The name in the visitor's cookie: 32 hexadecimal digits that nobody can guess. Whoever deletes the cookie gets
    /// another, so limits hold only together with ``network``.
    public let id: String
    /// Where the visitor comes from: the whole address of IPv4, the first 64 bits of IPv6, which one household has
    /// together; nil where the server does not know it.
    public let network: String?

    /// Makes a visitor.
    public init(id: String, network: String?) {
        self.id = id
        self.network = network
    }
}

/// Knows what visitors may do.
public protocol VisitorService: Sendable {
    /// The caller that a visitor counts as. The cookie was checked before: its name is one that this server gave.
    ///
    /// - Throws: ``APIError`` where visitors are not served; anything else is answered with 500.
    func caller(of visitor: Visitor) async throws -> Caller
}
