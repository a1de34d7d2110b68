import Foundation
import NIOCore
import NIOPosix
import Testing

/// An answer of a server on this machine, read as any client reads it.
struct HTTPAnswer: Sendable {
    let status: Int
    let head: String
    let body: String

    private var object: [String: any Sendable]? {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: any Sendable]
    }

    /// A text of the body's object.
    func field(_ name: String) -> String? { object?[name] as? String }

    /// A text of the error's object.
    func error(_ name: String) -> String? { (object?["error"] as? [String: any Sendable])?[name] as? String }

    /// A header's value.
    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ": ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }

    /// Whether it is an error as OpenAI's clients read it: all four members, the message a sentence.
    var isError: Bool {
        guard let error = object?["error"] as? [String: any Sendable] else { return false }
        return ["message", "type", "param", "code"].allSatisfy { error[$0] != nil }
            && (error["message"] as? String)?.hasSuffix(".") == true
    }

    /// Sends one request on a connection of its own.
    static func of(
        _ method: String, _ path: String, port: Int, key: String? = nil, headers: [String] = [],
        body: String? = nil
    ) async throws -> HTTPAnswer {
        var lines = ["\(method) \(path) HTTP/1.1", "host: 127.0.0.1", "connection: close"] + headers
        if let key { lines.append("authorization: Bearer \(key)") }
        if let body { lines += ["content-type: application/json", "content-length: \(body.utf8.count)"] }
        let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let text = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var text = ByteBuffer()
            for try await piece in inbound { text.writeImmutableBuffer(piece) }
            return String(buffer: text)
        }
        let end = try #require(text.range(of: "\r\n\r\n"), "no whole answer came")
        let head = String(text[..<end.lowerBound])
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return HTTPAnswer(status: try #require(status), head: head, body: String(text[end.upperBound...]))
    }
}
