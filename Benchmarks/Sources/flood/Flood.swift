import ArgumentParser
import Bars
import Foundation

/// Everyone at once against the running service, measured against bars.
@main
struct Flood: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flood",
        abstract: "Sends everyone at once to a running service, and measures what it does.",
        subcommands: [
            RowsCommand.self, SmokeCommand.self, IdleServerCommand.self, BatchCommand.self, ReuseCommand.self,
        ],
        defaultSubcommand: RowsCommand.self)
}

/// Measures rows of the table, and prints one line for each.
struct RowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Measures against bars; exit status 1 where anything is short.")

    @OptionGroup var settings: FloodSettings

    func run() async throws {
        let wanted = settings.only.split(separator: ",").map(String.init)
        var isShort = false
        for measurement in Measurement.all where measurement.isWanted(wanted) {
            isShort = try await measurement.report(settings) || isShort
        }
        if isShort { throw ExitCode(1) }
    }
}

/// Runs everything once at the smallest size, without bars, so that none of it rots.
struct SmokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smoke", abstract: "Runs each measurement once at the smallest size, without bars.")

    @OptionGroup var settings: FloodSettings

    func run() async throws {
        let small = settings.smallest
        for measurement in Measurement.all {
            for (row, value) in zip(measurement.rows, try await measurement.values(small)) {
                // Times mean nothing at this size; what may not happen at any size is looked at.
                if row.name.hasPrefix("kill-"), row.report(value) { throw ExitCode(1) }
                if !row.name.hasPrefix("kill-") { say("\(row.name) \(String(format: "%.4f", value))") }
            }
        }
    }
}

extension Measurement {
    /// Whether one of the rows begins as one of `wanted` does; all do where nothing is wanted.
    func isWanted(_ wanted: [String]) -> Bool {
        wanted.isEmpty || rows.contains { row in wanted.contains { row.name.hasPrefix($0) } }
    }

    /// Prints the rows, and says whether one is short. What cannot be measured is short, and the others are measured.
    func report(_ settings: FloodSettings) async throws -> Bool {
        var values: [Double]?
        do { values = try await self.values(settings) } catch let error as CancellationError {
            throw error
        } catch {
            note("\(rows[0].name): \(error)")
        }
        var isShort = false
        for (index, row) in rows.enumerated() { isShort = row.report(values?[index]) || isShort }
        return isShort
    }
}
