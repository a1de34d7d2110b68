import CPJRT
import Synchronization

extension Plugin {
    /// Makes a function callable from programs on the CPU, as
    /// `stablehlo.custom_call @name(%x) {api_version = 4 : i32, backend_config = {alpha = 3.0 : f32}}`.
    ///
    /// It must be registered before a program that calls it is compiled or loaded, and stays until the process ends;
    /// at most 32 can be. It is called on the plugin's threads, several at once.
    /// - Parameter body: writes the results. What it throws fails the execution.
    /// - Throws: ``PJRTError`` where the name is taken, or the plugin has no custom calls.
    public func registerCustomCall(
        _ name: String, body: @escaping @Sendable (CustomCall) throws -> Void
    ) throws {
        let isNew = customCallNames.withLock { $0.insert(name).inserted }
        guard isNew else {
            throw PJRTError(
                .alreadyExists,
                "a custom call is registered under the name \(name) already; use another name",
                operation: "register custom call")
        }
        // Never released: the plugin may call it until the process ends.
        let closure = Unmanaged.passRetained(CustomCallBody(body))
        var isFull = false
        var isMissing = false
        var name = name
        let failure = name.withUTF8 { name in
            name.withMemoryRebound(to: CChar.self) { name in
                CPJRTRegisterCustomCall(
                    table.pointer, name.baseAddress, name.count, runCustomCall, closure.toOpaque(), &isFull,
                    &isMissing)
            }
        }
        if let failure { throw table.error(consuming: failure, operation: "register custom call") }
        guard !isFull, !isMissing else {
            closure.release()
            throw PJRTError(
                isFull ? .resourceExhausted : .unimplemented,
                isFull ? "all places for custom calls are taken" : "the plugin has no custom calls",
                operation: "register custom call")
        }
    }
}

/// What a registration keeps.
private final class CustomCallBody: Sendable {
    let run: @Sendable (CustomCall) throws -> Void
    init(_ run: @escaping @Sendable (CustomCall) throws -> Void) { self.run = run }
}

private func runCustomCall(
    _ closure: UnsafeMutableRawPointer?, _ frame: UnsafePointer<CPJRTCallFrame>?
) -> OpaquePointer? {
    guard let closure, let frame else { return nil }
    do {
        try Unmanaged<CustomCallBody>.fromOpaque(closure).takeUnretainedValue().run(CustomCall(frame))
        return nil
    } catch {
        return CPJRTMakeCallError(frame, "\(error)")
    }
}
