/// A report as one page that needs nothing else: no script, no file, no address.
///
/// Its colours follow the reader's wish for light or dark.
public struct HTMLReport: Sendable {
    let reports: [SimulationReport]
    let fleet: [DeviceGroup]
    let shape: String
    let fullSeconds: [Double]
    let words: ReportWords

    /// - Parameters:
    ///   - reports: one run, or two to be shown side by side.
    ///   - scenario: what was run.
    public init(_ reports: [SimulationReport], scenario: Scenario, language: ReportLanguage) {
        self.reports = reports
        fleet = scenario.fleet
        words = ReportWords(language: language)
        let first = scenario.crowds.first?.shapes.first ?? Scenario.floodShape
        shape = "\(first.width) × \(first.height)"
        fullSeconds = scenario.fleet.map {
            ((try? $0.workSeconds(first, recipe: scenario.recipes.full)) ?? 0) / $0.speed
        }
    }

    /// The page.
    public var html: String {
        guard let first = reports.first else { return "" }
        let figures = ReportFigures(reports: reports, words: words)
        let title = words.scenario(first.name)
        return """
            <!doctype html>
            <html lang="\(words.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(Markup.escaped(title)) · \(Markup.escaped(words(.title)))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <header>
            <p class="mark">\(Markup.escaped(words(.title)))</p>
            <h1>\(Markup.escaped(title))</h1>
            <p class="setting">\(figures.setting.map(Markup.escaped).joined(separator: " · "))</p>
            <p class="verdict">\(Markup.escaped(figures.verdict))</p>
            </header>
            <main>
            \(keyFigures(figures))
            \(plots.joined(separator: "\n"))
            \(crowdTable(figures))
            \(figureTable(figures))
            \(fleetTable)
            </main>
            <footer>
            <p>\(Markup.escaped(words(.subtitle)))</p>
            <p>\(Markup.escaped(words(first.name == "recorded" ? .recordedNote : .invented)))</p>
            </footer>
            </body>
            </html>

            """
    }

    private func keyFigures(_ figures: ReportFigures) -> String {
        let cells = figures.main.map { row in
            let numbers = zip(row.values, reports).map { value, report in
                let name =
                    reports.count > 1
                    ? "<span class=\"of\">\(Markup.escaped(figures.name(of: report.policy)))</span>" : ""
                let color = report.policy == .ondol ? "ondol" : "fifo"
                return "<dd class=\"\(color)\">\(name)<span>\(Markup.escaped(value))</span></dd>"
            }
            let note = row.note.map { "<dd class=\"note\">\(Markup.escaped(words($0)))</dd>" } ?? ""
            return "<div><dt>\(Markup.escaped(row.name))</dt>\(numbers.joined())\(note)</div>"
        }
        return
            "<section><h2>\(Markup.escaped(words(.keyFigures)))</h2><dl class=\"figures\">\(cells.joined(separator: "\n"))</dl></section>"
    }

    private func crowdTable(_ figures: ReportFigures) -> String {
        let heads = [
            words(.crowd), reports.count > 1 ? "" : nil, words(.pictures), words(.delivered), words(.refused),
            words(.abandoned), words(.waitHalf), words(.wait95),
        ].compactMap { $0 }
        var rows: [[String]] = []
        for index in reports[0].crowds.indices {
            for report in reports where report.crowds[index].requests > 0 {
                let crowd = report.crowds[index]
                let isFirst = report.policy == reports[0].policy
                let wait = [crowd.medianSeconds, crowd.percentile95Seconds].map {
                    $0.map(words.duration) ?? words(.none)
                }
                rows.append(
                    [isFirst ? words.crowd(crowd.name) : ""]
                        + (reports.count > 1 ? [figures.name(of: report.policy)] : [])
                        + [crowd.pictures, crowd.delivered, crowd.refused, crowd.abandoned]
                        .map(Figures.grouped) + wait)
            }
        }
        return table(words(.who), heads: heads, rows: rows, words: reports.count > 1 ? 2 : 1)
    }

    private func figureTable(_ figures: ReportFigures) -> String {
        let reasons = figures.reasons.map {
            [words(.refusals) + " · " + $0.name] + $0.counts.map(Figures.grouped)
        }
        return table(
            words(.moreFigures),
            heads: [""] + (reports.count > 1 ? figures.names : [""]),
            rows: figures.others.map { [$0.name] + $0.values } + reasons, words: 1)
    }

    private var fleetTable: String {
        let heads = [
            words(.kind), words(.count), words(.speed), words(.fullSeconds) + " · " + shape, words(.loads),
            words(.failsEvery), words(.heatTo),
        ]
        let rows = zip(fleet, fullSeconds).map { group, seconds in
            [
                group.name, Figures.grouped(group.count), Figures.fixed(group.speed, 2),
                words.duration(seconds),
                words.duration(group.modelLoadSeconds) + " · " + words.duration(group.adapterLoadSeconds),
                group.meanSecondsBetweenFailures.map(words.duration) ?? words(.never),
                group.heat.map {
                    "\(Figures.plain($0.idleCelsius)) → \(Figures.plain($0.busyCelsius)) °C"
                } ?? words(.none),
            ]
        }
        return table(words(.fleetTitle), heads: heads, rows: rows, words: 1)
    }

    private func table(_ title: String, heads: [String], rows: [[String]], words count: Int) -> String {
        let head = heads.enumerated().map {
            "<th scope=\"col\"\($0 >= count ? " class=\"number\"" : "")>\(Markup.escaped($1))</th>"
        }
        let body = rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == 0
                    ? "<th scope=\"row\">\(Markup.escaped(cell))</th>"
                    : "<td\(index >= count ? " class=\"number\"" : "")>\(Markup.escaped(cell))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <section><h2>\(Markup.escaped(title))</h2><div class="scroller"><table>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody></table></div></section>
            """
    }
}
