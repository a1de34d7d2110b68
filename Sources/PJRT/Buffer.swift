import CPJRT
import Synchronization
import Tensors

/// A tensor in a device's memory.
///
/// May be used from any thread. It keeps its client alive and frees the device's memory at its deinit. A buffer that
/// an execution returned may still be in the making; whatever reads it waits for that.
public final class Buffer: Sendable {
    /// The element type and shape.
    public let type: TensorType
    /// The device whose memory holds it.
    public let device: Device
    /// The client.
    public let client: Client

    let handle: Handle
    private let use: Mutex<BufferUse>

    /// Takes over a plugin's buffer.
    init(
        client: Client, device: Device, type: TensorType, handle: Handle,
        isSharedWithHost: Bool = false
    ) {
        self.client = client
        self.device = device
        self.type = type
        self.handle = handle
        use = Mutex(BufferUse(isSharedWithHost: isSharedWithHost))
    }

    deinit {
        var arguments = CPJRTBufferDestroy()
        arguments.buffer = handle.pointer
        client.table.release(.bufferDestroy, arguments)
    }

    /// The element type.
    public var elementType: ElementType { type.elementType }
    /// The shape.
    public var shape: Shape { type.shape }
    /// Whether a program took the memory over, after which the buffer cannot be used.
    public var isDonated: Bool { use.withLock { $0.isDonated } }

    /// The bytes the buffer takes on its device, padding included.
    public func deviceByteCount() throws -> Int {
        try reading(operation: "ask buffer size") {
            var arguments = CPJRTBufferDeviceSize()
            arguments.buffer = handle.pointer
            try client.table.call(.bufferDeviceSize, &arguments)
            return arguments.byteCount
        }
    }

    /// Blocks the thread until the device has made the buffer.
    /// - Throws: ``PJRTError`` where the program that makes it failed.
    public func waitUntilReady() throws {
        try reading(operation: "wait for buffer") { try readyEvent().waitUntilDone() }
    }

    /// Suspends the task until the device has made the buffer.
    /// - Throws: ``PJRTError`` where the program that makes it failed.
    public func ready() async throws {
        let event = try reading(operation: "wait for buffer") { try readyEvent() }
        try await event.done()
    }

    private func readyEvent() throws -> Event {
        var arguments = CPJRTBufferReadyEvent()
        arguments.buffer = handle.pointer
        try client.table.call(.bufferReadyEvent, &arguments)
        return Event(table: client.table, handle: try Handle(arguments.event, from: .bufferReadyEvent))
    }

    /// Runs `body`, during which the buffer cannot be donated.
    func reading<Result>(operation: String, _ body: () throws -> Result) throws -> Result {
        if let refusal = beginReading() { throw refusal.error(of: "the buffer", operation: operation) }
        defer { endReading() }
        return try body()
    }

    func beginReading() -> BufferUse.Refusal? { use.withLock { $0.beginReading() } }
    func endReading() { use.withLock { $0.endReading() } }
    func donate() -> BufferUse.Refusal? { use.withLock { $0.donate() } }

    /// After a failed call: the buffer can be used again unless the plugin has deleted it.
    func takeBackDonationUnlessDeleted() {
        var arguments = CPJRTBufferIsDeleted()
        arguments.buffer = handle.pointer
        guard (try? client.table.call(.bufferIsDeleted, &arguments)) != nil, !arguments.isDeleted else {
            return
        }
        use.withLock { $0.takeBackDonation() }
    }
}
