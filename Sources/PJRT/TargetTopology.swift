import CPJRT
import Tensors

/// A machine to compile for that need not be present.
public struct TargetTopology: Sendable, Hashable {
    /// The plugin's name for it, as `v5e:2x2`; empty where the options say it all.
    public let name: String
    /// Further options.
    public let options: [NamedOption]

    /// Makes a target.
    public init(name: String, options: [NamedOption] = []) {
        self.name = name
        self.options = options
    }

    /// Four TPU v5e chips, the smallest arrangement the plugin knows by that name. A program without partitions
    /// runs on one of them.
    public static let tpuV5e = TargetTopology(name: "v5e:2x2")

    /// One NVIDIA H200.
    public static let h200 = TargetTopology(
        name: "",
        options: [
            NamedOption("target_config", .string(TargetConfiguration.h200)),
            NamedOption("topology", .string("1x1x1")),  // partitions × hosts × devices
        ])
}

extension Plugin {
    /// Compiles a program for a machine that need not be present.
    /// - Parameters:
    ///   - program: a StableHLO module as text, with a public function `@main`.
    ///   - target: the machine.
    ///   - results: what `@main` returns; the compiled program's are held against it.
    ///   - options: flags for the compiler.
    /// - Returns: the executable's bytes, which a client on such a machine can load, and its figures.
    /// - Throws: ``PJRTError`` where the program is wrong or the plugin cannot compile without a device, as the
    ///   CPU's cannot.
    public func compile(
        _ program: String, for target: TargetTopology, results: [TensorType],
        options: CompilerOptions = CompilerOptions()
    ) throws -> CompiledProgram {
        let topology = try makeTopology(target)
        defer {
            var arguments = CPJRTTopologyDestroy()
            arguments.topology = topology.pointer
            table.release(.topologyDestroy, arguments)
        }
        let executable = try compile(program, topology: topology, optionBytes: options.serialized())
        try ProgramSignature(arguments: [], results: results).check(compiledResults: executable.results())
        return CompiledProgram(
            bytes: try executable.serialized(), cost: try executable.cost(), memory: try executable.memory())
    }

    private func makeTopology(_ target: TargetTopology) throws -> Handle {
        var arguments = CPJRTTopologyCreate()
        var name = target.name
        try name.withUTF8 { name in
            try name.withMemoryRebound(to: CChar.self) { name in
                try target.options.withNamedValues { options in
                    arguments.name = name.baseAddress
                    arguments.nameSize = name.count
                    arguments.options = options.baseAddress
                    arguments.optionCount = options.count
                    try table.call(.topologyCreate, &arguments)
                }
            }
        }
        return try Handle(arguments.topology, from: .topologyCreate)
    }

    private func compile(_ program: String, topology: Handle, optionBytes: [UInt8]) throws -> Executable {
        var arguments = CPJRTCompileForTopology()
        arguments.topology = topology.pointer
        try optionBytes.withUnsafeBytes { optionBytes in
            arguments.options = optionBytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            arguments.optionsSize = optionBytes.count
            try withPluginProgram(program) { program in
                arguments.program = program
                try table.call(.compileForTopology, &arguments)
            }
        }
        return Executable(table: table, handle: try Handle(arguments.executable, from: .compileForTopology))
    }
}

/// A program compiled for a machine that need not be present.
public struct CompiledProgram: Sendable {
    /// The executable as the plugin writes it down.
    public let bytes: [UInt8]
    /// What the compiler expects it to cost, or nil where the plugin does not say.
    public let cost: ProgramCost?
    /// The memory it needs, or nil where the plugin does not say.
    public let memory: ProgramMemory?
}
