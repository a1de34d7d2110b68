import Bars
import Dispatch
import Foundation

/// The `ondol` program, run as an operator runs it; what it says goes into a log.
struct OndolProgram {
    /// A command that takes longer hangs: training takes some minutes.
    private static let secondsLimit = 1800.0

    /// The program's file.
    let path: String
    /// Where commands and what they said are kept.
    let log: String
    /// Added to the environment.
    let environment: [String: String]

    /// Runs a command to its end.
    /// - Throws: ``BenchError`` with the last that it said, where it fails or takes too long.
    func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let said = "\(log).last"
        FileManager.default.createFile(atPath: said, contents: nil)
        guard let output = FileHandle(forWritingAtPath: said) else {
            throw BenchError("\(said) cannot be written; check the room on the disk")
        }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let watch = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.secondsLimit, execute: watch)
        process.waitUntilExit()
        watch.cancel()
        try output.close()
        let text = (try? String(contentsOfFile: said, encoding: .utf8)) ?? ""
        try append("$ ondol \(arguments.joined(separator: " "))\n\(text)")
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let last = text.split(separator: "\n").last ?? "it said nothing"
            throw BenchError(
                "ondol \(arguments.prefix(3).joined(separator: " ")) failed: \(last); see \(log)")
        }
    }

    private func append(_ text: String) throws {
        if !FileManager.default.fileExists(atPath: log) {
            FileManager.default.createFile(atPath: log, contents: nil)
        }
        guard let file = FileHandle(forWritingAtPath: log) else {
            throw BenchError("\(log) cannot be written; check the room on the disk")
        }
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
    }
}
