import Bars
import Foundation
import Kernels
import NeuralNetworks
import PJRT

/// The CPU as programs run on it, with its own cache of executables.
struct Device {
    let client: Client
    let compiler: ProgramCompiler
    /// How layers are written for drawing.
    let policy: ComputePolicy

    /// Opens the CPU plugin that drawing uses.
    /// - Parameter cache: the folder of compiled programs; nil compiles every time.
    init(cache: String? = nil) throws {
        let environment = ProcessInfo.processInfo.environment
        let search = PluginSearch(
            environment: environment, projectFolder: "\(BenchFolders.project)/.ondol/plugins",
            pythonFolders: InstalledFiles.pythonFolders(environment: environment))
        let candidate = try search.find([.cpu], where: InstalledFiles.exists)
        let plugin = try Plugin.load(path: candidate.path)
        policy = try .cpuInference(hasKernels: ProcessorKernels.register(on: plugin))
        client = try Client(plugin: plugin)
        compiler = ProgramCompiler(
            client: client, cache: cache.map { ExecutableCache(folder: $0) { note("bench: \($0)") } })
    }
}
