import HTTPTypes
import Hummingbird
import NIOCore

/// `/robots.txt`, `/license.xml` and `/.well-known/tdmrep.json`: what programs that collect pictures are told.
struct SignalRoutes: Sendable {
    let signals: MiningSignals
    let publicAddress: String

    func add(to router: some RouterMethods<APIContext>) {
        router.get("robots.txt") { _, _ in
            Self.file(MiningSignals.robots(publicAddress: publicAddress), "text/plain; charset=utf-8")
        }
        router.get("license.xml") { _, _ in Self.file(signals.licence, "application/rsl+xml") }
        router.get(".well-known/tdmrep.json") { _, _ in
            Response(headers: [.cacheControl: "public, max-age=3600"], json: signals.file)
        }
    }

    private static func file(_ text: String, _ mediaType: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: mediaType, .cacheControl: "public, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
