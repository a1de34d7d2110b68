import Serving

/// What a key allows.
public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Ask for pictures, and cancel what one asked for.
    case draw
    /// Look at models and at one's own jobs.
    case read
    /// See one's own works, agreements, styles and earnings.
    case styles
    /// See the floor: devices, demand, keys and plans.
    case administer
}

/// Whoever a key belongs to.
public struct Caller: Sendable, Hashable {
    /// The caller's own name in the store; never the key. It appears in logs.
    public let id: String
    /// A second name that its requests are counted to, as a visitor's address; nil for holders of keys.
    public let sharedAccount: String?
    /// What the key allows.
    public let scopes: Set<Scope>
    /// What the caller may ask for.
    public let plan: Plan
    /// Whose works and styles the caller sees to, by the registry's name; nil for nobody's.
    public let holder: String?

    /// Makes a caller; one who draws, where nothing else is said.
    public init(
        id: String, sharedAccount: String? = nil, scopes: Set<Scope> = [.draw, .read], plan: Plan,
        holder: String? = nil
    ) {
        self.id = id
        self.sharedAccount = sharedAccount
        self.scopes = scopes
        self.plan = plan
        self.holder = holder
    }
}

/// A key as a caller sent it. It describes itself without its text, so that it cannot get into a log.
public struct BearerKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The longest key that is looked at, in bytes.
    public static let maximumLength = 256

    /// The key's text.
    public let secret: String

    /// Makes a key; nil where the text cannot be one: empty, too long, or not of visible ASCII.
    public init?(_ secret: String) {
        guard (1...Self.maximumLength).contains(secret.utf8.count),
            secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.secret = secret
    }

    /// Says that it is a key, not which.
    public var description: String { "BearerKey(hidden)" }
    /// Says that it is a key, not which.
    public var debugDescription: String { description }
}

/// Knows the keys.
public protocol KeyService: Sendable {
    /// Who a key belongs to; nil where it is unknown or revoked, which callers are not told apart.
    ///
    /// - Throws: where the keys cannot be looked up; the caller is then answered 500.
    func caller(of key: BearerKey) async throws -> Caller?
}
