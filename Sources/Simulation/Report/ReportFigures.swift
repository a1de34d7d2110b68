/// The figures of one or more runs side by side, as every form of the report shows them.
struct ReportFigures {
    /// A figure: what it is, what it says of each run, and what it means.
    struct Row {
        let phrase: Phrase
        let name: String
        /// One for each run.
        let values: [String]
        let note: Phrase?
    }

    let reports: [SimulationReport]
    let words: ReportWords

    /// What each run is called.
    var names: [String] { reports.map { name(of: $0.policy) } }

    func name(of policy: Scenario.Policy, isShort: Bool = false) -> String {
        switch policy {
        case .ondol: words(.ondol)
        case .firstComeFirstServed: words(isShort ? .inOrder : .firstComeFirstServed)
        }
    }

    /// The figures worth a large number.
    var main: [Row] {
        let promise = words.duration(reports.first?.promiseSeconds ?? 60)
        var rows = [
            row(.inTime, note: .inTimeNote) {
                $0.accepted > 0 ? Figures.percent($0.inTimeShare) : words(.none)
            },
            row(.inPromise, note: .inPromiseNote, filling: promise) { Figures.percent($0.promiseShare) },
            row(.held, note: .heldNote) { $0.accepted > 0 ? Figures.percent($0.heldShare) : words(.none) },
            row(.goodput, note: .goodputNote) { Figures.percent($0.goodput) },
        ]
        if reports.first?.fairness != nil { rows.append(fairness) }
        rows.append(wait(.waitHalf, 0))
        rows.append(wait(.wait95, 1))
        return rows
    }

    /// The rest.
    var others: [Row] {
        var rows = [
            wait(.wait99, 2),
            row(.requests) { Figures.grouped($0.requests) },
            row(.picturesAsked) { sum($0, \.pictures) },
            row(.accepted) { Figures.grouped($0.accepted) },
            row(.delivered) { Figures.grouped($0.delivered) },
            row(.abandoned) { sum($0, \.abandoned) },
            row(.wasted) { sum($0, \.wasted) },
            row(.refused) { sum($0, \.refused) },
            row(.turnedAway) { sum($0, \.turnedAway) },
            row(.longestLine) { Figures.grouped($0.longestLine) },
            row(.busy) { Figures.percent($0.busyShare) },
        ]
        if reports.contains(where: { $0.loadingShare > 0 }) {
            rows.append(row(.loading) { Figures.percent($0.loadingShare) })
        }
        if reports.first?.fairness == nil, reports.contains(where: { $0.fairness != nil }) {
            rows.append(fairness)
        }
        rows.append(row(.lowestCapacity) { Figures.percent($0.lowestCapacityShare, digits: 0) })
        if reports.contains(where: { $0.failures > 0 }) {
            rows.append(row(.failures) { Figures.grouped($0.failures) })
            rows.append(row(.drawnAgain) { Figures.grouped($0.drawnAgain) })
        }
        if reports.contains(where: { $0.forecast?.errorShares[0] != nil }) {
            rows.append(
                row(.forecastError) { report in
                    (report.forecast?.errorShares[0]).map { Figures.percent($0) } ?? words(.none)
                })
        }
        return rows
    }

    /// Tiers in their order, with the share of the delivered pictures of each run.
    var tiers: [(name: String, shares: [Double])] {
        ["full", "standard", "quick", "turbo"].enumerated().map { depth, key in
            (
                words.tiers[depth],
                reports.map { Double($0.tiers[key] ?? 0) / Double(max(1, $0.delivered)) }
            )
        }
    }

    /// The reasons that occurred, with the requests of each run.
    var reasons: [(name: String, counts: [Int])] {
        zip(words.reasons, SimulationReport.reasonNames).compactMap { name, key in
            let counts = reports.map { $0.refusals[key] ?? 0 }
            return counts.contains { $0 > 0 } ? (name, counts) : nil
        }
    }

    private var fairness: Row {
        row(.fairness, note: .fairnessNote) { report in
            report.fairness.map {
                Figures.fixed($0, 3) + " · " + words(.ofCallers, Figures.grouped(report.backloggedCallers))
            } ?? words(.nobody)
        }
    }

    private func row(
        _ phrase: Phrase, note: Phrase? = nil, filling: String = "", _ value: (SimulationReport) -> String
    ) -> Row {
        Row(phrase: phrase, name: words(phrase, filling), values: reports.map(value), note: note)
    }

    private func wait(_ phrase: Phrase, _ index: Int) -> Row {
        row(phrase) { report in report.waitSeconds.map { words.duration($0[index]) } ?? words(.none) }
    }

    private func sum(_ report: SimulationReport, _ path: KeyPath<CrowdReport, Int>) -> String {
        Figures.grouped(report.crowds.reduce(0) { $0 + $1[keyPath: path] })
    }

    /// Who, where, how long: one line under the title.
    var setting: [String] {
        guard let report = reports.first else { return [] }
        let devices =
            report.deviceCount == 1 ? words(.device) : words(.devices, Figures.grouped(report.deviceCount))
        var parts = [devices, words(.lasts, words.duration(report.durationSeconds))]
        if report.warmUpSeconds > 0 {
            parts.append(words(.measuredFrom, words.duration(report.warmUpSeconds)))
        }
        if report.name != "recorded" { parts.append(words(.seed, "\(report.seed)")) }
        return parts
    }

    /// The one sentence to remember.
    var verdict: String {
        guard let first = reports.first else { return words(.nothing) }
        let share = Figures.percent(first.inTimeShare)
        guard reports.count > 1 else { return words(.verdictPlain, share) }
        return words(.verdict, share, Figures.percent(reports[1].inTimeShare))
    }
}
