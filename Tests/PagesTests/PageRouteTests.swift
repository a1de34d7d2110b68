import HTTPTypes
import Testing

@testable import Pages

@Suite struct PageRouteTests {
    @Test("The pages come whole, in the reader's language, and tell browsers what they may not do")
    func pages() async throws {
        try await LivePages.run { pages in
            for (path, title) in [
                ("/", "말로 그리는 그림"), ("/operator", "운영자 화면"), ("/verify", "그림 확인"), ("/claims", "이건 내 것이에요"),
                ("/artist", "작가의 방"), ("/appeal", "이 거절은 잘못되었어요"),
            ] {
                let answer = try await pages.call(
                    "GET", path, headers: [("Accept-Language", "ko-KR,en;q=0.5")])
                #expect(
                    answer.status == 200 && answer.body.contains(title) && !answer.body.contains("{{"),
                    "\(path)")
                #expect(answer.body.contains("<html lang=\"ko\""))
                #expect(
                    answer["content-type"] == "text/html; charset=utf-8" && answer["content-language"] == "ko"
                )
                #expect(answer["vary"] == "Accept-Language, Cookie")
                #expect(answer["set-cookie"] == nil)
                let policy = try #require(answer["content-security-policy"])
                for part in [
                    "default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'",
                    "base-uri 'none'", "require-trusted-types-for 'script'",
                ] { #expect(policy.contains(part), "\(part)") }
                #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
                #expect(answer["x-content-type-options"] == "nosniff" && answer["x-frame-options"] == "DENY")
                #expect(answer["referrer-policy"] == "no-referrer")
                #expect(answer["cross-origin-opener-policy"] == "same-origin")
                #expect(answer["permissions-policy"]?.contains("camera=()") == true)
            }
        }
    }

    @Test("Every file is served with its type and its tag, and is not sent twice")
    func files() async throws {
        try await LivePages.run { pages in
            let types = [
                "base.css": "text/css; charset=utf-8", "draw.js": "text/javascript; charset=utf-8",
                "ko.json": "application/json", "icon.svg": "image/svg+xml",
            ]
            for (name, type) in types {
                let first = try await pages.call("GET", "/page/\(name)")
                #expect(
                    first.status == 200 && first["content-type"] == type && first.body.count > 100, "\(name)")
                #expect(first["x-content-type-options"] == "nosniff" && first["cache-control"] == "no-cache")
                let tag = try #require(first["etag"])
                for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    let again = try await pages.call(
                        "GET", "/page/\(name)", headers: [("If-None-Match", known)])
                    #expect(again.status == 304 && again.body.isEmpty && again["etag"] == tag, "\(known)")
                }
                let other = try await pages.call(
                    "GET", "/page/\(name)", headers: [("If-None-Match", "\"other\"")])
                #expect(other.status == 200)
                let head = try await pages.call("HEAD", "/page/\(name)")
                #expect(head.status == 200 && head.body.isEmpty && head["etag"] == tag)
            }
            #expect(try await pages.call("GET", "/page/../Package.swift").status == 404)
            #expect(try await pages.call("GET", "/page/draw.html").status == 404)
            #expect(try await pages.call("POST", "/operator", body: "").status == 405)
        }
    }

    @Test("A reader's choice of language is kept, and weighs more than the browser's")
    func choice() async throws {
        try await LivePages.run { pages in
            let chosen = try await pages.call(
                "GET", "/operator?language=en", headers: [("Accept-Language", "ko")])
            #expect(chosen.status == 303 && chosen["location"] == "operator")
            let cookie = try #require(chosen["set-cookie"])
            #expect(cookie.hasPrefix("ondol-language=en;") && cookie.contains("SameSite=Lax"))
            let page = try await pages.call(
                "GET", "/", headers: [("Accept-Language", "ko"), ("Cookie", "a=b; ondol-language=en")])
            #expect(page["content-language"] == "en")
            let wrong = try await pages.call(
                "GET", "/?language=xx", headers: [("Accept-Language", "ko"), ("Cookie", "ondol-language=xx")])
            #expect(wrong.status == 200 && wrong["content-language"] == "ko")
        }
    }

    @Test(
        "The browser's languages are weighed",
        arguments: [
            ("ko", .korean), ("en-US,en;q=0.9,ko;q=0.8", .english), ("fr, ko;q=0.3, en;q=0.2", .korean),
            ("KO-kr", .korean), ("ko;q=0, en;q=0.1", .english), ("ko; q=0.2, en; q=0.1", .korean),
            ("ko;q=2, en;q=0.1", .english), ("fr", nil), ("", nil), (";;;,,q=", nil),
        ] as [(String, Language?)])
    func languages(_ header: String, _ expected: Language?) {
        #expect(Language.accepted(header) == expected)
    }

    @Test("The form is offered the model's sizes, and styles in the reader's language")
    func offer() async throws {
        struct Two: StyleListing {
            func styles() async throws -> [OfferedStyle] {
                [
                    OfferedStyle(id: "minhwa", names: ["ko": "민화", "en": "Folk painting"], artist: "Kim"),
                    OfferedStyle(id: "plain", names: ["en": "Plain"]),
                ]
            }
        }
        try await LivePages.run(styles: Two()) { pages in
            let offer = try await pages.call("GET", "/page/offer", headers: [("Accept-Language", "ko")])
            #expect(
                offer.body
                    == "{\"default_size\":\"256x256\",\"photos\":true,\"sizes\":[\"256x256\",\"384x256\"],\"styles\":["
                    + "{\"artist\":\"Kim\",\"id\":\"minhwa\",\"name\":\"민화\"},{\"id\":\"plain\",\"name\":\"Plain\"}]}"
            )
        }
    }
}
