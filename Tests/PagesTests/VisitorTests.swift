import ScriptedService
import Server
import Serving
import Testing

@testable import Pages

@Suite struct VisitorTests {
    @Test("A visitor draws with cookie and token, and is known by network and name")
    func draws() async throws {
        try await LivePages.run { pages in
            let visit = try await pages.call(
                "GET", "/page/visit", headers: [("Sec-Fetch-Site", "same-origin")])
            let cookie = try #require(visit["set-cookie"])
            for part in ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=2592000"] {
                #expect(cookie.contains(part), "\(part)")
            }
            #expect(!cookie.contains("Secure") && visit["cache-control"] == "no-store")
            let (pair, token) = try await pages.visit()
            let answer = try await pages.draw(
                headers: [("Cookie", pair), ("Ondol-Page-Token", token), ("Sec-Fetch-Site", "same-origin")])
            #expect(answer.status == 202)
            let visitor = try #require(pages.visitors.visitors.first)
            #expect(visitor.network == "127.0.0.1" && visitor.id.utf8.count == 32)
            let job = try await pages.call(
                "GET", "/v1/jobs/grp_1", headers: [("Cookie", pair), ("Ondol-Page-Token", token)])
            #expect(job.status == 200)
            let (other, otherToken) = try await pages.visit()
            let stranger = try await pages.call(
                "GET", "/v1/jobs/grp_1", headers: [("Cookie", other), ("Ondol-Page-Token", otherToken)])
            #expect(stranger.status == 404)
        }
    }

    @Test("Nobody draws with a cookie alone, a wrong token, or from another page")
    func forgery() async throws {
        try await LivePages.run { pages in
            let (cookie, token) = try await pages.visit()
            let (_, other) = try await pages.visit()
            let own = "http://127.0.0.1:\(pages.port)"
            let both = [("Cookie", cookie), ("Ondol-Page-Token", token)]
            let changed = String(cookie.dropLast()) + "x"
            let refused: [(what: String, headers: [(String, String)], status: Int, code: String)] = [
                ("nothing", [], 401, "missing_api_key"),
                ("cookie alone", [("Cookie", cookie)], 401, "missing_api_key"),
                ("token alone", [("Ondol-Page-Token", token)], 401, "visitor_unknown"),
                ("another's token", [("Cookie", cookie), ("Ondol-Page-Token", other)], 403, "foreign_page"),
                ("no token at all", [("Cookie", cookie), ("Ondol-Page-Token", "x")], 403, "foreign_page"),
                ("two cookies", [("Cookie", "\(cookie); \(cookie)"), both[1]], 401, "visitor_unknown"),
                ("changed cookie", [("Cookie", changed), both[1]], 401, "visitor_unknown"),
                ("another site", both + [("Sec-Fetch-Site", "cross-site")], 403, "foreign_page"),
                ("a sister site", both + [("Sec-Fetch-Site", "same-site")], 403, "foreign_page"),
                ("typed in", both + [("Sec-Fetch-Site", "none")], 403, "foreign_page"),
                ("another origin", both + [("Origin", "https://example.org")], 403, "foreign_page"),
                ("a hidden origin", both + [("Origin", "null")], 403, "foreign_page"),
                (
                    "an origin that begins alike", both + [("Origin", own + ".example.org")], 403,
                    "foreign_page"
                ),
                ("a key that is wrong", both + [("Authorization", "Bearer sk-none")], 401, "invalid_api_key"),
            ]
            for (what, headers, status, code) in refused {
                // Without Origin and Sec-Fetch-Site a browser of today is not at work; what changes something is refused.
                let named = headers.contains { $0.0 == "Origin" || $0.0 == "Sec-Fetch-Site" }
                let answer = try await pages.draw(headers: headers + (named ? [] : [("Origin", own)]))
                #expect(answer.status == status && answer.code == code, "\(what): \(answer.status)")
            }
            #expect(try await pages.draw(headers: both).code == "foreign_page", "no origin")
            #expect(await pages.service.submissions.isEmpty)
            for headers in [[("Origin", own)], [("Sec-Fetch-Site", "same-origin")]] {
                #expect(try await pages.draw(headers: both + headers).status == 202, "\(headers)")
            }
        }
    }

    @Test("A cookie ends, is renewed in good time, and keeps its visitor")
    func renewal() async throws {
        try await LivePages.run { pages in
            let (cookie, token) = try await pages.visit()
            let still = try await pages.call("GET", "/page/visit", headers: [("Cookie", cookie)])
            #expect(still["set-cookie"] == nil && still.body.contains(token))
            pages.now.now = pages.now.now + 20 * 86400
            let renewed = try await pages.call("GET", "/page/visit", headers: [("Cookie", cookie)])
            #expect(renewed.body.contains(token))
            #expect(renewed["set-cookie"]?.hasPrefix(cookie.prefix(46)) == true)
            pages.now.now = pages.now.now + 20 * 86400
            let ended = try await pages.call(
                "GET", "/v1/models", headers: [("Cookie", cookie), ("Ondol-Page-Token", token)])
            #expect(ended.status == 401 && ended.code == "visitor_unknown")
            let new = try await pages.call("GET", "/page/visit", headers: [("Cookie", cookie)])
            #expect(new["set-cookie"] != nil && !new.body.contains(token))
            let foreign = try await pages.call(
                "GET", "/page/visit", headers: [("Sec-Fetch-Site", "cross-site")])
            #expect(foreign.status == 403 && foreign["set-cookie"] == nil)
        }
    }

    @Test("Where callers come by TLS, the cookie goes by TLS alone, and no other host can set it")
    func secure() async throws {
        try await LivePages.run(changing: { $0.publicAddress = "https://draw.example" }) { pages in
            let cookie = try #require(try await pages.call("GET", "/page/visit")["set-cookie"])
            #expect(cookie.hasPrefix("__Host-ondol-visitor=") && cookie.hasSuffix("; Secure"))
            let (pair, token) = try await pages.visit()
            let answer = try await pages.draw(
                headers: [("Cookie", pair), ("Ondol-Page-Token", token), ("Origin", "https://draw.example")])
            #expect(answer.status == 202)
        }
    }

    @Test("Only an administrator's key opens the floor, and a visitor never")
    func floor() async throws {
        try await LivePages.run { pages in
            let (cookie, token) = try await pages.visit()
            for path in ["/v1/floor", "/v1/floor/events"] {
                let visitor = try await pages.call(
                    "GET", path, headers: [("Cookie", cookie), ("Ondol-Page-Token", token)])
                #expect(visitor.status == 401 && visitor.code == "missing_api_key")
                let drawer = try await pages.call(
                    "GET", path, headers: [("Authorization", "Bearer \(ScriptedKeys.full)")])
                #expect(drawer.status == 403 && drawer.code == "insufficient_permissions")
            }
        }
    }
}
