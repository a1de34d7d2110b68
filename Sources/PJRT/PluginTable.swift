import CPJRT

/// A plugin's table of functions: the one place that calls it, and that checks, reads and frees its errors.
///
/// `@unchecked Sendable`: the table is never written and never unloaded, and PJRT functions may be called from any
/// thread.
struct PluginTable: @unchecked Sendable {
    let pointer: UnsafePointer<CPJRTTable>

    /// Zero bytes added behind each structure. A plugin refuses a structure shorter than its own header's and
    /// accepts a longer one, so this lets us talk to plugins built after this code was written.
    static let padding = 128

    /// Calls a function with `arguments`, into which its results are written.
    func call<Arguments: BitwiseCopyable>(
        _ function: PluginFunction, _ arguments: inout Arguments
    ) throws(PJRTError) {
        guard CPJRTHasFunction(pointer, function.rawValue) else {
            throw PJRTError(
                .unimplemented,
                "the plugin has no function in slot \(function.rawValue); a newer plugin may have it",
                operation: function.name)
        }
        let failure = Self.withPadded(&arguments) { CPJRTCall(pointer, function.rawValue, $0) }
        if let failure { throw error(consuming: failure, operation: function.name) }
    }

    /// Calls a function that frees something; there is nothing to be done where that fails.
    func release<Arguments: BitwiseCopyable>(_ function: PluginFunction, _ arguments: Arguments) {
        var arguments = arguments
        try? call(function, &arguments)
    }

    /// Reads a plugin's error and frees it.
    func error(consuming failure: OpaquePointer, operation: String) -> PJRTError {
        var message = CPJRTErrorMessage()
        message.error = failure
        Self.withPadded(&message) { CPJRTCallVoid(pointer, PluginFunction.errorMessage.rawValue, $0) }
        let text = String(pluginText: message.message, count: message.messageSize)

        var code = CPJRTErrorGetCode()
        code.error = failure
        let second = Self.withPadded(&code) { CPJRTCall(pointer, PluginFunction.errorGetCode.rawValue, $0) }
        if let second { destroy(second) }

        destroy(failure)
        return PJRTError(PJRTError.Code(rawValue: code.code) ?? .unknown, text, operation: operation)
    }

    private func destroy(_ failure: OpaquePointer) {
        var arguments = CPJRTErrorDestroy()
        arguments.error = failure
        Self.withPadded(&arguments) { CPJRTCallVoid(pointer, PluginFunction.errorDestroy.rawValue, $0) }
    }

    /// Lends `structure` as a copy with its size filled in and `padding` zero bytes behind it, and takes back
    /// what was written into it.
    static func withPadded<Structure: BitwiseCopyable, Result>(
        _ structure: inout Structure, _ body: (UnsafeMutableRawPointer) -> Result
    ) -> Result {
        let size = MemoryLayout<Structure>.size
        return withUnsafeTemporaryAllocation(byteCount: size + padding, alignment: 16) { bytes in
            let base = bytes.baseAddress!  // The allocation is never empty.
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            base.storeBytes(of: structure, as: Structure.self)
            base.storeBytes(of: size + padding, as: Int.self)  // Every structure begins with its size.
            let result = body(base)
            structure = base.loadUnaligned(as: Structure.self)
            return result
        }
    }
}

extension String {
    /// Copies text that a plugin owns and does not end with a zero.
    init(pluginText text: UnsafePointer<CChar>?, count: Int) {
        guard let text else {
            self = ""
            return
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: count)
        self = String(decoding: bytes, as: UTF8.self)
    }
}

/// A handle that a plugin gave out.
///
/// `@unchecked Sendable`: PJRT functions may be called from any thread; the type that holds the handle says when it
/// is destroyed, and does that once, at its deinit.
struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes a result of a call, which a plugin must not leave NULL.
    init(_ pointer: OpaquePointer?, from function: PluginFunction) throws(PJRTError) {
        guard let pointer else {
            throw PJRTError(
                .internal, "the plugin reported success and returned nothing", operation: function.name)
        }
        self.pointer = pointer
    }
}
