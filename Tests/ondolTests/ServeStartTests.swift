import FoundationEssentials
import Glibc
import Testing

@testable import ondol

/// `ondol serve` says in one sentence why it does not begin, and leaves what it found as it was.
struct ServeStartTests {
    /// Runs `ondol serve` in a folder, which must refuse, and gives the last line it said.
    private static func refusal(
        _ arguments: [String] = [], in folder: TemporaryFolder, fullDisk: Bool = false
    ) throws -> String {
        let outcome = try BuiltProgram.run(
            ["serve", "--data", "data", "--model", BuiltProgram.tinyModel] + arguments, in: folder.path,
            fullDisk: fullDisk)
        #expect(outcome.status == 1, "\(outcome.text)")
        let last = outcome.text.split(separator: "\n").last.map(String.init) ?? ""
        #expect(last.hasPrefix("ondol: "), "\(outcome.text)")
        return last
    }

    @Test("settings, plugins and models that cannot be used")
    func inputs() throws {
        let folder = try TemporaryFolder()
        try folder.write("[server]\nport = 70000\n[drawing]\nbatch_rows = 0\n".utf8, to: "wrong.toml")
        try folder.write([0xFF, 0xFE], to: "binary.toml")
        for (arguments, parts) in [
            (["--settings", "wrong.toml"], ["wrong.toml", "server.port", "drawing.batch_rows"]),
            (["--settings", "binary.toml"], ["binary.toml is not UTF-8"]),
            (["--settings", "none.toml"], ["none.toml cannot be read"]),
            (["--plugin", "none.so"], ["none.so"]),
            (["--plugin", BuiltProgram.tinyModel + "/model_index.json"], ["is not a PJRT plugin"]),
            (["--model", "nothing"], ["there is no model nothing"]),
        ] {
            let said = try Self.refusal(arguments, in: folder)
            for part in parts { #expect(said.contains(part), "\(said)") }
        }
    }

    @Test("a database that is damaged or no database is left as it is")
    func database() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for start in [[UInt8](), Array("SQLite format 3\0".utf8)] {
            try? FileManager.default.createDirectory(
                atPath: folder.path + "/data", withIntermediateDirectories: true)
            try folder.write(start + bytes, to: "data/ondol.sqlite")
            let said = try Self.refusal(in: folder)
            #expect(said.contains("data/ondol.sqlite") && said.contains("backup"), "\(said)")
            #expect(folder.read("data/ondol.sqlite") == start + bytes)
        }
    }

    @Test("a folder that another service has, and one that cannot be written")
    func folders() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/data", withIntermediateDirectories: true)
        let lock = open(folder.path + "/data/service.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try Self.refusal(in: folder).contains("served by another process"))
        #expect(try Self.refusal(["--data", "/dev/null/data"], in: folder).contains("--data"))
        flock(lock, LOCK_UN)
        #expect(try Self.refusal(in: folder, fullDisk: true).contains("free some space"))
    }

    @Test("a port that is taken", .enabled(if: BuiltProgram.plugin != nil))
    func port() throws {
        let folder = try TemporaryFolder()
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port: UInt16 = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0, listen(listener, 1) == 0,
                    getsockname(listener, address, &length) == 0
                else { return 0 }
                return UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port.bigEndian
            }
        }
        try #require(port > 0)
        let said = try Self.refusal(["--port", "\(port)"], in: folder)
        #expect(said.contains("\(port)") && said.contains("--port"), "\(said)")
    }
}
