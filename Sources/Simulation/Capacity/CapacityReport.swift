import Serving

/// The answer to how many devices it takes, for a terminal.
public struct CapacityReport: Sendable {
    private let answer: CapacitySearch.Answer
    private let language: ReportLanguage

    /// Makes a report.
    public init(_ answer: CapacitySearch.Answer, language: ReportLanguage) {
        self.answer = answer
        self.language = language
    }

    /// The report, with a line feed at its end.
    public var text: String {
        let words = ReportWords(language: language)
        let promise = answer.promise
        var lines: [String] = []
        let (seconds, share) = (words.duration(promise.seconds), Figures.percent(promise.share))
        if let devices = answer.devices {
            lines.append(
                devices == 1 ? words(.oneNeeded) : words(.devicesNeeded, Figures.grouped(devices)))
        } else {
            lines.append(words(.notEnough, Figures.grouped(answer.maximumDevices)))
        }
        lines.append(words(.promiseIs, share, seconds, promise.lowestTier.rawValue))
        lines.append("")
        var rows = [
            [
                words(.count), words(.keptShare), words(.goodput), words(.busy), words(.refusedShare),
                words(.wait95), "full", "standard", "quick", "turbo", "",
            ]
        ]
        for trial in answer.trials {
            let mark = trial.devices == answer.devices ? "←" : ""
            rows.append(
                [
                    Figures.grouped(trial.devices), Figures.percent(trial.promiseShare, digits: 2),
                    Figures.percent(trial.goodput), Figures.percent(trial.busyShare),
                    Figures.percent(trial.refusedShare),
                    trial.percentile95Seconds.map(words.duration) ?? words(.none),
                ] + trial.tiers.map { Figures.percent($0, digits: 0) } + [mark])
        }
        lines += TextReport.table(rows)
        if let devices = answer.devices, devices > 1, let less = answer.trial(devices - 1) {
            lines += [
                "",
                words(
                    .evidence, Figures.grouped(devices - 1), Figures.percent(less.promiseShare, digits: 2)),
            ]
        }
        return lines.map(TextReport.trimmed).joined(separator: "\n") + "\n"
    }
}
