/// Whoever requests are counted to: a key, a visitor's cookie, or the address a visitor comes from.
public struct CallerIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The name, beginning with what it names.
    public let text: String

    /// The caller who holds a key.
    public static func key(_ key: KeyIdentifier) -> Self { Self(stored: key.text) }

    /// A visitor without a key, by the number in the signed cookie.
    ///
    /// - Parameter number: 1 to 64 letters, digits, `-` and `_`; anything else gives nil.
    public static func visitor(_ number: String) -> Self? { Self("visitor", number) }

    /// All visitors of one network address, by a keyed hash of it: an address itself is not kept.
    ///
    /// - Parameter hash: 1 to 64 letters, digits, `-` and `_`; anything else gives nil.
    public static func address(hash: String) -> Self? { Self("address", hash) }

    /// Takes a name that this type wrote; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, ["visitor", "address"].contains(parts[0]) {
            self.init(parts[0], parts[1])
        } else if let key = KeyIdentifier(text) {
            self = .key(key)
        } else {
            return nil
        }
    }

    /// Takes a name from a row.
    init(stored text: String) { self.text = text }

    private init?(_ kind: String, _ name: String) {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == 0x2D || byte == 0x5F
        }
        guard isPlain, (1...64).contains(name.utf8.count) else { return nil }
        text = kind + ":" + name
    }

    /// The name.
    public var description: String { text }
}

/// On whose behalf something is looked up or cancelled.
public enum Viewer: Hashable, Sendable {
    /// A caller, who is shown what is the caller's own and told of nothing else.
    case caller(CallerIdentifier)
    /// The service itself, or its operator.
    case service

    /// Whether what belongs to a caller may be seen.
    func sees(_ owner: CallerIdentifier) -> Bool {
        switch self {
        case .caller(let caller): caller == owner
        case .service: true
        }
    }
}
