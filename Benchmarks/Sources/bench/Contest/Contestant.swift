import Bars
import Foundation

/// A program that takes turns with another: it gets ready, then does its work once for each line it is sent.
///
/// Not `Sendable`: the contest that started it uses it. What it says on standard error is kept in a file.
final class Contestant {
    /// What it is called in errors and in its file.
    let name: String
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    /// The file that holds what it says on standard error.
    let log: String
    fileprivate var status: Int32 { process.terminationStatus }
    private var unread: [UInt8] = []

    /// Starts a program.
    /// - Parameter threads: how many processors it may keep busy.
    init(_ name: String, program: String, arguments: [String], threads: Int) throws {
        self.name = name
        let folder = "\(BenchFolders.state)/logs"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        log = "\(folder)/\(name).log"
        guard FileManager.default.createFile(atPath: log, contents: nil) else {
            throw BenchError("\(log) cannot be written")
        }
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["NPROC": "\(threads)", "OMP_NUM_THREADS": "\(threads)"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        // Without this the end of the program would not be the end of what can be read from it.
        try output.fileHandleForWriting.close()
        try input.fileHandleForReading.close()
    }

    /// The next line it prints, as JSON.
    func answer() throws -> [String: any Sendable] {
        while !unread.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw BenchError("\(name) ended before it answered; \(log) says why")
            }
            unread += more
        }
        let end = unread.firstIndex(of: 0x0A) ?? unread.endIndex
        let line = Data(unread[..<end])
        unread.removeSubrange(...end)
        guard let answer = try? JSONSerialization.jsonObject(with: line) as? [String: any Sendable] else {
            throw BenchError(
                "\(name) answered \(String(decoding: line.prefix(200), as: UTF8.self)), which is no JSON")
        }
        return answer
    }

    /// Lets it do its work once, and returns the seconds that took.
    func turn() throws -> Double {
        try input.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        return try number("seconds", in: answer())
    }

    /// A number of an answer.
    func number(_ key: String, in answer: [String: any Sendable]) throws -> Double {
        guard let number = answer[key] as? Double ?? (answer[key] as? Int).map(Double.init) else {
            throw BenchError("\(name) answered without \"\(key)\"")
        }
        return number
    }

    /// Ends its input, after which it ends, and waits for that.
    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

extension Contestant {
    /// The same, and makes sure that it did what it was asked.
    func endWell() throws {
        end()
        guard status == 0 else { throw BenchError("\(name) ended with status \(status); \(log) says why") }
    }
}
