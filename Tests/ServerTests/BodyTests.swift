import NIOCore
import ScriptedService
import TestSupport
import Testing

@testable import Server

@Suite struct BodyTests {
    @Test(
        "Bodies that are no JSON objects are refused",
        arguments: [
            "", "{", "[]", "5", "\"a\"", "null", "{\"prompt\":\"a\"}x", "{\"prompt\":\"a\",\"prompt\":\"b\"}",
        ])
    func json(_ body: String) async throws {
        try await LiveServer.run { server in
            let answer = try await server.post(json: body)
            #expect(answer.status == 400 && ["invalid_json", "invalid_type"].contains(answer.errorCode))
        }
    }

    @Test("Types of bodies are looked at, not guessed")
    func types() async throws {
        try await LiveServer.run { server in
            for (path, type, status) in [
                ("generations", "text/plain", 415), ("generations", "application/x-www-form-urlencoded", 415),
                ("generations", "multipart/form-data; boundary=b", 415), ("generations", "", 415),
                ("generations", "application/json; charset=utf-8", 200), ("edits", "text/plain", 415),
                ("edits", "multipart/form-data", 400), ("edits", "multipart/form-data; boundary=b", 400),
                ("edits", "application/json", 400),
            ] {
                let answer = try await server.call(
                    "POST", "/v1/images/\(path)", headers: [("content-type", type)],
                    body: Array(ImageRouteTests.cat.utf8))
                #expect(answer.status == status, "\(path) \(type)")
            }
        }
    }

    @Test("Too large a body is refused, told in advance or not")
    func size() async throws {
        try await LiveServer.run(changing: { $0.uploads.bodyBytes = 1_000_000 }) { server in
            let huge = Array("{\"prompt\":\"\(String(repeating: "a", count: 1_000_001))\"}".utf8)
            for (path, type) in [
                ("generations", "application/json"), ("edits", "multipart/form-data; boundary=b"),
            ] {
                let told = try await Wire.open(port: server.port) { wire in
                    let headers = [("content-type", type)]
                    try await wire.send(
                        LiveServer.head("POST", "/v1/images/\(path)", headers: headers, length: huge.count))
                    return try await wire.answer()
                }
                #expect(
                    told.status == 413 && told.errorCode == "request_too_large"
                        && told["connection"] == "close")
                let chunked = try await Wire.open(port: server.port) { wire in
                    let headers = [("content-type", type), ("transfer-encoding", "chunked")]
                    try await wire.send(LiveServer.head("POST", "/v1/images/\(path)", headers: headers))
                    try await wire.send("\(String(huge.count, radix: 16))\r\n")
                    try await wire.send(huge)
                    return try await wire.answer()
                }
                #expect(chunked.status == 413)
            }
        }
    }

    @Test("A caller who sends too slowly, or stops, is told so or dropped")
    func slowSenders() async throws {
        try await LiveServer.run(changing: { $0.bodySeconds = 0.1 }) { server in
            try await Wire.open(port: server.port) { wire in
                let head = LiveServer.head(
                    "POST", "/v1/images/generations", headers: [("content-type", "application/json")],
                    length: 100)
                try await wire.send(head + "{\"prompt\":")
                let answer = try await wire.answer()
                #expect(answer.status == 408 && answer.errorCode == "request_timeout")
            }
        }
        try await LiveServer.run(changing: { $0.idleSeconds = 0.3 }) { server in
            try await Wire.open(port: server.port) { wire in
                do {
                    try await wire.send("GET /v1/models HTTP/1.1\r\nhost: a\r\nauthor")
                } catch let error as ChannelError where error == .ioOnClosedChannel {
                    // On a busy machine it is dropped before it has begun to speak.
                    return
                }
                #expect(try await wire.readToEnd() == "")
            }
        }
    }

    @Test(
        "What is no HTTP is refused, and the server goes on",
        arguments: [
            "nonsense\r\n\r\n", "BREW /v1/models HTTP/1.1\r\nhost: a\r\n\r\n",
            "GET /v1/models HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n",
            "POST /v1/images/generations HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
            "POST /v1/images/generations HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
            "POST /v1/images/generations HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n",
            "GET /v1/models HTTP/1.1\r\nhost: a\r\nx: \(String(repeating: "a", count: 40_000))\r\n\r\n",
        ])
    func malformed(_ bytes: String) async throws {
        try await LiveServer.run { server in
            let answer = try await Wire.open(port: server.port) { wire in
                try await wire.send(bytes)
                return try await wire.answer()
            }
            #expect((400..<500).contains(answer.status) && answer.errorCode != nil, "\(answer)")
            #expect(try await server.call("GET", "/v1/models").status == 200)
        }
    }

    @Test("Headers that are too long or too many are told apart from what is no HTTP")
    func largeHeaders() async throws {
        try await LiveServer.run { server in
            for headers in [
                [("x", String(repeating: "a", count: 40_000))], (0..<200).map { ("x-\($0)", "a") },
            ] {
                let answer = try await Wire.open(port: server.port) { wire in
                    try await wire.send(LiveServer.head("GET", "/v1/models", headers: headers))
                    return try await wire.answer()
                }
                #expect(answer.status == 431 && answer.errorCode == "headers_too_large")
                #expect(answer["x-request-id"]?.hasPrefix("req_") == true && answer["connection"] == "close")
            }
        }
    }

    @Test("A body that is packed is refused, not misread")
    func encodings() async throws {
        try await LiveServer.run { server in
            let packed = try await server.post(
                json: ImageRouteTests.cat, headers: [("content-encoding", "gzip")])
            #expect(packed.status == 415 && packed["accept-encoding"] == "identity")
            let plain = try await server.post(
                json: ImageRouteTests.cat, headers: [("content-encoding", "identity")])
            #expect(plain.status == 200)
        }
    }

    @Test("A broken chunk is the caller's fault, not the server's")
    func brokenChunk() async throws {
        try await LiveServer.run { server in
            try await Wire.open(port: server.port) { wire in
                let headers = [("content-type", "application/json"), ("transfer-encoding", "chunked")]
                try await wire.send(
                    LiveServer.head("POST", "/v1/images/generations", headers: headers) + "zz\r\nxx")
                #expect(try await wire.readToEnd().hasPrefix("HTTP/1.1 400"))
            }
        }
    }

    @Test("Random requests are answered, and never with a failure of ours", arguments: [1, 2, 3] as [UInt64])
    func fuzz(seed: UInt64) async throws {
        try await LiveServer.run { server in
            var generator = SeededGenerator(seed: seed)
            var form = Form()
            form.field("prompt", "x")
            form.file("image", Form.png)
            let samples: [(String, String, [UInt8])] = [
                (
                    "generations", "application/json",
                    Array("{\"prompt\":\"a\",\"n\":2,\"size\":\"auto\",\"ondol\":{\"seed\":1}}".utf8)
                ),
                ("edits", Form.contentType.1, form.bytes),
            ]
            for round in 0..<40 {
                guard var (path, type, body) = samples.randomElement(using: &generator) else { return }
                for _ in 0..<Int.random(in: 1...5, using: &generator) where !body.isEmpty {
                    let index = Int.random(in: body.indices, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: body[index] = UInt8.random(in: .min ... .max, using: &generator)
                    case 1:
                        body.removeSubrange(
                            index..<min(body.count, index + Int.random(in: 1...9, using: &generator)))
                    default:
                        body.insert(
                            contentsOf: body.prefix(Int.random(in: 0...30, using: &generator)), at: index)
                    }
                }
                if Int.random(in: 0..<8, using: &generator) == 0 { type = "application/json" }
                path = "/v1/images/" + path
                let answer = try await server.call(
                    "POST", path, headers: [("content-type", type)], body: body)
                #expect(
                    [200, 400, 404, 413, 415].contains(answer.status),
                    "seed \(seed), round \(round): \(answer.status)")
            }
        }
    }
}
