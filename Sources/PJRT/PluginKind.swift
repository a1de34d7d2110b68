/// The kinds of device a plugin may drive, so far as Ondol treats them differently.
public enum PluginKind: String, Sendable, CaseIterable {
    /// The machine's own processor.
    case cpu
    /// NVIDIA graphics processors.
    case cuda
    /// Google's tensor processors.
    case tpu
    /// Anything else that comes with a PJRT plugin.
    case other

    /// Guesses the kind from a plugin's file name, as `libtpu.so` or `xla_cuda_plugin.so`.
    public init(fileName: String) {
        let name = fileName.lowercased()
        if name.contains("tpu") {
            self = .tpu
        } else if name.contains("cuda") || name.contains("gpu") {
            self = .cuda
        } else if name.contains("cpu") {
            self = .cpu
        } else {
            self = .other
        }
    }

    /// The device files of which one must be there before a client is made, as patterns of the shell. Empty where
    /// none is needed. Without a device the accelerators' plugins fail late and loudly, or wait.
    public var deviceFiles: [String] {
        switch self {
        case .cpu, .other: []
        case .cuda: ["/dev/nvidiactl", "/dev/dxg"]
        case .tpu: ["/dev/accel*", "/dev/vfio/[0-9]*"]
        }
    }
}
