import Glibc
import Kernels
import PJRT
import StableHLO
import Tensors

/// Runs programs on the CPU plugin, for tests that check numbers.
///
/// The plugin is the one that `ONDOL_PJRT_PLUGIN` names, or the one `make setup` puts into the project's folder.
public enum ProgramRunner {
    /// Whether there is a plugin to run on.
    public static let isAvailable = pluginPath != nil

    private static let pluginPath: String? = {
        let variable = PluginSearch.environmentVariable
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let search = PluginSearch(
            environment: getenv(variable).map { [variable: String(cString: $0)] } ?? [:],
            projectFolder: "/\(root)/.ondol/plugins")
        return try? search.find { access($0, R_OK) == 0 }.path
    }()
    private static let client = Result { try Client(plugin: Plugin.load(path: pluginPath ?? "")) }

    /// What compiles programs for the plugin, for tests of whole runs.
    /// - Parameter cacheFolder: where executables are kept, so that the same program is compiled once.
    public static func compiler(cacheFolder: String? = nil) throws -> ProgramCompiler {
        ProgramCompiler(
            client: try client.get(), cache: cacheFolder.map { ExecutableCache(folder: $0) { _ in } })
    }

    /// Makes our own kernels callable from programs that are compiled from now on.
    public static func registerKernels() throws {
        _ = try ProcessorKernels.register(on: try client.get().plugin)
    }

    /// No kernels, and our own where this machine has them; they are registered then.
    public static let kernelChoices: [KernelLowering?] = {
        guard isAvailable, ProcessorKernels.areSupported, (try? registerKernels()) != nil else {
            return [nil]
        }
        return [nil, KernelLowering()]
    }()

    /// Compiles a function.
    public static func compile(_ function: Function) throws -> CompiledProgram {
        let signature = ProgramSignature(
            arguments: function.arguments.map(\.type),
            results: function.resultTypes,
            donatedArguments: Set(function.aliases.keys))
        return CompiledProgram(executable: try client.get().compile(function.text, signature: signature))
    }
}

/// A program that can be called with tensors in host memory.
public struct CompiledProgram {
    fileprivate let executable: LoadedExecutable

    /// One call.
    public func callAsFunction(_ arguments: [HostTensor]) throws -> [HostTensor] {
        let buffers = try arguments.map { try executable.client.buffer(from: $0) }
        return try executable.execute(buffers).map { try $0.waitForHostTensor() }
    }
}
