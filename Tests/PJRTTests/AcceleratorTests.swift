import FoundationEssentials
import PJRT
import Testing

/// The same texts, compiled for machines that are not here. They run where `make test-accelerators` has put the
/// plugins and names them in the environment; elsewhere they are left out, and the CPU's refusal is tested.
@Suite struct AcceleratorTests {
    private static func plugin(_ variable: String) -> String? {
        ProcessInfo.processInfo.environment[variable]
    }
    static let cudaPath = plugin("ONDOL_CUDA_PLUGIN")
    static let tpuPath = plugin("ONDOL_TPU_PLUGIN")

    static let programs = SampleProgram.all + [.donation]

    @Test(
        "Programs compile for an absent H200", .enabled(if: cudaPath != nil, "needs ONDOL_CUDA_PLUGIN"),
        arguments: programs)
    func cuda(_ sample: SampleProgram) throws {
        let plugin = try Plugin.load(path: try #require(Self.cudaPath))
        let compiled = try plugin.compile(sample.text, for: .h200, results: sample.signature.results)
        #expect(compiled.bytes.count > 100)
    }

    @Test(
        "Programs compile for an absent TPU v5e", .enabled(if: tpuPath != nil, "needs ONDOL_TPU_PLUGIN"),
        arguments: programs)
    func tpu(_ sample: SampleProgram) throws {
        let plugin = try Plugin.load(path: try #require(Self.tpuPath))
        let compiled = try plugin.compile(sample.text, for: .tpuV5e, results: sample.signature.results)
        #expect(compiled.bytes.count > 100)
    }

    @Test("The CPU plugin says that it cannot compile for an absent machine")
    func cpu() throws {
        let plugin = try Plugin.load(path: TestPlugin.path)
        let sample = SampleProgram.add
        let error = try #require(throws: PJRTError.self) {
            try plugin.compile(sample.text, for: .h200, results: sample.signature.results)
        }
        #expect(error.code == .unimplemented, "\(error)")
    }

    @Test("A client is not made where there is no device", .enabled(if: cudaPath != nil))
    func noDevice() throws {
        guard !InstalledFiles.hasDevice(of: .cuda) else { return }
        let plugin = try Plugin.load(path: try #require(Self.cudaPath))
        let error = try #require(throws: PJRTError.self) { try Client(plugin: plugin) }
        #expect(error.code == .unavailable)
    }
}
