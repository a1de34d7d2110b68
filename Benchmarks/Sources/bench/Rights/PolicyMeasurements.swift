import Bars
import Foundation
import Rights

/// How well the rules that ship find names, leave everything else alone, and how long a decision takes.
struct PolicyMeasurements {
    private static let seed: UInt64 = 20_261_128
    private let policy: Policy
    private let day: CalendarDay

    init() throws {
        policy = try Policy.shipped()
        day = try CalendarDay("2026-11-28")
    }

    private func isStopped(_ text: String) throws -> Bool {
        try policy.decide(PolicyQuestion(text: text, day: day)).outcome != .allow
    }

    /// The share of disguised names that is refused or asked about.
    func foundShare() throws -> Double {
        let (variants, missed) = try evasions()
        let all = Dictionary(grouping: variants, by: \.family),
            gone = Dictionary(grouping: missed, by: \.family)
        for family in NameEvasions.Family.allCases {
            let (count, lost) = (all[family]?.count ?? 0, gone[family] ?? [])
            note(
                "\(family.rawValue): \(count), \(lost.count) not found: \(lost.prefix(40).map(\.text).joined(separator: " | "))"
            )
        }
        note("\(variants.count) disguised names, \(missed.count) not found")
        return 1 - Double(missed.count) / Double(variants.count)
    }

    private func evasions() throws -> (all: [NameEvasions.Variant], missed: [NameEvasions.Variant]) {
        var evasions = NameEvasions(seed: Self.seed)
        // Names that the date opens are nobody's to hide from.
        let spellings = try policy.file.names.flatMap(\.aliases).filter(isStopped)
        let variants = spellings.flatMap { evasions.variants(of: $0) }
        return (variants, try variants.filter { try !isStopped($0.text) })
    }

    /// The share of harmless words and prompts that is not simply drawn.
    func stoppedShare(wordLists: String) throws -> Double {
        var (stopped, all) = (0, 0)
        for language in try HarmlessTexts(folder: wordLists, seed: Self.seed).languages {
            for (kind, texts) in [("words", language.words), ("prompts", language.prompts)] {
                let found = try texts.compactMap { text -> String? in
                    let decision = try policy.decide(PolicyQuestion(text: text, day: day))
                    guard decision.outcome != .allow else { return nil }
                    let words = decision.findings.filter { $0.outcome != .allow }.map {
                        "\($0.matchedWords)=\($0.name?.text ?? $0.rule.text)"
                    }
                    return words.joined(separator: ",")
                }
                note(
                    "\(language.name) \(kind): \(found.count) of \(texts.count) stopped: "
                        + found.sorted().prefix(40).joined(separator: " | "))
                stopped += found.count
                all += texts.count
            }
        }
        return Double(stopped) / Double(all)
    }

    /// The 99th percentile of a decision in milliseconds, over disguised names and harmless prompts.
    ///
    /// The time is the thread's own, so that a machine that does much else measures the decision and not its neighbours; how
    /// long it took by the wall is told beside it.
    func decisionMilliseconds(wordLists: String) throws -> Double {
        let harmless = try HarmlessTexts(folder: wordLists, seed: Self.seed).languages.flatMap {
            $0.prompts.prefix(2_500)
        }
        var generator = SplitMix(state: Self.seed)
        let texts = (try evasions().all.map(\.text) + harmless).shuffled(using: &generator)
        let clock = ContinuousClock()
        var (own, wall): ([Double], [Double]) = ([], [])
        var findings = 0
        for text in texts {
            let question = try PolicyQuestion(text: text, day: day)
            let (start, begun) = (clock.now, Self.threadMilliseconds())
            findings += policy.decide(question).findings.count
            own.append(Self.threadMilliseconds() - begun)
            wall.append((clock.now - start) / .milliseconds(1))
        }
        let share = Self.percentile(99, of: own)
        note(
            "\(texts.count) decisions with \(findings) findings: median \(Self.percentile(50, of: own)) ms, 99 % "
                + "\(share) ms, longest \(own.max() ?? 0) ms; by the wall 99 % \(Self.percentile(99, of: wall)) ms"
        )
        return share
    }

    private static func percentile(_ percent: Int, of values: [Double]) -> Double {
        values.sorted()[values.count * percent / 100]
    }

    /// What this thread has computed, in milliseconds.
    private static func threadMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }
}
