import HTTPTypes
import NIOCore

/// Finds out where a request comes from, through the proxies that the operator named.
struct ClientNetwork: Sendable {
    /// The addresses of proxies whose word is taken for whom they speak for.
    let trustedProxies: Set<String>

    /// The network of whoever sent a request; nil where it cannot be told.
    ///
    /// Each proxy adds the address that it was called from at the end. So the list is read from there, for as long as a
    /// trusted proxy wrote it: what stands before, the caller may have invented.
    ///
    /// Source: RFC 7239, 5.2, of which `X-Forwarded-For` is the older form.
    func network(peer: String?, headers: HTTPFields) -> String? {
        guard var address = peer.flatMap(Self.normalized) else { return nil }
        let forwarded = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        for entry in forwarded.reversed() {
            guard trustedProxies.contains(address) else { break }
            guard let next = Self.normalized(HeaderParameters.trimmed(String(entry))) else { return nil }
            address = next
        }
        return Self.network(of: address)
    }

    /// An address as it is compared: IPv4 inside IPv6 as IPv4.
    static func normalized(_ text: String) -> String? {
        guard let address = try? SocketAddress(ipAddress: text, port: 0), let plain = address.ipAddress else {
            return nil
        }
        return plain.hasPrefix("::ffff:") && plain.contains(".") ? String(plain.dropFirst(7)) : plain
    }

    private static func network(of address: String) -> String? {
        guard let parsed = try? SocketAddress(ipAddress: address, port: 0) else { return nil }
        guard case .v6(let v6) = parsed else { return address }
        let groups = withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
            stride(from: 0, to: 8, by: 2).map {
                String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
            }
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
