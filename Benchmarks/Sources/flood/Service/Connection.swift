import NIOCore
import NIOHTTP1
import NIOPosix

/// Why there was no answer: the service is gone, or too slow.
struct Unanswered: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A connection to a service on this machine, on which one request follows the other.
///
/// Not `Sendable`: it belongs to the task that opened it.
final class Connection {
    /// What is asked.
    struct Request: Sendable {
        let method: HTTPMethod
        let path: String
        var headers: HTTPHeaders
        var body: ByteBuffer?
    }

    private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator

    private init(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Opens a connection for as long as a closure takes.
    static func open<Result: Sendable>(
        port: Int, _ body: (Connection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Connection(inbound, outbound))
        }
    }

    /// Sends a request, and reads the head of its answer; ``piece()`` gives the body.
    func send(_ request: Request) async throws -> HTTPResponseHead {
        var head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.path)
        head.headers = request.headers
        head.headers.replaceOrAdd(name: "Host", value: "127.0.0.1")
        if let body = request.body {
            head.headers.replaceOrAdd(name: "Content-Length", value: "\(body.readableBytes)")
        }
        // In one piece: an answer to the head alone may close the connection before the end is sent.
        let body = request.body.map { [HTTPClientRequestPart.body(.byteBuffer($0))] } ?? []
        try await outbound.write(contentsOf: [.head(head)] + body + [.end(nil)])
        while let part = try await inbound.next() {
            // Such as 100: another head follows.
            if case .head(let head) = part, head.status.code >= 200 { return head }
        }
        throw Unanswered("the connection ended before an answer came")
    }

    /// The next piece of a body; nil after the last.
    func piece() async throws -> ByteBuffer? {
        switch try await inbound.next() {
        case .body(let piece): return piece
        case .end: return nil
        case .head: throw Unanswered("two answers came to one request")
        case nil: throw Unanswered("the connection ended in the middle of an answer")
        }
    }
}
