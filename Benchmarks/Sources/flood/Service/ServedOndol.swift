import Bars
import Foundation

/// A service in a process of its own, as users start it.
///
/// Not `Sendable`: whoever started it ends it. What it says is kept in a file beside its data.
final class ServedOndol {
    /// Where it answers, on this machine.
    let port: Int
    /// Its process.
    var processIdentifier: Int32 { process.processIdentifier }
    private let process: Process
    private let log: String

    /// Starts a program that says `serves at http://127.0.0.1:PORT` once it answers, and waits for that.
    ///
    /// - Parameters:
    ///   - folder: its data folder.
    ///   - onStarted: told of the process before it answers.
    /// - Throws: ``BenchError`` where it ends, or does not answer in ten minutes: the first start of all compiles.
    init(
        program: String, arguments: [String], folder: String, onStarted: (Int32) -> Void = { _ in }
    ) async throws {
        log = "\(folder)/said.log"
        if !FileManager.default.fileExists(atPath: log) {
            guard FileManager.default.createFile(atPath: log, contents: nil) else {
                throw BenchError("\(log) cannot be written")
            }
        }
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        let begin = try output.seekToEnd()
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["ONDOL_HOME": BenchFolders.project]
        ) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
        onStarted(process.processIdentifier)
        port = try await Self.port(of: process, log: log, from: begin)
    }

    private static func port(of process: Process, log: String, from begin: UInt64) async throws -> Int {
        let words = Data("serves at http://127.0.0.1:".utf8)
        let end = Uptime.seconds() + 600
        while Uptime.seconds() < end {
            let file = try FileHandle(forReadingFrom: URL(filePath: log))
            try file.seek(toOffset: begin)
            let said = try file.readToEnd() ?? Data()
            try file.close()
            if let found = said.range(of: words) {
                let digits = said[found.upperBound...].prefix { (0x30...0x39).contains($0) }
                // A digit more may still be under way where no line has ended.
                if digits.endIndex < said.endIndex, let port = Int(String(decoding: digits, as: UTF8.self)) {
                    return port
                }
            }
            guard process.isRunning else {
                throw BenchError(
                    "the service ended with status \(process.terminationStatus) before it answered; \(log) says why"
                )
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        process.terminate()
        throw BenchError("the service did not answer within ten minutes; \(log) says why")
    }

    /// Whether it is there.
    var isRunning: Bool { process.isRunning }

    /// Seconds of processor time that it has used.
    /// - Throws: ``BenchError`` where it is gone.
    func processorSeconds() throws -> Double {
        let path = "/proc/\(processIdentifier)/stat"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else {
            throw BenchError("the service has ended; \(log) says why")
        }
        // Source: man 5 proc, /proc/pid/stat: fields 14 and 15 in ticks; the first after the name is field 3.
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchError("\(path) cannot be read")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Ends it at once, wherever it is.
    func kill() {
        Foundation.kill(processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Tells it to stop, and waits for that.
    /// - Throws: ``BenchError`` where it does not end well.
    func stop() throws {
        process.terminate()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError("the service ended with status \(process.terminationStatus); \(log) says why")
        }
    }
}
