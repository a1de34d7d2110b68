import FoundationEssentials
import Serving
import Stores
import TestSupport
import Testing

@Suite struct KeyTests {
    static let now = Samples.start
    static let salt: [UInt8] = Array(0..<16)

    static func make(
        _ generator: inout SeededGenerator, scopes: Set<KeyScope> = [.draw], end: Moment? = nil
    ) -> (secret: KeySecret, record: KeyRecord) {
        let secret = KeySecret(at: now, using: &generator)
        return (
            secret,
            KeyRecord(id: secret.id, label: "Kim", plan: "basic", scopes: scopes, created: now, end: end)
        )
    }

    @Test("A key is told from others, from a revoked one and from one past its end")
    func check() async throws {
        try await withStore { store, samples in
            let (secret, record) = Self.make(&samples.generator, end: Self.now + 100)
            try await store.add(secret, record, salt: Self.salt)
            let sent = try #require(KeySecret(secret.text))
            #expect(try await store.check(sent, at: Self.now) == .valid(record))
            #expect(try await store.check(sent, at: Self.now + 100) == .ended(record))
            let (other, _) = Self.make(&samples.generator)
            #expect(try await store.check(other, at: Self.now) == .unknown)
            let mixed =
                "ondol_" + secret.text.split(separator: "_")[1] + "_" + other.text.split(separator: "_")[2]
            #expect(try await store.check(try #require(KeySecret(mixed)), at: Self.now) == .unknown)
            #expect(try await store.setPlan("large", of: record.id)?.plan == "large")
            let revoked = try await store.revoke(record.id, at: Self.now + 5)
            #expect(revoked?.revoked == Self.now + 5)
            #expect(try await store.revoke(record.id, at: Self.now + 9)?.revoked == Self.now + 5)
            guard case .ended = try await store.check(sent, at: Self.now) else {
                Issue.record("a revoked key works")
                return
            }
            #expect(try await store.revoke(other.id, at: Self.now) == nil)
            #expect(try await store.keys().map(\.id) == [record.id])
        }
    }

    @Test("Neither the key nor a plain hash of it is in any file, and no description tells it")
    func kept() async throws {
        try await withStore { store, samples in
            let (secret, record) = Self.make(&samples.generator)
            try await store.add(secret, record, salt: Self.salt)
            let hidden = try #require(secret.text.split(separator: "_").last)
            for bytes in allBytes(in: store.folder) {
                #expect(bytes.firstRange(of: Array(hidden.utf8)) == nil)
            }
            #expect(!"\(secret)".contains(hidden))
            #expect(!String(reflecting: secret).contains(hidden))
            var dumped = ""
            dump(secret, to: &dumped)
            #expect(!dumped.contains(hidden))
        }
    }

    @Test("The first administrator's key is made once, and again when no administrator is left")
    func firstAdministrator() async throws {
        try await withStore { store, samples in
            let (drawing, record) = Self.make(&samples.generator)
            try await store.add(drawing, record, salt: Self.salt)
            let refused = await code {
                _ = try await store.addFirstAdministrator(drawing, record, salt: Self.salt, at: Self.now)
            }
            #expect(refused == .invalidArgument)
            let (first, firstRecord) = Self.make(&samples.generator, scopes: [.administer, .draw])
            #expect(try await store.addFirstAdministrator(first, firstRecord, salt: Self.salt, at: Self.now))
            let (second, secondRecord) = Self.make(&samples.generator, scopes: [.administer])
            #expect(
                try await !store.addFirstAdministrator(second, secondRecord, salt: Self.salt, at: Self.now))
            _ = try await store.revoke(first.id, at: Self.now)
            #expect(
                try await store.addFirstAdministrator(second, secondRecord, salt: Self.salt, at: Self.now))
            #expect(try await store.check(second, at: Self.now) == .valid(secondRecord))
        }
    }

    @Test("Text that is no key is told apart before the store is asked")
    func malformed() throws {
        var generator = SeededGenerator(seed: 3)
        let good = KeySecret(at: Self.now, using: &generator).text
        #expect(KeySecret(good)?.text == good)
        for text in [
            "", "ondol_", "sk-1234", good + "0", String(good.dropLast()), good.uppercased(), good + "\n",
            " " + good, good.replacing("_", with: "-"), String(repeating: "ondol_", count: 100),
        ] {
            #expect(KeySecret(text) == nil, "\(text.count) characters")
        }
    }

    @Test("Keys without a label, a scope or enough salt are refused")
    func refusals() async throws {
        try await withStore { store, samples in
            let (secret, good) = Self.make(&samples.generator)
            let (_, other) = Self.make(&samples.generator)
            func record(label: String = "Kim", plan: String = "basic", scopes: Set<KeyScope> = [.draw])
                -> KeyRecord
            {
                KeyRecord(id: secret.id, label: label, plan: plan, scopes: scopes, created: Self.now)
            }
            let long = String(repeating: "x", count: 201)
            let table: [(String, KeyRecord, [UInt8])] = [
                ("label", record(label: ""), Self.salt), ("long label", record(label: long), Self.salt),
                ("plan", record(plan: ""), Self.salt), ("scopes", record(scopes: []), Self.salt),
                ("salt", good, [1]), ("another's record", other, Self.salt),
            ]
            for (name, record, salt) in table {
                let refused = await code { try await store.add(secret, record, salt: salt) }
                #expect(refused == .invalidArgument, "\(name)")
            }
            try await store.add(secret, good, salt: Self.salt)
            let twice = await code { try await store.add(secret, good, salt: Self.salt) }
            #expect(twice == .invalidArgument)
        }
    }
}
