import Bars
import Foundation
import NIOCore
import NIOHTTP1

/// A caller's side of a service.
struct OndolClient: Sendable {
    /// What was answered.
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: ByteBuffer

        /// The body, read as a type.
        func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
            do { return try JSONDecoder().decode(type, from: Data(body.readableBytesView)) } catch {
                throw BenchError("an answer with status \(status) is not what was expected: \(error)")
            }
        }
    }

    private let port: Int

    /// - Parameter port: of a service on this machine; no other is ever asked.
    init(port: Int) { self.port = port }

    /// One request on a connection of its own, and its answer.
    /// - Throws: ``Unanswered`` where there is none in time.
    func send(
        _ method: HTTPMethod, _ path: String, key: String? = nil, headers: [(String, String)] = [],
        body: String? = nil, within seconds: Double = 300
    ) async throws -> Answer {
        let request = Self.request(
            method, path, key: key, headers: headers + [("Connection", "close")], body: body)
        return try await bounded(seconds) { try await Self.answer(request, on: $0) }
    }

    /// A request as it is sent.
    static func request(
        _ method: HTTPMethod, _ path: String, key: String?, headers: [(String, String)], body: String?
    ) -> Connection.Request {
        var request = Connection.Request(method: method, path: path, headers: HTTPHeaders(headers))
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = ByteBuffer(string: body)
        }
        return request
    }

    /// The whole answer to a request on a connection.
    static func answer(_ request: Connection.Request, on connection: Connection) async throws -> Answer {
        let head = try await connection.send(request)
        var body = ByteBuffer()
        while var piece = try await connection.piece() { body.writeBuffer(&piece) }
        return Answer(status: Int(head.status.code), headers: head.headers, body: body)
    }

    /// Opens a connection, and closes it after so many seconds at the latest.
    func bounded<Result: Sendable>(
        _ seconds: Double, _ body: @escaping @Sendable (Connection) async throws -> Result
    ) async throws -> Result {
        let port = port
        return try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await Connection.open(port: port, body) }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Unanswered("there was no answer within \(seconds) s")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    /// The request for a picture that is drawn later.
    static func asking(
        _ prompt: String, quality: String = "auto", key: String, ticket: String? = nil,
        idempotencyKey: String? = nil
    ) -> Connection.Request {
        var headers = [("Prefer", "respond-async")]
        if let ticket { headers.append(("Ondol-Ticket", ticket)) }
        if let idempotencyKey { headers.append(("Idempotency-Key", idempotencyKey)) }
        return request(
            .POST, "/v1/images/generations", key: key, headers: headers,
            body: #"{"prompt":"\#(prompt)","quality":"\#(quality)"}"#)
    }

    /// Asks for a picture that is drawn later.
    func ask(
        _ prompt: String, quality: String = "auto", key: String, ticket: String? = nil,
        idempotencyKey: String? = nil, within seconds: Double = 60
    ) async throws -> Answer {
        var request = Self.asking(
            prompt, quality: quality, key: key, ticket: ticket, idempotencyKey: idempotencyKey)
        request.headers.add(name: "Connection", value: "close")
        return try await bounded(seconds) { [request] in try await Self.answer(request, on: $0) }
    }

    /// Follows a job by its events until it has ended.
    /// - Returns: the name of the last event: `job.completed`, `job.failed` or `job.cancelled`.
    func follow(_ job: String, key: String) async throws -> String {
        let request = Self.request(.GET, "/v1/jobs/\(job)/events", key: key, headers: [], body: nil)
        return try await bounded(900) { connection in
            let head = try await connection.send(request)
            guard head.status == .ok else {
                throw BenchError("the events of a job were answered with status \(head.status.code)")
            }
            var last = ""
            var unread = ByteBuffer()
            while var piece = try await connection.piece() {
                unread.writeBuffer(&piece)
                while let end = unread.readableBytesView.firstIndex(of: 0x0A) {
                    let line = unread.readString(length: end - unread.readerIndex) ?? ""
                    unread.moveReaderIndex(forwardBy: 1)
                    guard line.hasPrefix("event: ") else { continue }
                    last = String(line.dropFirst("event: ".count))
                    if ["job.completed", "job.failed", "job.cancelled"].contains(last) { return last }
                }
                unread.discardReadBytes()
            }
            throw BenchError("the events of a job ended after \(last)")
        }
    }

    /// The service's figures, by name and labels.
    func metrics() async throws -> [String: Double] {
        let answer = try await send(.GET, "/metrics")
        var figures: [String: Double] = [:]
        for line in String(buffer: answer.body).split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            figures[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return figures
    }
}

/// A request as the service tells of it.
struct AskedFor: Decodable, Sendable {
    struct TimeLeft: Decodable, Sendable {
        let earliest_seconds: Double
        let expected_seconds: Double
        let latest_seconds: Double
    }

    struct Job: Decodable, Sendable {
        let id: String
        let status: String
        let tier: String
        let time_left: TimeLeft?
    }

    let id: String
    let status: String
    let jobs: [Job]
}
