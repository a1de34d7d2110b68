/// A report for a terminal: aligned columns and little pictures of characters.
public struct TextReport: Sendable {
    private let reports: [SimulationReport]
    private let language: ReportLanguage

    /// Characters of a line that plots may fill.
    private static let plotWidth = 60
    private static let barWidth = 24
    private static let levels = Array("▁▂▃▄▅▆▇█")

    /// - Parameter reports: one run, or two to be shown side by side.
    public init(_ reports: [SimulationReport], language: ReportLanguage) {
        self.reports = reports
        self.language = language
    }

    /// The report, with a line feed at its end.
    public var text: String {
        let words = ReportWords(language: language)
        let figures = ReportFigures(reports: reports, words: words)
        guard let first = reports.first else { return words(.nothing) + "\n" }
        var lines = [words.scenario(first.name), figures.setting.joined(separator: " · "), ""]
        lines.append(figures.verdict)
        lines += ["", words(.keyFigures)]
        var rows = (figures.main + figures.others).map { [$0.name] + $0.values }
        if reports.count > 1 {
            rows.insert([""] + reports.map { figures.name(of: $0.policy, isShort: true) }, at: 0)
        }
        lines += Self.table(rows)
        lines += ["", words(.who)] + Self.table(crowds(words, figures))
        if first.delivered > 0 { lines += ["", words(.tiersOf)] + tiers(figures) }
        if !figures.reasons.isEmpty {
            let rows = figures.reasons.map { [$0.name] + $0.counts.map(Figures.grouped) }
            lines += ["", words(.refusals)] + Self.table(rows)
        }
        lines += ["", words(.overTime)] + overTime(words)
        return lines.map(Self.trimmed).joined(separator: "\n") + "\n"
    }

    private func crowds(_ words: ReportWords, _ figures: ReportFigures) -> [[String]] {
        let isCompared = reports.count > 1
        var rows = [
            (isCompared ? ["", ""] : [""]) + [
                words(.pictures), words(.gotShort), words(.refusedShort), words(.abandonedShort),
                words(.half),
                words(.of95),
            ]
        ]
        for index in reports[0].crowds.indices {
            for report in reports where report.crowds[index].requests > 0 {
                let crowd = report.crowds[index]
                let name = report.policy == reports[0].policy ? words.crowd(crowd.name) : ""
                let wait = [crowd.medianSeconds, crowd.percentile95Seconds].map {
                    $0.map(words.duration) ?? words(.none)
                }
                rows.append(
                    (isCompared ? [name, figures.name(of: report.policy, isShort: true)] : [name])
                        + [crowd.pictures, crowd.delivered, crowd.refused, crowd.abandoned]
                        .map(Figures.grouped) + wait)
            }
        }
        return rows
    }

    private func tiers(_ figures: ReportFigures) -> [String] {
        let width = figures.tiers.map { Self.width($0.name) }.max() ?? 0
        return figures.tiers.map { name, shares in
            let share = shares[0]
            let full = Int((share * Double(Self.barWidth)).rounded())
            let bar =
                String(repeating: "█", count: full) + String(repeating: "░", count: Self.barWidth - full)
            let number = Self.padded(Figures.percent(share), to: 8, isNumber: true)
            return "  " + Self.padded(name, to: width, isNumber: false) + "  " + bar + number
        }
    }

    private func overTime(_ words: ReportWords) -> [String] {
        let series = reports[0].series
        let spans = series.viewed
        var rows: [(name: String, values: [Double])] = [
            (words(.asked), spans.map { $0.askedSeconds / series.spanSeconds }),
            (words(.capacity), spans.map { $0.capacitySeconds / series.spanSeconds }),
            (words(.lineTitle), spans.map { Double($0.longestLine) }),
        ]
        for report in reports {
            let name =
                reports.count > 1
                ? " · " + ReportFigures(reports: [], words: words).name(of: report.policy, isShort: true) : ""
            rows.append((words(.wait95) + name, report.series.viewed.map { $0.waitSeconds?[1] ?? 0 }))
        }
        let width = rows.map { Self.width($0.name) }.max() ?? 0
        let lines = rows.map { name, values in
            let points = Self.gathered(values, into: Self.plotWidth)
            let most = points.max() ?? 0
            let plot = points.map { value -> Character in
                guard most > 0, value > 0 else { return " " }
                return Self.levels[min(Self.levels.count - 1, Int(value / most * Double(Self.levels.count)))]
            }
            return "  " + Self.padded(name, to: width, isNumber: false) + "  " + String(plot)
                + String(repeating: " ", count: Self.plotWidth - plot.count) + "  ≤ " + Figures.short(most)
        }
        let from = series.start(of: series.spans.count - spans.count)
        let start = from > 0 ? words.duration(from) : "0"
        let end = words.duration(series.start(of: series.spans.count))
        let gap = max(1, min(Self.plotWidth, spans.count) - Self.width(start) - Self.width(end))
        let blanks = String(repeating: " ", count: width + 4)
        return lines + [blanks + start + String(repeating: " ", count: gap) + end]
    }

    /// The largest of each few values in a row, so that at most `count` are left.
    private static func gathered(_ values: [Double], into count: Int) -> [Double] {
        guard values.count > count else { return values }
        return (0..<count).map { place in
            let start = place * values.count / count
            let end = max(start + 1, (place + 1) * values.count / count)
            return values[start..<end].max() ?? 0
        }
    }

    /// Rows with the first column to the left and the others to the right; a second column of words too.
    static func table(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
        }
        let isNumber = (0..<columns).map { column in
            column > 0
                && rows.dropFirst().contains { column < $0.count && $0[column].contains { $0.isNumber } }
                || column > 0 && rows.count == 1
        }
        return rows.map { row in
            "  "
                + row.enumerated().map { padded($1, to: widths[$0], isNumber: isNumber[$0]) }
                .joined(separator: "   ")
        }
    }

    /// A text filled up with blanks, numbers to the right.
    static func padded(_ text: String, to columns: Int, isNumber: Bool) -> String {
        let blanks = String(repeating: " ", count: max(0, columns - width(text)))
        return isNumber ? blanks + text : text + blanks
    }

    /// How many columns of a terminal a text takes: two for each letter of Hangul and the like.
    ///
    /// Source: Unicode Standard Annex 11, East Asian Width; the wide ranges that our words have.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
                0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6:
                sum + 2
            default: sum + 1
            }
        }
    }

    /// A line without blanks at its end.
    static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
