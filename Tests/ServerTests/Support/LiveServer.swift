import HTTPTypes
import Hummingbird
import Logging
import ScriptedService
import ServiceLifecycle
import Serving
import Synchronization
import Testing

@testable import Server

/// A server on a port of its own, with a scripted service behind it.
struct LiveServer: Sendable {
    let port: Int
    let api: PictureAPI
    let service: ScriptedService
    let log: LogLines
    let clock: TestClock
    let claims: ScriptedClaims

    static func run<Result: Sendable>(
        service: ScriptedService = ScriptedService(),
        floor: ScriptedFloor? = nil, policy: ScriptedPolicy? = nil,
        styles: any StyleDirectory = NoListedStyles(),
        changing change: (inout ServerSettings) -> Void = { _ in },
        addRoutes: (Router<APIContext>) -> Void = { _ in },
        _ body: @Sendable (LiveServer) async throws -> Result
    ) async throws -> Result {
        var settings = ServerSettings(linkSecret: Array(repeating: 7, count: 32))
        settings.keepAliveSeconds = 600
        change(&settings)
        let clock = TestClock()
        let claims = try ScriptedClaims { clock.now }
        let api = try PictureAPI(
            settings: settings,
            environment: ServerEnvironment(now: { clock.now }, randomBits: { clock.nextBits() }),
            catalogue: try .scripted(), generation: service, keys: ScriptedKeys(),
            pictures: ScriptedPictures(), visitors: ScriptedVisitors(), floor: floor,
            verification: ScriptedVerification(), policy: policy, styles: styles, claims: claims,
            artists: try ScriptedArtists())
        let log = LogLines()
        var logger = Logger(label: "test") { _ in CapturingHandler(lines: log) }
        logger.logLevel = .trace
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let application = api.application(
            address: .hostname("127.0.0.1", port: 0),
            router: api.router(otherRoutes: [("/metrics", [.get])], addRoutes: addRoutes), logger: logger
        ) { port in
            if let port { found.yield(port) }
            found.finish()
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [application], logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let server = LiveServer(
                port: port, api: api, service: service, log: log, clock: clock, claims: claims)
            let result: Result
            do {
                result = try await body(server)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    /// Sends one request on a connection of its own, and holds the answer against the API's description.
    func call(
        _ method: String, _ path: String, key: String? = ScriptedKeys.full, headers: [(String, String)] = [],
        body: [UInt8]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let answer = try await Wire.open(port: port) { wire in
            try await wire.send(Self.head(method, path, key: key, headers: headers, length: body?.count))
            if let body { try await wire.send(body) }
            return try await wire.answer(hasBody: method != "HEAD")
        }
        guard method != "HEAD" else { return answer }
        let problems = Conformance(description: api.description).problems(method, path, answer)
        #expect(problems.isEmpty, "\(method) \(path): \(problems)", sourceLocation: sourceLocation)
        return answer
    }

    /// Sends JSON.
    func post(
        _ path: String = "/v1/images/generations", json: String, key: String? = ScriptedKeys.full,
        headers: [(String, String)] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await call(
            "POST", path, key: key, headers: [("content-type", "application/json")] + headers,
            body: Array(json.utf8),
            sourceLocation: sourceLocation)
    }

    /// The head of a request.
    static func head(
        _ method: String, _ path: String, key: String? = ScriptedKeys.full, headers: [(String, String)] = [],
        length: Int? = nil
    ) -> String {
        var lines = ["\(method) \(path) HTTP/1.1", "host: 127.0.0.1"]
        if let key { lines.append("authorization: Bearer \(key)") }
        if let length { lines.append("content-length: \(length)") }
        lines += headers.map { "\($0.0): \($0.1)" }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }
}

/// A clock that stands still until a test moves it, and chance that can be repeated.
final class TestClock: Sendable {
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

/// All that was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

private struct CapturingHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        lines.append("\(event.level) \(event.message) \(all.sorted { $0.key < $1.key })")
    }
}

/// Waits until something holds that another task brings about; gives up after a time that no working machine needs.
func eventually(_ holds: () async -> Bool) async throws -> Bool {
    for _ in 0..<5000 {
        if await holds() { return true }
        try await Task.sleep(for: .milliseconds(2))
    }
    return false
}
