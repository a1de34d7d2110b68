import ScriptedService
import Testing

@testable import Server

/// What programs that collect pictures are told.
@Suite struct SignalTests {
    @Test("Pictures say whether mining them is reserved, and so do the files that are looked at first")
    func signals() async throws {
        for (signals, reservation) in [
            (MiningSignals(), "1"), (MiningSignals(isReserved: false), "0"),
            (MiningSignals(isReserved: true, termsAddress: "https://o.example/terms"), "1"),
        ] {
            try await LiveServer.run(changing: { $0.mining = signals }) { server in
                let robots = try await server.call("GET", "/robots.txt", key: nil)
                #expect(robots.status == 200 && robots["content-type"] == "text/plain; charset=utf-8")
                #expect(
                    robots.text.hasPrefix("User-agent: *\n") && robots.text.contains("Disallow: /pictures/\n")
                )
                let file = try await server.call("GET", "/.well-known/tdmrep.json", key: nil)
                guard case .array(let rules) = file.json, rules.count == 2 else {
                    Issue.record("two rules were expected")
                    return
                }
                #expect(rules[0]["location"] == "/styles/*/samples/*" && rules[0]["tdm-reservation"] == 1)
                #expect(rules[1]["tdm-reservation"] == .integer(Int(reservation) ?? 0))
                #expect(rules[1]["tdm-policy"]?.text == signals.termsAddress)
                let links = PictureLinks(settings: server.api.services.settings)
                let picture = try #require(PictureIdentifier("picture-png-1"))
                let link = links.link(to: picture, at: server.clock.now)
                let path = try #require(link.firstRange(of: "/pictures/")).lowerBound
                let answer = try await server.call("GET", String(link[path...]), key: nil)
                #expect(answer.status == 200 && answer["tdm-reservation"] == reservation)
                #expect(answer["tdm-policy"] == signals.termsAddress)
                #expect(answer["link"] == signals.termsAddress.map { "<\($0)>; rel=\"license\"" })
            }
        }
    }
}
