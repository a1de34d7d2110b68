import Serving
import Stores
import Testing

@Suite struct IdempotencyTests {
    static let now = Samples.start

    static func key(_ text: String = "order-1", digest: [UInt8] = [1, 2, 3]) -> NewRequest.IdempotencyKey {
        NewRequest.IdempotencyKey(text: text, requestDigest: digest, end: now + 3600)
    }

    @Test(
        "The same request again joins the first, another under the same key is refused, a stranger's is new")
    func table() async throws {
        try await withStore { store, samples in
            let first = try samples.request(idempotencyKey: Self.key())
            #expect(try await store.accept(first, at: Self.now) == .accepted)
            let rows: [(String, Int, NewRequest.IdempotencyKey, Double, AcceptOutcome)] = [
                ("the same", 0, Self.key(), 1, .joined(first.id)),
                ("another body", 0, Self.key(digest: [9]), 1, .conflict),
                ("another key", 0, Self.key("order-2"), 1, .accepted),
                ("another caller", 1, Self.key(), 1, .accepted),
                ("at its end", 0, Self.key(), 3600, .accepted),
            ]
            for (name, caller, key, seconds, expected) in rows {
                let request = try samples.request(caller: caller, idempotencyKey: key)
                let before = try await store.lookUp(key, of: request.caller, at: Self.now + seconds)
                let outcome = try await store.accept(request, at: Self.now + seconds) { _ in
                    #expect(expected == .accepted, "charged for \(name)")
                }
                #expect(outcome == expected, "\(name)")
                switch expected {
                case .accepted: #expect(before == .unused, "\(name)")
                case .joined(let id): #expect(before == .same(id), "\(name)")
                case .conflict: #expect(before == .different, "\(name)")
                }
                let isKept = try await store.request(request.id, for: .service) != nil
                #expect(isKept == (expected == .accepted), "\(name)")
            }
        }
    }

    @Test("Of many that send the same at once, one is accepted and the others join it")
    func race() async throws {
        try await withStore { store, samples in
            var requests: [NewRequest] = []
            for _ in 0..<30 { requests.append(try samples.request(idempotencyKey: Self.key())) }
            let toSend = requests
            let outcomes = try await withThrowingTaskGroup(of: AcceptOutcome.self) { group in
                for request in toSend { group.addTask { try await store.accept(request, at: Self.now) } }
                return try await group.reduce(into: [AcceptOutcome]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == .accepted }.count == 1)
            let joined = Set(outcomes.compactMap { if case .joined(let id) = $0 { id } else { nil } })
            #expect(joined.count == 1)
            #expect(try await store.request(try #require(joined.first), for: .service) != nil)
            #expect(try await store.take(100).count == 1)
        }
    }

    @Test("A name for an open request is free again when the request is over")
    func openOnly() async throws {
        try await withStore { store, samples in
            let key = NewRequest.IdempotencyKey(
                text: "repeat 1", requestDigest: [1], end: Self.now + 3600, isForOpenRequest: true)
            let first = try samples.request(tags: [1, 2], idempotencyKey: key)
            #expect(try await store.accept(first, at: Self.now) == .accepted)
            for lease in try await store.take(2).map(\.lease) {
                let again = try samples.request(idempotencyKey: key)
                #expect(try await store.accept(again, at: Self.now + 1) == .joined(first.id))
                #expect(try await store.lookUp(key, of: first.caller, at: Self.now + 1) == .same(first.id))
                _ = try await store.deliver(lease, as: samples.picture(), at: Self.now + 2)
            }
            #expect(try await store.lookUp(key, of: first.caller, at: Self.now + 3) == .unused)
            let second = try samples.request(idempotencyKey: key)
            #expect(try await store.accept(second, at: Self.now + 3) == .accepted)
            #expect(try await store.lookUp(key, of: first.caller, at: Self.now + 3) == .same(second.id))
        }
    }

    @Test("A key is free again where its request was not kept")
    func refusedWithItsRequest() async throws {
        struct Refusal: Error {}
        try await withStore { store, samples in
            let request = try samples.request(idempotencyKey: Self.key())
            let refused = await code {
                _ = try await store.accept(request, at: Self.now) { _ in throw Refusal() }
            }
            #expect(refused == .transactionRefused)
            #expect(try await store.accept(request, at: Self.now) == .accepted)
        }
    }
}
