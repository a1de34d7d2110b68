import ArgumentParser
import FoundationEssentials
import Simulation
import Tensors

/// Where a simulation's results go.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A JSON file for machines, with every figure.", valueName: "file"))
    var json: String?

    @Option(help: "The language of what people read: ko or en; by the environment's locale unless given.")
    var language: ReportLanguage?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    /// The language that was asked for, or the environment's.
    var wishedLanguage: ReportLanguage {
        language ?? .ofEnvironment(ProcessInfo.processInfo.environment)
    }

    /// Refuses, before the work, files that cannot be written.
    func checkFiles(_ files: [(path: String?, example: String)] = []) throws {
        for (path, example) in files + [(json, "simulation.json")] {
            if let path { try OutputFile.check(path, example: example) }
        }
        let named = (files.map(\.path) + [json]).compactMap { $0 }
        guard Set(named).count == named.count else {
            throw ValidationError("two results cannot go into one file")
        }
    }

    /// Writes the figures, where a file is named for them.
    func write(_ value: some Encodable) throws {
        guard let json else { return }
        let encoder = JSONEncoder()
        // Sorted, so that the same seed gives the same bytes.
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try Self.write(Array(try encoder.encode(value)) + [0x0A], to: json)
        note("wrote \(json)")
    }

    /// Writes a file whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws {
        try bytes.withUnsafeBytes { try AtomicFile.write($0, to: path) }
    }

    /// Says something, unless nothing is to be said.
    func note(_ text: String) {
        if !quiet { Terminal.note(text) }
    }
}
