import Stores
import Testing
import Worker

@testable import Server
@testable import Service
@testable import Serving

/// Requests taken, turned away, repeated and taken back.
struct SubmitTests {
    @Test("What is taken is written, stands in the line and is counted")
    func accepted() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission(count: 2))
            #expect(group.jobs.count == 2)
            #expect(house.deskState == (2, 0))
            #expect(house.usage().picturesOpen == 2)
            #expect(group.standing?.pictures.remaining == TestHouse.plan.picturesPerDay - 2)
            guard case .waiting(let waiting) = group.jobs[1].state else { throw Unexpected() }
            #expect(waiting.place == 2)
            #expect(abs(try #require(waiting.timeLeft).confidence - 0.9) < 1e-9)
            let name = try #require(RequestIdentifier(group.reference.text))
            let record = try #require(try await house.store.request(name, for: .service))
            let order = try DrawingOrder(payload: try #require(record.payload))
            #expect(order.prompt == "a quiet lake")
            #expect(order.seeds == [7, 8])
            // What is told is what is kept, and later the line as it is then.
            #expect(waiting.timeLeft == record.jobs[1].terms.promise.range)
            house.clock.now = house.clock.now + 5
            house.setDevice(rows: 1)
            let later = try #require(try await house.core.generation.jobs(group.reference, of: house.caller))
            guard case .waiting(let waiting) = later[1].state else { throw Unexpected() }
            #expect(waiting.timeLeft != record.jobs[1].terms.promise.range)
        }
    }

    @Test("Who follows a picture sees it come, in fewer previews where it is drawn with less effort")
    func previews() async throws {
        try await TestHouse.run { house in
            for (quality, count) in [(Quality.high, 3), (.medium, 2), (.low, 1)] {
                for waits in [false, true] {
                    let group = try await house.accept(
                        try house.submission(
                            fingerprint: [UInt8(count), waits ? 1 : 0], waits: waits, quality: quality))
                    let name = try #require(RequestIdentifier(group.reference.text))
                    let record = try #require(try await house.store.request(name, for: .service))
                    let order = try DrawingOrder(payload: try #require(record.payload))
                    #expect(order.previewCount == (waits ? 0 : count), "\(quality)")
                }
            }
        }
    }

    @Test("What is turned away leaves nothing behind but the request's count")
    func refused() async throws {
        try await TestHouse.run { house in
            house.setDevice(rows: 0)
            let outcome = try await house.core.generation.submit(try house.submission())
            guard case .refused(let refusal, let standing) = outcome else { throw Unexpected() }
            #expect(refusal.reason == .noDevice)
            #expect(standing?.requests.remaining == TestHouse.plan.requestsPerMinute - 1)
            #expect(house.deskState == (0, 0))
            #expect(house.usage().picturesOpen == 0)
        }
    }

    @Test("A request whose payload the store refuses is taken back")
    func takenBack() async throws {
        try await TestHouse.run { house in
            // More than any encoder takes, which only the worker's room checks.
            await #expect(throws: WorkerError.self) {
                _ = try await house.core.generation.submit(try house.submission(compression: 1_000))
            }
            #expect(house.deskState == (0, 0))
            #expect(house.usage().picturesOpen == 0)
            #expect(house.usage().pictures(on: house.day) == 0)
            #expect(house.core.stored.waiters.count == 0)
        }
    }

    @Test("The same key and request give the first's pictures; another request under it is refused")
    func idempotency() async throws {
        try await TestHouse.run { house in
            let first = try await house.accept(try house.submission(key: "k"))
            let second = try await house.accept(try house.submission(key: "k"))
            #expect(second.isRepeated)
            #expect(second.reference == first.reference)
            #expect(house.deskState == (1, 0))
            let other = try await house.core.generation.submit(
                try house.submission(key: "k", fingerprint: [2]))
            guard case .keyReused = other else { throw Unexpected() }
        }
    }

    @Test("The same request without a key joins the first until that is over; another caller's never does")
    func repeats() async throws {
        try await TestHouse.run { house in
            let first = try await house.accept(try house.submission(fingerprint: [7]))
            let second = try await house.accept(try house.submission(fingerprint: [7]))
            #expect(!first.isRepeated && second.isRepeated && second.reference == first.reference)
            #expect(house.deskState == (1, 0) && house.usage().picturesOpen == 1)
            for (name, submission) in [
                ("another request", try house.submission(fingerprint: [8])),
                ("under a name", try house.submission(key: "k", fingerprint: [7])),
                (
                    "a stranger",
                    try house.submission(
                        caller: Caller(id: "visitor:other", plan: TestHouse.plan), fingerprint: [7])
                ),
            ] {
                #expect(try await house.accept(submission).isRepeated == false, "\(name)")
            }
            // One of the two who wait leaves: the other still gets the picture. Both leave: it is cancelled, and asked
            // for again it is drawn anew.
            await house.core.generation.leave(first.reference, of: house.caller)
            #expect(
                try await house.accept(try house.submission(fingerprint: [7])).reference == first.reference)
            for _ in 0..<2 { await house.core.generation.leave(first.reference, of: house.caller) }
            let third = try await house.accept(try house.submission(fingerprint: [7]))
            #expect(!third.isRepeated && third.reference != first.reference)
        }
    }

    @Test("A repeat that comes after a restart joins what was accepted before")
    func repeatAfterRestart() async throws {
        try await withServiceFolder { folder in
            let clock = ManualClock()
            var first: JobReference?
            try await TestHouse.open(folder, clock) { house in
                first = try await house.accept(try house.submission(fingerprint: [7])).reference
            }
            try await TestHouse.open(folder, clock) { house in
                let again = try await house.accept(try house.submission(fingerprint: [7]))
                #expect(again.isRepeated && again.reference == first)
                try await house.deliver(try #require(try await house.lease(1).first))
                #expect(try await house.accept(try house.submission(fingerprint: [7])).isRepeated == false)
            }
        }
    }

    @Test("Many at once under one key are one request")
    func concurrentRepeats() async throws {
        try await TestHouse.run { house in
            let references = try await withThrowingTaskGroup(of: JobReference.self) { tasks in
                for _ in 0..<16 {
                    tasks.addTask { try await house.accept(try house.submission(key: "k")).reference }
                }
                return try await tasks.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(references.count == 1)
            #expect(house.deskState == (1, 0))
            #expect(house.usage().picturesOpen == 1)
        }
    }

    @Test("A visitor's address is counted beside its cookie, so that a new cookie buys no new day")
    func address() async throws {
        let plan = Plan(name: "visitor", picturesPerDay: 2, picturesAtOnce: 2, longestWaitSeconds: 3600)
        try await TestHouse.run(plan: plan) { house in
            var taken = 0
            var reasons: Set<Refusal.Reason> = []
            for number in 0..<12 {
                let visitor = Caller(id: "visitor:v\(number)", sharedAccount: "address:a", plan: plan)
                switch try await house.core.generation.submit(try house.submission(caller: visitor)) {
                case .accepted: taken += 1
                case .refused(let refusal, _): reasons.insert(refusal.reason)
                default: throw Unexpected()
                }
            }
            #expect(taken == 2 * SharedDesk.State.addressFactor)
            #expect(reasons == [.picturesPerDay])
        }
    }

    @Test("A service that stops takes nothing")
    func stopping() async throws {
        try await TestHouse.run { house in
            house.core.stop()
            guard case .unavailable = try await house.core.generation.submit(try house.submission()) else {
                throw Unexpected()
            }
            #expect(await house.core.generation.readiness().isReady == false)
        }
    }

    @Test("After a restart the line, the open pictures and the numbers are as before")
    func restart() async throws {
        try await withServiceFolder { folder in
            let clock = ManualClock()
            var first: JobReference?
            try await TestHouse.open(folder, clock) { house in
                first = try await house.accept(try house.submission(count: 3)).reference
                _ = try await house.lease(1)
            }
            try await TestHouse.open(folder, clock) { house in
                #expect(house.deskState == (2, 1))
                let group = try await house.accept(try house.submission())
                #expect(house.usage().picturesOpen == 4)
                guard case .waiting(let waiting) = group.jobs[0].state else { throw Unexpected() }
                #expect(waiting.place == 3)
                let jobs = try await house.core.generation.jobs(try #require(first), of: house.caller)
                #expect(jobs?.count == 3)
            }
            // A picture that is done before its caller asks again finds the caller's account, not a stranger's.
            try await TestHouse.open(folder, clock) { house in
                try await house.deliver(try #require(try await house.lease(1).first))
                #expect(house.usage().picturesOpen == 3)
                #expect(house.usage().pictures(on: house.day) == 4)
            }
        }
    }
}

/// Something that a test had ruled out.
struct Unexpected: Error {}

extension TestHouse {
    var day: Int64 { clock.now.microseconds / 86_400_000_000 }
}
