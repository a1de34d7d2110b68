import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Reads bodies, bounded in bytes and in time.
struct RequestBodies: Sendable {
    let settings: ServerSettings
    private let uploads = OpenUploads()

    init(settings: ServerSettings) { self.settings = settings }

    /// Reads a body into memory. The request keeps it, so that its connection can be watched later.
    func read(_ request: inout Request, maximum: Int, seconds: Double) async throws -> [UInt8] {
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard encoding == "identity" else { throw APIError.unsupportedEncoding }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximum {
            throw APIError.tooLarge(maximum: maximum)
        }
        let body = request.body
        let buffer: ByteBuffer
        do {
            buffer = try await withDeadline(seconds: seconds, or: .slowBody(seconds: seconds)) {
                try await body.collect(upTo: maximum)
            }
        } catch is NIOTooManyBytesError {
            throw APIError.tooLarge(maximum: maximum)
        } catch let error as APIError {
            throw error
        } catch {
            throw APIError.invalid(
                nil, code: "broken_body", "The body broke off, or was not sent as HTTP has it; send it again."
            ).with([.connection: "close"])
        }
        request.body = RequestBody(buffer: buffer)
        return [UInt8](buffer: buffer)
    }

    /// Reads the body of an edit, of which only so many are held at once.
    func readUpload<Value: Sendable>(
        _ request: inout Request, parse: ([UInt8]) throws -> Value
    ) async throws -> Value {
        guard uploads.begin(limit: settings.uploadsAtOnce) else {
            throw APIError(
                .serviceUnavailable, .server, code: "overloaded",
                "Too many photos are being uploaded at the moment; try again in a second."
            ).with([.retryAfter: "1", .connection: "close"])
        }
        defer { uploads.end() }
        let body = try await read(
            &request, maximum: settings.uploads.bodyBytes, seconds: settings.uploadSeconds)
        return try parse(body)
    }
}

/// How many bodies are being read.
private final class OpenUploads: Sendable {
    private let count = Mutex(0)

    func begin(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}

/// Runs an operation and throws an error where it takes too long.
func withDeadline<Value: Sendable>(
    seconds: Double, or error: APIError, operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw error
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
