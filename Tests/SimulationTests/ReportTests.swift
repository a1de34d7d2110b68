import Serving
import TestSupport
import Testing

@testable import Simulation

/// What is shown of a run: the same for the same seed, in both languages, alone on its page.
@Suite struct ReportTests {
    static func run(seed: UInt64 = 3) throws -> (scenario: Scenario, reports: [SimulationReport]) {
        var group = DeviceProfile.gpuLike.group(count: 2)
        group.heat?.busyCelsius = 95
        group.meanSecondsBetweenFailures = 200
        let demand = Demand(
            kind: .wave, requestsPerSecond: 40, durationSeconds: 600, callerCount: 20,
            shapes: [Scenario.floodShape], pictureCounts: [1, 1, 4])
        let scenario = try Scenario.invented(demand, on: [group], seed: seed)
        return (scenario, [try scenario.run(), try scenario.with(policy: .firstComeFirstServed).run()])
    }

    @Test func sameSeedSameBytes() throws {
        let (first, again, other) = (try Self.run(), try Self.run(), try Self.run(seed: 4))
        func page(_ run: (scenario: Scenario, reports: [SimulationReport])) -> String {
            HTMLReport(run.reports, scenario: run.scenario, language: .korean).html
        }
        #expect(page(first) == page(again))
        #expect(page(first) != page(other))
        #expect(first.reports == again.reports)
        let text = TextReport(first.reports, language: .english).text
        #expect(text == TextReport(again.reports, language: .english).text)
    }

    @Test(arguments: ReportLanguage.allCases)
    func thePageNeedsNothingElse(language: ReportLanguage) throws {
        let (scenario, reports) = try Self.run()
        let html = HTMLReport(reports, scenario: scenario, language: language).html
        for forbidden in ["<script", "http:", "https:", "src=", "href=", "@import", "url("] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
        #expect(html.contains("prefers-color-scheme: dark"))
        #expect(html.contains("lang=\"\(language.rawValue)\""))
        #expect(!html.contains("NaN") && !html.contains("nan,") && !html.contains("inf,"))
        let words = ReportWords(language: language)
        for title in [
            Phrase.demandTitle, .waitTitle, .fateTitle, .tierTitle, .refusalTitle, .fairTitle, .heatTitle,
            .awayTitle, .forecastTitle,
        ] {
            #expect(html.contains("<h2>\(words(title))</h2>"), "\(title)")
        }
        // Every element that is opened is closed.
        for name in ["figure", "svg", "table", "section", "dl", "div", "main"] {
            #expect(html.ranges(of: "<\(name)").count == html.ranges(of: "</\(name)>").count, "\(name)")
        }
    }

    @Test func namesAreEscaped() throws {
        var (scenario, reports) = try Self.run()
        scenario.fleet[0].name = "<script>\"&'"
        reports.removeLast()
        let html = HTMLReport(reports, scenario: scenario, language: .english).html
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;&quot;&amp;&#39;"))
    }

    @Test(arguments: Phrase.allCases)
    func everyPhraseIsInBothLanguages(phrase: Phrase) {
        #expect(!phrase.english.isEmpty)
        #expect(!phrase.korean.isEmpty)
        #expect(phrase.english.ranges(of: "{}").count == phrase.korean.ranges(of: "{}").count)
    }

    @Test(arguments: [
        ("ko_KR.UTF-8", ReportLanguage.korean), ("ko", .korean), ("Korean", .korean), ("en_GB", .english),
        ("C.UTF-8", .english), ("", .english), ("kok_IN", .english),
    ])
    func theLanguageOfALocale(locale: String, language: ReportLanguage) {
        #expect(ReportLanguage(locale: locale) == language)
    }

    @Test("Docs/simulation.md has every setting of a device", arguments: FleetField.all.map(\.name))
    func documented(name: String) throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = String(decoding: readBytes(root + "/Docs/simulation.md"), as: UTF8.self)
        #expect(page.contains("| `\(name)` | "))
    }

    @Test func columnsAreAligned() {
        let lines = TextReport.table([["가나", "1"], ["abc", "1,000"]])
        #expect(lines == ["  가나       1", "  abc    1,000"])
    }

    /// What series, crowds and the whole say is the same.
    @Test func figuresAgree() throws {
        let report = try Self.run().reports[0]
        let spans = report.series.spans
        #expect(spans.reduce(0) { $0 + $1.requests } == report.allRequests)
        #expect(report.crowds.reduce(0) { $0 + $1.accepted } == report.accepted)
        #expect(report.crowds.reduce(0) { $0 + $1.pictures } == report.picturesAsked)
        #expect(report.tiers.values.reduce(0, +) == report.delivered)
        #expect(report.refusals.values.reduce(0, +) == report.crowds.reduce(0) { $0 + $1.refused })
        for crowd in report.crowds {
            #expect(crowd.delivered + crowd.abandoned == crowd.accepted, "\(crowd.name)")
            #expect(crowd.accepted + crowd.turnedAway <= crowd.pictures, "\(crowd.name)")
        }
        let possible = spans.reduce(0) { $0 + $1.capacitySeconds }
        #expect(possible < 2 * report.durationSeconds)
        #expect(possible > 0.3 * report.durationSeconds)
        #expect(report.failures > 0)
        #expect(spans.contains { ($0.hottestCelsius ?? 0) >= 80 })
    }

    @Test func percentilesOfManyWaits() throws {
        var histogram = WaitHistogram()
        for index in 1...1000 { histogram.add(Double(index) * 0.01) }
        let found = try #require(histogram.percentiles([0.5, 0.95, 0.99]))
        for (value, truth) in zip(found, [5, 9.5, 9.9]) { #expect(abs(value / truth - 1) < 0.03) }
        #expect(WaitHistogram().percentiles([0.5]) == nil)
    }

    @Test func jainAndCurve() throws {
        let report = FairnessReport(
            backlogged: [1, 1, 1, 1],
            all: [(asked: 8, served: 1), (asked: 1, served: 1), (asked: 1, served: 2)])
        #expect(report.jain == 1)
        #expect(report.curve.map(\.asked) == [0, 0.8, 0.9, 1])
        #expect(report.curve.map(\.served) == [0, 0.25, 0.75, 1])
        #expect(FairnessReport.jain([1, 0, 0, 0]) == 0.25)
        #expect(FairnessReport(backlogged: [3], all: []).jain == nil)
    }

    @Test func theForecastIsHeldAgainstTheMinuteItWasAbout() {
        // Demand of a device-second a second more each minute; foreseen perfectly five minutes ahead.
        let asked = (0..<20).map { 60 * Double($0) }
        let said = (0..<20).map { minute in [Double(minute + 5), 0, 0] }
        let report = ForecastReport(asked: asked, said: said)
        #expect(report.errorShares[0] == 0)
        #expect(report.errorShares[1] == 1)
        #expect(report.errorShares[2] == nil)
        #expect(report.foreseen[0][4] == nil)
        #expect(report.foreseen[0][5] == 5)
    }
}
