import GRDB
import Serving
import Stores
import Testing

@Suite struct LikenessTests {
    private static let now = Samples.start

    private static func likeness(_ byte: UInt8) throws -> PictureLikeness {
        try #require(PictureLikeness(Array(repeating: byte, count: PictureLikeness.byteCount)))
    }

    /// Delivers a picture that looks like so.
    private static func deliver(
        _ byte: UInt8?, _ store: SQLiteStore, _ samples: inout Samples, at now: Moment = now
    ) async throws -> PictureIdentifier {
        _ = try await store.accept(samples.request(tags: [Double(byte ?? 0)]), at: now)
        let name = samples.picture()
        var picture = try await store.write([1], as: name, mediaType: "image/png", until: nil)
        picture.likeness = try byte.map(likeness)
        let lease = try await store.take(at: now)[0].lease
        _ = try await store.complete(lease, picture: picture, at: now)
        return name
    }

    @Test(
        "What a picture looks like is kept with it, and goes by its own time, with a deletion, and where there are too many"
    )
    func life() async throws {
        try await withStore { store, samples in
            let first = try await Self.deliver(1, store, &samples)
            _ = try await Self.deliver(nil, store, &samples)
            let second = try await Self.deliver(2, store, &samples, at: Self.now + 50)
            let kept = try await store.likenesses(after: 0, limit: 10)
            #expect(kept.map(\.picture) == [first, second])
            #expect(kept.map(\.likeness) == [try Self.likeness(1), try Self.likeness(2)])
            #expect(kept.map(\.made) == [Self.now, Self.now + 50] && kept[0].caller == Samples.caller(0))
            #expect(try await store.likenesses(after: kept[0].number, limit: 10) == [kept[1]])
            #expect(try await store.likeness(kept[0].number) == kept[0])

            // The picture's own time is not its likeness's.
            var policy = RetentionTests.policy
            policy.likenessSeconds = 100
            _ = try await store.sweep(policy, at: Self.now + 99)
            #expect(try await store.sweep(policy, at: Self.now + 100).likenessCount == 1)
            #expect(try await store.likeness(kept[0].number) == nil)

            #expect(try await store.delete(second, for: .service))
            #expect(try await store.likenesses(after: 0, limit: 10).isEmpty)
            // Numbers are not used again: whoever has read up to one has read all.
            _ = try await Self.deliver(3, store, &samples, at: Self.now + 100)
            #expect(try await store.likenesses(after: kept[1].number, limit: 10).count == 1)
        }
    }

    @Test("More than a million are not kept, and the newest are")
    func limit() async throws {
        try await withStore { store, samples in
            _ = try await Self.deliver(1, store, &samples)
            _ = try await Self.deliver(2, store, &samples)
            let queue = try DatabaseQueue(path: store.folder + "/" + SQLiteStore.databaseName)
            try await queue.write {
                try $0.execute(sql: "UPDATE likeness SET number = 1000001 WHERE number = 2")
            }
            try queue.close()
            _ = try await store.sweep(RetentionTests.policy, at: Self.now)
            #expect(try await store.sweep(RetentionTests.policy, at: Self.now).likenessCount == 1)
            #expect(try await store.likenesses(after: 0, limit: 10).map(\.number) == [1_000_001])
        }
    }

    @Test("A job that is delivered twice is known once")
    func once() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(samples.request(), at: Self.now)
            let lease = try await store.take()[0].lease
            for byte in [UInt8(1), 2] {
                var picture = try await store.write(
                    [byte], as: samples.picture(), mediaType: "image/png", until: nil)
                picture.likeness = try Self.likeness(byte)
                _ = try await store.complete(lease, picture: picture, at: Self.now)
            }
            #expect(try await store.likenesses(after: 0, limit: 10).map(\.likeness) == [try Self.likeness(1)])
        }
    }
}
