/// How a client is set up.
public struct ClientOptions: Sendable, Hashable {
    /// The options as the plugin takes them. Plugins refuse names they do not know.
    public var values: [NamedOption]

    /// Makes options of given values.
    public init(_ values: [NamedOption] = []) { self.values = values }

    /// The options for a kind of plugin where nothing else is asked for.
    public static func standard(for kind: PluginKind) -> ClientOptions {
        switch kind {
        case .cpu: .cpu()
        case .cuda: .cuda()
        case .tpu, .other: ClientOptions()
        }
    }

    /// Options of the CPU plugin.
    /// - Parameter deviceCount: devices to pretend. One runs slightly faster than the plugin's own default of
    ///   four, which only tests of several devices need.
    public static func cpu(deviceCount: Int = 1) -> ClientOptions {
        ClientOptions([NamedOption("cpu_device_count", .integer(deviceCount))])
    }

    /// Options of the CUDA plugin. A process should make one CUDA client only.
    /// - Parameters:
    ///   - memoryFraction: the part of the device's memory that may be used, above 0 and up to 1.
    ///   - preallocates: whether that part is taken at once. Not by default: on a desktop the same device draws
    ///     the screen.
    ///   - visibleDevices: the devices to use, or nil for all.
    public static func cuda(
        memoryFraction: Float = 0.9, preallocates: Bool = false, visibleDevices: [Int]? = nil
    ) -> ClientOptions {
        var values = [
            NamedOption("memory_fraction", .float(memoryFraction)),
            NamedOption("preallocate", .bool(preallocates)),
        ]
        if let visibleDevices { values.append(NamedOption("visible_devices", .integers(visibleDevices))) }
        return ClientOptions(values)
    }
}
