import Images
import Serving
import Stores
import TestSupport
import Testing

@testable import Worker

/// Orders that cannot be drawn, devices that fail, disks that are full, workers that stop.
@Suite struct TroubleTests {
    // MARK: orders

    struct BadOrder: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let payload: @Sendable () throws -> [UInt8]
    }

    @Test(
        "An order that cannot be drawn fails at once, once, with a reason, and holds up nobody",
        arguments: [
            BadOrder(testDescription: "garbage", code: "invalid_request") { Array("garbage".utf8) },
            BadOrder(testDescription: "another size than its job", code: "invalid_request") {
                try DrawingOrder.sample(1, shape: PictureShape(model: "hanji", width: 8, height: 8)).payload()
            },
            BadOrder(testDescription: "a photo that is gone", code: "photo_missing") {
                var order = DrawingOrder.sample(1)
                var generator = SeededGenerator(seed: 9)
                order.photo = .init(
                    PictureIdentifier(at: ManualClock.start, using: &generator), strength: 0.5)
                return try order.payload()
            },
        ])
    func badOrder(_ bad: BadOrder) async throws {
        try await withFloor { floor in
            let request = try await floor.accept(payload: bad.payload())
            let good = try await floor.accept(.sample(2), tag: 1)
            try await floor.running(floor.worker()) {
                try await eventually("good") { try await floor.jobs(good)[0].state == .done }
                try await eventually("bad") { try await floor.jobs(request)[0].state == .failed }
            }
            let job = try await floor.jobs(request)[0]
            #expect(job.failure?.code == bad.code)
            #expect(job.leaseCount == 1)
            #expect(try await floor.notices(request).map(\.change) == [.failed(try #require(job.failure))])
            floor.observer.notes.withLock { notes in
                #expect(notes.ended.contains { $0.job == job.id && $0.ending == .failed })
                #expect(notes.settled.contains(job.id))
            }
        }
    }

    @Test(
        "A photo is drawn over by whoever sent it, and is gone for everybody else", arguments: [true, false])
    func photo(isOwn: Bool) async throws {
        try await withFloor { floor in
            let bytes = try Picture(width: 8, height: 8, filledWith: .black).encoded(as: .png())
            var generator = SeededGenerator(seed: 11)
            let id = PictureIdentifier(at: floor.clock.now, using: &generator)
            let written = try await floor.store.write(bytes, as: id, mediaType: "image/png", until: nil)
            let owner = isOwn ? Floor<ScriptedEngine>.caller : .visitor("stranger")!
            _ = try await floor.store.keep(
                written, as: .upload, of: owner, request: nil, at: floor.clock.now)
            var order = DrawingOrder.sample(1)
            order.photo = .init(id, strength: 0.5)
            let request = try await floor.accept(order)
            try await floor.running(floor.worker()) {
                try await eventually("over") { try await floor.jobs(request)[0].state.isFinal }
            }
            #expect(try await floor.jobs(request)[0].state == (isOwn ? .done : .failed))
        }
    }

    /// What is kept as an upload of a caller.
    private func keep(
        _ bytes: [UInt8], seed: UInt64, of owner: CallerIdentifier, in floor: Floor<ScriptedEngine>
    ) async throws -> PictureIdentifier {
        var generator = SeededGenerator(seed: seed)
        let id = PictureIdentifier(at: floor.clock.now, using: &generator)
        let written = try await floor.store.write(bytes, as: id, mediaType: "image/png", until: nil)
        _ = try await floor.store.keep(written, as: .upload, of: owner, request: nil, at: floor.clock.now)
        return id
    }

    @Test(
        "A mask is read with its photo; a stranger's, one that is gone and one that tells nothing fail the job",
        arguments: [nil, "photo_missing", "invalid_photo"] as [String?], [true, false])
    func mask(failure: String?, isStrangers: Bool) async throws {
        try await withFloor { floor in
            let caller = Floor<ScriptedEngine>.caller
            let picture = try Picture(width: 1, height: 1, filledWith: .black).encoded(as: .png())
            var order = DrawingOrder.sample(1)
            let photo = try await keep(picture, seed: 1, of: caller, in: floor)
            let bytes = failure == "invalid_photo" ? picture : transparentPixel
            let isOwn = failure != "photo_missing" || !isStrangers
            var mask = try await keep(bytes, seed: 2, of: isOwn ? caller : .visitor("stranger")!, in: floor)
            if failure == "photo_missing", !isStrangers {
                var generator = SeededGenerator(seed: 3)
                mask = PictureIdentifier(at: floor.clock.now, using: &generator)
            }
            order.photo = .init(photo, strength: 0.5, mask: mask)
            let request = try await floor.accept(order)
            try await floor.running(floor.worker()) {
                try await eventually("over") { try await floor.jobs(request)[0].state.isFinal }
            }
            let job = try await floor.jobs(request)[0]
            #expect(job.state == (failure == nil ? .done : .failed))
            #expect(job.failure?.code == failure)
        }
    }

    // MARK: the device

    @Test("A step that fails gives its jobs back, and they are drawn again from the beginning")
    func failingStep() async throws {
        try await withFloor { floor in
            let request = try await floor.accept(.sample(1, 2))
            floor.engine.fail(.step)
            try await floor.running(floor.worker()) {
                try await eventually("done") {
                    floor.clock.advance(by: 1)
                    return try await floor.jobs(request).allSatisfy { $0.state == .done }
                }
            }
            for (job, seed) in zip(try await floor.jobs(request), UInt64(1)...) {
                #expect(job.failedAttempts == 1)
                #expect(try await floor.picture(job.picture) == ScriptedEngine.picture(seed: seed, steps: 6))
            }
            #expect(Set(floor.observer.notes.withLock { $0.returned }) == Set(request.jobs.map(\.id)))
        }
    }

    @Test("A job that fails as often as may be tried fails for good, and its caller is told")
    func failingForGood() async throws {
        try await withFloor(store: StoreSettings(attemptLimit: 3)) { floor in
            let request = try await floor.accept(.sample(1))
            floor.engine.fail(.step, .step, .step)
            try await floor.running(floor.worker()) {
                try await eventually("failed") {
                    floor.clock.advance(by: 5)
                    return try await floor.jobs(request)[0].state == .failed
                }
                let next = try await floor.accept(.sample(2))
                try await eventually("the device draws again") {
                    floor.clock.advance(by: 5)
                    return try await floor.jobs(next)[0].state == .done
                }
            }
            #expect(try await floor.jobs(request)[0].failure?.code == "device_failed")
            #expect(floor.observer.notes.withLock { $0.ended.first?.ending } == .failed)
        }
    }

    @Test(
        "A picture that cannot be decoded concerns no other",
        arguments: [ScriptedEngine.Failure.finish, .join])
    func failingPicture(_ failure: ScriptedEngine.Failure) async throws {
        try await withFloor { floor in
            let request = try await floor.accept(.sample(1, 2, 3))
            floor.engine.fail(failure)
            try await floor.running(floor.worker()) {
                try await eventually("done") {
                    try await floor.jobs(request).allSatisfy { $0.state == .done }
                }
            }
            #expect(try await floor.jobs(request).map(\.failedAttempts).sorted() == [0, 0, 1])
        }
    }

    @Test("Where there is no room for a larger batch, the one there is goes on, and nobody is blamed")
    func noRoom() async throws {
        try await withFloor(hasGate: true) { floor in
            let first = try await floor.accept(.sample(1))
            try await floor.running(floor.worker()) {
                try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
                floor.engine.fail(.room)
                let second = try await floor.accept(.sample(2), tag: 1)
                try await eventually("leased") { floor.observer.notes.withLock { $0.taken.count } == 2 }
                floor.engine.open()
                try await eventually("both") {
                    try await (floor.jobs(first) + floor.jobs(second)).allSatisfy { $0.state == .done }
                }
                #expect(try await floor.jobs(second)[0].failedAttempts == 0)
            }
            #expect(floor.engine.script.withLock { $0.log.allSatisfy { $0.count == 1 } })
        }
    }

    // MARK: the disk

    /// The clock runs far ahead of a busy machine: no step of the device may look hung for that.
    private static func patient(_ settings: inout WorkerSettings) { settings.stallSeconds = 86_400 }

    @Test("While the disk is full a picture is held and no job is leased; then all goes on")
    func fullDisk() async throws {
        try await withFloor(settings: Self.patient) { floor in
            let store = FullDiskStore(floor.store)
            store.isFull.withLock { $0 = true }
            let request = try await floor.accept(.sample(1))
            try await floor.running(floor.worker(over: store)) {
                try await eventually("refused again") {
                    floor.clock.advance(by: 0.5)
                    return store.refusals.withLock { $0 } >= 2
                }
                let next = try await floor.accept(.sample(2))
                store.isFull.withLock { $0 = false }
                try await eventually("done") {
                    floor.clock.advance(by: 1)
                    return try await floor.jobs(request)[0].state == .done
                }
                try await eventually("the next one") {
                    floor.clock.advance(by: 1)
                    return try await floor.jobs(next)[0].state == .done
                }
            }
            #expect(try await floor.jobs(request)[0].leaseCount == 1)
            #expect(floor.engine.script.withLock { $0.log.count } == 12)
        }
    }

    @Test("A disk that stays full fails the attempt, not the job")
    func diskStaysFull() async throws {
        try await withFloor(settings: Self.patient) { floor in
            let store = FullDiskStore(floor.store)
            store.isFull.withLock { $0 = true }
            let request = try await floor.accept(.sample(1))
            try await floor.running(floor.worker(over: store)) {
                try await eventually("given up") {
                    floor.clock.advance(by: 2)
                    return try await floor.jobs(request)[0].failedAttempts == 1
                }
                #expect(try await !floor.jobs(request)[0].state.isFinal)
                store.isFull.withLock { $0 = false }
                try await eventually("done") {
                    floor.clock.advance(by: 2)
                    return try await floor.jobs(request)[0].state == .done
                }
            }
        }
    }

    // MARK: jobs that come back at once

    @Test("A job that goes back to the line and comes to the same worker before it hears so is drawn again")
    func takenAgainAtOnce() async throws {
        try await withFloor(settings: Self.patient) { floor in
            let store = FullDiskStore(floor.store)
            store.isFull.withLock { $0 = true }
            store.beforeFailureIsTold.withLock {
                $0 = {
                    store.isFull.withLock { $0 = false }
                    try await eventually("taken again") {
                        floor.clock.advance(by: 1)
                        return floor.observer.notes.withLock { $0.taken.count } == 2
                    }
                }
            }
            let request = try await floor.accept(.sample(1))
            try await floor.running(floor.worker(over: store)) {
                try await eventually("done") {
                    floor.clock.advance(by: 2)
                    return try await floor.jobs(request)[0].state == .done
                }
            }
            let job = try await floor.jobs(request)[0]
            #expect(job.failedAttempts == 1 && job.leaseCount == 2)
            #expect(floor.engine.script.withLock { $0.log.count } == 12)
        }
    }

    @Test("A picture whose lease lapsed is stored under the next one, where that came to the same worker")
    func storedUnderLaterLease() async throws {
        try await withFloor(settings: Self.patient) { floor in
            let store = FullDiskStore(floor.store)
            store.beforeCompletion.withLock {
                $0 = {
                    _ = try await floor.store.release(worker: "worker", at: floor.clock.now)
                    try await eventually("taken again") {
                        floor.clock.advance(by: 1)
                        return floor.observer.notes.withLock { $0.taken.count } == 2
                    }
                }
            }
            let request = try await floor.accept(.sample(1))
            try await floor.running(floor.worker(over: store)) {
                try await eventually("done") {
                    floor.clock.advance(by: 1)
                    return try await floor.jobs(request)[0].state == .done
                }
            }
            let job = try await floor.jobs(request)[0]
            #expect(job.leaseCount == 2)
            #expect(try await floor.picture(job.picture) == ScriptedEngine.picture(seed: 1, steps: 6))
            // Drawn once, told of once.
            #expect(floor.engine.script.withLock { $0.log.count } == 6)
            #expect(floor.observer.notes.withLock { $0.ended.count } == 1)
            #expect(floor.observer.notes.withLock { $0.left.isEmpty })
        }
    }

    // MARK: stopping

    @Test("A drain lets pictures end, and takes no more")
    func drain() async throws {
        try await withFloor(hasGate: true) { floor in
            let first = try await floor.accept(.sample(1))
            let worker = try floor.worker()
            async let run: Void = worker.run()
            try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
            worker.drain(within: 100)
            let second = try await floor.accept(.sample(2))
            floor.engine.open()
            try await run
            #expect(try await floor.jobs(first)[0].state == .done)
            #expect(try await floor.jobs(second)[0].state == .queued)
            #expect(worker.status.isOver)
            #expect(floor.observer.notes.withLock { $0.capacities.last?.rows } == 0)
        }
    }

    @Test(
        "What is not drawn by the end of a drain goes back to the line, without blame",
        arguments: [true, false])
    func drainTooShort(byCancellation: Bool) async throws {
        try await withFloor(hasGate: true) { floor in
            let request = try await floor.accept(.sample(1))
            let worker = try floor.worker()
            let run = Task { try await worker.run() }
            try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
            if byCancellation { run.cancel() } else { worker.drain(within: 0) }
            try await eventually("draining") { worker.status.isDraining }
            floor.engine.open()
            try await run.value
            let job = try await floor.jobs(request)[0]
            #expect(job.state == .queued && job.failedAttempts == 0)
            #expect(floor.observer.notes.withLock { $0.returned } == [job.id])
        }
    }

    @Test("A device that hangs does not keep the worker from ending; its jobs go back")
    func hangingDevice() async throws {
        try await withFloor { floor in
            floor.engine.script.withLock { $0.hangs = true }
            let request = try await floor.accept(.sample(1))
            let worker = try floor.worker()
            let run = Task { try await worker.run() }
            try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
            worker.drain(within: 1)
            let isOver = Task {
                try await run.value
                return true
            }
            try await eventually("over") {
                floor.clock.advance(by: 1)
                return worker.status.isOver
            }
            #expect(try await isOver.value)
            #expect(try await floor.jobs(request)[0].state == .queued)
            floor.engine.script.withLock { $0.hangs = false }
            floor.engine.open()
        }
    }

    @Test("A device that hangs has its leases lapse, so that another worker can draw")
    func hangingLapses() async throws {
        try await withFloor(settings: { $0.stallSeconds = 20 }) { floor in
            floor.engine.script.withLock { $0.hangs = true }
            let request = try await floor.accept(.sample(1))
            let worker = try floor.worker()
            let run = Task { try await worker.run() }
            try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
            try await eventually("lapsed") {
                floor.clock.advance(by: 5)
                _ = try await floor.store.sweepLeases(at: floor.clock.now)
                return try await floor.jobs(request)[0].state == .queued
            }
            #expect(worker.status.isHung)
            worker.drain(within: 0)
            floor.engine.script.withLock { $0.hangs = false }
            floor.engine.open()
            try await run.value
        }
    }

    @Test("What a worker held when it died goes back to the line when it starts again")
    func restart() async throws {
        try await withFloor { floor in
            let request = try await floor.accept(.sample(1))
            let now = floor.clock.now
            let leased = try await floor.store.lease(
                for: "worker", models: ["hanji"], count: 1, until: now + 60, at: now)
            #expect(leased.count == 1)
            try await floor.running(floor.worker()) {
                try await eventually("done") { try await floor.jobs(request)[0].state == .done }
            }
            #expect(floor.observer.notes.withLock { $0.returned } == request.jobs.map(\.id))
        }
    }

    private static let refusedSettings: [(String, @Sendable (inout WorkerSettings) -> Void)] = [
        ("capacities", { $0.capacities = [] }), ("capacities", { $0.capacities = [2, 1] }),
        ("capacities", { $0.capacities = [0] }), ("leaseSeconds", { $0.leaseSeconds = 0 }),
        ("reportSeconds", { $0.reportSeconds = 30 }), ("name", { $0.name = "" }),
        ("guidanceScale", { $0.guidanceScale = .nan }), ("lookAhead", { $0.lookAhead = 0 }),
        ("deliveryLimit", { $0.deliveryLimit = 0 }), ("steps", { $0.recipes.full.steps = 0 }),
    ]

    @Test("Settings out of range are refused by name")
    func settings() {
        for (name, change) in Self.refusedSettings {
            var settings = WorkerSettings(name: "worker", usualShape: Floor<ScriptedEngine>.shape)
            #expect(throws: Never.self) { try settings.validate() }
            change(&settings)
            let error = #expect(throws: WorkerError.self) { try settings.validate() }
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test(
        "Rows are brought to what is compiled",
        arguments: [(0, 0, 1), (1, 1, 1), (3, 2, 4), (4, 4, 4), (7, 4, 8), (8, 8, 8), (20, 8, 8)])
    func capacities(rows: Int, atMost: Int, holding: Int) {
        let settings = WorkerSettings(name: "worker", usualShape: Floor<ScriptedEngine>.shape)
        #expect(settings.rows(atMost: rows) == atMost)
        #expect(settings.capacity(holding: rows) == holding)
    }
}
