import StableHLO
import Tensors

/// Turns finished functions into executables, through the cache where there is one.
public struct ProgramCompiler: Sendable {
    /// Where programs run.
    public let client: Client
    /// Where executables are kept between starts; nil compiles every time.
    public let cache: ExecutableCache?
    /// Flags for the plugin's compiler.
    public let options: CompilerOptions

    /// Joins a client, a cache and options.
    public init(client: Client, cache: ExecutableCache? = nil, options: CompilerOptions = CompilerOptions()) {
        self.client = client
        self.cache = cache
        self.options = options
    }

    /// The executable of a function; blocks while the plugin compiles.
    /// - Throws: ``PJRTError`` with the plugin's words where it refuses the program.
    public func compile(_ function: Function) throws -> LoadedExecutable {
        let signature = ProgramSignature(
            arguments: function.arguments.map(\.type), results: function.resultTypes,
            donatedArguments: Set(function.aliases.keys))
        return try client.compile(function.text, signature: signature, options: options, cache: cache)
    }
}
