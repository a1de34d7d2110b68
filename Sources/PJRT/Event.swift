import CPJRT

/// Something a device will have done later.
///
/// Owns the plugin's event and destroys it at its deinit. Whoever holds an event also holds the client it came
/// from, so that the client is not destroyed first.
final class Event: Sendable {
    private let table: PluginTable
    private let handle: Handle

    init(table: PluginTable, handle: Handle) {
        self.table = table
        self.handle = handle
    }

    deinit {
        var arguments = CPJRTEventOnly()
        arguments.event = handle.pointer
        table.release(.eventDestroy, arguments)
    }

    /// Blocks the thread until it is done.
    /// - Throws: ``PJRTError`` where what was to be done failed.
    func waitUntilDone() throws(PJRTError) {
        var arguments = CPJRTEventOnly()
        arguments.event = handle.pointer
        try table.call(.eventAwait, &arguments)
    }

    /// Suspends the task until it is done. Not cancellable: a device cannot be stopped midway.
    /// - Throws: ``PJRTError`` where what was to be done failed.
    func done() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let outcome = { @Sendable (result: Result<Void, PJRTError>) in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            do throws(PJRTError) { try whenDone(outcome) } catch { outcome(.failure(error)) }
        }
        // The event outlives the callback's registration, which may run inside the plugin's own call.
        withExtendedLifetime(self) {}
    }

    /// Has `action` called once, when it is done: at once on this thread, or later on one of the plugin's.
    ///
    /// `action` must be brief and must not drop the last reference to a client, which would make one of the
    /// plugin's threads wait for itself.
    func whenDone(_ action: @escaping @Sendable (Result<Void, PJRTError>) -> Void) throws(PJRTError) {
        let context = Unmanaged.passRetained(Continuation(table: table, action: action))
        var arguments = CPJRTEventOnReady()
        arguments.event = handle.pointer
        arguments.context = context.toOpaque()
        arguments.callback = { failure, context in
            guard let context else { return }
            let continuation = Unmanaged<Continuation>.fromOpaque(context).takeRetainedValue()
            if let failure {
                let error = continuation.table.error(consuming: failure, operation: "wait for device")
                continuation.action(.failure(error))
            } else {
                continuation.action(.success(()))
            }
        }
        do throws(PJRTError) {
            try table.call(.eventOnReady, &arguments)
        } catch {
            context.release()
            throw error
        }
    }

    /// What the plugin's callback needs.
    private final class Continuation: Sendable {
        let table: PluginTable
        let action: @Sendable (Result<Void, PJRTError>) -> Void

        init(table: PluginTable, action: @escaping @Sendable (Result<Void, PJRTError>) -> Void) {
            self.table = table
            self.action = action
        }
    }
}
