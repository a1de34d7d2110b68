import HTTPTypes
import Hummingbird

/// Whether a request comes from a page of this server, and not from a stranger's page in the same browser.
///
/// Browsers say so themselves: `Sec-Fetch-Site` since 2020 to 2023, `Origin` with everything that changes something for
/// longer. Where a browser says neither, which is so for old ones that only look, the token decides alone.
///
/// Source: Fetch Metadata Request Headers, 2.3; Fetch standard, "`Origin` header".
struct OwnPageRule: Sendable {
    let publicAddress: String

    func allows(_ request: Request) -> Bool {
        let sites = request.headers[values: .fetchSite]
        if !sites.isEmpty, sites != ["same-origin"] { return false }
        guard let origin = request.headers[.origin] else {
            return !sites.isEmpty || request.method == .get || request.method == .head
        }
        return isOwn(origin, host: request.head.authority)
    }

    /// The page's own origin is the address that callers are given, or the host that the browser asked: nobody's page
    /// can make a browser write another host than its own there.
    private func isOwn(_ origin: String, host: String?) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        if publicAddress == origin || publicAddress.hasPrefix(origin + "/") { return true }
        guard let host, !host.isEmpty else { return false }
        return origin[scheme.upperBound...].lowercased() == host.lowercased()
    }
}
