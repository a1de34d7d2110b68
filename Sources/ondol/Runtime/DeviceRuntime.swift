import FoundationEssentials
import Kernels
import NeuralNetworks
import PJRT
import Training

/// A device to draw or train on, found and opened.
struct DeviceRuntime {
    let client: Client
    let compiler: ProgramCompiler
    /// Whether programs may call our own kernels for processors.
    private let hasKernels: Bool

    /// Opens the best device there is.
    /// - Parameter plugin: a plugin file from the command line; nil searches.
    init(
        plugin: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let folder = ProjectFolder(environment: environment)
        let search = PluginSearch(
            flag: plugin, environment: environment, projectFolder: "\(folder.state)/plugins",
            pythonFolders: InstalledFiles.pythonFolders(environment: environment))
        let kinds = [PluginKind.cuda, .cpu].filter(InstalledFiles.hasDevice)
        let candidate = try search.find(kinds, where: InstalledFiles.exists)
        let loaded = try Plugin.load(path: candidate.path)
        hasKernels = try ProcessorKernels.register(on: loaded)
        client = try Client(plugin: loaded)
        let cache = ExecutableCache(folder: folder.cache) { Terminal.note($0) }
        compiler = ProgramCompiler(client: client, cache: cache)
    }

    /// How layers are written for training on this device.
    var trainingPolicy: ComputePolicy { .training(on: client.plugin.kind, hasKernels: hasKernels) }

    /// How layers are written for drawing on this device.
    var inferencePolicy: ComputePolicy {
        client.plugin.kind == .cuda ? .cuda : .cpuInference(hasKernels: hasKernels)
    }
}
