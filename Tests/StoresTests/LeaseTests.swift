import Serving
import Stores
import TestSupport
import Testing

@Suite struct LeaseTests {
    static let now = Samples.start

    @Test("Workers get the smallest places they can draw", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) async throws {
        try await withStore(seed: seed) { store, samples in
            var expected: [(place: QueuePlace, id: JobIdentifier)] = []
            let models = ["hanji", "sd15", "flux"]
            for index in 0..<60 {
                let model = models[index % 3]
                let tag = Double(Int.random(in: -5...5, using: &samples.generator))
                let request = try samples.request(
                    tags: [tag, tag], shape: PictureShape(model: model, width: 64, height: 64))
                _ = try await store.accept(request, at: Self.now)
                guard model != "flux" else { continue }
                expected += request.jobs.map { ($0.terms.place, $0.id) }
            }
            expected.sort { $0.place < $1.place }
            var got: [JobIdentifier] = []
            while case let leased = try await store.lease(
                for: "worker", models: ["hanji", "sd15"], count: 7, until: Self.now + 60, at: Self.now),
                !leased.isEmpty
            {
                got += leased.map(\.job.id)
            }
            #expect(got == expected.map(\.id), "seed \(seed)")
            #expect(
                try await store.lease(
                    for: "worker", models: [], count: 7, until: Self.now + 60, at: Self.now
                ).isEmpty)
        }
    }

    @Test("A planner chooses among the smallest places, and offsets that are none are ignored")
    func choosing() async throws {
        try await withStore { store, samples in
            let request = try samples.request(tags: [4, 3, 2, 1], tiers: [.full, .turbo, .quick, .standard])
            _ = try await store.accept(request, at: Self.now)
            let leased = try await store.lease(
                for: "worker", models: ["hanji"], lookAhead: 3, until: Self.now + 60, at: Self.now
            ) { waiting in
                #expect(waiting.map(\.place.tag) == [1, 2, 3])
                #expect(waiting.map(\.tier) == [.standard, .quick, .turbo])
                #expect(waiting.allSatisfy { $0.shape == Samples.shape && !$0.isLight })
                return [2, 2, -1, 99, 0]
            }
            #expect(leased.map(\.job.terms.place.tag) == [3, 1])
            let next = try await store.take(4)
            #expect(next.map(\.job.terms.place.tag) == [2, 4])
        }
    }

    @Test("Workers that ask at once never get the same job")
    func contention() async throws {
        try await withStore { store, samples in
            var ids: Set<JobIdentifier> = []
            for _ in 0..<20 {
                let request = try samples.request(tags: [1, 2, 3, 4, 5])
                ids.formUnion(request.jobs.map(\.id))
                _ = try await store.accept(request, at: Self.now)
            }
            let taken = try await withThrowingTaskGroup(of: [JobIdentifier].self) { group in
                for number in 0..<8 {
                    group.addTask {
                        var mine: [JobIdentifier] = []
                        while case let leased = try await store.take(3, worker: "worker-\(number)"),
                            !leased.isEmpty
                        {
                            mine += leased.map(\.job.id)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == ids.count)
            #expect(Set(taken) == ids)
        }
    }

    @Test("Many accept, draw and cancel at once, and each job ends once", arguments: [11, 12] as [UInt64])
    func everythingAtOnce(seed: UInt64) async throws {
        try await withStore(seed: seed) { store, samples in
            var requests: [NewRequest] = []
            for _ in 0..<40 { requests.append(try samples.request(tags: [1, 2, 3])) }
            let toAccept = requests
            let storedCount = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for request in toAccept { _ = try await store.accept(request, at: Self.now) }
                    return 0
                }
                group.addTask {
                    var samples = Samples(seed: seed &+ 50)
                    for request in toAccept where Bool.random(using: &samples.generator) {
                        _ = try await store.cancel(request.id, for: .service, at: Self.now)
                    }
                    return 0
                }
                for number in 0..<4 {
                    group.addTask {
                        var samples = Samples(seed: seed &+ 100 &+ UInt64(number))
                        var stored = 0
                        for _ in 0..<60 {
                            for job in try await store.take(2, worker: "worker-\(number)") {
                                let outcome = try await store.deliver(job.lease, as: samples.picture())
                                if case .stored = outcome { stored += 1 }
                            }
                        }
                        return stored
                    }
                }
                return try await group.reduce(0, +)
            }
            var states: [JobState: Int] = [:]
            for request in requests {
                let found = try #require(try await store.request(request.id, for: .service))
                for job in found.jobs { states[job.state, default: 0] += 1 }
                #expect((found.finished != nil) == found.jobs.allSatisfy { $0.state.isFinal })
            }
            #expect(states.values.reduce(0, +) == 120)
            #expect(states[.done] == storedCount, "seed \(seed)")
            #expect(states[.leased] == nil)
            try await store.checkIntegrity()
        }
    }

    @Test("A dead worker's jobs go back to their places, and fail once too many workers were lost")
    func lapsed() async throws {
        try await withStore(StoreSettings(attemptLimit: 2)) { store, samples in
            let request = try samples.request(tags: [5])
            _ = try await store.accept(request, at: Self.now)
            var now = Self.now
            #expect(try await store.sweepLeases(at: now) == LeaseSweep())
            _ = try await store.take(at: now)
            var returned: [JobRecord] = []
            while returned.isEmpty {
                now = now + 10
                returned = try await store.sweepLeases(at: now).returned
            }
            #expect(now == Self.now + 60)
            #expect(returned.map(\.state) == [.queued] && returned[0].failedAttempts == 1)
            #expect(returned[0].terms == request.jobs[0].terms)
            _ = try await store.take(at: now)
            var failed: [JobRecord] = []
            while failed.isEmpty {
                now = now + 10
                failed = try await store.sweepLeases(at: now) { job in
                    EventDraft(kind: "failed", data: Array(job.failure!.code.utf8))
                }.failed
            }
            #expect(failed[0].failure == .workerLost)
            let page = try #require(try await store.events(of: request.id, after: 0, limit: 9))
            #expect(page.events.map(\.kind) == ["failed"] && page.isFinished)
        }
    }

    @Test(
        "A clock that is set ends no lease of a worker that is alive", arguments: [3600.0, -3600, 1e8, -1e8])
    func clockSteps(step: Double) async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            _ = try await store.sweepLeases(at: Self.now)
            let lease = try await store.take()[0].lease
            var now = Self.now + 5
            _ = try await store.sweepLeases(at: now)
            now = now + step
            // The worker renews at the same pace as ever, after the sweep each time.
            for _ in 0..<20 {
                #expect(try await store.sweepLeases(at: now).returned.isEmpty)
                let lost = try await store.renew([LeaseReport(lease: lease)], until: now + 60, at: now)
                #expect(lost == [])
                now = now + 10
            }
            // Then it dies; its lease ends a term later whichever way the clock went.
            var sweeps = 0
            while try await store.sweepLeases(at: now).returned.isEmpty, sweeps < 20 {
                sweeps += 1
                now = now + 10
            }
            #expect(sweeps <= 7)
        }
    }

    @Test("A clock set back keeps no dead worker's job for longer than a term")
    func setBackWithoutWorker() async throws {
        try await withStore(StoreSettings(longestLeaseSeconds: 60)) { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            _ = try await store.take()
            var now = Self.now + -1e6
            var sweeps = 0
            while try await store.sweepLeases(at: now).returned.isEmpty, sweeps < 100 {
                sweeps += 1
                now = now + 10
            }
            #expect(sweeps == 6)
        }
    }

    @Test("A restart takes back what the worker held, and blames it only for what was being drawn")
    func released() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(tags: [1, 2, 3]), at: Self.now)
            let mine = try await store.take(2, worker: "mine")
            _ = try await store.take(1, worker: "other")
            let report = LeaseReport(lease: mine[0].lease, progress: JobProgress(step: 1, stepCount: 9))
            _ = try await store.renew([report], until: Self.now + 60, at: Self.now)
            let sweep = try await store.release(worker: "mine", at: Self.now)
            #expect(sweep.failed.isEmpty)
            let attempts = Dictionary(uniqueKeysWithValues: sweep.returned.map { ($0.id, $0.failedAttempts) })
            #expect(attempts == [mine[0].job.id: 1, mine[1].job.id: 0])
            #expect(try await store.desk().heldCount == 1)
        }
    }

    @Test("No lease reaches further than the longest term")
    func longest() async throws {
        try await withStore(StoreSettings(longestLeaseSeconds: 30)) { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            let leased = try await store.lease(
                for: "worker", models: ["hanji"], count: 1, until: Self.now + 1e9, at: Self.now)
            #expect(leased[0].lease.end == Self.now + 30)
            for name in ["", String(repeating: "w", count: 201)] {
                let refused = await code { _ = try await store.take(worker: name) }
                #expect(refused == .invalidArgument)
            }
        }
    }

    @Test("Those who wait for jobs are woken when one comes")
    func wakeUps() async throws {
        try await withStore { store, samples in
            var signals = store.jobsWaiting().makeAsyncIterator()
            await signals.next()
            #expect(try await store.take().isEmpty)
            _ = try await store.accept(try samples.request(), at: Self.now)
            await signals.next()
            let lease = try #require(try await store.take().first).lease
            _ = try await store.giveBack([lease], at: Self.now)
            await signals.next()
            #expect(try await store.take().count == 1)
        }
    }
}
