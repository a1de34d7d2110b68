import Rights
import Serving
import Stores
import Testing

@Suite struct ClaimStoreTests {
    private static let now = Samples.start

    private static func record(
        _ samples: inout Samples, style: String? = nil, network: String? = nil,
        picture: PictureIdentifier? = nil,
        at now: Moment = now
    ) throws -> ClaimRecord {
        let subject: ClaimStatement.Subject = try style.map { .style(try Identifier($0)) } ?? .other
        let statement = try ClaimStatement(
            subject: subject, text: "내 것이에요", name: "이도윤", contact: "a@b.example", tongue: .korean)
        return ClaimRecord(
            id: ClaimIdentifier(at: now, using: &samples.generator),
            claim: try Claim(statement, at: Timestamp(now), rules: ClaimRules()), picture: picture,
            network: network)
    }

    private static func step(_ stage: Claim.Stage) throws -> Claim.Step {
        Claim.Step(stage: stage, time: Timestamp(now), actor: try Identifier("operator"), reason: "looked")
    }

    @Test(
        "A claim is found by its number, its style, and by whether it was answered; two answers at once are one"
    )
    func life() async throws {
        try await withStore { store, samples in
            let first = try Self.record(&samples, style: "kim-ink")
            let second = try Self.record(&samples)
            for record in [first, second] {
                #expect(try await store.add(record, openLimit: 9, networkLimit: 9, at: Self.now) == .kept)
            }
            #expect(try await store.claim(first.id) == first)
            #expect(try await store.claims(isOpen: true, after: nil, limit: 9) == [first, second])
            #expect(try await store.claims(isOpen: true, after: first.id, limit: 9) == [second])
            #expect(try await store.claims(about: Identifier("kim-ink")) == [first])
            var changed = first
            try changed.claim.add(try Self.step(.rejected))
            #expect(try await store.replace(first.id, with: changed.claim, after: 0, at: Self.now))
            // Somebody who has read it before is too late.
            #expect(try await store.replace(first.id, with: changed.claim, after: 0, at: Self.now) == false)
            #expect(try await store.claims(isOpen: false, after: nil, limit: 9) == [changed])
            #expect(try await store.claims(isOpen: true, after: nil, limit: 9) == [second])
        }
    }

    @Test(
        "Neither a network nor everybody together fills the queue; after a day nobody knows where a claim came from"
    )
    func limits() async throws {
        try await withStore { store, samples in
            func add(_ network: String?, at now: Moment = Self.now) async throws -> ClaimAdding {
                try await store.add(
                    Self.record(&samples, network: network, at: now), openLimit: 4, networkLimit: 2, at: now)
            }
            #expect(try await add("a") == .kept)
            #expect(try await add("a") == .kept)
            #expect(try await add("a") == .tooManyOfNetwork)
            #expect(try await add("b") == .kept)
            #expect(try await add("a", at: Self.now + 86_401) == .kept)
            #expect(try await add(nil, at: Self.now + 86_401) == .full)
            _ = try await RetentionTests.sweep(store, at: Self.now + 86_401)
            let networks = try await store.claims(isOpen: true, after: nil, limit: 9).map(\.network)
            #expect(networks.count { $0 == nil } == 3 && networks.count { $0 == "a" } == 1)
        }
    }

    @Test("An answered claim goes by its time, with its picture; an open one stays")
    func retention() async throws {
        try await withStore { store, samples in
            let name = samples.picture()
            let written = try await store.write([1], as: name, mediaType: "image/png", until: nil)
            let picture = try await store.keep(
                written, as: .claim, of: Samples.caller(0), request: nil, at: Self.now)
            var record = try Self.record(&samples, picture: picture.id)
            let open = try Self.record(&samples)
            _ = try await store.add(record, openLimit: 9, networkLimit: 9, at: Self.now)
            _ = try await store.add(open, openLimit: 9, networkLimit: 9, at: Self.now)
            try record.claim.add(try Self.step(.upheld))
            _ = try await store.replace(record.id, with: record.claim, after: 0, at: Self.now)
            var policy = RetentionTests.policy
            policy.claimSeconds = 100
            _ = try await store.sweep(policy, at: Self.now + 99)
            #expect(try await store.sweep(policy, at: Self.now + 99).claimCount == 0)
            #expect(try await store.sweep(policy, at: Self.now + 100).claimCount == 1)
            #expect(try await store.claim(record.id) == nil)
            #expect(try await store.picture(name, for: .service, at: Self.now) == nil)
            #expect(try await store.claims(isOpen: true, after: nil, limit: 9) == [open])
        }
    }
}
