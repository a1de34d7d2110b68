/// One device of a client, as the plugin describes it.
public struct Device: Sendable, Hashable {
    /// Its place among the client's devices, from 0.
    public let ordinal: Int
    /// The plugin's name for its kind, as `cpu` or `NVIDIA H200`.
    public let kind: String
    /// The plugin's description for people.
    public let description: String
    /// Further properties, as `compute_capability`.
    public let attributes: [NamedOption]

    /// The compute capability of an NVIDIA device, as `9.0`; nil on others.
    public var computeCapability: String? {
        for attribute in attributes where attribute.name == "compute_capability" {
            if case .string(let text) = attribute.value { return text }
        }
        return nil
    }
}

/// A device's memory at one moment, so far as its plugin says. All in bytes.
public struct DeviceMemory: Sendable, Hashable {
    /// In use by buffers and running programs.
    public let bytesInUse: Int
    /// The most that was in use at once.
    public let peakBytesInUse: Int?
    /// The most that may be in use.
    public let bytesLimit: Int?
    /// The largest block that could be taken now.
    public let largestFreeBlock: Int?
}
