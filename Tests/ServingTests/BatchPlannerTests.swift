import Serving
import Testing
import TestSupport

@Suite struct BatchPlannerTests {
    static let square = PictureShape(model: "hanji", width: 512, height: 512)
    static let wide = PictureShape(model: "hanji", width: 768, height: 512)

    static func job(_ number: UInt64, tag: Double = 0, _ shape: PictureShape = square, light: Bool = false)
        -> WaitingJob
    {
        WaitingJob(place: QueuePlace(tag: tag, number: number), shape: shape, isLight: light)
    }

    static func plan(
        _ running: [RunningRow], _ waiting: [WaitingJob], rowLimit: Int = 4, hardLimit: Int = 8,
        virtualTime: Double = 0
    ) throws -> BatchPlan {
        try BatchPlanner().plan(
            running: running, shape: square, waiting: waiting, rowLimit: rowLimit, hardLimit: hardLimit,
            virtualTime: virtualTime)
    }

    @Test func doneAndCancelledRowsLeaveAndOthersTakeTheirSeats() throws {
        let running = [
            RunningRow(number: 1, stepsLeft: 0), RunningRow(number: 2, stepsLeft: 9),
            RunningRow(number: 3, stepsLeft: 5, isCancelled: true), RunningRow(number: 4, stepsLeft: 7),
        ]
        let plan = try Self.plan(running, (10...14).map { Self.job($0) })
        #expect(plan.leaving == [1, 3])
        #expect(plan.joining == [0, 1])
        #expect(plan.shape == Self.square)
    }

    @Test func onlyOneShapeInABatch() throws {
        let running = [RunningRow(number: 1, stepsLeft: 9)]
        let waiting = [Self.job(2, Self.wide), Self.job(3), Self.job(4, Self.wide), Self.job(5)]
        #expect(try Self.plan(running, waiting).joining == [1, 3])
        let empty = try Self.plan([], waiting)
        #expect(empty.joining == [0, 2])
        #expect(empty.shape == Self.wide)
    }

    @Test func whoWasPassedTooLongGetsTheBatchToEmpty() throws {
        let running = [RunningRow(number: 1, stepsLeft: 9)]
        let waiting = [Self.job(2, tag: 3, Self.wide), Self.job(3, tag: 8.5)]
        #expect(try Self.plan(running, waiting, virtualTime: 8).joining == [1])
        #expect(try Self.plan(running, waiting, virtualTime: 8.1).joining == [])
        #expect(try Self.plan([], waiting, virtualTime: 8.1).joining == [0])
    }

    @Test func aLightCallerHasASeatOfItsOwn() throws {
        let running = (1...4).map { RunningRow(number: $0, stepsLeft: 9) }
        let waiting = [Self.job(5), Self.job(6, light: true), Self.job(7, light: true)]
        #expect(try Self.plan(running, waiting).joining == [1])
        #expect(try Self.plan(running, waiting, hardLimit: 4).joining == [])
    }

    /// A light row that weighs two keeps others out of a seat more, and itself joins where there is one.
    @Test func aHeavyLightRowCountsFullyAgainstOthers() throws {
        let heavy = WaitingJob(
            place: QueuePlace(tag: 0, number: 9), shape: Self.square, isLight: true, seats: 2)
        let running = (1...4).map { RunningRow(number: $0, stepsLeft: 9) }
        #expect(try Self.plan(running, [heavy, Self.job(10)]).joining == [0])
        func beside(_ others: Int) throws -> [Int] {
            let rows = [RunningRow(number: 9, stepsLeft: 9, seats: 2)]
            return try Self.plan(rows + running.prefix(others), (10...14).map { Self.job($0) }).joining
        }
        #expect(try beside(3).isEmpty)
        #expect(try beside(2).isEmpty)
        #expect(try beside(1) == [0])
        #expect(try beside(0) == [0, 1])
        // Those who come in a flood are often light, too: the kept seat is one seat, whoever is in the others.
        let many = (10...14).map { Self.job($0, light: true) }
        let rows = [RunningRow(number: 9, stepsLeft: 9, seats: 3, isLight: true)]
        #expect(try Self.plan(rows, many).joining == [0])
        #expect(try Self.plan(rows + running.prefix(1), many).joining.isEmpty)
        #expect(try Self.plan(rows, [heavy]).joining == [0])
        // Others' dear rows keep no light caller waiting.
        let dear = (1...3).map { RunningRow(number: $0, stepsLeft: 9, seats: 2) }
        #expect(try Self.plan(dear, many).joining == [0, 1])
    }

    @Test func whereBatchesDoNotPayThereIsNoSeparateSeat() throws {
        let running = [RunningRow(number: 1, stepsLeft: 9)]
        #expect(try Self.plan(running, [Self.job(2, light: true)], rowLimit: 1).joining == [])
    }

    @Test(arguments: [
        BatchPlanner.Settings(lightSeats: -1), BatchPlanner.Settings(nearlyDoneSteps: -1),
        BatchPlanner.Settings(joinsBesideNearlyDone: 0), BatchPlanner.Settings(passedOverSeconds: .nan),
    ])
    func refusesSettings(settings: BatchPlanner.Settings) {
        #expect(throws: ServingError.self) { try BatchPlanner(settings: settings) }
    }

    @Test func aHotDeviceTakesNobodyButFinishes() throws {
        let running = [RunningRow(number: 1, stepsLeft: 0), RunningRow(number: 2, stepsLeft: 1)]
        let plan = try Self.plan(running, [Self.job(3, light: true)], rowLimit: 0)
        #expect(plan.leaving == [1])
        #expect(plan.joining == [])
        #expect(plan.shape == Self.square)
        #expect(try Self.plan([], [Self.job(3)], rowLimit: 0) == BatchPlan())
    }

    /// Under an endless stream of newcomers every row does a step at every boundary, none is put out, and in the last steps
    /// of a row only one joins at a time.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func nearlyDoneRowsAreNotStarved(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let planner = try BatchPlanner()
        var running: [RunningRow] = []
        var next: UInt64 = 0
        for _ in 0..<400 {
            let waiting = (0..<12).map { offset in
                Self.job(next + UInt64(offset), light: Bool.random(using: &generator))
            }
            let before = running
            let plan = planner.plan(
                running: running, shape: Self.square, waiting: waiting, rowLimit: 6, hardLimit: 8,
                virtualTime: 0)
            #expect(Set(plan.leaving) == Set(before.filter { $0.stepsLeft == 0 }.map(\.number)))
            running.removeAll { plan.leaving.contains($0.number) }
            if running.contains(where: { $0.stepsLeft <= 3 }) {
                #expect(plan.joining.count <= 1, "seed \(seed)")
            }
            for offset in plan.joining {
                let steps = Int.random(in: 4...30, using: &generator)
                running.append(RunningRow(number: waiting[offset].place.number, stepsLeft: steps))
            }
            next += 12
            #expect(running.count <= 7)
            for index in running.indices { running[index].stepsLeft -= 1 }
        }
    }
}
