import HTTPTypes
import Hummingbird
import NIOCore

/// `/robots.txt` and `/.well-known/tdmrep.json`: what programs that collect pictures are told.
struct SignalRoutes: Sendable {
    let signals: MiningSignals

    func add(to router: some RouterMethods<APIContext>) {
        router.get("robots.txt") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=3600"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: MiningSignals.robots)))
        }
        router.get(".well-known/tdmrep.json") { _, _ in
            Response(headers: [.cacheControl: "public, max-age=3600"], json: signals.file)
        }
    }
}
