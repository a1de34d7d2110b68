import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

@Suite struct ConnectionGuardTests {
    /// Holds writes back, as a socket does whose peer does not read.
    private final class Plug: ChannelOutboundHandler {
        typealias OutboundIn = Any
        typealias OutboundOut = Any
        var held: [EventLoopPromise<Void>] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if let promise { held.append(promise) }
        }

        func release() {
            for promise in held { promise.succeed() }
            held = []
        }
    }

    private static func channel(_ plug: Plug) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandlers([
            plug, ConnectionGuard(slowReaderSeconds: 10, newIdentifier: { "req_1" }),
        ])
        return channel
    }

    @Test("A caller who does not read is dropped; a large answer has more time")
    func slowReader() throws {
        for (bytes, seconds) in [(0, 10), (ConnectionGuard.slowestBytesPerSecond * 5, 15)] {
            let plug = Plug()
            let channel = try Self.channel(plug)
            channel.write(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: bytes)), promise: nil)
            channel.embeddedEventLoop.advanceTime(by: .seconds(Int64(seconds)) - .milliseconds(1))
            #expect(channel.isActive)
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(2))
            #expect(!channel.isActive)
        }
    }

    @Test("A caller who reads on keeps its connection")
    func reader() throws {
        let plug = Plug()
        let channel = try Self.channel(plug)
        for _ in 0..<5 {
            channel.write(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: 10)), promise: nil)
            channel.embeddedEventLoop.advanceTime(by: .seconds(8))
            plug.release()
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(100))
        #expect(channel.isActive)
        _ = try? channel.finish()
    }

    @Test("After an answer that says it is the last, the connection closes", arguments: [true, false])
    func lastAnswer(isLast: Bool) throws {
        let plug = Plug()
        let channel = try Self.channel(plug)
        let head = HTTPResponse(status: .ok, headerFields: isLast ? [.connection: "close"] : [:])
        channel.write(HTTPResponsePart.head(head), promise: nil)
        channel.write(HTTPResponsePart.end(nil), promise: nil)
        plug.release()
        channel.embeddedEventLoop.advanceTime(by: ConnectionGuard.lingering + .milliseconds(1))
        #expect(channel.isActive == !isLast)
        if !isLast { _ = try? channel.finish() }
    }
}
