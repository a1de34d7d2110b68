/// How a program is compiled.
public struct CompilerOptions: Sendable, Hashable {
    /// A value of one of the compiler's flags.
    public enum Value: Sendable, Hashable {
        /// A text; enumerations are named by it too.
        case string(String)
        /// A truth value.
        case bool(Bool)
        /// A whole number.
        case integer(Int)
        /// A real number.
        case double(Double)
    }

    /// Flags of the compiler by name, as `xla_backend_optimization_level`. The plugin refuses unknown names and
    /// values of another type. They are given here and never by `XLA_FLAGS`, which ends the process on an unknown
    /// name.
    public var flags: [String: Value]

    /// Makes options.
    public init(flags: [String: Value] = [:]) { self.flags = flags }

    /// The options as the message `CompileOptionsProto`; equal options give equal bytes.
    ///
    /// One replica and one partition are always written: without them the plugin ends the process.
    /// Source: openxla/xla `xla/pjrt/proto/compile_options.proto`.
    func serialized() -> [UInt8] {
        var message = WireFormat()
        message.write(field: 3) { build in  // executable_build_options
            build.write(field: 1, integer: -1)  // device_ordinal: none
            build.write(field: 4, integer: 1)  // num_replicas
            build.write(field: 5, integer: 1)  // num_partitions
        }
        message.write(field: 4, bool: true)  // compile_portable_executable: for any one device
        for (name, value) in flags.sorted(by: { $0.key < $1.key }) {
            message.write(field: 7) { entry in  // env_option_overrides
                entry.write(field: 1, string: name)
                entry.write(field: 2) { override in
                    switch value {
                    case .string(let text): override.write(field: 1, string: text)
                    case .bool(let truth): override.write(field: 2, bool: truth)
                    case .integer(let number): override.write(field: 3, integer: number)
                    case .double(let number): override.write(field: 4, double: number)
                    }
                }
            }
        }
        return message.bytes
    }
}
