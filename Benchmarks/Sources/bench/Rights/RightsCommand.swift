import ArgumentParser
import Bars
import Foundation

/// Measures what belongs to owners and origins: one line a row, `name value bar ok|short`.
///
/// A row is a case of ``RightsRow``; whoever adds one adds a case, its bar, and how it is measured.
struct RightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights",
        abstract: "Measures credentials, policy, ledger and styles against their bars.",
        discussion: "Ends with 1 where a row is short of its bar.")

    @Option(help: "Rows by the beginnings of their names, separated by commas; all unless given.")
    var only = ""

    @Option(help: "The Python that the independent reader runs on.")
    var python = "python3"

    @Option(help: "The folder of word lists that Tools/bench/word-lists made.")
    var words = "\(BenchFolders.state)/words"

    @Option(help: "Events of the ledger's run.")
    var events = 1_000_000

    @Option(help: "The program whose commands train and draw the style.")
    var ondol = "\(BenchFolders.project)/.build/release/ondol"

    @Option(help: "Sentences that are drawn with the trained style and without.")
    var sentences = 16

    @Option(help: "Steps of the style's training.")
    var steps = 400

    func run() async throws {
        let beginnings = only.split(separator: ",").map(String.init)
        let rows = RightsRow.allCases.filter { row in
            beginnings.isEmpty || beginnings.contains { row.rawValue.hasPrefix($0) }
        }
        guard !rows.isEmpty else { throw BenchError("no row begins with \(only)") }
        var isShort = false
        let style = AdapterStyle(ondol: ondol, sentences: sentences, steps: steps)
        var figures: AdapterStyle.Figures?
        for row in rows {
            // Two rows come of one training.
            if row.isOfAdapterStyle, figures == nil { figures = try style.measure() }
            let measured = try await row.measure(self, adapterStyle: figures)
            isShort = isShort || !measured.isMet
            FileHandle.standardOutput.write(Data((measured.line(named: row.rawValue) + "\n").utf8))
        }
        if isShort { throw ExitCode(1) }
    }
}

/// One row of `make bench-rights`.
enum RightsRow: String, CaseIterable {
    /// Pictures of every route and format, and four kinds of damage, read by an independent reader.
    case readBack = "read-back"
    /// What signing and metadata add to encoding a picture.
    case signing = "signing"
    /// Closed names in disguise that the policy finds.
    case namesFound = "names-found"
    /// Harmless words and prompts of four languages that the policy stops.
    case namesHarmless = "names-harmless"
    /// The 99th percentile of a decision.
    case policyDecision = "policy-decision"
    /// What is wrong with the books after a million events.
    case ledger
    /// From the end of an agreement until its style has stopped everywhere.
    case styleStop = "style-stop"
    /// A step of four rows with a style each, over one without any.
    case fourStyles = "four-styles"
    /// The steps of others while a style is loaded for the first time, over those before.
    case coldStyle = "cold-style"
    /// Seconds from when that style is loaded until its first step is done.
    case coldStyleStart = "cold-style-start"
    /// The share of pictures drawn with a style trained on forty works that show it.
    case adapterStyle = "adapter-style"
    /// How much more often, or less, their subject is right than without the style.
    case adapterSubject = "adapter-subject"

    /// Whether a style must be trained for it.
    var isOfAdapterStyle: Bool { self == .adapterStyle || self == .adapterSubject }

    /// A figure and its bar.
    struct Measured {
        let value: Double
        let bar: Double
        let unit: String
        /// Whether more is better; else less is.
        let isFloor: Bool

        var isMet: Bool { isFloor ? value >= bar : value <= bar }

        func line(named name: String) -> String {
            let value = String(format: "%.3g%@", value, unit)
            let bar = (isFloor ? ">=" : "<=") + String(format: "%.3g%@", bar, unit)
            return "\(name) \(value) \(bar) \(isMet ? "ok" : "short")"
        }
    }

    func measure(
        _ options: RightsCommand, adapterStyle: AdapterStyle.Figures?
    ) async throws -> Measured {
        switch self {
        case .readBack:
            let share = try CredentialSamples().readBack(python: options.python)
            return Measured(value: share * 100, bar: 100, unit: "%", isFloor: true)
        case .signing:
            let milliseconds = try CredentialSamples().signingMilliseconds()
            return Measured(value: milliseconds, bar: 10, unit: "ms", isFloor: false)
        case .namesFound:
            let share = try PolicyMeasurements().foundShare()
            return Measured(value: share * 100, bar: 98, unit: "%", isFloor: true)
        case .namesHarmless:
            let share = try PolicyMeasurements().stoppedShare(wordLists: options.words)
            return Measured(value: share * 100, bar: 0.1, unit: "%", isFloor: false)
        case .policyDecision:
            let time = try PolicyMeasurements().decisionMilliseconds(wordLists: options.words)
            return Measured(value: time, bar: 1, unit: "ms", isFloor: false)
        case .ledger:
            let faults = try LedgerRun.faults(events: options.events, seed: 20_261_128)
            return Measured(value: Double(faults), bar: 0, unit: "", isFloor: false)
        case .styleStop:
            return Measured(
                value: try await StyleStop.seconds(rounds: 3), bar: 5, unit: "s", isFloor: false)
        case .fourStyles:
            let ratio = try await StyleRows().fourStyles()
            return Measured(value: ratio, bar: 1.3, unit: "", isFloor: false)
        case .coldStyle:
            let ratio = try await StyleRows().cold().others
            return Measured(value: ratio, bar: 1.1, unit: "", isFloor: false)
        case .coldStyleStart:
            let seconds = try await StyleRows().cold().startSeconds
            return Measured(value: seconds, bar: 1, unit: "s", isFloor: false)
        case .adapterStyle:
            return Measured(
                value: adapterStyle?.recognised ?? 0, bar: 0.9, unit: "", isFloor: true)
        case .adapterSubject:
            return Measured(
                value: adapterStyle?.subjectChange ?? -1, bar: -0.05, unit: "", isFloor: true)
        }
    }
}
