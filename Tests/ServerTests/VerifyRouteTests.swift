import ScriptedService
import Testing

@testable import Server

/// `POST /v1/verify`, for everyone.
struct VerifyRouteTests {
    private func verify(
        _ text: String, type: String? = "image/png",
        changing change: (inout ServerSettings) -> Void = { _ in }
    ) async throws -> Answer {
        try await LiveServer.run(changing: change) { server in
            try await server.call(
                "POST", "/v1/verify", key: nil, headers: type.map { [("Content-Type", $0)] } ?? [],
                body: Array(text.utf8))
        }
    }

    @Test("Nobody needs a key; the answer is in both languages and kept by nobody")
    func answer() async throws {
        for type in ["image/png", "image/jpeg", "image/webp", "application/octet-stream"] {
            let answer = try await verify("picture", type: type)
            #expect(answer.status == 200)
            #expect(answer["cache-control"] == "no-store")
            #expect(answer.json["answer"] == "trusted")
            #expect(answer.json["headline"]?["ko"] == "믿을 수 있는 서명")
            #expect(answer.json["headline"]?["en"] == "Trusted")
            guard case .array(let facts) = answer.json["facts"] else {
                Issue.record("no facts")
                continue
            }
            #expect(facts.first?["name"]?["en"] == "Model")
        }
    }

    @Test(
        "Anybody learns that a picture was made here and when, its owner which one it is, and nobody the prompt"
    )
    func known() async throws {
        try await LiveServer.run { server in
            func ask(_ key: String?, headers: [(String, String)] = []) async throws -> Answer {
                try await server.call(
                    "POST", "/v1/verify", key: key, headers: [("Content-Type", "image/jpeg")] + headers,
                    body: ScriptedPictures.signature(.jpeg))
            }
            let anybody = try await ask(nil)
            #expect(anybody.status == 200 && anybody.json["answer"] == "nothing-found")
            #expect(
                anybody.json["known"] == [
                    "day": .string(ScriptedService.moment.day), "distance": 4, "yours": false, "url": nil,
                ])
            let owner = try await ask(ScriptedKeys.full)
            #expect(owner.json["known"]?["yours"] == true)
            #expect(owner.json["known"]?["url"]?.text?.contains("/pictures/0?expires=") == true)
            #expect(try await ask("sk-wrong").status == 401)
            // A page whose cookie has ended asks as anybody.
            #expect(try await ask(nil, headers: [("Ondol-Page-Token", "x")]).json["known"]?["yours"] == false)
            let trusted = try await server.call(
                "POST", "/v1/verify", key: nil, headers: [("Content-Type", "image/png")], body: [1])
            #expect(trusted.json["known"] == .null)
        }
    }

    @Test("What cannot be verified is refused with its reason")
    func refusals() async throws {
        let unreadable = try await verify("x")
        #expect(unreadable.status == 400)
        #expect(unreadable.json["error"]?["code"] == "invalid_image")
        let busy = try await verify("b")
        #expect(busy.status == 503)
        #expect(busy["retry-after"] == "3")
        for type in [nil, "text/plain", "image/gif"] as [String?] {
            #expect(try await verify("picture", type: type).status == 415)
        }
        let large = try await verify(String(repeating: "p", count: 1_000_001)) {
            $0.uploads.bodyBytes = 1_000_000
        }
        #expect(large.status == 413)
    }

    @Test("Where nobody verifies there is no such address")
    func absence() throws {
        var settings = ServerSettings(linkSecret: Array(repeating: 7, count: 32))
        settings.keepAliveSeconds = 600
        let description = OpenAPIDescription(
            settings: settings, catalogue: try .scripted(), hasFloor: false)
        #expect(description.json["paths"]?["/v1/verify"] == nil)
        #expect(RouteTable.standard.pattern(of: "/v1/verify") == nil)
    }
}
