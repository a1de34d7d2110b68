import Crypto
import HTTPTypes
import Serving

/// What a visitor's cookie says.
public struct VisitorPass: Sendable, Hashable {
    /// The visitor's name: 32 hexadecimal digits.
    public let id: String
    /// Until when the cookie is good, in seconds since 1970.
    public let expires: Int
}

/// Makes and checks the cookies of visitors, and the tokens that the page sends beside them.
///
/// A cookie is the visitor's name, its end, and HMAC-SHA256 over both; a token is the same over the name alone, in another
/// wording. Browsers send cookies by themselves, whichever page asks; the token only our own page knows.
///
/// Source: RFC 2104; RFC 6265; OWASP, "Cross-Site Request Forgery Prevention", signed double submit.
struct VisitorPasses: Sendable {
    /// Once less than this share of its life is left, a cookie is renewed.
    static let renewalShare = 0.5

    private let key: SymmetricKey
    private let lifetimeSeconds: Int
    /// Whether browsers may send the cookie over TLS only, which is so where callers reach the server by TLS.
    private let isSecure: Bool

    init(settings: ServerSettings) {
        key = SymmetricKey(data: settings.linkSecret)
        lifetimeSeconds = settings.visitorLifetimeSeconds
        isSecure = settings.publicAddress.hasPrefix("https://")
    }

    /// The cookie's name. The prefix makes browsers refuse one that another host of the domain has set.
    ///
    /// Source: RFC 6265bis, 4.1.3.2.
    var cookieName: String { isSecure ? "__Host-ondol-visitor" : "ondol-visitor" }

    /// A pass for somebody new.
    func newPass(at now: Moment, randomBits: () -> UInt64) -> VisitorPass {
        let id = [randomBits(), randomBits()].map { bits in
            let digits = String(bits, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        return VisitorPass(id: id, expires: Self.second(now) + lifetimeSeconds)
    }

    /// The same visitor's pass with a later end; nil while the old one is good for long.
    func renewed(_ pass: VisitorPass, at now: Moment) -> VisitorPass? {
        let left = Double(pass.expires - Self.second(now))
        guard left < Double(lifetimeSeconds) * Self.renewalShare else { return nil }
        return VisitorPass(id: pass.id, expires: Self.second(now) + lifetimeSeconds)
    }

    /// The header that gives a visitor its cookie.
    func cookie(_ pass: VisitorPass, at now: Moment) -> String {
        let value = "\(pass.id).\(pass.expires).\(hexadecimal(code(Self.message(pass))))"
        let age = max(0, pass.expires - Self.second(now))
        return "\(cookieName)=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    /// The pass in a request's cookies; nil where there is none that is ours, single and still good.
    func pass(in headers: HTTPFields, at now: Moment) -> VisitorPass? {
        let cookies = headers[values: .cookie].flatMap { $0.split(separator: ";") }
        let values = cookies.compactMap { cookie -> Substring? in
            let trimmed = cookie.drop { $0 == " " }
            return trimmed.hasPrefix(cookieName + "=") ? trimmed.dropFirst(cookieName.count + 1) : nil
        }
        guard values.count == 1 else { return nil }
        let parts = values[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].utf8.count == 32, bytes(hexadecimal: parts[0]) != nil,
            let expires = Int(parts[1]), String(expires) == parts[1],
            let signature = bytes(hexadecimal: parts[2])
        else { return nil }
        let pass = VisitorPass(id: parts[0], expires: expires)
        guard isValid(signature, Self.message(pass)), expires > Self.second(now) else { return nil }
        return pass
    }

    /// What the page sends beside the cookie.
    func token(of pass: VisitorPass) -> String { hexadecimal(code(Self.tokenMessage(pass))) }

    /// Whether a token is this visitor's. The time it takes does not tell how much of it is right.
    func isToken(_ text: String, of pass: VisitorPass) -> Bool {
        guard let given = bytes(hexadecimal: text) else { return false }
        return isValid(given, Self.tokenMessage(pass))
    }

    private func code(_ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    private func isValid(_ given: [UInt8], _ message: [UInt8]) -> Bool {
        given.count == SHA256.byteCount
            && HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: message, using: key)
    }

    // The wordings differ from each other's and from that of links, so that no signature is good for anything else.
    private static func message(_ pass: VisitorPass) -> [UInt8] {
        Array("ondol visitor\n\(pass.id)\n\(pass.expires)".utf8)
    }

    private static func tokenMessage(_ pass: VisitorPass) -> [UInt8] {
        Array("ondol page token\n\(pass.id)".utf8)
    }

    private static func second(_ now: Moment) -> Int { Int(now.secondsSinceEpoch.rounded(.down)) }
}
