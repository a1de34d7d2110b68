import FoundationEssentials
import Rights
import ScriptedService
import Testing

@testable import Server

/// `/v1/claims` and `/v1/floor/claims`.
@Suite struct ClaimRouteTests {
    private static let whole = #"""
        {"style":"kim-ink","text":"The third sheet is mine.","link":"https://a.example/3","name":"이도윤","contact":"d@a.example","language":"ko"}
        """#

    private static func post(
        _ server: LiveServer, _ body: String, path: String = "/v1/claims", key: String? = nil
    ) async throws -> Answer {
        try await server.call(
            "POST", path, key: key, headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    }

    @Test("Anybody claims without a key and sees the answer by the receipt, and nobody sees more by it")
    func anybody() async throws {
        try await LiveServer.run { server in
            let rules = try await server.call("GET", "/v1/claims", key: nil)
            #expect(rules.json["answer_days"] == 14 && rules.json["suspension"] == "when-taken-up")
            let taken = try await Self.post(server, Self.whole)
            let receipt = try #require(taken.json["receipt"]?.text)
            #expect(taken.status == 201 && taken["location"] == "/v1/claims/\(receipt)")
            #expect(taken.json["status"] == "received" && taken.json["statement"] == nil)
            #expect(await server.claims.sources == ["127.0.0.1"])
            let shown = try await server.call("GET", "/v1/claims/\(receipt)", key: nil)
            #expect(shown.json == taken.json && shown["cache-control"] == "no-store")
            for unknown in ["clm_other", "a%20b"] {
                #expect(try await server.call("GET", "/v1/claims/\(unknown)", key: nil).status == 404)
            }
            let log = server.log.all.joined()
            #expect(!log.contains("이도윤") && !log.contains("third sheet"))
        }
    }

    @Test("Claims that cannot be are refused by their field, and floods are")
    func refusals() async throws {
        let picture = "data:image/png;base64," + Data(Form.png).base64EncodedString()
        let rows: [(body: String, status: Int, param: String?)] = [
            ("{}", 400, "text"), (#"{"text":" ","name":"a","contact":"c"}"#, 400, "text"),
            (#"{"text":"x","contact":"c"}"#, 400, "name"), (#"{"text":"x","name":"a"}"#, 400, "contact"),
            (#"{"text":"x","name":"a","contact":"c","link":"javascript:1"}"#, 400, "link"),
            (#"{"text":"x","name":"a","contact":"c","style":"no-such"}"#, 400, "style"),
            (#"{"text":"x","name":"a","contact":"c","style":"../x"}"#, 400, "style"),
            (#"{"text":"x","name":"a","contact":"c","language":"fr"}"#, 400, "language"),
            (#"{"text":"x","name":"a","contact":"c","more":1}"#, 400, "more"),
            (
                #"{"text":"x","name":"a","contact":"c","picture":{"image_url":"https://a.example"}}"#, 400,
                "image_url"
            ),
            (
                #"{"text":"x","name":"a","contact":"c","picture":{"image_url":"data:image/png;base64,AAAA"}}"#,
                400, "picture"
            ),
            (#"{"text":"(many)","name":"a","contact":"c"}"#, 429, nil),
            (#"{"text":"(full)","name":"a","contact":"c"}"#, 503, nil),
            (#"{"text":"x","name":"a","contact":"c","picture":{"image_url":"\#(picture)"}}"#, 201, nil),
        ]
        try await LiveServer.run { server in
            for row in rows {
                let answer = try await Self.post(server, row.body)
                #expect(answer.status == row.status, "\(row.body)")
                if let param = row.param {
                    #expect(answer.json["error"]?["param"]?.text?.hasSuffix(param) == true, "\(row.body)")
                }
            }
            let form = try await server.call(
                "POST", "/v1/claims", key: nil, headers: [("Content-Type", "text/plain")], body: [])
            #expect(form.status == 415)
        }
    }

    @Test("Only an administrator reads who says what, and answers")
    func operators() async throws {
        try await LiveServer.run { server in
            let picture = "data:image/png;base64," + Data(Form.png).base64EncodedString()
            let body = Self.whole.trimmingPrefix("{")
            let taken = try await Self.post(
                server, #"{"picture":{"image_url":"\#(picture)"},"# + body)
            let receipt = try #require(taken.json["receipt"]?.text)
            let steps = "/v1/floor/claims/\(receipt)/steps"
            for key in [nil, ScriptedKeys.full, ScriptedKeys.reader] as [String?] {
                let status = key == nil ? 401 : 403
                #expect(try await server.call("GET", "/v1/floor/claims", key: key).status == status)
                #expect(
                    try await server.call("GET", "/v1/floor/claims/\(receipt)/picture", key: key).status
                        == status)
                #expect(try await Self.post(server, "{}", path: steps, key: key).status == status)
            }
            let key = ScriptedKeys.administrator
            let list = try await server.call("GET", "/v1/floor/claims?status=open", key: key)
            guard case .array(let data)? = list.json["data"] else {
                Issue.record("no claims")
                return
            }
            #expect(data.count == 1 && data[0]["statement"]?["name"] == "이도윤")
            #expect(data[0]["statement"]?["has_picture"] == true)
            let shown = try await server.call("GET", "/v1/floor/claims/\(receipt)/picture", key: key)
            #expect(shown.status == 200 && shown.body == Form.png)
            for (body, status) in [
                ("{}", 400), (#"{"status":"received"}"#, 400), (#"{"status":"rejected"}"#, 400),
                (#"{"status":"taken-up"}"#, 200), (#"{"status":"taken-up"}"#, 409),
                (#"{"status":"rejected","reason":"It is another sheet."}"#, 200),
            ] {
                #expect(try await Self.post(server, body, path: steps, key: key).status == status, "\(body)")
            }
            let answer = try await server.call("GET", "/v1/claims/\(receipt)", key: nil)
            guard case .array(let told)? = answer.json["steps"] else {
                Issue.record("no steps")
                return
            }
            #expect(told.map { $0["status"] } == ["taken-up", "rejected"])
            #expect(told.last?["reason"] == "It is another sheet." && told.last?["actor"] == nil)
            let answered = try await server.call("GET", "/v1/floor/claims?status=answered", key: key)
            guard case .array(let closed)? = answered.json["data"] else { return }
            #expect(closed.count == 1)
            #expect(
                try await Self.post(
                    server, #"{"status":"upheld","reason":"x"}"#, path: "/v1/floor/claims/clm_none/steps",
                    key: key
                ).status == 404)
        }
    }
}
