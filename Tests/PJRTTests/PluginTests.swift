import FoundationEssentials
import Testing

@testable import PJRT

@Suite struct PluginTests {
    @Test("The plugin says who it is")
    func identity() throws {
        let client = try TestPlugin.client()
        #expect(client.plugin.kind == .cpu)
        #expect(client.plugin.interfaceVersion.major == 0)
        #expect(client.plugin.interfaceVersion.minor >= InterfaceVersion.oldestSupported.minor)
        #expect(client.platformName == "cpu")
        #expect(!client.platformVersion.isEmpty)
        #expect(client.devices.count == 1)
        #expect(client.devices[0].kind == "cpu")
        #expect(try client.memory(of: client.devices[0]) == nil)
        #expect(try client.plugin.attributes().contains { $0.name == "stablehlo_current_version" })
    }

    @Test("The number of devices is an option")
    func deviceCount() throws {
        let client = try Client(plugin: Plugin.load(path: TestPlugin.path), options: .cpu(deviceCount: 3))
        #expect(client.devices.map(\.ordinal) == [0, 1, 2])
    }

    @Test("The same file loads once")
    func loadsOnce() throws {
        #expect(try Plugin.load(path: TestPlugin.path) === Plugin.load(path: TestPlugin.path))
    }

    @Test("A missing file names `make setup`")
    func missing() throws {
        let error = try #require(throws: PJRTError.self) { try Plugin.load(path: "/no/such/plugin.so") }
        #expect(error.code == .notFound)
        #expect(error.message.contains("/no/such/plugin.so") && error.message.contains("make setup"))
    }

    @Test("A file that is no library is refused")
    func noLibrary() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/fake.so"
        for content in [Data(), Data("not a library".utf8), Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0])] {
            try content.write(to: URL(filePath: path))
            let error = try #require(throws: PJRTError.self) { try Plugin.load(path: path) }
            #expect(error.code == .invalidArgument)
            #expect(error.message.contains("is not a PJRT plugin"), "\(error)")
        }
    }

    @Test("A library that is no plugin is refused")
    func noPlugin() throws {
        // The process's own C library: there on every machine, under another path on each.
        let maps = String(decoding: try CacheFile.read(path: "/proc/self/maps"), as: UTF8.self)
        let line = try #require(maps.split(separator: "\n").first { $0.contains("/libc.so") })
        let path = String(try #require(line.split(separator: " ").last))
        let error = try #require(throws: PJRTError.self) { try Plugin.load(path: path) }
        #expect(error.message.contains("GetPjrtApi"), "\(error)")
    }

    @Test(
        "Only plugins of the same family, and not too old, are let in",
        arguments: [
            (0, 57, true), (0, 81, true), (0, 999, true), (0, 56, false), (0, 0, false), (1, 0, false),
        ])
    func versions(_ major: Int, _ minor: Int, _ isSupported: Bool) {
        let version = InterfaceVersion(major: major, minor: minor)
        if isSupported {
            #expect(throws: Never.self) { try version.check(pluginPath: "p.so") }
        } else {
            #expect(throws: PJRTError.self) { try version.check(pluginPath: "p.so") }
        }
    }

    @Test("What a plugin prints while it loads goes to the log, errors or not")
    func capturedOutput() throws {
        var log = ""
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try StandardErrorCapture.during(
                {
                    try FileHandleDescriptor.writeToStandardError("from the plugin")
                    throw Stop()
                }, log: { log += $0 })
        }
        #expect(log.contains("from the plugin"))
    }

    @Test(
        "Kinds are told by file name",
        arguments: [
            ("xla_cpu_pjrt.so", PluginKind.cpu), ("xla_cuda_plugin.so", .cuda), ("libtpu.so", .tpu),
            ("pjrt_plugin_xpu.so", .other),
        ])
    func kinds(_ name: String, _ kind: PluginKind) { #expect(PluginKind(fileName: name) == kind) }
}
