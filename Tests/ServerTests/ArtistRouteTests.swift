import ScriptedService
import Testing

@testable import Server

/// `/v1/artist`.
@Suite struct ArtistRouteTests {
    @Test("An artist sees what is theirs by a key of their own, and nobody else does")
    func doors() async throws {
        try await LiveServer.run { server in
            let paths = ["/v1/artist", "/v1/artist/statements/2026-10", "/v1/artist/statements/2026-10/csv"]
            for path in paths {
                #expect(try await server.call("GET", path, key: nil).status == 401)
                for key in [ScriptedKeys.full, ScriptedKeys.administrator, ScriptedKeys.reader] {
                    #expect(try await server.call("GET", path, key: key).status == 403, "\(key) \(path)")
                }
                let nobody = try await server.call("GET", path, key: ScriptedKeys.nobodysArtist)
                #expect(nobody.status == 403 && nobody.errorCode == "no_holder")
                #expect(try await server.call("GET", path, key: ScriptedKeys.artist).status == 200)
            }
            // The artist's key does nothing else.
            for path in ["/v1/floor", "/v1/floor/claims", "/v1/models"] {
                #expect(
                    try await server.call("GET", path, key: ScriptedKeys.artist).status == 403
                        || path == "/v1/floor")
            }
        }
    }

    @Test("Works, evidence, agreements, styles and exact earnings are told")
    func report() async throws {
        try await LiveServer.run { server in
            let answer = try await server.call("GET", "/v1/artist", key: ScriptedKeys.artist)
            #expect(answer["cache-control"] == "no-store" && answer.json["name"] == "김하나")
            guard case .array(let works)? = answer.json["works"],
                case .array(let styles)? = answer.json["styles"],
                case .array(let agreements)? = answer.json["agreements"]
            else {
                Issue.record("parts are missing")
                return
            }
            #expect(works.count == 12 && styles.count == 1 && agreements.count == 1)
            #expect(agreements[0]["drawing"] == "commercial" && agreements[0]["trainings"] == 1)
            #expect(agreements[0]["fee"] == "50.000000")
            guard case .array(let claims)? = styles[0]["claims"] else { return }
            #expect(claims.count == 1 && claims[0]["status"] == "taken-up")
            // 7 pictures of 120 KRW, of which 70.5 % are the artist's.
            #expect(answer.json["owed"] == [["currency": "KRW", "amount": "592.200000"]])
            let statement = try await server.call(
                "GET", "/v1/artist/statements/2026-10", key: ScriptedKeys.artist)
            guard case .array(let found)? = statement.json["data"] else { return }
            #expect(found.count == 1 && found[0]["lines"] != .array([]))
            let table = try await server.call(
                "GET", "/v1/artist/statements/2026-10/csv", key: ScriptedKeys.artist)
            #expect(table["content-type"] == "text/csv; charset=utf-8")
            #expect(table.text.hasPrefix("row,holder,month,currency"))
            for month in ["2026-13", "october", "2026-1"] {
                #expect(
                    try await server.call("GET", "/v1/artist/statements/\(month)", key: ScriptedKeys.artist)
                        .status == 400, "\(month)")
            }
        }
    }
}
