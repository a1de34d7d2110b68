import HTTPTypes
import Testing

@testable import Server

@Suite struct ClientNetworkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let peer: String?
        var forwarded: [String] = []
        let network: String?
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "a caller itself", peer: "192.0.2.7", network: "192.0.2.7"),
        Case(name: "IPv6 by its first half", peer: "2001:db8:1:2:3:4:5:6", network: "2001:db8:1:2::/64"),
        Case(name: "IPv4 inside IPv6", peer: "::ffff:192.0.2.7", network: "192.0.2.7"),
        Case(name: "no address", peer: nil, network: nil),
        Case(
            name: "invented by the caller", peer: "192.0.2.7", forwarded: ["198.51.100.1"],
            network: "192.0.2.7"),
        Case(
            name: "through our proxy", peer: "10.0.0.1", forwarded: ["198.51.100.1"], network: "198.51.100.1"),
        Case(
            name: "invented, through our proxy", peer: "10.0.0.1", forwarded: ["203.0.113.9, 198.51.100.1"],
            network: "198.51.100.1"),
        Case(
            name: "through two of our proxies", peer: "10.0.0.1", forwarded: ["198.51.100.1", "10.0.0.2"],
            network: "198.51.100.1"),
        Case(name: "from our proxy itself", peer: "10.0.0.1", network: "10.0.0.1"),
        Case(name: "no address from our proxy", peer: "10.0.0.1", forwarded: ["unknown"], network: nil),
    ]

    @Test(
        "A caller's network is found through the proxies that are trusted, and no further", arguments: cases)
    func network(_ each: Case) throws {
        let rule = ClientNetwork(trustedProxies: ["10.0.0.1", "10.0.0.2"])
        var headers = HTTPFields()
        for value in each.forwarded { headers.append(HTTPField(name: .forwardedFor, value: value)) }
        #expect(rule.network(peer: each.peer, headers: headers) == each.network)
    }
}
