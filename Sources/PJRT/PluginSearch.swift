/// Where plugins are looked for, and in which order: a value, asked without touching the disk.
public struct PluginSearch: Sendable {
    /// A place where a plugin may be.
    public struct Candidate: Sendable, Hashable {
        /// The path of the plugin's file.
        public let path: String
        /// Why the place is looked at.
        public let origin: Origin
    }

    /// What made a place worth looking at.
    public enum Origin: String, Sendable, Hashable {
        /// A flag named the file.
        case flag
        /// The environment variable ``PluginSearch/environmentVariable`` named it.
        case environment
        /// It lies in the project's own folder, where `make setup` puts it.
        case project
        /// It belongs to an installed Python wheel.
        case wheel
    }

    /// The environment variable that names a plugin's file.
    public static let environmentVariable = "ONDOL_PJRT_PLUGIN"

    /// The file a flag named, which then is the only candidate.
    public var flag: String?
    /// The environment; where ``environmentVariable`` is set and no flag is, its file is the only candidate.
    public var environment: [String: String]
    /// The project's folder of plugins, as `.ondol/plugins`.
    public var projectFolder: String?
    /// Folders into which Python installs wheels, as `site-packages`, in order of preference.
    public var pythonFolders: [String]

    /// Makes a search.
    public init(
        flag: String? = nil, environment: [String: String] = [:], projectFolder: String? = nil,
        pythonFolders: [String] = []
    ) {
        self.flag = flag
        self.environment = environment
        self.projectFolder = projectFolder
        self.pythonFolders = pythonFolders
    }

    /// The places for a kind of plugin, best first.
    public func candidates(for kind: PluginKind) -> [Candidate] {
        if let flag { return [Candidate(path: flag, origin: .flag)] }
        if let path = environment[Self.environmentVariable], !path.isEmpty {
            return [Candidate(path: path, origin: .environment)]
        }
        let folders =
            [projectFolder.map { ($0, Origin.project) }].compactMap(\.self)
            + pythonFolders.map { ($0, .wheel) }
        return folders.flatMap { folder, origin in
            kind.wheelPaths.map { Candidate(path: "\(folder)/\($0)", origin: origin) }
        }
    }

    /// The first candidate that exists.
    /// - Parameters:
    ///   - kinds: the kinds of plugin that would do, best first.
    ///   - exists: whether there is a file at a path.
    /// - Throws: ``PJRTError`` that names every place looked at.
    public func find(
        _ kinds: [PluginKind] = [.cpu], where exists: (String) -> Bool
    ) throws(PJRTError) -> Candidate {
        let candidates = kinds.flatMap(candidates(for:))
        if let found = candidates.first(where: { exists($0.path) }) { return found }
        let places = Set(candidates.map(\.path)).sorted().joined(separator: ", ")
        let remedy =
            switch candidates.first?.origin {
            case .flag: "correct the flag"
            case .environment: "correct or unset \(Self.environmentVariable)"
            default: "run `make setup` to install the CPU plugin, or name one by \(Self.environmentVariable)"
            }
        throw PJRTError(
            .notFound, "there is no plugin at \(places.isEmpty ? "any known place" : places); \(remedy)",
            operation: "find plugin")
    }
}

extension PluginKind {
    /// Where a wheel of this kind puts the plugin, below the folder into which it is unpacked.
    ///
    /// Source: the wheels xla-cpu-pjrt 0.0.1, jax-cuda13-pjrt and jax-cuda12-pjrt, libtpu.
    var wheelPaths: [String] {
        switch self {
        case .cpu: ["xla_cpu_pjrt/xla_cpu_pjrt.so", "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"]
        case .cuda:
            ["jax_plugins/xla_cuda13/xla_cuda_plugin.so", "jax_plugins/xla_cuda12/xla_cuda_plugin.so"]
        case .tpu: ["libtpu/libtpu.so"]
        case .other: []
        }
    }
}
