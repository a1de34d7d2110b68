import Crypto
import Serving

/// Links to pictures that anyone may follow who has them, until they expire.
///
/// The signature is HMAC-SHA256 over the picture's name and the end, in hexadecimal.
///
/// Source: RFC 2104.
public struct PictureLinks: Sendable {
    private let key: SymmetricKey
    private let publicAddress: String
    private let lifetimeSeconds: Int

    /// Makes the links of a server.
    ///
    /// - Parameter settings: valid ones.
    public init(settings: ServerSettings) {
        key = SymmetricKey(data: settings.linkSecret)
        publicAddress = settings.publicAddress
        lifetimeSeconds = settings.linkLifetimeSeconds
    }

    /// What following a link leads to.
    enum Verdict: Sendable, Hashable {
        case valid(remainingSeconds: Int)
        case expired
        case forged
    }

    /// The address under which a picture can be fetched for a while.
    public func link(to picture: PictureIdentifier, at now: Moment) -> String {
        let expires = Self.second(now) + lifetimeSeconds
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(picture, expires: expires), using: key)
        let signature = code.map { byte in
            String([Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]])
        }.joined()
        return "\(publicAddress)/pictures/\(picture)?expires=\(expires)&signature=\(signature)"
    }

    /// Whether a link is one of ours and still works. The time it takes does not tell how much of a signature is right.
    func verify(_ picture: PictureIdentifier, expires: String, signature: String, at now: Moment) -> Verdict {
        guard let end = Int(expires), String(end) == expires, let code = Self.bytes(signature),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Self.message(picture, expires: end), using: key)
        else { return .forged }
        let remaining = end - Self.second(now)
        return remaining > 0 ? .valid(remainingSeconds: remaining) : .expired
    }

    private static let digits = Array("0123456789abcdef")

    private static func message(_ picture: PictureIdentifier, expires: Int) -> [UInt8] {
        Array("ondol picture\n\(picture)\n\(expires)".utf8)
    }

    private static func second(_ now: Moment) -> Int { Int(now.secondsSinceEpoch.rounded(.down)) }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        guard hexadecimal.utf8.count == 2 * SHA256.byteCount else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in hexadecimal.utf8 {
            guard let digit = digits.firstIndex(of: Character(Unicode.Scalar(character))) else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return bytes
    }
}
