import CPJRT

/// A plugin at work: it owns devices, compiles programs for them and holds their buffers.
///
/// May be used from any thread. Buffers and executables keep their client alive, so that they are always destroyed
/// before it.
public final class Client: Sendable {
    /// The plugin.
    public let plugin: Plugin
    /// The platform's name, as `cpu` or `cuda`.
    public let platformName: String
    /// The platform's version in the plugin's words.
    public let platformVersion: String
    /// The devices this process may use; at least one.
    public let devices: [Device]

    let handle: Handle
    private let deviceHandles: [Handle]

    /// Makes a client.
    /// - Parameters:
    ///   - options: nil stands for ``ClientOptions/standard(for:)``.
    ///   - log: is given what plugins other than the CPU's write to standard error meanwhile.
    /// - Throws: ``PJRTError`` where the plugin finds no device or refuses an option.
    public init(plugin: Plugin, options: ClientOptions? = nil, log: (String) -> Void = { _ in }) throws {
        guard InstalledFiles.hasDevice(of: plugin.kind) else {
            throw PJRTError(
                .unavailable,
                "this machine has no device for the plugin \(plugin.path): none of "
                    + "\(plugin.kind.deviceFiles.joined(separator: ", ")) exists; install the device's driver, or "
                    + "use the CPU plugin",
                operation: "make client")
        }
        let options = options ?? .standard(for: plugin.kind)
        let table = plugin.table
        let create = { () throws -> Handle in
            try options.values.withNamedValues { values in
                var arguments = CPJRTClientCreate()
                arguments.options = values.baseAddress
                arguments.optionCount = values.count
                try table.call(.clientCreate, &arguments)
                return try Handle(arguments.client, from: .clientCreate)
            }
        }
        let handle =
            plugin.kind == .cpu ? try create() : try StandardErrorCapture.during(create, log: log)
        do {
            let deviceHandles = try Self.addressableDevices(of: handle, table: table)
            self.devices = try deviceHandles.enumerated().map { ordinal, device in
                try Self.describe(device, ordinal: ordinal, table: table)
            }
            self.deviceHandles = deviceHandles
            platformName = try Self.text(.clientPlatformName, of: handle, table: table)
            platformVersion = try Self.text(.clientPlatformVersion, of: handle, table: table)
        } catch {
            Self.destroy(handle, table: table)
            throw error
        }
        self.plugin = plugin
        self.handle = handle
    }

    deinit { Self.destroy(handle, table: plugin.table) }

    var table: PluginTable { plugin.table }

    /// A device's handle, valid as long as this client.
    func handle(of device: Device) throws(PJRTError) -> Handle {
        guard devices.indices.contains(device.ordinal), devices[device.ordinal] == device else {
            throw PJRTError(
                .invalidArgument, "the device \(device.description) is not one of this client's",
                operation: "choose device")
        }
        return deviceHandles[device.ordinal]
    }

    /// A device's memory now, or nil where the plugin does not say, as the CPU's does not.
    public func memory(of device: Device) throws -> DeviceMemory? {
        var arguments = CPJRTDeviceMemoryStats()
        arguments.device = try handle(of: device).pointer
        do throws(PJRTError) {
            try table.call(.deviceMemoryStats, &arguments)
        } catch {
            if error.code == .unimplemented { return nil }
            throw error
        }
        return DeviceMemory(
            bytesInUse: Int(arguments.bytesInUse),
            peakBytesInUse: arguments.hasPeakBytesInUse ? Int(arguments.peakBytesInUse) : nil,
            bytesLimit: arguments.hasBytesLimit ? Int(arguments.bytesLimit) : nil,
            largestFreeBlock: arguments.hasLargestFreeBlock ? Int(arguments.largestFreeBlock) : nil)
    }

    private static func destroy(_ client: Handle, table: PluginTable) {
        var arguments = CPJRTClientDestroy()
        arguments.client = client.pointer
        table.release(.clientDestroy, arguments)
    }

    private static func addressableDevices(of client: Handle, table: PluginTable) throws -> [Handle] {
        var arguments = CPJRTClientAddressableDevices()
        arguments.client = client.pointer
        try table.call(.clientAddressableDevices, &arguments)
        let devices = UnsafeBufferPointer(start: arguments.devices, count: arguments.deviceCount)
        guard !devices.isEmpty else {
            throw PJRTError(
                .notFound, "the plugin found no device it may use; `ondol doctor` says what it looked for",
                operation: PluginFunction.clientAddressableDevices.name)
        }
        return try devices.map { try Handle($0, from: .clientAddressableDevices) }
    }

    private static func text(
        _ function: PluginFunction, of client: Handle, table: PluginTable
    ) throws(PJRTError) -> String {
        var arguments = CPJRTClientText()
        arguments.client = client.pointer
        try table.call(function, &arguments)
        return String(pluginText: arguments.text, count: arguments.textSize)
    }

    private static func describe(_ device: Handle, ordinal: Int, table: PluginTable) throws -> Device {
        var description = CPJRTDeviceGetDescription()
        description.device = device.pointer
        try table.call(.deviceGetDescription, &description)

        let text = { (function: PluginFunction) throws -> String in
            var arguments = CPJRTDeviceDescriptionText()
            arguments.description = description.description
            try table.call(function, &arguments)
            return String(pluginText: arguments.text, count: arguments.textSize)
        }
        var attributes = CPJRTDeviceDescriptionAttributes()
        attributes.description = description.description
        try table.call(.deviceDescriptionAttributes, &attributes)
        let values = UnsafeBufferPointer(start: attributes.attributes, count: attributes.attributeCount)

        return Device(
            ordinal: ordinal, kind: try text(.deviceDescriptionKind),
            description: try text(.deviceDescriptionToString),
            attributes: values.compactMap(NamedOption.init(copying:)))
    }
}
