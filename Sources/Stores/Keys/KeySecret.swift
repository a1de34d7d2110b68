import Crypto
import Serving

/// A key as its holder has it. Shown once, when it is made; never kept, logged or printed.
public struct KeySecret: Sendable {
    /// The name it is found by; not secret.
    public let id: KeyIdentifier
    private let secret: String

    /// Makes a new key with 256 bits of chance.
    ///
    /// - Parameter generator: chance that cannot be predicted.
    public init(at now: Moment, using generator: inout some RandomNumberGenerator) {
        id = KeyIdentifier(at: now, using: &generator)
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var secret = ""
        for _ in 0..<Self.digitCount { secret.append(digits[Int(generator.next() >> 59)]) }
        self.secret = secret
    }

    /// Reads what a caller sent; nil where it has not the form of a key.
    public init?(_ text: String) {
        let prefix = "ondol_"
        guard text.utf8.count <= 200, text.hasPrefix(prefix) else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = KeyIdentifier("key_" + parts[0]),
            parts[1].utf8.count == Self.digitCount
        else { return nil }
        self.id = id
        secret = String(parts[1])
    }

    /// What the holder keeps, such as `ondol_06evz8…_9q2c…`.
    public var text: String { "ondol_" + id.text.dropFirst("key_".count) + "_" + secret }

    /// Five bits a digit: 260.
    private static let digitCount = 52

    /// What is kept of the key: a hash keyed by a salt of its own. A slow hash would add nothing, since the secret is no
    /// word that could be guessed.
    func digest(salt: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(secret.utf8), using: SymmetricKey(data: salt)))
    }

    /// Whether a kept hash is this key's; takes the same time wherever they differ.
    func matches(digest: [UInt8], salt: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            digest, authenticating: Array(secret.utf8), using: SymmetricKey(data: salt))
    }
}

extension KeySecret: CustomStringConvertible, CustomReflectable {
    /// Its name alone, so that no log gives it away.
    public var description: String { id.text }
    /// Its name alone.
    public var customMirror: Mirror { Mirror(self, children: ["id": id.text]) }
}
