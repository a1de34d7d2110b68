import Serving
import Stores
import Testing

@Suite struct DeskTests {
    static let now = Samples.start
    static let plan = Plan(
        name: "test", requestsPerMinute: 1000, picturesAtOnce: 100, longestWaitSeconds: 3600)

    @Test("A desk made from the store goes on where the one before it was killed")
    func restored() async throws {
        try await withStore { store, samples in
            var desk = try AdmissionDesk(memory: Samples.memory())
            desk.capacity.set("device", .init(rows: 2))
            var account = CallerAccount()
            var revision: Int64 = 0
            for _ in 0..<6 {
                let order = PictureOrder(shape: Samples.shape, count: 2)
                guard
                    case .accepted(let admission) = desk.decide(
                        order, plan: Self.plan, account: &account, at: Self.now)
                else {
                    Issue.record("turned away")
                    return
                }
                revision += 1
                let request = NewRequest(
                    id: RequestIdentifier(at: Self.now, using: &samples.generator), caller: Samples.caller(0),
                    alsoCountedTo: .address(hash: "a1"), payload: [],
                    jobs: admission.jobs.map {
                        NewRequest.Job(
                            id: JobIdentifier(at: Self.now, using: &samples.generator), shape: Samples.shape,
                            terms: $0)
                    })
                let record = AccountRecord(caller: Samples.caller(0), account: account, revision: revision)
                let checkpoint = DeskCheckpoint(desk.memory, revision: revision)
                _ = try await store.accept(request, at: Self.now) {
                    try $0.save([record])
                    try $0.save(checkpoint)
                }
            }
            let leased = try await store.take(3)
            for job in leased { desk.began(job.job.terms) }

            let stored = try await store.desk()
            #expect(stored.memory == nil)
            #expect(stored.heldCount == 3)
            #expect(stored.revision == revision)
            #expect(stored.openJobs == [Samples.caller(0): 12, .address(hash: "a1")!: 12])
            let again = try AdmissionDesk(
                memory: stored.memory(orFresh: Samples.memory()), waiting: stored.waiting,
                drawingCount: stored.heldCount)
            #expect(again.queue.count == desk.queue.count)
            #expect(abs(again.queue.workSeconds - desk.queue.workSeconds) < 1e-9)
            #expect(again.drawingCount == desk.drawingCount)
            #expect(again.memory.nextNumber == desk.memory.nextNumber)
            #expect(try await store.account(of: Samples.caller(0))?.account == account)
        }
    }

    @Test("The whole memory comes back as it was, at the newest checkpoint")
    func memory() async throws {
        try await withStore { store, samples in
            var memory = try Samples.memory()
            memory.prices.observeStep(Samples.shape, evaluations: 2, seconds: 0.37, speed: 1)
            memory.nextNumber = 17
            try await store.save(memory, revision: 3)
            let kept = try await store.desk()
            #expect(kept.memory == memory)
            #expect(try kept.memory(orFresh: Samples.memory()) == memory)
            var later = memory
            later.nextNumber = 40
            later.clock.began(tag: 9, workSeconds: 1, weight: 1)
            let checkpoint = DeskCheckpoint(later, revision: 5)
            _ = try await store.accept(try samples.request(), at: Self.now) { try $0.save(checkpoint) }
            #expect(try await store.desk().memory(orFresh: Samples.memory()) == later)
        }
    }

    @Test("Where states are written out of their order, the newest stays")
    func revisions() async throws {
        try await withStore { store, samples in
            let caller = Samples.caller(1)
            let desk = try Samples.memory()
            for revision in [2, 5, 1, 4, 5, 3] as [Int64] {
                var account = CallerAccount()
                Limits.open(pictures: Int(revision), &account.usage, at: Self.now)
                var memory = desk
                memory.nextNumber = UInt64(revision)
                let record = AccountRecord(caller: caller, account: account, revision: revision)
                let checkpoint = DeskCheckpoint(memory, revision: revision)
                _ = try await store.accept(try samples.request(), at: Self.now) {
                    try $0.save([record])
                    try $0.save(checkpoint)
                }
            }
            let kept = try #require(try await store.account(of: caller))
            #expect(kept.revision == 5)
            #expect(kept.account.usage.picturesOpen == 5)
            #expect(try await store.desk().checkpoint?.nextNumber == 5)
            #expect(try await store.account(of: Samples.caller(9)) == nil)
        }
    }
}
