import Serving
import Stores
import Testing

@Suite struct EventTests {
    static let now = Samples.start

    static func draft(_ number: Int) -> EventDraft {
        EventDraft(kind: "progress", data: Array("\(number)".utf8))
    }

    @Test("A listener resumes after the last event it has")
    func resume() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            for number in 1...5 {
                let sequence = try await store.append(
                    Self.draft(number), to: request.id, at: Self.now + Double(number))
                #expect(sequence == number)
            }
            let page = try #require(try await store.events(of: request.id, after: 2, limit: 2))
            #expect(page.events.map(\.sequence) == [3, 4])
            #expect(page.events.map(\.data) == [Array("3".utf8), Array("4".utf8)])
            #expect(page.events[0].time == Self.now + 3)
            #expect(!page.isFinished && !page.hasGap)
            let unknown = RequestIdentifier(at: Self.now, using: &samples.generator)
            #expect(try await store.events(of: unknown, after: 0, limit: 9) == nil)
            #expect(try await store.append(Self.draft(1), to: unknown, at: Self.now) == nil)
        }
    }

    @Test("Of a request's events the last are kept, and a listener is told of the gap")
    func bounded() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<(EventLimits.perRequest + 50) {
                    group.addTask {
                        _ = try await store.append(Self.draft(number), to: request.id, at: Self.now)
                    }
                }
                try await group.waitForAll()
            }
            let page = try #require(try await store.events(of: request.id, after: 0, limit: 1000))
            #expect(page.hasGap)
            #expect(page.events.map(\.sequence) == Array(51...EventLimits.perRequest + 50))
            #expect(try await store.events(of: request.id, after: 50, limit: 1)?.hasGap == false)
            #expect(try await store.events(of: request.id, after: 49, limit: 1)?.hasGap == true)
        }
    }

    @Test("Listeners get every event in order, from where they want, until the request is over")
    func follow() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            let listeners = [0, 3, 150].map { start in
                let events = store.follow(request.id, after: start)
                return (
                    start,
                    Task {  // Waited for below.
                        var sequences: [Int] = []
                        for try await event in events { sequences.append(event.sequence) }
                        return sequences
                    }
                )
            }
            for number in 1...200 {
                _ = try await store.append(Self.draft(number), to: request.id, at: Self.now)
            }
            let lease = try await store.take()[0].lease
            let picture = try await store.write(
                [1], as: samples.picture(), mediaType: "image/png", until: nil)
            _ = try await store.complete(
                lease, picture: picture, event: EventDraft(kind: "done", data: []), at: Self.now)
            for (start, listener) in listeners {
                #expect(try await listener.value == Array(start + 1...201))
            }
            var late: [String] = []
            for try await event in store.follow(request.id, after: 199) { late.append(event.kind) }
            #expect(late == ["progress", "done"])
        }
    }

    @Test("A listener ends with its task, and at once where there is no request")
    func ended() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            let events = store.follow(request.id, after: 0)
            // Waited for below.
            let listener = Task {
                var count = 0
                for try await _ in events { count += 1 }
                return count
            }
            listener.cancel()
            #expect(try await listener.value == 0)
            for try await _ in store.follow(
                RequestIdentifier(at: Self.now, using: &samples.generator), after: 0)
            {
                Issue.record("an event of no request")
            }
        }
    }

    @Test("A cancelled request's listeners are told and end")
    func cancelled() async throws {
        try await withStore { store, samples in
            let request = try samples.request(tags: [1, 2])
            _ = try await store.accept(request, at: Self.now)
            let events = store.follow(request.id, after: 0)
            // Waited for below.
            let listener = Task {
                var kinds: [String] = []
                for try await event in events { kinds.append(event.kind) }
                return kinds
            }
            _ = try await store.cancel(
                request.id, for: .service, event: EventDraft(kind: "cancelled", data: []), at: Self.now)
            #expect(try await listener.value == ["cancelled"])
        }
    }

    @Test("Events that are too large are refused")
    func refusals() async throws {
        try await withStore { store, samples in
            let request = try samples.request()
            _ = try await store.accept(request, at: Self.now)
            let large = [UInt8](repeating: 0, count: EventDraft.largestDataBytes + 1)
            for draft in [
                EventDraft(kind: "", data: []),
                EventDraft(kind: String(repeating: "k", count: 101), data: []),
                EventDraft(kind: "x", data: large),
            ] {
                let refused = await code { _ = try await store.append(draft, to: request.id, at: Self.now) }
                #expect(refused == .invalidArgument)
            }
            #expect(
                try await store.append(
                    EventDraft(kind: "x", data: Array(large.dropLast())), to: request.id, at: Self.now) == 1)
        }
    }
}
