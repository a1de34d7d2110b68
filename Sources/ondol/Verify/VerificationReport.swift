import FoundationEssentials
import Provenance
import Simulation
import Rights

/// A verification as it is printed.
struct VerificationReport {
    private let verification: Verification
    private let words: VerificationWords
    private let language: ReportLanguage

    init(_ verification: Verification, language: ReportLanguage) {
        self.verification = verification
        self.language = language
        words = VerificationWords(verification)
    }

    private func text(_ text: LocalizedText) -> String {
        language == .korean ? text.korean : text.english
    }

    /// The answer, what it means, what is wrong, and what the credential says.
    var lines: [String] {
        var lines = [text(words.headline), "", text(words.meaning)] + words.findings.map { "- " + text($0) }
        guard !words.facts.isEmpty else { return lines }
        let width = words.facts.map { Self.width(text($0.name)) }.max() ?? 0
        lines.append("")
        for fact in words.facts {
            let name = text(fact.name)
            lines.append(name + String(repeating: " ", count: width - Self.width(name) + 2) + text(fact.text))
        }
        return lines
    }

    /// Columns that a text takes on a terminal: Hangul, Chinese characters and their signs take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { columns, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60:
                columns + 2
            default: columns + 1
            }
        }
    }

    /// The same as one line of JSON, for programs.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Answer(verification, words)), as: UTF8.self)
    }

    private struct Answer: Encodable {
        let answer: String
        let findings: [String]
        let headline, meaning: LocalizedText
        let facts: [Fact]
        let nearest: Nearest?

        struct Fact: Encodable {
            let name, text: LocalizedText
        }

        struct Nearest: Encodable {
            let name: String
            let distance: Int
        }

        init(_ verification: Verification, _ words: VerificationWords) {
            answer = verification.answer.rawValue
            findings = verification.findings.map(\.rawValue)
            headline = words.headline
            meaning = words.meaning
            facts = words.facts.map { Fact(name: $0.name, text: $0.text) }
            nearest = verification.nearest.map { Nearest(name: $0.name, distance: $0.distance) }
        }
    }
}
