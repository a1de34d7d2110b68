import Stores
import Synchronization
import Testing
import Worker

@testable import Server
@testable import Service
@testable import Serving

/// What becomes of jobs: drawn, cancelled, left, followed.
struct LifeTests {
    @Test("A delivered picture is told, found and no longer open")
    func delivered() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission())
            let leased = try await house.lease()
            #expect(house.deskState == (0, 1))
            try await house.deliver(try #require(leased.first), bytes: [9])
            #expect(house.deskState == (0, 0))
            #expect(house.usage().picturesOpen == 0)
            let jobs = try #require(try await house.core.generation.jobs(group.reference, of: house.caller))
            guard case .completed(let result) = jobs[0].state else { throw Unexpected() }
            #expect(result.seed == 7)
            #expect(result.usage == TokenUsage(inputTextTokens: 3, outputImageTokens: 64))
            #expect(try await house.core.pictures.picture(result.picture)?.bytes == [9])
            #expect(house.core.stored.waiters.count == 0)
            let page = try await house.core.generation.events(
                group.reference, after: 0, of: house.caller, waitingSeconds: 0)
            #expect(page?.isLast == true)
            guard case .completed(result) = page?.events.last?.change else { throw Unexpected() }
        }
    }

    @Test("Nobody else sees, follows or cancels a job")
    func others() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission())
            let stranger = Caller(id: "visitor:stranger", plan: TestHouse.plan)
            let generation = house.core.generation
            for reference in [group.reference, group.jobs[0].reference] {
                #expect(try await generation.jobs(reference, of: stranger) == nil)
                #expect(
                    try await generation.events(reference, after: 0, of: stranger, waitingSeconds: 0) == nil)
                guard case .unknown = try await generation.cancel(reference, of: stranger) else {
                    throw Unexpected()
                }
            }
            #expect(house.deskState == (1, 0))
        }
    }

    @Test("Cancelling one picture leaves the others; cancelling again says that it had ended")
    func cancelOne() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission(count: 3))
            let generation = house.core.generation
            guard
                case .cancelled(let jobs) = try await generation.cancel(
                    group.jobs[1].reference, of: house.caller)
            else { throw Unexpected() }
            #expect(jobs.map(\.state) == [.cancelled])
            #expect(house.deskState == (2, 0))
            #expect(house.usage().picturesOpen == 2)
            guard case .alreadyEnded = try await generation.cancel(group.jobs[1].reference, of: house.caller)
            else { throw Unexpected() }
            guard case .cancelled(let rest) = try await generation.cancel(group.reference, of: house.caller)
            else { throw Unexpected() }
            #expect(rest.map(\.state) == [.cancelled, .cancelled, .cancelled])
            #expect(house.deskState == (0, 0))
            // What is cancelled before it is drawn is given back to the day.
            #expect(house.usage().pictures(on: house.day) == 0)
            let page = try await generation.events(
                group.reference, after: 0, of: house.caller, waitingSeconds: 0)
            #expect(page?.events.count { $0.change == .cancelled } == 4)
            #expect(page?.isLast == true)
        }
    }

    @Test("A job cancelled while it is drawn is told to its worker")
    func cancelDrawing() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission())
            let told = ToldJobs()
            house.core.tellCancelled { told.add($0) }
            let leased = try await house.lease()
            _ = try await house.core.generation.cancel(group.reference, of: house.caller)
            #expect(told.all == leased.map(\.job.id))
            #expect(house.deskState == (0, 0))
        }
    }

    @Test(
        "The last of those who wait takes the request along, unless somebody asked to be answered later",
        arguments: [([true], 0), ([true, true], 0), ([true, false], 1), ([false], 1)])
    func leaving(waits: [Bool], waiting: Int) async throws {
        try await TestHouse.run { house in
            var reference: JobReference?
            for waits in waits {
                reference = try await house.accept(try house.submission(key: "k", waits: waits)).reference
            }
            let group = try #require(reference)
            for (index, _) in waits.enumerated().filter(\.element) {
                #expect(house.deskState.waiting == 1, "before departure \(index)")
                await house.core.generation.leave(group, of: house.caller)
            }
            #expect(house.deskState.waiting == waiting)
        }
    }

    @Test("A follower sleeps until something happens, and goes on after what it has")
    func following() async throws {
        try await TestHouse.run { house in
            let group = try await house.accept(try house.submission())
            let generation = house.core.generation
            async let later = generation.events(
                group.reference, after: 0, of: house.caller, waitingSeconds: 30)
            let leased = try #require(try await house.lease().first)
            let notice = JobNotice(leased.job, .drawing(step: 3, count: 20, remainingSeconds: 4))
            _ = try await house.store.append(notice.event, to: leased.job.request, at: house.clock.now)
            var events = try #require(try await later).events
            if events.isEmpty {
                // The test's clock lets no time pass in a sleep: it may have been over first.
                events = try #require(
                    try await generation.events(
                        group.reference, after: 0, of: house.caller, waitingSeconds: 0)
                ).events
            }
            guard case .drawing(let drawing) = events.last?.change else { throw Unexpected() }
            #expect((drawing.step, drawing.stepCount) == (3, 20))
            let last = try #require(events.last).sequence
            try await house.deliver(leased)
            let page = try await generation.events(
                group.reference, after: last, of: house.caller, waitingSeconds: 0)
            #expect(page?.events.count == 1)
            #expect(page?.isLast == true)
        }
    }

    @Test("Those who wait are told when their place changes, and only then")
    func places() async throws {
        try await TestHouse.run { house in
            _ = try await house.accept(try house.submission(fingerprint: [1]))
            let group = try await house.accept(try house.submission(fingerprint: [2]))
            let housekeeping = house.housekeeping
            try await house.core.stored.follows.following(
                try #require(RequestIdentifier(group.reference.text))
            ) {
                try await housekeeping.tellPlaces()
                try await housekeeping.tellPlaces()
                _ = try await house.lease()
                try await housekeeping.tellPlaces()
            }
            let page = try await house.core.generation.events(
                group.reference, after: 0, of: house.caller, waitingSeconds: 0)
            #expect(page?.events.map(\.sequence) == [1, 2])
            guard case .waiting(let waiting) = page?.events.last?.change else { throw Unexpected() }
            #expect(waiting.place == 1)
        }
    }

    @Test("A lapsed lease puts the job back into the line at its old place")
    func lapsed() async throws {
        try await TestHouse.run { house in
            _ = try await house.accept(try house.submission())
            let housekeeping = house.housekeeping
            _ = try await house.lease()
            for _ in 0..<20 {
                house.clock.now = house.clock.now + 5
                try await housekeeping.sweepLeases()
            }
            #expect(house.deskState == (1, 0))
            #expect(try await house.lease().count == 1)
        }
    }
}

/// Jobs that somebody was told of.
final class ToldJobs: Sendable {
    private let jobs = Mutex<[JobIdentifier]>([])
    func add(_ more: [JobIdentifier]) { jobs.withLock { $0 += more } }
    var all: [JobIdentifier] { jobs.withLock { $0 } }
}
