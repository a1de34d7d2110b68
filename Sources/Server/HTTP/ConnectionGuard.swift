import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Closes connections whose callers do not read, and those whose answer says that it is the last; and gives a body to the
/// answer to what was no HTTP, which does not come from a route.
///
/// Lives on its connection's event loop alone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A caller who reads is given at least a second for so many bytes.
    static let slowestBytesPerSecond = 16_384
    /// How long a connection stays half open after its last answer, so that the caller still gets it.
    static let lingering = TimeAmount.seconds(2)

    private let patience: TimeAmount
    private let newIdentifier: @Sendable () -> String
    private var deadline = NIODeadline.distantPast
    private var pendingWrites = 0
    private var timer: Scheduled<Void>?
    private var closesAfterAnswer = false
    private var hasTooLargeHeaders = false

    /// - Parameter newIdentifier: gives the id of a request that no route has seen.
    init(slowReaderSeconds: Double, newIdentifier: @escaping @Sendable () -> String) {
        self.newIdentifier = newIdentifier
        patience = .nanoseconds(Int64(slowReaderSeconds * 1e9))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let fault = error as? HTTPParserError, fault == .headerOverflow { hasTooLargeHeaders = true }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        guard case .head(var head) = part, head.status == .badRequest,
            head.headerFields[.requestIdentifier] == nil
        else { return write(part, context: context, promise: promise) }
        let error = hasTooLargeHeaders ? APIError.headersTooLarge : .malformedRequest
        head.status = error.status
        let body = ByteBuffer(bytes: error.body.bytes)
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.connection] = "close"
        head.headerFields[.requestIdentifier] = newIdentifier()
        head.headerFields[.shouldRetry] = "false"
        head.headerFields[.cacheControl] = "no-store"
        head.headerFields[.xContentTypeOptions] = "nosniff"
        write(.head(head), context: context, promise: promise)
        write(.body(body), context: context, promise: nil)
    }

    private func write(
        _ part: HTTPResponsePart, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?
    ) {
        var byteCount = 0
        switch part {
        case .head(let head):
            closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
        case .body(let buffer): byteCount = buffer.readableBytes
        case .end: break
        }
        let isLast = if case .end = part { closesAfterAnswer } else { false }
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.finishWrite(context: context, isLast: isLast)
        }
        beginWrite(context: context, byteCount: byteCount)
        context.write(wrapOutboundOut(part), promise: written)
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    private func beginWrite(context: ChannelHandlerContext, byteCount: Int) {
        pendingWrites += 1
        let allowance = patience + .milliseconds(Int64(byteCount * 1000 / Self.slowestBytesPerSecond))
        deadline = max(deadline, context.eventLoop.now + allowance)
        if timer == nil { arm(context: context) }
    }

    private func arm(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timer = nil
            guard handler.pendingWrites > 0 else { return }
            if context.eventLoop.now >= handler.deadline {
                context.close(promise: nil)
            } else {
                handler.arm(context: context)
            }
        }
    }

    private func finishWrite(context: ChannelHandlerContext, isLast: Bool) {
        pendingWrites -= 1
        deadline = max(deadline, context.eventLoop.now + patience)
        if pendingWrites == 0 {
            timer?.cancel()
            timer = nil
        }
        guard isLast, context.channel.isActive else { return }
        // Closed at once, bytes of the caller that were not read would make the system throw the answer away.
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.lingering) { bound.value.close(promise: nil) }
    }
}
