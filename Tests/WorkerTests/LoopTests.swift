import Images
import Serving
import Stores
import Testing

@testable import Worker

/// The worker's loop over a real store, with an engine that draws nothing.
@Suite struct LoopTests {
    @Test("A picture is drawn, stored, told of and counted once")
    func one() async throws {
        try await withFloor { floor in
            let worker = try floor.worker()
            try await floor.running(worker) {
                let request = try await floor.accept(.sample(7))
                try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                let job = try await floor.jobs(request)[0]
                let drawn = ScriptedEngine.picture(seed: 7, steps: 6)
                #expect(try await floor.picture(job.picture) == drawn)
                let last = try await floor.notices(request).last?.change
                let picture = try #require(job.picture)
                #expect(last == .completed(picture: picture, seed: 7, promptTokens: 7))
                try await eventually("told") { floor.observer.notes.withLock { $0.ended.count } == 1 }
                floor.observer.notes.withLock { notes in
                    #expect(notes.taken == [job.id] && notes.settled == [job.id])
                    guard case .delivered(let work) = notes.ended[0].ending else {
                        Issue.record("not delivered")
                        return
                    }
                    #expect(abs((work ?? 0) - 0.6) < 1e-9)
                    #expect(notes.steps.count == 6 && notes.finishings == 1)
                    #expect(notes.steps.allSatisfy { $0.capacity == 1 && $0.rows == 1 })
                    #expect(notes.steps.allSatisfy { abs($0.seconds - 0.1) < 1e-9 && $0.evaluations == 2 })
                }
            }
            #expect(worker.status.isOver)
        }
    }

    @Test(
        "Jobs join at step boundaries, up to the row target, and the batch has the smallest size that holds them"
    )
    func joining() async throws {
        try await withFloor(hasGate: true) { floor in
            let worker = try floor.worker()
            try await floor.running(worker) {
                let first = try await floor.accept(.sample(1))
                try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
                let others = try await floor.accept(.sample(2, 3, 4, 5, 6), tag: 1)
                try await eventually("leased") { floor.observer.notes.withLock { $0.taken.count } == 4 }
                floor.engine.allow(1)
                try await eventually("second step") { floor.engine.script.withLock { $0.stepsStarted } == 2 }
                floor.engine.script.withLock { script in
                    #expect(script.log == [[1], [1, 2, 3, 4]])
                    #expect(script.capacities == [1, 4])
                }
                floor.engine.open()
                try await eventually("all done") {
                    try await (floor.jobs(first) + floor.jobs(others)).allSatisfy { $0.state == .done }
                }
                for (job, seed) in zip(try await floor.jobs(others), UInt64(2)...) {
                    #expect(
                        try await floor.picture(job.picture) == ScriptedEngine.picture(seed: seed, steps: 6))
                }
                #expect(floor.engine.script.withLock { $0.log.allSatisfy { $0.count <= 4 } })
            }
        }
    }

    @Test("A row that weighs two of the others takes two of their seats, however it came")
    func seats() async throws {
        try await withFloor(hasGate: true) { settings in
            settings.recipes.turbo = TierRecipe(steps: 2, guidedShare: 0)
        } _: { floor in
            let light = try await floor.accept(.sample(1), isLight: true, tier: .full)
            let many = try await floor.accept(.sample(2, 3, 4, 5, 6, 7), tag: 1, tier: .turbo)
            try await floor.running(floor.worker()) {
                // One of 2 seats and two of 1 fill four.
                try await eventually("first step") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
                #expect(floor.engine.script.withLock { $0.log } == [[1, 2, 3]])
                floor.engine.open()
                try await eventually("all done") {
                    try await (floor.jobs(light) + floor.jobs(many)).allSatisfy { $0.state == .done }
                }
                floor.engine.script.withLock { script in
                    #expect(script.log.filter { $0.contains(1) }.allSatisfy { $0.count <= 3 })
                }
            }
        }
    }

    @Test("Each tier is drawn by its recipe, side by side")
    func tiers() async throws {
        try await withFloor { floor in
            try await floor.running(floor.worker()) {
                var requests: [(NewRequest, Int)] = []
                for (tier, steps) in zip(Tier.allCases, [6, 4, 3, 2]) {
                    requests.append((try await floor.accept(.sample(UInt64(steps)), tier: tier), steps))
                }
                var own = DrawingOrder.sample(100)
                own.ownRecipe = TierRecipe(steps: 9)
                requests.append((try await floor.accept(own, tier: .turbo), 9))
                for (request, steps) in requests {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                    let seed: UInt64 = steps == 9 ? 100 : UInt64(steps)
                    #expect(
                        try await floor.picture(floor.jobs(request)[0].picture)
                            == ScriptedEngine.picture(seed: seed, steps: steps))
                }
            }
        }
    }

    @Test("A job of another shape waits until the batch is empty, and then has one of its own")
    func shapes() async throws {
        try await withFloor { floor in
            let wide = PictureShape(model: "hanji", width: 128, height: 64)
            let first = try await floor.accept(.sample(1))
            let second = try await floor.accept(.sample(2, shape: wide), tag: 1)
            try await floor.running(floor.worker()) {
                try await eventually("both") {
                    try await (floor.jobs(first) + floor.jobs(second)).allSatisfy { $0.state == .done }
                }
            }
            floor.engine.script.withLock { script in
                #expect(script.openedShapes == [Floor<ScriptedEngine>.shape, wide])
                #expect(script.log.allSatisfy { $0.count == 1 })
            }
        }
    }

    @Test("A cancelled row leaves at the next step boundary, and the others go on")
    func cancelled() async throws {
        try await withFloor(hasGate: true) { floor in
            let worker = try floor.worker()
            let kept = try await floor.accept(.sample(1))
            let dropped = try await floor.accept(.sample(2), tag: 1)
            try await floor.running(worker) {
                try await eventually("both are drawn") {
                    floor.engine.allow(1)
                    return floor.engine.script.withLock { $0.log.last } == [1, 2]
                }
                let cancelled = try await floor.store.cancel(
                    dropped.id, for: .service, at: floor.clock.now)
                worker.cancel(cancelled?.map(\.job.id) ?? [])
                floor.engine.open()
                try await eventually("kept") { try await floor.jobs(kept)[0].state == .done }
            }
            #expect(try await floor.jobs(dropped)[0].state == .cancelled)
            #expect(floor.observer.notes.withLock { $0.left } == dropped.jobs.map(\.id))
            #expect(floor.observer.notes.withLock { $0.ended.count } == 1)
        }
    }

    @Test("A lease that is lost is learned of by the next report, and its row leaves")
    func lostLease() async throws {
        try await withFloor(hasGate: true) { floor in
            let request = try await floor.accept(.sample(1))
            try await floor.running(floor.worker()) {
                try await eventually("drawn") { floor.engine.script.withLock { $0.stepsStarted } == 1 }
                _ = try await floor.store.cancel(request.id, for: .service, at: floor.clock.now)
                // The next report is half a second away; steps take a tenth.
                try await eventually("left") {
                    floor.engine.allow(1)
                    floor.clock.advance(by: 0.5)
                    return floor.observer.notes.withLock { $0.left } == request.jobs.map(\.id)
                }
                floor.engine.open()
            }
            #expect(try await floor.jobs(request)[0].state == .cancelled)
            #expect(floor.observer.notes.withLock { $0.ended.isEmpty })
        }
    }

    @Test("Previews are the states after a part of the steps, stored and told of in order")
    func previews() async throws {
        try await withFloor { floor in
            var order = DrawingOrder.sample(4)
            order.previewCount = 2
            let request = try await floor.accept(order)
            var pictures: [Int: PictureIdentifier] = [:]
            try await floor.running(floor.worker()) {
                try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                try await eventually("both previews") {
                    for case .preview(let number, let picture) in try await floor.notices(request).map(
                        \.change)
                    {
                        pictures[number] = picture
                    }
                    return pictures.count == 2
                }
            }
            #expect(try await floor.picture(pictures[0]) == ScriptedEngine.picture(seed: 4, steps: 2))
            #expect(try await floor.picture(pictures[1]) == ScriptedEngine.picture(seed: 4, steps: 4))
        }
    }

    @Test("Progress is told with steps and time left, and leases are renewed")
    func progress() async throws {
        try await withFloor(hasGate: true) { floor in
            let request = try await floor.accept(.sample(1))
            let worker = try floor.worker()
            try await floor.running(worker) {
                let told = { (change: JobNotice.Change) in
                    if case .drawing(let step, let count, let remaining) = change {
                        return step > 0 && count == 6 && remaining != nil
                    }
                    return false
                }
                try await eventually("told") {
                    if floor.engine.script.withLock({ $0.stepsStarted }) < 4 { floor.engine.allow(1) }
                    floor.clock.advance(by: 0.5)
                    return try await floor.notices(request).map(\.change).contains(where: told)
                }
                let job = try await floor.jobs(request)[0]
                #expect(job.state == .drawing)
                #expect(job.leaseEnd.map { $0 > ManualClock.start + 60 } == true)
                let outlook = try #require(worker.outlook(of: job.id))
                #expect(outlook.stepCount == 6 && outlook.remainingSeconds != nil)
                floor.engine.open()
            }
            #expect(try await floor.jobs(request)[0].state == .done)
        }
    }
}
