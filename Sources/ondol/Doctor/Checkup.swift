/// What a look at the machine found, and what it means: plain values, to be shown.
struct Checkup {
    /// How a finding bears on drawing.
    enum Mark: String {
        /// As it should be.
        case ok
        /// Drawing is possible without.
        case note
        /// Drawing is not possible.
        case missing
    }

    /// One thing that was looked at.
    struct Finding {
        let mark: Mark
        /// What was looked at, in a word.
        let subject: String
        /// What was found.
        let text: String
        /// What to do about it.
        var remedy: String?
    }

    private(set) var findings: [Finding] = []

    mutating func add(_ mark: Mark, _ subject: String, _ text: String, remedy: String? = nil) {
        findings.append(Finding(mark: mark, subject: subject, text: text, remedy: remedy))
    }

    /// Whether nothing that drawing needs is missing.
    var canDraw: Bool { !findings.contains { $0.mark == .missing } }

    /// The findings in columns, then what to do.
    var lines: [String] {
        var lines = Table.lines(findings.map { [$0.mark.rawValue, $0.subject, $0.text] })
        let remedies = findings.compactMap(\.remedy)
        if !remedies.isEmpty { lines += ["", "What to do:"] + remedies.map { "- \($0)" } }
        lines += ["", canDraw ? "Ondol can draw." : "Ondol cannot draw yet."]
        return lines
    }
}
