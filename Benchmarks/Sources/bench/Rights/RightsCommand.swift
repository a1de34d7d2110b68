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

    func run() async throws {
        let beginnings = only.split(separator: ",").map(String.init)
        let rows = RightsRow.allCases.filter { row in
            beginnings.isEmpty || beginnings.contains { row.rawValue.hasPrefix($0) }
        }
        guard !rows.isEmpty else { throw BenchError("no row begins with \(only)") }
        var isShort = false
        for row in rows {
            let measured = try await row.measure(python: python)
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

    func measure(python: String) async throws -> Measured {
        switch self {
        case .readBack:
            let share = try CredentialSamples().readBack(python: python)
            return Measured(value: share * 100, bar: 100, unit: "%", isFloor: true)
        case .signing:
            let milliseconds = try CredentialSamples().signingMilliseconds()
            return Measured(value: milliseconds, bar: 10, unit: "ms", isFloor: false)
        }
    }
}
