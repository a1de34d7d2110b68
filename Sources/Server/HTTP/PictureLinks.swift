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
        let signature = hexadecimal(code)
        return "\(publicAddress)/pictures/\(picture)?expires=\(expires)&signature=\(signature)"
    }

    /// Whether a link is one of ours and still works. The time it takes does not tell how much of a signature is right.
    func verify(_ picture: PictureIdentifier, expires: String, signature: String, at now: Moment) -> Verdict {
        guard let end = Int(expires), String(end) == expires, let code = bytes(hexadecimal: signature),
            code.count == SHA256.byteCount,
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Self.message(picture, expires: end), using: key)
        else { return .forged }
        let remaining = end - Self.second(now)
        return remaining > 0 ? .valid(remainingSeconds: remaining) : .expired
    }

    private static func message(_ picture: PictureIdentifier, expires: Int) -> [UInt8] {
        Array("ondol picture\n\(picture)\n\(expires)".utf8)
    }

    private static func second(_ now: Moment) -> Int { Int(now.secondsSinceEpoch.rounded(.down)) }
}
