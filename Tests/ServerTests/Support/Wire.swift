import NIOCore
import NIOPosix

@testable import Server

/// An answer as it came over the wire.
struct Answer: Sendable {
    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    subscript(name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }
    var errorCode: String? { json["error"]?["code"]?.text }
    var errorParam: String? { json["error"]?["param"]?.text }

    /// The events of a stream: name and data.
    var events: [(id: String?, name: String, data: JSONValue)] {
        text.split(separator: "\n\n").compactMap { block in
            var (id, name, data): (String?, String, JSONValue) = (nil, "", .null)
            for line in block.split(separator: "\n") {
                if line.hasPrefix("id: ") { id = String(line.dropFirst(4)) }
                if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") {
                    data = (try? JSONParser.parse(Array(line.dropFirst(6).utf8))) ?? .null
                }
            }
            return name.isEmpty ? nil : (id, name, data)
        }
    }
}

/// A connection on which a test writes and reads what it likes.
final class Wire {
    struct Closed: Error {}

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received: [UInt8] = []

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    static func open<Result: Sendable>(
        port: Int, _ body: @Sendable (Wire) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Wire(inbound, outbound))
        }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    private func receive() async throws -> Bool {
        guard let buffer = try await inbound.next() else { return false }
        received += Array(buffer: buffer)
        return true
    }

    /// Reads until a text has come; throws where the connection ends first.
    func read(until text: String) async throws -> String {
        while true {
            let all = String(decoding: received, as: UTF8.self)
            if all.contains(text) { return all }
            guard try await receive() else { throw Closed() }
        }
    }

    /// Reads to the end of the connection.
    func readToEnd() async throws -> String {
        while (try? await receive()) == true {}
        return String(decoding: received, as: UTF8.self)
    }

    /// Reads one answer: a body of known length, in chunks, or to the end of the connection.
    func answer(hasBody: Bool = true) async throws -> Answer {
        let separator = Array("\r\n\r\n".utf8)
        while received.firstRange(of: separator) == nil {
            guard try await receive() else { throw Closed() }
        }
        guard let range = received.firstRange(of: separator) else { throw Closed() }
        var answer = Answer()
        let lines = String(decoding: received[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
        answer.status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            answer.headers.append(
                (
                    line[..<colon].lowercased(),
                    HeaderParameters.trimmed(String(line[line.index(after: colon)...]))
                ))
        }
        received.removeSubrange(..<range.upperBound)
        guard hasBody else { return answer }
        if let length = answer["content-length"].flatMap({ Int($0) }) {
            while received.count < length { guard try await receive() else { throw Closed() } }
            answer.body = Array(received.prefix(length))
            received.removeFirst(length)
        } else if answer["transfer-encoding"] == "chunked" {
            while let size = try await chunkSize(), size > 0 {
                while received.count < size + 2 { guard try await receive() else { throw Closed() } }
                answer.body += received.prefix(size)
                received.removeFirst(size + 2)
            }
        } else if answer.status != 204, answer.status != 304 {
            while try await receive() {}
            answer.body = received
        }
        return answer
    }

    private func chunkSize() async throws -> Int? {
        let end = Array("\r\n".utf8)
        while received.firstRange(of: end) == nil { guard try await receive() else { throw Closed() } }
        guard let range = received.firstRange(of: end) else { return nil }
        let size = Int(String(decoding: received[..<range.lowerBound], as: UTF8.self), radix: 16)
        received.removeSubrange(..<range.upperBound)
        return size
    }
}
