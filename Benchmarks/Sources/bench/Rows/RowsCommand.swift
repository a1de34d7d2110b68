import ArgumentParser
import Bars
import Foundation

/// Measures rows of the table, and prints one line for each.
struct RowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Measures against bars and peers; exit status 1 where anything is short.")

    @Option(help: "Rows to measure, by the beginnings of their names, with commas between; all by default.")
    var only = ""

    @Option(help: "How often two programs that are compared take turns.")
    var turns = 5

    @Option(help: "How many processors each may keep busy; all by default.")
    var threads: Int?

    @Option(help: "The model folder to measure.")
    var model: String?

    @Option(help: "A model folder of Stable Diffusion 1.5's size; made where it is not there.")
    var large: String?

    @Option(help: "The Python that peers run in.")
    var python: String?

    func run() async throws {
        var settings = BenchSettings()
        settings.turns = turns
        settings.python = python
        if let threads { settings.threads = threads }
        if let model { settings.model = model }
        if let large { settings.large = large }
        let wanted = only.split(separator: ",").map(String.init)
        var isShort = false
        for measurement in Measurement.all where measurement.isWanted(wanted) {
            isShort = try await Self.print(measurement, settings) || isShort
        }
        if isShort { throw ExitCode(1) }
    }

    /// Prints a measurement's rows as soon as they are known, and says whether one is short.
    private static func print(_ measurement: Measurement, _ settings: BenchSettings) async throws -> Bool {
        let values = try await values(of: measurement, settings)
        var isShort = false
        for (index, row) in measurement.rows.enumerated() {
            isShort = row.report(values?[index]) || isShort
        }
        return isShort
    }

    /// What was measured, or nil where it could not be, of which the reason is said.
    private static func values(
        of measurement: Measurement, _ settings: BenchSettings
    ) async throws -> [Double]? {
        do {
            let values = try await measurement.values(settings)
            if values == nil {
                note(
                    "there is no model in \(settings.model); train it with `./ondol train` and `./ondol train "
                        + "export`, or name another by --model")
            }
            return values
        } catch let error as CancellationError {
            throw error
        } catch {
            // The other rows are worth knowing all the same.
            note("\(measurement.rows[0].name): \(error)")
            return nil
        }
    }
}

extension Measurement {
    /// Whether one of the rows begins as one of `wanted` does; all do where nothing is wanted.
    fileprivate func isWanted(_ wanted: [String]) -> Bool {
        wanted.isEmpty || rows.contains { row in wanted.contains { row.name.hasPrefix($0) } }
    }
}
