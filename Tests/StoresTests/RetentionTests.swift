import Serving
import Stores
import Testing

@Suite struct RetentionTests {
    static let now = Samples.start
    static let policy = RetentionPolicy(promptSeconds: 100, eventSeconds: 50, requestSeconds: 1000)

    /// Sweeps twice, as a service does that has just begun: the first only looks at the clock.
    static func sweep(_ store: SQLiteStore, at now: Moment) async throws -> RetentionReport {
        #expect(try await store.sweep(policy, at: now).wasSkipped)
        return try await store.sweep(policy, at: now)
    }

    @Test("Prompts, events and requests go after their times, open ones stay")
    func times() async throws {
        let rows: [(seconds: Double, hasPayload: Bool, hasEvents: Bool, isKept: Bool)] = [
            (49, true, true, true), (50, true, false, true), (99, true, false, true),
            (100, false, false, true),
            (999, false, false, true), (1000, false, false, false),
        ]
        for row in rows {
            try await withStore { store, samples in
                let (done, open) = (try samples.request(tags: [1]), try samples.request(tags: [2]))
                for request in [done, open] {
                    _ = try await store.accept(request, at: Self.now)
                    _ = try await store.append(EventDraft(kind: "x", data: []), to: request.id, at: Self.now)
                }
                _ = try await store.deliver(store.take()[0].lease, as: samples.picture())
                _ = try await Self.sweep(store, at: Self.now + row.seconds)
                let found = try await store.request(done.id, for: .service)
                #expect((found != nil) == row.isKept, "\(row)")
                #expect((found?.payload != nil) == row.hasPayload, "\(row)")
                let events = try await store.events(of: done.id, after: 0, limit: 9)?.events ?? []
                #expect(!events.isEmpty == row.hasEvents, "\(row)")
                #expect(try await store.request(open.id, for: .service)?.payload == open.payload)
                #expect(try await store.events(of: open.id, after: 0, limit: 9)?.events.count == 1)
            }
        }
    }

    @Test("A prompt that was removed stands in no file any more")
    func overwritten() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            _ = try await store.deliver(store.take()[0].lease, as: samples.picture())
            func isFound() -> Bool {
                allBytes(in: store.folder).contains { $0.firstRange(of: Array(Samples.prompt.utf8)) != nil }
            }
            #expect(isFound())
            #expect(try await Self.sweep(store, at: Self.now + 200).promptCount == 1)
            #expect(!isFound())
        }
    }

    @Test("Pictures, visitors' accounts and idempotency keys go at their ends, in pieces however many")
    func ends() async throws {
        try await withStore { store, samples in
            for index in 0..<450 {
                let end = index % 3 == 0 ? nil : Self.now + (index % 3 == 1 ? 10 : 1000)
                let account = AccountRecord(
                    caller: Samples.caller(index), account: CallerAccount(), revision: 1, end: end)
                try await store.save([account])
            }
            let short = try await PictureTests.keep([1], in: store, &samples, end: Self.now + 10)
            let long = try await PictureTests.keep([2], in: store, &samples, end: Self.now + 1000)
            let request = try samples.request(
                idempotencyKey: .init(text: "k", requestDigest: [1], end: Self.now + 10))
            _ = try await store.accept(request, at: Self.now)
            let report = try await Self.sweep(store, at: Self.now + 10)
            #expect(report.accountCount == 150)
            #expect(report.pictureCount == 1)
            #expect(report.idempotencyKeyCount == 1)
            #expect(try await store.account(of: Samples.caller(1)) == nil)
            #expect(try await store.account(of: Samples.caller(2)) != nil)
            let gone = await code { _ = try await store.open(short) }
            #expect(gone == .pictureMissing)
            #expect(try await store.open(long).collect() == [2])
            #expect(try await store.sweep(Self.policy, at: Self.now + 20).total == 0)
        }
    }

    @Test("A clock that jumps removes nothing until it has run evenly", arguments: [1e6, -1e6])
    func clockStep(step: Double) async throws {
        try await withStore { store, samples in
            let picture = try await PictureTests.keep([1], in: store, &samples, end: Self.now + 500)
            _ = try await Self.sweep(store, at: Self.now)
            #expect(try await store.sweep(Self.policy, at: Self.now + step).wasSkipped)
            // Set right again, before the next sweep.
            #expect(try await store.sweep(Self.policy, at: Self.now + 120).wasSkipped)
            #expect(try await store.sweep(Self.policy, at: Self.now + 180).total == 0)
            #expect(try await store.open(picture).collect() == [1])
        }
    }

    @Test("Room is given back to the disk")
    func vacuum() async throws {
        try await withStore { store, samples in
            let payload = String(repeating: "p", count: 200_000)
            for _ in 0..<20 {
                _ = try await store.accept(try samples.request(payload: payload), at: Self.now)
            }
            for job in try await store.take(20) {
                _ = try await store.deliver(job.lease, as: samples.picture())
            }
            _ = try await Self.sweep(store, at: Self.now + 200)
            let sizes = allBytes(in: store.folder).map(\.count)
            #expect((sizes.max() ?? 0) < 1_000_000, "20 payloads of 200 kB were removed")
        }
    }

    @Test("Policies that contradict themselves are refused")
    func refusals() async throws {
        try await withStore { store, _ in
            for policy in [
                RetentionPolicy(promptSeconds: -1), RetentionPolicy(eventSeconds: .nan),
                RetentionPolicy(promptSeconds: 100, eventSeconds: 1, requestSeconds: 50),
                RetentionPolicy(requestSeconds: .infinity),
            ] {
                let refused = await code { _ = try await store.sweep(policy, at: Self.now) }
                #expect(refused == .invalidArgument)
            }
        }
    }
}
