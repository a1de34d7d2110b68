import CPJRT
import Tensors

/// How a host tensor's bytes come to a device.
public enum HostTransfer: Sendable {
    /// The bytes are copied before the call returns.
    case copying
    /// The device may look at the host tensor's own memory for as long as the buffer lives, and the tensor is kept
    /// alive as long. On CPU this saves the copy, as weights want it; elsewhere it saves a copy on the way. Such
    /// a buffer cannot be donated.
    case sharing
}

extension Client {
    /// Brings a host tensor to a device.
    /// - Parameters:
    ///   - device: nil stands for the first device.
    ///   - transfer: whether the bytes are copied at once or shared.
    /// - Throws: ``PJRTError`` where the device has no room.
    public func buffer(
        from tensor: HostTensor, device: Device? = nil, transfer: HostTransfer = .copying
    ) throws -> Buffer {
        let device = device ?? devices[0]
        let type = tensor.type
        let dimensions = tensor.shape.dimensions.map(Int64.init)
        let isShared = if case .sharing = transfer { true } else { false }

        var arguments = CPJRTBufferFromHost()
        arguments.client = handle.pointer
        arguments.elementType = tensor.elementType.pluginNumber
        arguments.hostMemoryUse = Int32(isShared ? CPJRTHostMemoryShared : CPJRTHostMemoryDuringCall)
        arguments.device = try handle(of: device).pointer
        try tensor.withUnsafeBytes { bytes in
            try dimensions.withUnsafeBufferPointer { dimensions in
                arguments.data = bytes.baseAddress
                arguments.dimensions = dimensions.baseAddress
                arguments.dimensionCount = dimensions.count
                try table.call(.bufferFromHost, &arguments)
            }
        }
        let buffer = Buffer(
            client: self, device: device, type: type,
            handle: try Handle(arguments.buffer, from: .bufferFromHost), isSharedWithHost: isShared)
        if let doneHandle = arguments.doneWithHostMemory {
            let done = Event(table: table, handle: try Handle(doneHandle, from: .bufferFromHost))
            if isShared {
                // For shared memory this comes when the device lets go of it, at the earliest when the buffer dies.
                // The closure is what keeps the tensor alive till then.
                try done.whenDone { _ in withExtendedLifetime(tensor) {} }
            } else {
                try done.waitUntilDone()
            }
        }
        return buffer
    }
}

extension Buffer {
    /// Fetches the tensor, blocking the thread until it is made and copied.
    /// - Throws: ``PJRTError`` where the buffer was donated or the program that makes it failed.
    public func waitForHostTensor() throws -> HostTensor {
        try reading(operation: "fetch tensor") {
            try HostTensor(elementType, shape) { bytes in try copy(to: bytes) }
        }
    }

    /// Fetches the tensor; the task is suspended while the device makes it. The copying blocks, which is brief.
    /// - Throws: ``PJRTError`` where the buffer was donated or the program that makes it failed.
    public func hostTensor() async throws -> HostTensor {
        try await ready()
        return try waitForHostTensor()
    }

    /// Copies all elements, row-major, into `destination`, which has room for them.
    private func copy(to destination: UnsafeMutableRawBufferPointer) throws {
        guard type.byteCount > 0 else { return try waitUntilReady() }
        // Without a layout the plugin would hand out the device's order, which need not be row-major.
        let minorToMajor = shape.dimensions.indices.reversed().map(Int64.init)
        try minorToMajor.withUnsafeBufferPointer { minorToMajor in
            var layout = CPJRTMemoryLayout()
            layout.tiled.structSize = MemoryLayout.size(ofValue: layout.tiled)
            layout.tiled.minorToMajor = minorToMajor.baseAddress
            layout.tiled.minorToMajorCount = minorToMajor.count
            layout.structSize = MemoryLayout<CPJRTMemoryLayout>.size
            try withUnsafeMutablePointer(to: &layout) { layout in
                var arguments = CPJRTBufferToHost()
                arguments.buffer = handle.pointer
                arguments.hostLayout = layout
                try client.table.call(.bufferToHost, &arguments)
                guard arguments.byteCount == type.byteCount else {
                    throw PJRTError(
                        .internal,
                        "the device holds \(arguments.byteCount) bytes and \(type) has \(type.byteCount)",
                        operation: PluginFunction.bufferToHost.name)
                }
                arguments.destination = destination.baseAddress
                arguments.event = nil
                try client.table.call(.bufferToHost, &arguments)
                let handle = try Handle(arguments.event, from: .bufferToHost)
                try Event(table: client.table, handle: handle).waitUntilDone()
            }
        }
    }
}
