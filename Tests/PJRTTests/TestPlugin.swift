import FoundationEssentials
import PJRT

/// The CPU plugin that the tests run on, one client for all of them.
enum TestPlugin {
    /// The path in `ONDOL_PJRT_PLUGIN`, or the one in the project's own folder.
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["ONDOL_PJRT_PLUGIN"] { return path }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/.ondol/plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"
    }()

    private static let shared = Result { try Client(plugin: Plugin.load(path: path)) }

    /// The client; a missing plugin fails the test with a sentence that says `make setup`.
    static func client() throws -> Client { try shared.get() }
}

/// An empty folder of its own for one test, removed with everything in it when the last reference goes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/ondol-pjrt-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names in a folder below this one, sorted.
    func names(in subfolder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + subfolder)) ?? []).sorted()
    }
}
