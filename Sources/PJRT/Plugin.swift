import CPJRT
import Glibc
import Synchronization

/// A PJRT plugin: a shared library that compiles programs for one kind of device and runs them.
///
/// A plugin stays loaded until the process ends, since unloading would drop what it registered; loading the same
/// file again gives the same plugin.
public final class Plugin: Sendable {
    /// The path the plugin was loaded from, links resolved.
    public let path: String
    /// The kind of device, judged by the file's name.
    public let kind: PluginKind
    /// The version of the interface that the plugin was built with.
    public let interfaceVersion: InterfaceVersion

    let table: PluginTable

    /// The custom calls registered here. The plugin itself says nothing where a name is taken.
    let customCallNames = Mutex<Set<String>>([])

    /// The SHA-256 of the file, once it has been worked out: the loaded plugin does not change any more.
    private let knownFileDigest = Mutex<String?>(nil)

    /// The plugins of this process by path.
    private static let loaded = Mutex<[String: Plugin]>([:])

    /// Loads the plugin at `path`, or returns it where it is loaded already.
    ///
    /// Sets `TF_CPP_MIN_LOG_LEVEL` (and for TPUs `TPU_SKIP_MDS_QUERY`, without which the plugin waits minutes for
    /// a metadata server) in the environment unless they are set.
    /// - Parameter log: is given what the plugin writes to standard error while it loads, except by the CPU
    ///   plugin, which is silent.
    /// - Throws: ``PJRTError`` where the file is missing, is not a plugin or is too old.
    public static func load(path: String, log: (String) -> Void = { _ in }) throws -> Plugin {
        guard let resolved = realpath(path, nil) else {
            throw PJRTError(
                .notFound, "there is no plugin at \(path); run `make setup` to install the CPU plugin",
                operation: "load plugin")
        }
        defer { free(resolved) }
        let canonicalPath = String(cString: resolved)
        return try loaded.withLock { plugins in
            if let plugin = plugins[canonicalPath] { return plugin }
            let plugin = try Plugin(loadingFrom: canonicalPath, log: log)
            plugins[canonicalPath] = plugin
            return plugin
        }
    }

    private init(loadingFrom path: String, log: (String) -> Void) throws {
        let fileName = path.split(separator: "/").last.map(String.init) ?? path
        self.path = path
        kind = PluginKind(fileName: fileName)
        setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0)
        if kind == .tpu { setenv("TPU_SKIP_MDS_QUERY", "1", 0) }

        let open = { try Self.openTable(path) }
        table = kind == .cpu ? try open() : try StandardErrorCapture.during(open, log: log)
        interfaceVersion = InterfaceVersion(
            major: Int(table.pointer.pointee.majorVersion), minor: Int(table.pointer.pointee.minorVersion))
        try interfaceVersion.check(pluginPath: path)

        let table = table
        let initialize = {
            var arguments = CPJRTPluginInitialize()
            try table.call(.pluginInitialize, &arguments)
        }
        if kind == .cpu { try initialize() } else { try StandardErrorCapture.during(initialize, log: log) }
    }

    private static func openTable(_ path: String) throws -> PluginTable {
        var reason: UnsafePointer<CChar>?
        guard let pointer = CPJRTOpen(path, &reason) else {
            let why =
                reason.map { String(cString: $0) } ?? "its function GetPjrtApi is missing or returned nothing"
            throw PJRTError(
                .invalidArgument,
                "\(path) is not a PJRT plugin that can be loaded here: \(why); "
                    + "name another file, or run `make setup` to install the CPU plugin",
                operation: "load plugin")
        }
        let firstFunctions: [PluginFunction] = [
            .errorDestroy, .errorMessage, .errorGetCode, .pluginInitialize,
        ]
        guard firstFunctions.allSatisfy({ CPJRTHasFunction(pointer, $0.rawValue) }) else {
            throw PJRTError(
                .invalidArgument,
                "\(path) lacks the first functions of every PJRT plugin and cannot be used; name another file",
                operation: "load plugin")
        }
        return PluginTable(pointer: pointer)
    }

    /// The SHA-256 of the file in hexadecimal digits. Reads the whole file the first time.
    func fileDigest() throws(PJRTError) -> String {
        try knownFileDigest.withLock { known throws(PJRTError) in
            if let known { return known }
            let digest = try PluginFile.digest(path: path)
            known = digest
            return digest
        }
    }

    /// What the plugin says of itself, as `stablehlo_current_version`.
    public func attributes() throws -> [NamedOption] {
        var arguments = CPJRTPluginAttributes()
        try table.call(.pluginAttributes, &arguments)
        let values = UnsafeBufferPointer(start: arguments.attributes, count: arguments.attributeCount)
        return values.compactMap(NamedOption.init(copying:))
    }
}

/// A version of the PJRT C interface.
public struct InterfaceVersion: Sendable, Hashable, CustomStringConvertible {
    /// Changes where old and new no longer understand each other.
    public let major: Int
    /// Grows with every addition.
    public let minor: Int

    /// The oldest plugin that is let in: since then the order of functions has only grown at its end.
    public static let oldestSupported = InterfaceVersion(major: 0, minor: 57)

    /// The version as `0.81`.
    public var description: String { "\(major).\(minor)" }

    /// Refuses a version this code does not understand.
    func check(pluginPath: String) throws(PJRTError) {
        guard major == Self.oldestSupported.major else {
            throw PJRTError(
                .failedPrecondition,
                "the plugin \(pluginPath) speaks PJRT \(self), and this program PJRT \(Self.oldestSupported.major).x; "
                    + "use a plugin of that family, or a newer Ondol",
                operation: "load plugin")
        }
        guard minor >= Self.oldestSupported.minor else {
            throw PJRTError(
                .failedPrecondition,
                "the plugin \(pluginPath) speaks PJRT \(self), older than \(Self.oldestSupported), the oldest "
                    + "supported; install a newer plugin (`make setup` installs the CPU plugin)",
                operation: "load plugin")
        }
    }
}
