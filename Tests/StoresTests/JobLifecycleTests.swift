import Serving
import Stores
import Testing

@Suite struct JobLifecycleTests {
    static let now = Samples.start

    @Test("What was accepted is there after the store was closed and opened again")
    func acceptedIsWritten() async throws {
        try await withDataFolder { folder in
            var samples = Samples(seed: 7)
            let request = try samples.request(tags: [0.1, 2.5, 1e300])
            let first = try SQLiteStore(folder: folder)
            #expect(try await first.accept(request, at: Self.now) == .accepted)
            try first.close()
            let second = try SQLiteStore(folder: folder)
            let found = try #require(try await second.request(request.id, for: .service))
            #expect(found.jobs.map(\.id) == request.jobs.map(\.id))
            #expect(found.jobs.map(\.terms) == request.jobs.map(\.terms))
            #expect(found.jobs.map(\.position) == [0, 1, 2])
            #expect(found.jobs.allSatisfy { $0.state == .queued && $0.shape == Samples.shape })
            #expect(found.payload == request.payload)
            #expect(found.accepted == Self.now)
            #expect(found.finished == nil)
            try second.close()
        }
    }

    @Test("A job goes from the line to its picture, and its request is over with the last one")
    func delivered() async throws {
        try await withStore { store, samples in
            let request = try samples.request(tags: [2, 1])
            _ = try await store.accept(request, at: Self.now)
            let leased = try await store.take(2)
            #expect(leased.map(\.job.id) == [request.jobs[1].id, request.jobs[0].id])
            #expect(leased.allSatisfy { $0.payload == request.payload && $0.job.state == .leased })
            let reports = leased.map {
                LeaseReport(lease: $0.lease, progress: JobProgress(step: 3, stepCount: 20))
            }
            #expect(try await store.renew(reports, until: Self.now + 90, at: Self.now + 1) == [])
            let drawing = try #require(try await store.job(leased[0].job.id, for: .service))
            #expect(drawing.state == .drawing)
            #expect(drawing.progress == JobProgress(step: 3, stepCount: 20))
            #expect(drawing.leaseEnd == Self.now + 90)
            let picture = samples.picture()
            let outcome = try await store.deliver(leased[0].lease, as: picture, at: Self.now + 2)
            guard case .stored(let done, wasHeld: true) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(done.state == .done && done.picture == picture && done.worker == nil)
            #expect(try await store.request(request.id, for: .service)?.finished == nil)
            _ = try await store.deliver(leased[1].lease, as: samples.picture(), at: Self.now + 3)
            #expect(try await store.request(request.id, for: .service)?.finished == Self.now + 3)
            #expect(try await store.take(5).isEmpty)
        }
    }

    @Test("A second delivery of the same lease changes nothing and leaves no file")
    func deliveredTwice() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            let lease = try await store.take()[0].lease
            let (first, second) = (samples.picture(), samples.picture())
            _ = try await store.deliver(lease, as: first)
            let outcome = try await store.deliver(lease, as: second)
            guard case .alreadyDelivered(let job) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(job.picture == first)
            #expect(try await store.picture(second, for: .service, at: Self.now) == nil)
            #expect(try await store.pictures(of: job.caller, before: nil, limit: 9, at: Self.now).count == 1)
            #expect(allBytes(in: store.folder + "/pictures").filter { $0 == [1, 2, 3] }.count == 1)
        }
    }

    @Test("A worker whose job went to another delivers nothing, and nothing beside it is written")
    func fenced() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            let slow = try await store.take(worker: "slow")[0].lease
            _ = try await store.release(worker: "slow", at: Self.now)
            let quick = try await store.take(worker: "quick")[0].lease
            #expect(quick.number == slow.number + 1)
            let picture = try await store.write(
                [9], as: samples.picture(), mediaType: "image/png", until: nil)
            let outcome = try await store.complete(slow, picture: picture, event: nil, at: Self.now) { _, _ in
                Issue.record("charged for a picture that was thrown away")
            }
            #expect(outcome == .lost)
            #expect(
                try await store.renew([LeaseReport(lease: slow)], until: Self.now, at: Self.now) == [slow])
            #expect(try await store.giveBack([slow], at: Self.now).isEmpty)
            let failure = JobFailure(code: "x", message: "y")
            #expect(try await store.fail(slow, failure, mayRetry: false, at: Self.now) == .lost)
            let stored = try await store.deliver(quick, as: samples.picture())
            guard case .stored = stored else {
                Issue.record("\(stored)")
                return
            }
        }
    }

    @Test("A picture that comes after its lease lapsed is taken while nobody else has begun")
    func lateButFirst() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            let lease = try await store.take()[0].lease
            _ = try await store.sweepLeases(at: Self.now + 70)
            #expect(
                try await store.sweepLeases(at: Self.now + 80).returned.isEmpty, "a first sweep gives a term")
            for second in stride(from: 90.0, through: 200, by: 10) {
                _ = try await store.sweepLeases(at: Self.now + second)
            }
            #expect(try await store.job(lease.job, for: .service)?.state == .queued)
            let outcome = try await store.deliver(lease, as: samples.picture())
            guard case .stored(_, wasHeld: false) = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    @Test("What is written beside a change is kept with it or not at all")
    func alongside() async throws {
        struct Refusal: Error {}
        try await withStore { store, samples in
            let request = try samples.request()
            let account = AccountRecord(caller: request.caller, account: CallerAccount(), revision: 1)
            let failed = await code {
                _ = try await store.accept(request, at: Self.now) {
                    try $0.save([account])
                    throw Refusal()
                }
            }
            #expect(failed == .transactionRefused)
            #expect(try await store.account(of: request.caller) == nil)
            #expect(try await store.request(request.id, for: .service) == nil)
            _ = try await store.accept(request, at: Self.now) { try $0.save([account]) }
            #expect(try await store.account(of: request.caller) == account)
            let lease = try await store.take()[0].lease
            let picture = try await store.write(
                [9], as: samples.picture(), mediaType: "image/png", until: nil)
            let refused = await code {
                _ = try await store.complete(lease, picture: picture, event: nil, at: Self.now) { _, _ in
                    throw Refusal()
                }
            }
            #expect(refused == .transactionRefused)
            #expect(try await store.job(lease.job, for: .service)?.state == .leased)
            #expect(try await store.picture(picture.id, for: .service, at: Self.now) == nil)
            guard case .stored = try await store.complete(lease, picture: picture, at: Self.now) else {
                Issue.record("the picture of a refused transaction cannot be delivered again")
                return
            }
        }
    }

    @Test("A job that fails waits again at its place until it was tried often enough")
    func retried() async throws {
        try await withStore(StoreSettings(attemptLimit: 3)) { store, samples in
            let request = try samples.request(tags: [5])
            _ = try await store.accept(request, at: Self.now)
            let failure = JobFailure(code: "device_error", message: "The device stopped.")
            for _ in 0..<2 {
                let lease = try await store.take()[0].lease
                guard
                    case .queued(let job) = try await store.fail(lease, failure, mayRetry: true, at: Self.now)
                else {
                    Issue.record("not tried again")
                    return
                }
                #expect(job.terms.place == request.jobs[0].terms.place)
            }
            let lease = try await store.take()[0].lease
            guard case .failed(let job) = try await store.fail(lease, failure, mayRetry: true, at: Self.now)
            else {
                Issue.record("tried a fourth time")
                return
            }
            #expect(job.failure == failure && job.failedAttempts == 3 && job.state == .failed)
            #expect(try await store.request(request.id, for: .service)?.finished == Self.now)
        }
    }

    @Test("What cannot be drawn is not tried again, and what is given back costs no attempt")
    func notRetried() async throws {
        try await withStore(StoreSettings(attemptLimit: 2)) { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            for _ in 0..<5 {
                let given = try await store.giveBack([store.take()[0].lease], at: Self.now)
                #expect(given.map(\.state) == [.queued])
                #expect(given.map(\.failedAttempts) == [0])
            }
            let lease = try await store.take()[0].lease
            let failure = JobFailure(code: "bad_photo", message: "The photo cannot be read.")
            guard case .failed = try await store.fail(lease, failure, mayRetry: false, at: Self.now) else {
                Issue.record("tried again")
                return
            }
        }
    }

    @Test("Cancelling ends what is open, tells the worker, and is for the owner alone")
    func cancelled() async throws {
        try await withStore { store, samples in
            let request = try samples.request(tags: [1, 2, 3], caller: 4)
            _ = try await store.accept(request, at: Self.now)
            let leased = try await store.take(2)
            _ = try await store.deliver(leased[0].lease, as: samples.picture())
            let stranger = Viewer.caller(Samples.caller(5))
            #expect(try await store.cancel(request.id, for: stranger, at: Self.now) == nil)
            #expect(try await store.request(request.id, for: stranger) == nil)
            #expect(try await store.job(request.jobs[0].id, for: stranger) == nil)
            let owner = Viewer.caller(Samples.caller(4))
            let one = try await store.cancel(request.id, only: request.jobs[2].id, for: owner, at: Self.now)
            #expect(one?.map(\.job.id) == [request.jobs[2].id])
            #expect(one?.map(\.wasHeld) == [false])
            let rest = try #require(try await store.cancel(request.id, for: owner, at: Self.now + 1))
            #expect(rest.map(\.job.id) == [request.jobs[1].id])
            #expect(rest.map(\.wasHeld) == [true])
            #expect(try await store.cancel(request.id, for: owner, at: Self.now) == [])
            let lost = try await store.renew(
                leased.map { LeaseReport(lease: $0.lease) }, until: Self.now + 60, at: Self.now)
            #expect(lost == leased.map(\.lease))
            #expect(try await store.deliver(leased[1].lease, as: samples.picture()) == .lost)
            let found = try #require(try await store.request(request.id, for: owner))
            #expect(found.jobs.map(\.state) == [.done, .cancelled, .cancelled])
            #expect(found.finished == Self.now + 1)
        }
    }

    @Test("Requests that break a rule are refused, and their text is not told")
    func refusals() async throws {
        try await withStore { store, samples in
            let good = try samples.request()
            _ = try await store.accept(good, at: Self.now)
            let large = String(repeating: "가", count: NewRequest.largestPayloadBytes / 3 + 1)
            let sameJob = NewRequest(
                id: RequestIdentifier(at: Self.now, using: &samples.generator), caller: good.caller,
                payload: [], jobs: good.jobs)
            let table: [(String, NewRequest)] = [
                ("the same name again", good), ("another request's job", sameJob),
                ("no jobs", try samples.request(tags: [])),
                ("too large", try samples.request(payload: large)),
                ("an endless tag", try samples.request(tags: [.infinity])),
                (
                    "a long key",
                    try samples.request(
                        idempotencyKey: .init(
                            text: String(repeating: "k", count: 256), requestDigest: [1], end: Self.now))
                ),
            ]
            for (name, request) in table {
                let error = await #expect(throws: StoresError.self, "\(name)") {
                    _ = try await store.accept(request, at: Self.now)
                }
                #expect(error?.code == .invalidArgument, "\(name)")
                #expect(error.map { !$0.message.contains("가") && !$0.message.contains("소년") } ?? false)
            }
            #expect(try await store.requests(of: good.caller, before: nil, limit: 10).count == 1)
        }
    }

    @Test("A caller's requests are read page by page, newest first")
    func pages() async throws {
        try await withStore { store, samples in
            var names: [RequestIdentifier] = []
            for _ in 0..<5 {
                let request = try samples.request()
                names.append(request.id)
                _ = try await store.accept(request, at: Self.now)
            }
            names.sort { $0.text > $1.text }
            let first = try await store.requests(of: Samples.caller(0), before: nil, limit: 3).map(\.id)
            let rest = try await store.requests(of: Samples.caller(0), before: first.last, limit: 3).map(\.id)
            #expect(first + rest == names)
            #expect(try await store.requests(of: Samples.caller(1), before: nil, limit: 3).isEmpty)
        }
    }
}
