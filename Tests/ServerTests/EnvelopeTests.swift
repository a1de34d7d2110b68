import HTTPTypes
import Hummingbird
import ScriptedService
import Testing

@testable import Server

@Suite struct EnvelopeTests {
    @Test("Keys come in one header, in one form")
    func keys() async throws {
        try await LiveServer.run { server in
            for (header, code) in [
                (nil, "missing_api_key"), ("Bearer wrong", "invalid_api_key"),
                ("Basic sk-full", "invalid_api_key"),
                ("Bearer", "invalid_api_key"), ("sk-full", "invalid_api_key"),
                ("Bearer sk-full x", "invalid_api_key"),
                ("Bearer sk-f\u{FC}ll", "invalid_api_key"),
                ("Bearer " + String(repeating: "a", count: 257), "invalid_api_key"), ("bearer sk-full", nil),
            ] as [(String?, String?)] {
                let headers = header.map { [("authorization", $0)] } ?? []
                let answer = try await server.call("GET", "/v1/models", key: nil, headers: headers)
                #expect(
                    answer.status == (code == nil ? 200 : 401) && answer.errorCode == code,
                    "\(header ?? "none")")
                if code != nil { #expect(answer["www-authenticate"]?.hasPrefix("Bearer") == true) }
            }
            #expect(try await server.call("GET", "/v1/models?api_key=sk-full", key: nil).status == 401)
            #expect(
                try await server.post(json: ImageRouteTests.cat, key: ScriptedKeys.reader).errorCode
                    == "insufficient_permissions")
            let broken = try await server.call("GET", "/v1/models", key: ScriptedKeys.broken)
            #expect(broken.status == 500 && broken.errorCode == "internal_error")
        }
    }

    @Test("Every answer has an id, a time, and headers that keep browsers strict")
    func headers() async throws {
        try await LiveServer.run { server in
            let answers = [
                try await server.call("GET", "/v1/models"), try await server.call("GET", "/nothing"),
                try await server.post(json: "{"), try await server.post(json: ImageRouteTests.cat),
            ]
            #expect(Set(answers.compactMap { $0["x-request-id"] }).count == answers.count)
            for answer in answers {
                #expect(
                    answer["x-request-id"]?.hasPrefix("req_") == true && answer["openai-processing-ms"] == "0"
                )
                #expect(
                    answer["cache-control"] == "no-store" && answer["x-content-type-options"] == "nosniff")
                #expect(answer["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
                #expect(answer["access-control-allow-origin"] == nil)
            }
        }
    }

    @Test("Wrong addresses and wrong methods are told apart")
    func addresses() async throws {
        try await LiveServer.run(addRoutes: { router in
            router.get("metrics") { _, _ in "figures" }
        }) { server in
            for (method, path, status, allow) in [
                ("GET", "/v1/images/generations", 405, "POST"), ("DELETE", "/v1/models", 405, "GET, HEAD"),
                ("POST", "/metrics", 405, "GET"), ("GET", "/metrics", 200, nil),
                ("POST", "/v1/images/variations", 404, nil),
                ("GET", "/v2/models", 404, nil), ("PUT", "/v1/models", 405, "GET, HEAD"),
                ("GET", "/v1/models/no-such", 404, nil), ("GET", "/v1/models/gpt-image-1", 200, nil),
                ("GET", "/openapi.json", 200, nil), ("GET", "/healthz", 200, nil),
                ("GET", "/readyz", 200, nil),
                ("GET", "/" + String(repeating: "a", count: 5000), 414, nil),
            ] as [(String, String, Int, String?)] {
                let answer = try await server.call(method, path)
                #expect(answer.status == status && answer["allow"] == allow, "\(method) \(path.prefix(40))")
                if status >= 400 { #expect(answer.json["error"]?["type"] == "invalid_request_error") }
            }
            await server.service.setReadiness(Readiness(isReady: false, reason: "draining"))
            let readiness = try await server.call("GET", "/readyz", key: nil)
            #expect(readiness.status == 503 && readiness.json["reason"] == "draining")
        }
    }

    @Test("Models are listed with the names that clients know")
    func models() async throws {
        try await LiveServer.run { server in
            guard case .array(let data)? = try await server.call("GET", "/v1/models").json["data"] else {
                throw Wire.Closed()
            }
            let names = data.compactMap { $0["id"]?.text }
            #expect(names.prefix(2) == ["hanji", "wide"] && names.contains("gpt-image-1"))
            let alias = try await server.call("GET", "/v1/models/dall-e-3")
            #expect(alias.json["id"] == "dall-e-3" && alias.json["ondol"]?["model"] == "hanji")
        }
    }

    @Test("Headers that decide something are there once")
    func duplicates() async throws {
        try await LiveServer.run { server in
            for name in ["authorization", "content-type", "idempotency-key", "ondol-ticket", "last-event-id"]
            {
                let answer = try await server.call(
                    "GET", "/v1/models", key: nil, headers: [(name, "1"), (name, "1")])
                #expect(answer.status == 400 && answer.errorCode == "duplicate_header", "\(name)")
            }
            for key in ["", String(repeating: "k", count: 256), "a b"] where !key.isEmpty {
                let answer = try await server.post(
                    json: ImageRouteTests.cat, headers: [("idempotency-key", key)])
                #expect(answer.errorCode == "invalid_header")
            }
            let both = try await server.post(
                json: "{\"prompt\":\"a\",\"stream\":true}", headers: [("prefer", "respond-async")])
            #expect(both.status == 400 && both.errorParam == "stream")
        }
    }

    @Test("Other origins' pages read answers only where the operator says so")
    func origins() async throws {
        let question = [("origin", "https://a.example"), ("access-control-request-method", "POST")]
        try await LiveServer.run { server in
            let closed = try await server.call("OPTIONS", "/v1/images/generations", headers: question)
            #expect(closed.status == 405 && closed["access-control-allow-origin"] == nil)
        }
        try await LiveServer.run(changing: { $0.allowedOrigins = ["https://a.example"] }) { server in
            let open = try await server.call("OPTIONS", "/v1/images/generations", key: nil, headers: question)
            #expect(open.status == 204 && open["access-control-allow-origin"] == "https://a.example")
            #expect(open["access-control-allow-headers"]?.contains("Idempotency-Key") == true)
            let other = try await server.call("GET", "/v1/models", headers: [("origin", "https://b.example")])
            #expect(other["access-control-allow-origin"] == nil && other["vary"] == "Origin")
            let refused = try await server.call("GET", "/v1/models", key: nil, headers: [question[0]])
            #expect(refused.status == 401 && refused["access-control-allow-origin"] == "https://a.example")
        }
    }

    @Test("What was accepted is logged with its request's id; its prompt only where the operator asks for it")
    func accepted() async throws {
        for logsPrompts in [false, true] {
            try await LiveServer.run(changing: { $0.logsPrompts = logsPrompts }) { server in
                let answer = try await server.post(json: "{\"prompt\":\"xyzzy\",\"n\":2}")
                let line = try #require(server.log.all.first { $0.contains("accepted") })
                #expect(line.contains(try #require(answer["x-request-id"])))
                #expect(line.contains("grp_1") && line.contains("hanji"))
                #expect(line.contains("xyzzy") == logsPrompts)
            }
        }
    }

    @Test("Prompts, photos, keys and signatures are in no log line")
    func secrecy() async throws {
        try await LiveServer.run { server in
            var form = Form()
            form.field("prompt", "xyzzy-prompt")
            form.field("xyzzy-field", "xyzzy-value")
            form.file("image", Form.png + Array("xyzzy-photo".utf8))
            _ = try await server.post(json: "{\"prompt\":\"xyzzy-prompt\",\"user\":\"xyzzy-user\"}")
            _ = try await server.post(json: "{\"prompt\":\"xyzzy-prompt\",\"size\":\"xyzzy-size\"}")
            _ = try await server.post(
                json: "{\"prompt\":\"xyzzy", headers: [("idempotency-key", "xyzzy-key")])
            _ = try await server.call(
                "POST", "/v1/images/edits", headers: [Form.contentType], body: form.bytes)
            _ = try await server.call("GET", "/v1/models", key: "xyzzy-secret")
            _ = try await server.call("GET", "/pictures/a?expires=1&signature=xyzzy")
            _ = try await server.call("GET", "/xyzzy/xyzzy")
            let lines = server.log.all.filter { $0.contains("answered") }
            #expect(lines.count == 7 && lines.allSatisfy { $0.contains("request_id") })
            #expect(lines.contains { $0.contains("caller-1") && $0.contains("/v1/images/generations") })
            #expect(!server.log.all.joined().contains("xyzzy"))
            #expect(!server.log.all.joined().contains(ScriptedKeys.full))
            #expect("\(try #require(BearerKey("xyzzy")))" == "BearerKey(hidden)")
        }
    }
}
