import ScriptedService
import Serving
import Testing

@testable import Server

/// Pictures by their links: whole, in part, and not again.
@Suite struct PictureRouteTests {
    /// A picture's address, without scheme and host.
    private static func path(_ server: LiveServer) async throws -> String {
        let answer = try await server.post(json: "{\"prompt\":\"a cat\",\"response_format\":\"url\"}")
        guard case .array(let data)? = answer.json["data"], let url = data.first?["url"]?.text else {
            throw Wire.Closed()
        }
        return String(try #require(url.split(separator: "8080").last))
    }

    @Test("A picture is sent in part where a part is asked for")
    func ranges() async throws {
        try await LiveServer.run { server in
            let path = try await Self.path(server)
            let whole = try await server.call("GET", path, key: nil)
            let count = try #require(whole["content-length"].flatMap { Int($0) })
            #expect(whole["accept-ranges"] == "bytes" && count > 16)
            let tag = try #require(whole["etag"])
            for (range, bytes) in [
                ("bytes=0-3", 0..<4), ("bytes=8-", 8..<count), ("bytes=-5", (count - 5)..<count),
                ("bytes=2-9999", 2..<count), ("bytes=-9999", 0..<count),
            ] {
                let part = try await server.call("GET", path, key: nil, headers: [("range", range)])
                #expect(part.status == 206 && part["content-type"] == "image/png", "\(range)")
                #expect(
                    part["content-range"] == "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(count)")
                #expect(part["content-length"] == "\(bytes.count)" && part["etag"] == tag)
            }
            for range in ["bytes=0-1,4-5", "items=0-1", "bytes=5-2", "bytes=a-b", "bytes=", "bytes=-"] {
                let answer = try await server.call("GET", path, key: nil, headers: [("range", range)])
                #expect(answer.status == 200 && answer.text == whole.text, "\(range)")
            }
            for range in ["bytes=\(count)-", "bytes=-0", "bytes=99999-100000"] {
                let answer = try await server.call("GET", path, key: nil, headers: [("range", range)])
                #expect(answer.status == 416 && answer["content-range"] == "bytes */\(count)", "\(range)")
                #expect(answer.errorCode == "range_not_satisfiable" && answer["cache-control"] == "no-store")
            }
            for (condition, status) in [(tag, 206), ("W/" + tag, 200), ("\"other\"", 200)] {
                let headers = [("range", "bytes=0-3"), ("if-range", condition)]
                let answer = try await server.call("GET", path, key: nil, headers: headers)
                #expect(answer.status == status, "\(condition)")
            }
        }
    }

    @Test("A picture that a reader has is not sent again; a link that has ended says so all the same")
    func conditions() async throws {
        try await LiveServer.run { server in
            let path = try await Self.path(server)
            let tag = try #require(try await server.call("GET", path, key: nil)["etag"])
            for known in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
                let answer = try await server.call("GET", path, key: nil, headers: [("if-none-match", known)])
                #expect(answer.status == 304 && answer.text.isEmpty, "\(known)")
                #expect(
                    answer["etag"] == tag && answer["cache-control"] == "private, max-age=3600, immutable")
            }
            let other = try await server.call(
                "GET", path, key: nil, headers: [("if-none-match", "\"other\"")])
            #expect(other.status == 200)
            let head = try await server.call("HEAD", path, key: nil, headers: [("range", "bytes=0-3")])
            #expect(head.status == 200 && head["content-length"] == other["content-length"])
            #expect(head["etag"] == tag && head["content-type"] == "image/png")
            server.clock.now = ScriptedService.moment + 3599
            #expect(
                try await server.call("GET", path, key: nil)["cache-control"]
                    == "private, max-age=1, immutable")
            server.clock.now = ScriptedService.moment + 3600
            let ended = try await server.call("GET", path, key: nil, headers: [("if-none-match", tag)])
            #expect(ended.status == 403 && ended["cache-control"] == "no-store")
        }
    }
}
