import CPJRT
import Tensors

/// A compiled program on a client, ready to run.
///
/// May be run from any thread, by several at once. It keeps its client alive and is destroyed at its deinit.
public final class LoadedExecutable: Sendable {
    /// Where an executable came from.
    public enum Origin: Sendable, Hashable {
        /// It was compiled now.
        case compiled
        /// It was read from the cache on disk.
        case cached
    }

    /// The client.
    public let client: Client
    /// What the program takes and returns.
    public let signature: ProgramSignature
    /// Where it came from.
    public let origin: Origin

    let handle: Handle
    private let executable: Executable

    /// Takes over a plugin's executable, and destroys it where its results are not the signature's.
    init(client: Client, handle: Handle, signature: ProgramSignature, origin: Origin) throws {
        do {
            var arguments = CPJRTLoadedExecutableGetExecutable()
            arguments.loadedExecutable = handle.pointer
            try client.table.call(.loadedExecutableGetExecutable, &arguments)
            let executable = Executable(
                table: client.table,
                handle: try Handle(arguments.executable, from: .loadedExecutableGetExecutable))
            try signature.check(compiledResults: try executable.results())
            self.executable = executable
        } catch {
            // Not all properties are set yet, so that no deinit will do this.
            Self.destroy(handle, table: client.table)
            throw error
        }
        self.client = client
        self.handle = handle
        self.signature = signature
        self.origin = origin
    }

    deinit { Self.destroy(handle, table: client.table) }

    /// What the compiler expects the program to cost, or nil where the plugin does not say.
    public func cost() throws -> ProgramCost? { try executable.cost() }

    /// The memory the program needs, or nil where the plugin does not say.
    public func memory() throws -> ProgramMemory? { try executable.memory() }

    /// The executable's bytes, from which the same plugin can load it again.
    func serialized() throws -> [UInt8] { try executable.serialized() }

    private static func destroy(_ handle: Handle, table: PluginTable) {
        var arguments = CPJRTLoadedExecutableDestroy()
        arguments.executable = handle.pointer
        table.release(.loadedExecutableDestroy, arguments)
    }
}
