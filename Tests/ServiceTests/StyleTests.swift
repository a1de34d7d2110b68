import Rights
import RightsSamples
import Serving
import Stores
import Testing

@testable import Server
@testable import Service

/// Styles at work: sold at their price, paid for at delivery, and stopped when they may not be used any more.
struct StyleTests {
    private static let style = "kim-ink"

    private static func change(_ house: TestHouse, _ events: [RegistryEvent]) async throws {
        for event in events {
            _ = try await house.store.change(
                Registry(), by: try RightsSamples.name("operator"), at: RightsSamples.time
            ) { _ in event }
        }
    }

    private static func run(_ body: (TestHouse) async throws -> Void) async throws {
        var settings = ServiceSettings()
        settings.policy.utcOffsetMinutes = 540
        var plan = TestHouse.plan
        plan.pictureMicros = 100_000_000
        try await TestHouse.run(plan: plan, settings: settings) { house in
            try await change(house, try RightsSamples.events(style: style))
            try await house.housekeeping.followRights()
            try await body(house)
        }
    }

    @Test("A picture in a style costs plan and fee, and is booked with its delivery, by equal shares")
    func paid() async throws {
        try await Self.run { house in
            _ = try await house.accept(try house.submission(count: 2, style: Self.style))
            for job in try await house.lease(2) { try await house.deliver(job) }
            _ = try await house.accept(try house.submission("without a style"))
            try await house.deliver(try await house.lease()[0])
            let lines = try await house.store.ledgerLines(after: 0, limit: 10)
            let books = try Ledger(lines: lines.map { String(decoding: $0.bytes, as: UTF8.self) })
            let krw = try Currency("KRW")
            #expect(books.head.count == 3)
            // 70 % of (100 + 50) for two pictures.
            #expect(books.owedMicros(to: try RightsSamples.name("kim-kim-ink"), in: krw) == 210_000_000)
            #expect(
                books.balanceMicros(of: .payer(try RightsSamples.name("visitors")), in: krw) == 400_000_000)
            #expect(books.balanceMicros(of: .operatorRevenue, in: krw) == -190_000_000)
            #expect(try await house.store.verifyLedger().findings == [])
        }
    }

    @Test("What costs nothing and has no style is not booked")
    func free() async throws {
        try await TestHouse.run { house in
            _ = try await house.accept(try house.submission())
            try await house.deliver(try await house.lease()[0])
            #expect(try await house.store.ledgerHead() == .empty)
        }
    }

    @Test("A style that is unknown or not published is refused with why")
    func refused() async throws {
        try await TestHouse.run { house in
            let events = try RightsSamples.events(style: Self.style)
            try await Self.change(house, Array(events.dropLast()))
            try await house.housekeeping.followRights()
            for (style, expected) in [
                (Self.style, StyleAvailability.Obstacle.notPublished), ("nobody", .unknown),
                ("No_Body", .unknown),
            ] {
                let outcome = try await house.core.generation.submit(try house.submission(style: style))
                guard case .styleUnavailable(style, expected) = outcome else { throw Unexpected() }
            }
            #expect(house.deskState == (0, 0))
        }
    }

    @Test(
        "A style that is agreed on in another currency than prices are in is refused and never charged in part"
    )
    func anotherCurrency() async throws {
        var settings = ServiceSettings()
        settings.ledger.currency = "EUR"
        try await TestHouse.run(settings: settings) { house in
            try await Self.change(house, try RightsSamples.events(style: Self.style))
            try await house.housekeeping.followRights()
            guard
                case .styleUnavailable(Self.style, .anotherCurrency) = try await house.core.generation.submit(
                    try house.submission(style: Self.style))
            else { throw Unexpected() }
            #expect(try await house.store.ledgerHead() == .empty)
            #expect(house.deskState == (0, 0))
        }
    }

    @Test("What policy and registry stop is counted by outcome, for the floor and the metrics")
    func counted() async throws {
        try await TestHouse.run { house in
            func submit(_ prompt: String, style: String? = nil) async throws {
                _ = try await house.core.generation.submit(try house.submission(prompt, style: style))
            }
            try await submit("a village in the style of Studio Ghibli")
            try await submit("a village in the style of Studio Ghibli, again")
            try await submit("a quiet lake", style: "nobody")
            _ = try await house.accept(try house.submission("a quiet lake"))
            let report = try await house.core.floor { [] }.floor(after: nil, waitingSeconds: 0)
            #expect(report.policyStops == [.refused: 2, .styleUnavailable: 1])
            #expect(report.refusals.isEmpty)
            let lines = house.core.metrics(busySeconds: []).split(separator: "\n")
            #expect(lines.contains("ondol_policy_stops_total{outcome=\"refused\"} 2"))
            #expect(lines.contains("ondol_policy_stops_total{outcome=\"style_unavailable\"} 1"))
            #expect(lines.contains("ondol_policy_stops_total{outcome=\"asked_back\"} 0"))
        }
    }

    @Test(
        "Where a style stops, waiting and drawn pictures end with the reason, nothing is charged, and no new one is taken",
        arguments: ["suspended", "ended", "terminated", "withdrawn"])
    func stopped(how: String) async throws {
        let event: RegistryEvent =
            switch how {
            case "suspended": .styleSuspended(try RightsSamples.name(Self.style))
            case "ended": .styleEnded(try RightsSamples.name(Self.style))
            case "terminated": .agreementTerminated(try RightsSamples.name("a-kim-ink"))
            default: .workWithdrawn(try RightsSamples.name("w-1-kim-ink"))
            }
        try await Self.run { house in
            let group = try await house.accept(try house.submission(count: 3, style: Self.style))
            let other = try await house.accept(try house.submission("another"))
            let held = try await house.lease()[0]
            try await Self.change(house, [event])
            try await house.housekeeping.followRights()
            let jobs = try #require(try await house.core.generation.jobs(group.reference, of: house.caller))
            for job in jobs {
                guard case .failed(let failure) = job.state else { throw Unexpected() }
                #expect(failure.code == "style_stopped" && failure.isCallersFault)
                #expect(failure.message.contains("Nothing was charged."))
            }
            // Whoever was drawing it delivers in vain.
            var chance = house.clock.environment.chance
            let picture = Stores.PictureIdentifier(at: house.clock.now, using: &chance)
            let written = try await house.store.write([1], as: picture, mediaType: "image/png", until: nil)
            #expect(
                try await house.store.complete(held.lease, picture: written, at: house.clock.now) == .lost)
            #expect(try await house.store.ledgerHead() == .empty)
            #expect(house.usage().picturesOpen == 1)
            #expect(house.deskState == (1, 0))
            guard
                case .styleUnavailable = try await house.core.generation.submit(
                    try house.submission(style: Self.style))
            else { throw Unexpected() }
            let left = try #require(try await house.core.generation.jobs(other.reference, of: house.caller))
            guard case .waiting = left[0].state else { throw Unexpected() }
        }
    }

    @Test("An agreement that runs out at midnight, where the operator is, stops its style then")
    func midnight() async throws {
        try await Self.run { house in
            // Notice of 30 days, given on a day of 2027.
            let notice = RegistryEvent.noticeGiven(
                try RightsSamples.name("a-kim-ink"), on: try CalendarDay("2027-01-16"))
            try await Self.change(house, [notice])
            try await house.housekeeping.followRights()
            // The last second of 2027-02-15 in Seoul.
            house.clock.now = Moment(secondsSinceEpoch: 1_802_703_599)
            let group = try await house.accept(try house.submission(style: Self.style))
            for _ in 0..<30 { try await house.housekeeping.followRights() }
            guard
                case .waiting = try await house.core.generation.jobs(group.reference, of: house.caller)?[0]
                    .state
            else { throw Unexpected() }
            house.clock.now = house.clock.now + 1
            try await house.housekeeping.followRights()
            guard
                case .failed = try await house.core.generation.jobs(group.reference, of: house.caller)?[0]
                    .state
            else { throw Unexpected() }
        }
    }

    @Test("Jobs are looked for after a change and for some rounds more, then not until the next")
    func watch() throws {
        var watch = StopWatch()
        func due(_ rounds: Int, changes: Int, _ day: CalendarDay) -> Int {
            (0..<rounds).count { _ in watch.isDue(changes: changes, day: day) }
        }
        let (day, next) = (try CalendarDay("2026-11-28"), try CalendarDay("2026-11-29"))
        #expect(due(30, changes: 4, day) == 21)
        #expect(due(1, changes: 5, day) == 1)
        #expect(due(30, changes: 5, next) == 21)
    }

    private struct Unexpected: Error {}
}
