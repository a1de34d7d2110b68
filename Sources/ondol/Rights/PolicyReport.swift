import FoundationEssentials
import Rights
import Simulation

/// A decision of the policy as it is printed.
struct PolicyReport {
    private let decision: PolicyDecision
    private let language: ReportLanguage

    init(_ decision: PolicyDecision, language: ReportLanguage) {
        self.decision = decision
        self.language = language
    }

    private func text(_ text: LocalizedText) -> String {
        language == .korean ? text.korean : text.english
    }

    private func text(_ korean: String, _ english: String) -> String {
        language == .korean ? korean : english
    }

    /// The outcome, then what was found, each with its reason.
    var lines: [String] {
        var lines = [headline]
        for finding in decision.findings {
            lines += ["", "\(finding.matchedWords)  (\(finding.rule))", "  " + text(finding.reason)]
            guard finding.outcome != .allow else { continue }
            lines.append("  " + text(finding.alternative))
            if finding.outcome == .askBack {
                lines.append(
                    "  " + text("적힌 그대로 그리려면: ", "To have it drawn as it stands: ")
                        + "--confirm \(finding.name?.text ?? finding.rule.text)")
            }
        }
        if decision.outcome != .allow { lines += ["", text(decision.appeal)] }
        lines += [
            "",
            text("규칙 파일: ", "Rule file: ") + "\(decision.ruleFileVersion), SHA-256 \(decision.ruleFileHash)",
        ]
        return lines
    }

    private var headline: String {
        switch decision.outcome {
        case .allow: text("적힌 그대로 그립니다.", "Drawn as it stands.")
        case .useLicensedStyle: text("허락받은 스타일로 그립니다.", "Drawn with a licensed style.")
        case .askBack: text("먼저 되묻습니다.", "Asked about first.")
        case .refuse: text("그리지 않습니다.", "Not drawn.")
        }
    }

    /// The same as one line of JSON, for programs.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(decision), as: UTF8.self)
    }

    /// What the command ends with.
    static func status(of outcome: PolicyDecision.Outcome) -> Int32 {
        switch outcome {
        case .allow: 0
        case .useLicensedStyle: 3
        case .askBack: 4
        case .refuse: 5
        }
    }
}
