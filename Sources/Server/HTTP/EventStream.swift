import HTTPTypes
import Hummingbird
import NIOCore

/// One event of a stream.
///
/// Source: HTML standard, "Server-sent events".
struct ServerSentEvent: Sendable, Hashable {
    /// The number that a reader names to go on after it; nil where the stream cannot be gone on with.
    var identifier: UInt64?
    let name: String
    let data: JSONValue

    /// The event as it is sent. Compact JSON has no line breaks, so one data line is enough.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        if let identifier { output += "id: \(identifier)\n".utf8 }
        output += "event: \(name)\ndata: ".utf8
        output += data.bytes
        output += "\n\n".utf8
        return output
    }

    /// What is sent where nothing has happened for a while.
    static let comment = Array(": still here\n\n".utf8)

    /// An error inside a stream.
    static func error(_ error: APIError) -> ServerSentEvent {
        ServerSentEvent(name: "error", data: ["type": "error", "error": error.object])
    }
}

extension Response {
    /// An answer of events, written while they happen.
    ///
    /// - Parameter write: writes them all; it is cancelled when the caller leaves.
    init(
        events headers: HTTPFields, of request: Request,
        write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) {
        var headers = headers
        headers[.contentType] = "text/event-stream; charset=utf-8"
        headers[.buffering] = "no"
        // Watching for the caller to leave uses up the connection.
        headers[.connection] = "close"
        self.init(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await request.body.consumeWithCancellationOnInboundClose { _ in try await write(&writer) }
                try await writer.finish(nil)
            })
    }
}

extension ResponseBodyWriter {
    mutating func write(_ event: ServerSentEvent) async throws {
        try await write(ByteBuffer(bytes: event.bytes))
    }
}
