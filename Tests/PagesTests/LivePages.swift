import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ScriptedService
import ServiceLifecycle
import Serving
import Synchronization
import Testing

@testable import Pages
@testable import Server

/// The pages on a port of their own, with a scripted service behind them.
struct LivePages: Sendable {
    let port: Int
    let service: ScriptedService
    let visitors: ScriptedVisitors
    let floor: ScriptedFloor
    let now: TestTime

    static func run<Result: Sendable>(
        changing change: (inout ServerSettings) -> Void = { _ in }, styles: any StyleListing = NoStyles(),
        _ body: @Sendable (LivePages) async throws -> Result
    ) async throws -> Result {
        var settings = ServerSettings(linkSecret: Array(repeating: 7, count: 32))
        settings.keepAliveSeconds = 600
        change(&settings)
        let (service, visitors, floor) = (ScriptedService(), ScriptedVisitors(), ScriptedFloor())
        let time = TestTime()
        let api = try PictureAPI(
            settings: settings,
            environment: ServerEnvironment(now: { time.now }, randomBits: { time.nextBits() }),
            catalogue: try .scripted(), generation: service, keys: ScriptedKeys(),
            pictures: ScriptedPictures(),
            visitors: visitors, floor: floor, verification: ScriptedVerification(),
            claims: try ScriptedClaims { time.now }, artists: try ScriptedArtists())
        let site = try PageSite(api: api, styles: styles, cards: try ScriptedStyles())
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let quiet = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        let application = api.application(
            address: .hostname("127.0.0.1", port: 0),
            router: api.router(otherRoutes: site.routes) { site.addRoutes(to: $0) }, logger: quiet
        ) { port in
            if let port { found.yield(port) }
            found.finish()
        }
        let group = ServiceGroup(configuration: .init(services: [application], logger: quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let pages = LivePages(
                port: port, service: service, visitors: visitors, floor: floor, now: time)
            do {
                let result = try await body(pages)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return result
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
        }
    }

    /// Sends one request on a connection of its own, and reads until the server closes it or enough is there.
    func call(
        _ method: String = "GET", _ path: String, headers: [(String, String)] = [], body: String? = nil,
        until marker: String? = nil
    ) async throws -> PageAnswer {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"]
        if marker == nil { lines.append("Connection: close") }
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        lines += headers.map { "\($0.0): \($0.1)" }
        let text = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let received = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var received = ""
            for try await buffer in inbound {
                received += String(buffer: buffer)
                if let marker, received.contains(marker) { break }
            }
            return received
        }
        return PageAnswer(received)
    }

    /// A visitor's cookie and token, as a browser gets them.
    func visit() async throws -> (cookie: String, token: String) {
        let answer = try await call("GET", "/page/visit")
        let cookie = try #require(answer["set-cookie"]?.split(separator: ";").first)
        let token = try #require(answer.body.split(separator: "\"").first { $0.utf8.count == 64 })
        return (String(cookie), String(token))
    }

    /// Asks for a picture as the page does.
    func draw(headers: [(String, String)]) async throws -> PageAnswer {
        try await call(
            "POST", "/v1/images/generations",
            headers: [("Content-Type", "application/json"), ("Prefer", "respond-async")] + headers,
            body: "{\"prompt\":\"a cat\"}")
    }
}

/// An answer, taken apart.
struct PageAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    init(_ text: String) {
        // Line ends of HTTP are one character of Swift; they are told apart as scalars.
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        body = parts.count > 1 ? String(parts[1]) : ""
    }

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
    var code: String? {
        body.firstRange(of: "\"code\":\"").map { String(body[$0.upperBound...].prefix { $0 != "\"" }) }
    }
}

/// Time that a test moves, and chance that can be repeated.
final class TestTime: Sendable {
    private let state = Mutex((now: ScriptedService.moment, bits: UInt64(0)))

    var now: Moment {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }

    func nextBits() -> UInt64 {
        state.withLock { state in
            state.bits += 1
            return state.bits
        }
    }
}
