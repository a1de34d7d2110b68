import FoundationEssentials
import Rights
import ScriptedService
import Testing

@testable import Pages

@Suite struct StylePageTests {
    @Test(
        "Cards come whole, in both languages, without a script, and what artists call themselves is never markup"
    )
    func cards() async throws {
        try await LivePages.run { pages in
            for (language, words) in [
                ("ko", ["작가들의 화풍", "하나의 먹", "멈춤"]), ("en", ["Artists", "Hana&#39;s ink", "suspended"]),
            ] {
                let list = try await pages.call("GET", "/styles", headers: [("Accept-Language", language)])
                #expect(list.status == 200 && list["content-language"] == language)
                for word in words { #expect(list.body.contains(word), "\(word)") }
                #expect(list.body.contains("Ida Moss &lt;3") && !list.body.contains("Moss <3"))
                #expect(!list.body.contains("{{") && !list.body.contains("<script"))
                #expect(list["content-security-policy"]?.contains("script-src 'self'") == true)
            }
            let card = try await pages.call("GET", "/styles/kim-ink", headers: [("Accept-Language", "en")])
            for part in [
                "12 works", "50 KRW", "70.50%", "from 2026-01-01, without an end", "no end", "2030-12-31",
                "sold and used commercially", "1,000,000", "Nobody&#39;s work is in it",
                "kim-ink/croissant.json", "kim-ink/samples/4", "../claims?style=kim-ink",
            ] { #expect(card.body.contains(part), "\(part)") }
            #expect(!card.body.contains("samples/5"))
            let other = try await pages.call(
                "GET", "/styles/moss-gouache", headers: [("Accept-Language", "en")])
            for part in [
                "0.04 EUR", "to 2027-12-31", "may not be used commercially", "Nothing can be drawn",
                "1 work,",
            ] {
                #expect(other.body.contains(part), "\(part)")
            }
            let chosen = try await pages.call("GET", "/styles/kim-ink?language=ko")
            #expect(chosen.status == 303 && chosen["location"] == "kim-ink")
            for unknown in [
                "/styles/none", "/styles/..%2Fx", "/styles/kim-ink/samples/9", "/styles/none/croissant.json",
            ] {
                #expect(try await pages.call("GET", unknown).status == 404, "\(unknown)")
            }
            #expect(try await pages.call("POST", "/styles", body: "").status == 405)
        }
    }

    @Test("The same is there for programs, with types of their own")
    func programs() async throws {
        try await LivePages.run { pages in
            let dataset = try await pages.call("GET", "/styles/kim-ink/croissant.json")
            #expect(
                dataset["content-type"]
                    == "application/ld+json; profile=\"http://mlcommons.org/croissant/1.1\"")
            struct Croissant: Decodable {
                let conformsTo: [String]
                let name: [String: String]
                let distribution: [[String: Value]]
                enum Value: Decodable {
                    case text(String)
                    case texts([String: String])
                    init(from decoder: any Decoder) throws {
                        let container = try decoder.singleValueContainer()
                        if let text = try? container.decode(String.self) {
                            self = .text(text)
                        } else {
                            self = .texts(try container.decode([String: String].self))
                        }
                    }
                }
            }
            let read = try JSONDecoder().decode(Croissant.self, from: Data(dataset.body.utf8))
            #expect(read.conformsTo.contains("http://mlcommons.org/croissant/1.1"))
            #expect(read.name == ["ko": "하나의 먹", "en": "Hana's ink"] && read.distribution.count == 12)
            let summary = try await pages.call("GET", "/styles/kim-ink/training-summary.json")
            let fields = try JSONDecoder().decode(TrainingSummary.self, from: Data(summary.body.utf8))
            #expect(fields.dataSources.licensedWorkCount == 12 && fields.dataSources.usesCrawledData == false)
            let card = try await pages.call("GET", "/styles/kim-ink/card.json")
            #expect(try JSONDecoder().decode(StyleCard.self, from: Data(card.body.utf8)).workCount == 12)
            let sample = try await pages.call("HEAD", "/styles/kim-ink/samples/1")
            #expect(sample.status == 200 && sample["content-type"] == "image/png")
            #expect(sample["tdm-reservation"] == "1")
        }
    }

    @Test(
        "Amounts and shares are written out, none of them rounded",
        arguments: [
            (50_000_000, "50 KRW"), (1, "0.000001 KRW"), (1_234_567_890_000, "1,234,567.89 KRW"),
            (-250_000, "-0.25 KRW"), (-1_500_000, "-1.5 KRW"), (0, "0 KRW"),
        ] as [(Int64, String)])
    func amounts(_ micros: Int64, _ text: String) throws {
        let words = try Words(.english)
        #expect(words.amount(micros: micros, currency: "KRW") == text)
    }

    @Test(
        "Percent are hundredths of basis points",
        arguments: [(7_000, "70%"), (7_050, "70.50%"), (5, "0.05%"), (1_001, "10.01%")])
    func percent(_ points: Int, _ text: String) throws {
        #expect(try Words(.english).percent(basisPoints: points) == text)
    }
}
