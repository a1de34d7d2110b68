import FoundationEssentials
import Glibc
import PJRT

/// The `ondol` that was built with the tests, run as a user runs it.
enum BuiltProgram {
    /// How a run ended.
    struct Outcome {
        /// Nil where a signal ended it.
        let status: Int32?
        /// What was written to standard output and standard error.
        let text: String
    }

    /// The repository.
    static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    /// The smallest model that draws, made for the parity tests.
    static let tinyModel = "\(root)/Tests/ImagePipelinesTests/Fixtures/model"

    /// The plugin that `ONDOL_PJRT_PLUGIN` names, or the one that `make setup` puts into the project's folder.
    static let plugin: String? = {
        let variable = PluginSearch.environmentVariable
        let search = PluginSearch(
            environment: getenv(variable).map { [variable: String(cString: $0)] } ?? [:],
            projectFolder: "\(root)/.ondol/plugins")
        return try? search.find { access($0, R_OK) == 0 }.path
    }()

    /// Runs the program in a folder that is also the project's, so that nothing outside it is touched.
    /// - Parameter fullDisk: whether no file may be written, as where the disk is full.
    static func run(_ arguments: [String], in folder: String, fullDisk: Bool = false) throws -> Outcome {
        // Without the signal, number 25, the system tells of the limit as of a full disk.
        let limit = fullDisk ? "trap '' 25; ulimit -f 0;" : ""
        return try start([path()] + arguments, in: folder, after: limit)
    }

    /// Runs another program, as a compiler.
    /// - Parameter preparation: what the shell does before that.
    static func start(
        _ arguments: [String], in folder: String, after preparation: String = ""
    ) throws -> Outcome {
        let words =
            ["/bin/sh", "-c", "cd \"$0\" || exit 126; \(preparation) exec \"$@\"", folder] + arguments
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)

        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ONDOL_") }
        var environment = inherited.merging(["ONDOL_HOME": folder]) { $1 }
        environment[PluginSearch.environmentVariable] = plugin
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        let texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for text in texts + variables { free(text) } }
        var identifier = pid_t()
        let failure = posix_spawn(&identifier, words[0], &actions, nil, texts, variables)
        close(ends[1])
        guard failure == 0 else { throw Failure(failure) }

        let text = readAll(ends[0])
        var state: Int32 = 0
        while waitpid(identifier, &state, 0) < 0, errno == EINTR {}
        return Outcome(status: state & 0x7F == 0 ? state >> 8 & 0xFF : nil, text: text)
    }

    private struct Failure: Error {
        let number: Int32

        init(_ number: Int32) { self.number = number }
    }

    /// Beside the tests, where SwiftPM links both.
    private static func path() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return "/" + tests.split(separator: "/").dropLast().joined(separator: "/") + "/ondol"
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}
