import PJRT
import Testing

@Suite struct PluginSearchTests {
    private static let full = PluginSearch(
        flag: "/flag.so", environment: ["ONDOL_PJRT_PLUGIN": "/environment.so"], projectFolder: "/project",
        pythonFolders: ["/site"])

    private static func without(flag: Bool = false, environment: Bool = false) -> PluginSearch {
        var search = full
        if flag { search.flag = nil }
        if environment { search.environment = [:] }
        return search
    }

    static let cases: [(PluginSearch, [PluginKind], existing: [String], found: String?)] = [
        (full, [.cpu], ["/flag.so", "/environment.so"], "/flag.so"),
        // A named file that is missing is an error, not a reason to take another.
        (full, [.cpu], ["/environment.so"], nil),
        (without(flag: true), [.cpu], ["/environment.so"], "/environment.so"),
        (without(flag: true), [.cpu], ["/project/xla_cpu_pjrt/xla_cpu_pjrt.so"], nil),
        (
            without(flag: true, environment: true), [.cpu],
            ["/site/xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so", "/project/xla_cpu_pjrt/xla_cpu_pjrt.so"],
            "/project/xla_cpu_pjrt/xla_cpu_pjrt.so"
        ),
        (
            without(flag: true, environment: true), [.cuda, .cpu],
            ["/site/jax_plugins/xla_cuda13/xla_cuda_plugin.so", "/project/xla_cpu_pjrt/xla_cpu_pjrt.so"],
            "/site/jax_plugins/xla_cuda13/xla_cuda_plugin.so"
        ),
        (
            without(flag: true, environment: true), [.tpu], ["/site/libtpu/libtpu.so"],
            "/site/libtpu/libtpu.so"
        ),
        (without(flag: true, environment: true), [.cpu], [], nil),
        (PluginSearch(), [.cpu], ["/flag.so"], nil),
        (PluginSearch(environment: ["ONDOL_PJRT_PLUGIN": ""]), [.cpu], [""], nil),
    ]

    @Test("The first place that has a plugin is taken, in order", arguments: cases)
    func find(_ search: PluginSearch, _ kinds: [PluginKind], _ existing: [String], _ found: String?) throws {
        guard let found else {
            let error = try #require(throws: PJRTError.self) {
                try search.find(kinds) { existing.contains($0) }
            }
            #expect(error.code == .notFound)
            return
        }
        #expect(try search.find(kinds) { existing.contains($0) }.path == found)
    }

    @Test("The error says what to do about what was asked")
    func remedies() throws {
        for (search, words) in [
            (Self.full, "correct the flag"), (Self.without(flag: true), "unset ONDOL_PJRT_PLUGIN"),
            (Self.without(flag: true, environment: true), "make setup"), (PluginSearch(), "make setup"),
        ] {
            let error = try #require(throws: PJRTError.self) { try search.find { _ in false } }
            #expect(error.message.contains(words), "\(error)")
        }
    }

    @Test("This machine's wheels are looked for where Python puts them")
    func pythonFolders() {
        let folders = InstalledFiles.pythonFolders(environment: [:])
        #expect(folders.allSatisfy(InstalledFiles.exists))
        #expect(InstalledFiles.hasDevice(of: .cpu))
    }
}
