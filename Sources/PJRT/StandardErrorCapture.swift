import CPJRT
import Glibc
import Synchronization

/// Keeps what a plugin writes to standard error away from the terminal.
///
/// The plugins for accelerators print through their own logging before any of it can be configured. Standard error
/// belongs to the whole process, so what other threads print meanwhile is captured too; nothing is lost, since all
/// of it reaches the log.
enum StandardErrorCapture {
    /// At most so much text is handed on; a plugin that prints more has said enough.
    private static let textLimit = 64 * 1024

    /// Held while standard error is captured: two captures at once would put back each other's.
    private static let isCapturing = Mutex(())

    /// Runs `body` with standard error captured, then gives what was printed to `log`, also where `body` throws.
    /// Where capturing is impossible, `body` runs without.
    static func during<Result: Sendable>(
        _ body: () throws -> Result, log: (String) -> Void
    ) throws -> Result {
        var text = ""
        defer { if !text.isEmpty { log(text) } }
        return try isCapturing.withLock { _ in try capture(body, into: &text) }
    }

    private static func capture<Result>(_ body: () throws -> Result, into text: inout String) throws -> Result
    {
        var saved: Int32 = -1
        let captured = CPJRTCaptureStandardError(&saved)
        guard captured >= 0 else { return try body() }
        defer {
            CPJRTReleaseStandardError(captured, saved)
            text = readText(captured)
            close(captured)
        }
        return try body()
    }

    private static func readText(_ descriptor: Int32) -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: textLimit) { buffer, count in
            count = max(read(descriptor, buffer.baseAddress, buffer.count), 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
