import ScriptedService
import Testing

@testable import Server

/// Styles: listed, asked for, refused with a reason, and credited in every answer.
@Suite struct StyleRouteTests {
    private struct Three: StyleDirectory {
        func styles() -> [ListedStyle] {
            [
                ListedStyle(
                    id: "maru-ink", titles: ["ko": "마루 먹그림", "en": "Maru's ink"], artist: "Maru Kim",
                    words: ["먹"], model: "hanji"),
                ListedStyle(
                    id: "dal", titles: ["en": "Dal"], artist: nil, model: "hanji",
                    obstacle: "Its adapter is damaged.",
                    isFaulty: true),
                ListedStyle(id: "other", titles: [:], artist: "A", model: "wide"),
            ]
        }
    }

    private func run(_ body: @Sendable (LiveServer) async throws -> Void) async throws {
        try await LiveServer.run(styles: Three(), body)
    }

    @Test("The list says what is called how, by whom, and what cannot be asked for now")
    func list() async throws {
        try await run { server in
            let answer = try await server.call("GET", "/v1/styles")
            #expect(answer.status == 200 && answer.json["object"] == "list")
            guard case .array(let styles) = answer.json["data"] else {
                Issue.record("no list")
                return
            }
            #expect(styles.map { $0["id"]?.text } == ["maru-ink", "dal", "other"])
            #expect(styles[0]["title"]?["ko"] == "마루 먹그림" && styles[0]["artist"] == "Maru Kim")
            #expect(styles[0]["available"] == .bool(true) && styles[0]["reason"] == .null)
            #expect(
                styles[1]["available"] == .bool(false) && styles[1]["reason"] == "Its adapter is damaged.")
            #expect(try await server.call("GET", "/v1/styles", key: nil).status == 401)
            #expect(try await server.call("POST", "/v1/styles").status == 405)
        }
    }

    @Test("A picture's answer, its job and its events say which styles and whose")
    func credit() async throws {
        try await run { server in
            let body = #"{"prompt":"a cat","ondol":{"style":[{"id":"maru-ink","strength":0.5}]}}"#
            let answer = try await server.post(json: body)
            #expect(answer.status == 200)
            guard case .array(let jobs) = answer.json["ondol"]?["jobs"],
                case .array(let used) = jobs[0]["styles"]
            else {
                Issue.record("no styles: \(answer.json)")
                return
            }
            #expect(used.count == 1 && used[0]["id"] == "maru-ink" && used[0]["strength"] == .number(0.5))
            #expect(used[0]["artist"] == "Maru Kim" && used[0]["title"]?["en"] == "Maru's ink")
            let job = try await server.call("GET", "/v1/jobs/job_1_0")
            guard case .array(let listed) = job.json["styles"] else {
                Issue.record("no styles in the job")
                return
            }
            #expect(listed[0]["id"] == "maru-ink")
            #expect(
                await server.service.submissions.first?.request.styles == [
                    StyleWish("maru-ink", strengthMilli: 500)
                ])
            let plain = try await server.post(json: #"{"prompt":"a cat"}"#)
            guard case .array(let plainJobs) = plain.json["ondol"]?["jobs"] else { return }
            #expect(plainJobs[0]["styles"] == nil)
        }
    }

    @Test(
        "What cannot be drawn with is refused before anybody is asked to draw",
        arguments: [
            ("dal", 400, "style_unavailable"),
            ("other", 400, "invalid_value"),
            ("maru-ink,dal", 400, "style_unavailable"),
        ])
    func refusals(style: String, status: Int, code: String) async throws {
        try await run { server in
            let answer = try await server.post(json: #"{"prompt":"a cat","ondol":{"style":"\#(style)"}}"#)
            #expect(answer.status == status && answer.errorCode == code)
            #expect(answer.json["error"]?["param"] == "ondol.style")
            #expect(await server.service.submissions.isEmpty)
        }
    }

    @Test("The order and strength of styles tell requests apart")
    func fingerprints() throws {
        func fingerprint(_ styles: [StyleWish]) throws -> [UInt8] {
            var request = GenerationRequest(
                prompt: "a cat", model: "hanji", size: try #require(PictureSize("128x128")))
            request.styles = styles
            return request.fingerprint
        }
        let all = try [
            [], [StyleWish("a")], [StyleWish("a", strengthMilli: 999)], [StyleWish("a"), StyleWish("b")],
        ].map { try fingerprint($0) }
        #expect(Set(all).count == 4)
    }
}
