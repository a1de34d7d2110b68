import Rights
import ScriptedService
import Testing

@testable import Server

/// What callers are told that the policy turns away, the question without drawing, and appeals.
struct PolicyRouteTests {
    /// Lists a style that ends while it is asked for.
    private struct Ending: StyleDirectory {
        func styles() -> [ListedStyle] {
            [ListedStyle(id: "ended", titles: [:], artist: nil, model: "hanji")]
        }
    }

    private static let refused = "a village in the style of Studio Ghibli"

    /// A service that judges by the rules that ship.
    private static var judging: ScriptedService {
        ScriptedService { submission in
            let decision = try ScriptedPolicy.decide(
                submission.request.prompt, confirmations: submission.request.confirmations)
            // As where a style ends between the look at its listing and the desk's.
            if submission.request.prompt == "a lake" { return .styleUnavailable("ended", .ended) }
            return decision.outcome == .allow ? nil : .againstPolicy(decision)
        }
    }

    @Test(
        "A refusal says rule, words, reason, alternative, appeal and rule file, in the caller's language",
        arguments: [("ko-KR,ko;q=0.9,en;q=0.5", "이름입니다"), ("en", "names a studio"), ("fr", "names a studio")])
    func refusal(language: String, words: String) async throws {
        try await LiveServer.run(service: Self.judging) { server in
            let answer = try await server.post(
                json: "{\"prompt\":\"\(Self.refused)\"}", headers: [("accept-language", language)])
            #expect(answer.status == 400)
            #expect(answer["x-should-retry"] == "false")
            let error = try #require(answer.json["error"])
            #expect(error["code"] == "content_policy_violation")
            #expect(error["type"] == "image_generation_user_error" && error["param"] == "prompt")
            #expect(error["message"]?.text?.contains(words) ?? false)
            let own = try #require(error["ondol"])
            #expect(own["outcome"] == "refuse" && own["rule"] == "studio-style")
            #expect(own["matched_words"]?.text?.contains("Ghibli") ?? false)
            for text in ["reason", "alternative", "appeal"] {
                #expect(own[text]?["ko"]?.text?.isEmpty == false && own[text]?["en"]?.text?.isEmpty == false)
            }
            #expect(own["appeal"]?["url"] == "/v1/policy/appeals")
            #expect(own["rule_file"]?["hash"]?.text == (try Policy.shipped().hash.hexadecimal))
        }
    }

    @Test("What is asked back names what to confirm, and is drawn with it; a style that ended says so")
    func others() async throws {
        try await LiveServer.run(service: Self.judging, styles: Ending()) { server in
            let prompt = "a portrait of Taylor Swift"
            let asked = try await server.post(json: "{\"prompt\":\"\(prompt)\"}")
            #expect(asked.json["error"]?["code"] == "confirmation_required")
            #expect(asked.json["error"]?["ondol"]?["confirmations"] == ["taylor-swift"])
            let drawn = try await server.post(
                json: "{\"prompt\":\"\(prompt)\",\"ondol\":{\"confirmations\":[\"taylor-swift\"]}}")
            #expect(drawn.status == 200)
            let wrong = try await server.post(
                json: "{\"prompt\":\"\(prompt)\",\"ondol\":{\"confirmations\":[1]}}")
            #expect(wrong.status == 400 && wrong.json["error"]?["param"] == "ondol.confirmations")
            let ended = try await server.post(
                json: "{\"prompt\":\"a lake\"}", headers: [("accept-language", "ko")])
            #expect(ended.status == 400 && ended.json["error"]?["code"] == "style_unavailable")
            #expect(ended.json["error"]?["message"] == "끝난 스타일입니다.")
            #expect(ended.json["error"]?["ondol"]?["obstacle"] == "ended")
        }
    }

    @Test("Words that a rule found go back to their sender and into no log")
    func secrecy() async throws {
        try await LiveServer.run(service: Self.judging, policy: ScriptedPolicy()) { server in
            let body = "{\"prompt\":\"\(Self.refused)\"}"
            _ = try await server.post(json: body)
            _ = try await server.post("/v1/policy/check", json: body)
            _ = try await server.post(
                "/v1/policy/appeals", json: "{\"prompt\":\"\(Self.refused)\",\"message\":\"xyzzy\"}")
            let log = server.log.all.joined()
            #expect(log.contains("/v1/policy/check") && log.contains("/v1/policy/appeals"))
            #expect(!log.lowercased().contains("ghibli") && !log.contains("xyzzy"))
        }
    }

    @Test("A question is decided without drawing, and refused where it is none")
    func check() async throws {
        try await LiveServer.run(policy: ScriptedPolicy()) { server in
            let path = "/v1/policy/check"
            let refused = try await server.post(path, json: "{\"prompt\":\"\(Self.refused)\"}")
            #expect(refused.status == 200 && refused["cache-control"] == "no-store")
            #expect(refused.json["outcome"] == "refuse")
            let open = try await server.post(path, json: "{\"prompt\":\"a field by Vincent van Gogh\"}")
            #expect(open.json["outcome"] == "allow")
            guard case .array(let findings)? = open.json["findings"] else { throw Unexpected() }
            #expect(findings.first?["opening"] == "date")
            let often = try await server.post(path, json: "{\"prompt\":\"too often\"}")
            #expect(often.status == 429 && often["retry-after"] == "7")
            let bodies = [
                "{}", "{\"prompt\":\" \"}", "{\"prompt\":\"a\",\"more\":1}", "[]",
                "{\"prompt\":\"a\",\"style\":\"\"}",
                "{\"prompt\":\"a\",\"style\":\"../ink\"}",
            ]
            for body in bodies {
                #expect(try await server.post(path, json: body).status == 400, "\(body)")
            }
            let text = try await server.call(
                "POST", path, headers: [("content-type", "text/plain")], body: Array("a".utf8))
            #expect(text.status == 415)
            #expect(try await server.post(path, json: "{}", key: ScriptedKeys.reader).status == 403)
            #expect(try await server.post(path, json: "{}", key: nil).status == 401)
            #expect(try await server.call("GET", path).status == 405)
            #expect(await server.service.submissions.isEmpty)
        }
    }

    @Test("An appeal is taken, seen by its sender alone, listed for operators and answered by them")
    func appeals() async throws {
        try await LiveServer.run(policy: ScriptedPolicy()) { server in
            func appeal(_ prompt: String, _ message: String) async throws -> Answer {
                try await server.post(
                    "/v1/policy/appeals", json: "{\"prompt\":\"\(prompt)\",\"message\":\"\(message)\"}")
            }
            let kept = try await appeal(Self.refused, "We are that studio.")
            #expect(kept.status == 201 && kept["location"] == "/v1/policy/appeals/apl_1")
            #expect(kept.json["status"] == "open" && kept.json["caller"] == nil)
            #expect(try await appeal("a lake", "why").status == 409)
            #expect(try await appeal(Self.refused, "many").status == 429)
            #expect(try await appeal(Self.refused, "full").status == 503)
            #expect(try await appeal(Self.refused, " ").status == 400)
            let path = "/v1/policy/appeals/apl_1"
            #expect(try await server.call("GET", path).status == 200)
            #expect(try await server.call("GET", path, key: ScriptedKeys.other).status == 404)

            let (queue, operatorKey) = ("/v1/floor/appeals", ScriptedKeys.administrator)
            #expect(try await server.call("GET", queue).status == 403)
            let list = try await server.call("GET", queue, key: operatorKey)
            guard case .array(let waiting)? = list.json["data"] else { throw Unexpected() }
            #expect(waiting.count == 1 && waiting.first?["caller"] == "caller-1")
            #expect(try await server.call("GET", queue + "?status=x", key: operatorKey).status == 400)

            func answer(_ body: String, id: String = "apl_1") async throws -> Answer {
                try await server.post("\(queue)/\(id)/answers", json: body, key: operatorKey)
            }
            let refusals: [(String, Int)] = [
                ("{\"verdict\":\"perhaps\",\"reason\":\"a\"}", 400), ("{\"verdict\":\"upheld\"}", 400),
                ("{\"verdict\":\"exception\",\"reason\":\"a\"}", 400),
                ("{\"verdict\":\"exception\",\"reason\":\"a\",\"name\":\"Not A Name\"}", 400),
                ("{\"verdict\":\"exception\",\"reason\":\"a\",\"name\":\"x\",\"until\":\"2027-02-30\"}", 400),
                ("{\"verdict\":\"harmless\",\"reason\":\"a\",\"words\":[]}", 400),
                ("{\"verdict\":\"harmless\",\"reason\":\"a\",\"words\":[\"ghibli\"]}", 400),
            ]
            for (body, status) in refusals { #expect(try await answer(body).status == status, "\(body)") }
            let upheld = "{\"verdict\":\"upheld\",\"reason\":\"no\"}"
            #expect(try await answer(upheld, id: "apl_9").status == 404)
            let exception =
                "{\"verdict\":\"exception\",\"reason\":\"shown\",\"name\":\"studio-ghibli\",\"until\":\"2027-01-31\",\"for_appellant_only\":true}"
            #expect(try await answer(exception).status == 200)
            let seen = try await server.call("GET", path)
            #expect(seen.json["status"] == "answered")
            #expect(seen.json["answer"]?["until"] == "2027-01-31")
            #expect(seen.json["answer"]?["for_you_only"] == true)
            // Who answered is the operator's to know.
            #expect(seen.json["answer"]?["actor"] == nil)
        }
    }

    @Test("Where nobody judges there are no such addresses")
    func absence() throws {
        let settings = ServerSettings(linkSecret: Array(repeating: 7, count: 32))
        let description = OpenAPIDescription(
            settings: settings, catalogue: try .scripted(), hasFloor: false)
        #expect(description.json["paths"]?["/v1/policy/check"] == nil)
        #expect(RouteTable.standard.pattern(of: "/v1/policy/check") == nil)
    }

    private struct Unexpected: Error {}
}
