import Serving
import Testing
import TestSupport

/// One machine that serves the smallest tag first, one job at a time.
private struct SingleServer {
    struct Job {
        let caller: Int
        let work: Double
        let place: QueuePlace
    }

    var clock = FairClock()
    var shares: [FairShare]
    let weights: [Double]
    var waiting: [Job] = []
    var served: [Double]
    private var number: UInt64 = 0

    init(weights: [Double]) {
        self.weights = weights
        shares = Array(repeating: FairShare(), count: weights.count)
        served = Array(repeating: 0, count: weights.count)
    }

    @discardableResult
    mutating func send(_ caller: Int, work: Double) -> QueuePlace {
        let tag = clock.enqueue(workSeconds: work, weight: weights[caller], share: &shares[caller])
        number += 1
        let place = QueuePlace(tag: tag, number: number)
        waiting.append(Job(caller: caller, work: work, place: place))
        return place
    }

    mutating func serve() -> Job? {
        guard let next = waiting.indices.min(by: { waiting[$0].place < waiting[$1].place }) else {
            clock.idled()
            return nil
        }
        let job = waiting.remove(at: next)
        clock.began(tag: job.place.tag, workSeconds: job.work, weight: weights[job.caller])
        served[job.caller] += job.work
        return job
    }
}

@Suite struct FairClockTests {
    /// The theorem of start-time fair queueing: over any time in which both have work waiting, two callers' service per
    /// weight differs by no more than their largest job per weight, taken together.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func backloggedCallersGetTheirShare(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let weights = (0..<5).map { _ in Double.random(in: 0.25...4, using: &generator) }
        var server = SingleServer(weights: weights)
        var largest = [Double](repeating: 0, count: 5)
        for caller in 0..<5 {
            for _ in 0..<40 {
                let work = Double.random(in: 0.1...10, using: &generator)
                largest[caller] = max(largest[caller], work)
                server.send(caller, work: work)
            }
        }
        while (0..<5).allSatisfy({ caller in server.waiting.contains { $0.caller == caller } }) {
            _ = server.serve()
            for first in 0..<5 {
                for second in 0..<first {
                    let difference = abs(
                        server.served[first] / weights[first] - server.served[second] / weights[second])
                    let bound = largest[first] / weights[first] + largest[second] / weights[second]
                    #expect(difference <= bound + 1e-6, "seed \(seed): \(difference) > \(bound)")
                }
            }
        }
    }

    /// A caller without debt is passed by at most one job of a flood, however much it has sent and goes on sending, and by no
    /// more than what other light callers are owed.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aFloodCostsALightCallerOneJobOfEachOther(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let callers = Int.random(in: 2...12, using: &generator)
        var server = SingleServer(
            weights: (0..<callers).map { _ in Double.random(in: 0.5...2, using: &generator) })
        var largest = [Double](repeating: 0, count: callers)
        var checks = 0
        for _ in 0..<200 {
            // Caller 1 floods, caller 0 comes now and then, the others as chance has it.
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let caller =
                    Bool.random(using: &generator) ? 1 : Int.random(in: 1..<callers, using: &generator)
                let work = Double.random(in: 0.1...5, using: &generator)
                largest[caller] = max(largest[caller], work)
                server.send(caller, work: work)
            }
            let now = server.clock.virtualTime
            if Int.random(in: 0..<10, using: &generator) == 0, server.waiting.allSatisfy({ $0.caller != 0 }),
                (server.shares[0].finish ?? 0) <= now,
                server.waiting.allSatisfy({ $0.caller != 1 || $0.place.tag >= now }),
                (server.shares[1].finish ?? 0) > now
            {
                let place = server.send(0, work: 1)
                var passed = 0.0
                while let job = server.serve(), job.place != place {
                    passed += job.work
                    // The flood goes on while the light caller waits.
                    server.send(1, work: largest[1])
                }
                let owed = largest.dropFirst(2).reduce(0) { $0 + $1 * (FairClock.creditJobs + 1) }
                let bound = largest[1] + owed
                #expect(passed <= bound + 1e-6, "seed \(seed): \(passed) > \(bound)")
                checks += 1
            }
            _ = server.serve()
        }
        #expect(checks > 3)
    }

    @Test func anIdleMachineForgivesDebts() {
        var server = SingleServer(weights: [1, 1])
        for _ in 0..<10 { server.send(0, work: 5) }
        while server.serve() != nil {}
        let debtor = server.clock.tag(for: server.shares[0], workSeconds: 5, weight: 1)
        let stranger = server.clock.tag(for: server.shares[1], workSeconds: 5, weight: 1)
        #expect(debtor == stranger - 5 * FairClock.creditJobs)
        #expect(server.clock.isOwed(tag: debtor, workSeconds: 5, weight: 1))
        #expect(!server.clock.isOwed(tag: stranger, workSeconds: 5, weight: 1))
    }

    @Test func whoIsOwedGoesBeforeStrangersButNotForEver() {
        var server = SingleServer(weights: [1, 1, 1])
        server.send(0, work: 1)
        while server.serve() != nil {}
        for _ in 0..<20 { server.send(1, work: 1) }
        _ = server.serve()
        var passing = 0
        for _ in 0..<20 { server.send(0, work: 1) }
        while let job = server.serve(), job.caller == 0 { passing += 1 }
        #expect(passing <= Int(FairClock.creditJobs) + 1)
        #expect(passing >= Int(FairClock.creditJobs) - 1)
    }

    @Test func whatWasNotUsedIsGivenBack() {
        let clock = FairClock()
        var share = FairShare()
        _ = clock.enqueue(workSeconds: 8, weight: 2, share: &share)
        #expect(share.finish == 4)
        clock.correct(by: -6, weight: 2, share: &share)
        #expect(share.finish == 1)
        clock.correct(by: .nan, weight: 2, share: &share)
        #expect(share.finish == 1)
        var stranger = FairShare()
        clock.correct(by: -6, weight: 2, share: &stranger)
        #expect(stranger == FairShare())
    }

    @Test func aJobThatBeginsAgainDoesNotMoveTheClockBack() {
        var clock = FairClock()
        clock.began(tag: 9, workSeconds: 1, weight: 1)
        clock.began(tag: 3, workSeconds: 1, weight: 1)
        #expect(clock.virtualTime == 9)
    }
}
