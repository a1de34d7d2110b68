import Foundation
import FoundationXML
import ScriptedService
import Testing

@testable import Server

/// What programs that collect pictures are told.
@Suite struct SignalTests {
    @Test("Pictures say whether mining them is reserved, and so do the files that are looked at first")
    func signals() async throws {
        for (signals, reservation) in [
            (MiningSignals(), "1"), (MiningSignals(isReserved: false), "0"),
            (MiningSignals(isReserved: true, termsAddress: "https://o.example/terms?a=1&b=<2>"), "1"),
        ] {
            try await LiveServer.run(changing: { $0.mining = signals }) { server in
                let robots = try await server.call("GET", "/robots.txt", key: nil)
                #expect(robots.status == 200 && robots["content-type"] == "text/plain; charset=utf-8")
                #expect(
                    robots.text.contains("\nUser-agent: *\n")
                        && robots.text.contains("Disallow: /pictures/\n"))
                let address = server.api.services.settings.publicAddress
                #expect(robots.text.hasPrefix("License: \(address)/license.xml\n"))
                let licence = try await server.call("GET", "/license.xml", key: nil)
                #expect(licence.status == 200 && licence["content-type"] == "application/rsl+xml")
                #expect(try Licence(licence.text) == Licence.expected(of: signals))
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

/// A licence as a reader of XML finds it: for each address what is permitted, prohibited, and where the terms are.
private struct Licence: Equatable {
    struct Broken: Error {}

    var contents: [String: [String: String]] = [:]

    init(_ text: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        guard parser.parse() else { throw Broken() }
        contents = reader.contents
    }

    private init() {}

    static func expected(of signals: MiningSignals) -> Licence {
        var licence = Licence()
        let none = "ai-all,ai-train"
        licence.contents["/styles/*/samples/*"] = ["permits": "search", "prohibits": none]
        licence.contents["/pictures/*"] = signals.isReserved ? ["prohibits": none] : ["permits": "all"]
        if let terms = signals.termsAddress {
            for address in licence.contents.keys { licence.contents[address]?["terms"] = terms }
        }
        return licence
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var contents: [String: [String: String]] = [:]
        private var address = ""
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            #expect(namespaceURI == "https://rslstandard.org/rsl")
            if name == "content" {
                address = attributes["url"] ?? ""
                contents[address] = [:]
            }
            if name == "permits" || name == "prohibits" { #expect(attributes["type"] == "usage") }
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if ["permits", "prohibits", "terms"].contains(name) { contents[address]?[name] = text }
        }
    }
}
