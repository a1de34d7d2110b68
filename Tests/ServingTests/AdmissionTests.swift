import FoundationEssentials
import Serving
import Testing
import TestSupport

/// A desk for a model whose picture in `full` takes 6 device-seconds: 30 steps of two evaluations of 0.1 s.
enum Desks {
    static let start = Moment(secondsSinceEpoch: 1_800_000_000)
    static let shape = PictureShape(model: "hanji", width: 1000, height: 1000)

    static func memory() throws -> AdmissionDesk.Memory {
        var prices = PriceSettings()
        prices.priorCostPerMegapixel = StepCost(baseSeconds: 0, secondsPerEvaluation: 0.1)
        prices.priorFinishingSecondsPerMegapixel = 0
        return AdmissionDesk.Memory(
            prices: try PriceBook(settings: prices), tiers: try TierController(),
            calibration: try RangeCalibration())
    }

    static func desk(devices: Int = 1, settings: AdmissionSettings = AdmissionSettings()) throws
        -> AdmissionDesk
    {
        var desk = try AdmissionDesk(settings: settings, memory: memory())
        for device in 0..<devices { desk.capacity.set("device\(device)", .init(rows: 1)) }
        return desk
    }

    static func order(_ count: Int = 1, quality: Quality = .auto, ticket: UInt64? = nil) -> PictureOrder {
        PictureOrder(shape: shape, count: count, quality: quality, ticketNumber: ticket)
    }
}

extension AdmissionDecision {
    var admission: Admission? {
        if case .accepted(let admission) = self { admission } else { nil }
    }
    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}

@Suite struct AdmissionTests {
    static let plan = Plan(name: "test", requestsPerMinute: 10000, picturesAtOnce: 1000)

    @Test func anIdleServiceDrawsInFull() throws {
        var desk = try Desks.desk()
        var account = CallerAccount()
        let decision = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start)
        let admission = try #require(decision.admission)
        #expect(admission.tier == .full)
        #expect(!admission.isLowered)
        #expect(admission.jobs.count == 1)
        #expect(!admission.jobs[0].isLight, "a stranger is owed nothing")
        #expect(abs(admission.jobs[0].price.workSeconds - 6) < 1e-9)
        #expect(account.usage.picturesOpen == 1)
        #expect(desk.queue.count == 1)
    }

    @Test func autoIsLoweredUnderLoadAndHighWaits() throws {
        var desk = try Desks.desk()
        for _ in 0..<6 {
            var other = CallerAccount()
            _ = desk.decide(Desks.order(), plan: Self.plan, account: &other, at: Desks.start)
        }
        var account = CallerAccount()
        let auto = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start)
        #expect(try #require(auto.admission).isLowered)
        var patient = CallerAccount()
        let high = desk.decide(
            Desks.order(quality: .high), plan: Self.plan, account: &patient, at: Desks.start)
        let terms = try #require(high.admission?.jobs.first)
        #expect(terms.tier == .full)
        #expect(terms.promise.range.expectedSeconds > terms.price.drawSeconds)
    }

    /// Fills the line until a stranger is turned away.
    static func crowd(_ desk: inout AdmissionDesk, quality: Quality = .high) -> (Refusal, CallerAccount) {
        for _ in 0..<1000 {
            var account = CallerAccount()
            let decision = desk.decide(
                Desks.order(quality: quality), plan: plan, account: &account, at: Desks.start)
            if let refusal = decision.refusal { return (refusal, account) }
        }
        preconditionFailure("nobody was turned away")
    }

    @Test func tooLongAWaitIsRefusedWithWhatIsPossible() throws {
        var desk = try Desks.desk()
        let (refusal, account) = Self.crowd(&desk)
        #expect(refusal.reason == .waitTooLong)
        #expect(try #require(refusal.waitSeconds) > 10)
        #expect(try #require(refusal.retryAfterSeconds) >= 1)
        #expect(refusal.ticket != nil)
        #expect(refusal.ticket == account.ticket)
        #expect(account.usage.picturesOpen == 0)
        #expect(account.share == FairShare())
    }

    @Test func aTicketKeepsItsPlace() throws {
        var desk = try Desks.desk()
        var (refusal, account) = Self.crowd(&desk)
        let ticket = try #require(refusal.ticket)
        // Devices work the line down; strangers who come later are told to wait as well or stand behind.
        var terms: [JobTerms] = []
        for place in desk.queue.prefix(4) { terms.append(try Self.terms(place)) }
        for job in terms {
            desk.began(job)
            var other = CallerAccount()
            desk.ended(
                job, .delivered(workSeconds: nil), wasDrawing: true, account: &other, at: Desks.start + 40)
        }
        var stranger = CallerAccount()
        let later = desk.decide(
            Desks.order(quality: .low), plan: Self.plan, account: &stranger, at: Desks.start + 41)
        let back = desk.decide(
            Desks.order(quality: .high, ticket: ticket.number), plan: Self.plan, account: &account,
            at: Desks.start + 42)
        let place = try #require(back.admission?.jobs.first?.place)
        #expect(place == ticket.place)
        if let other = later.admission?.jobs.first?.place { #expect(place < other) }
        #expect(account.ticket == nil)
        let again = desk.decide(
            Desks.order(quality: .low, ticket: ticket.number), plan: Self.plan, account: &account,
            at: Desks.start + 42)
        #expect(again.admission?.jobs.first?.place != ticket.place)
    }

    static func terms(_ place: QueuePlace) throws -> JobTerms {
        JobTerms(
            place: place, tier: .full, price: Price(workSeconds: 6, drawSeconds: 6, aloneSeconds: 6),
            weight: 1,
            promise: try RangeCalibration().promise(waitSeconds: 0, drawSeconds: 6, at: Desks.start),
            isLight: false)
    }

    @Test func aTicketLapsesAndIsNobodyElses() throws {
        var desk = try Desks.desk()
        var (refusal, account) = Self.crowd(&desk)
        let ticket = try #require(refusal.ticket)
        var thief = CallerAccount()
        _ = desk.decide(
            Desks.order(quality: .high, ticket: ticket.number), plan: Self.plan, account: &thief,
            at: Desks.start)
        #expect(thief.ticket != ticket)
        let asked = desk.decide(
            Desks.order(quality: .high), plan: Self.plan, account: &account, at: Desks.start)
        #expect(asked.refusal?.ticket == ticket)
        _ = desk.decide(
            Desks.order(quality: .high, ticket: ticket.number), plan: Self.plan, account: &account,
            at: ticket.comeBackUntil + 1)
        #expect(account.ticket != ticket)
    }

    @Test func limitsComeFirst() throws {
        var desk = try Desks.desk()
        let plan = Plan(name: "small", requestsPerMinute: 3, picturesPerDay: 2, picturesAtOnce: 2)
        var account = CallerAccount()
        func ask(_ count: Int) -> AdmissionDecision {
            desk.decide(Desks.order(count), plan: plan, account: &account, at: Desks.start)
        }
        #expect(ask(3).refusal?.reason == .pictureCount)
        #expect(ask(2).admission?.jobs.count == 2)
        #expect(ask(1).refusal?.reason == .picturesPerDay)
        let fourth = ask(1).refusal
        #expect(fourth?.reason == .requestsPerMinute)
        #expect(fourth?.retryAfterSeconds == 20)
    }

    @Test(arguments: [0, -1, 11, .max])
    func countsOutOfRange(count: Int) throws {
        var desk = try Desks.desk()
        var account = CallerAccount()
        let decision = desk.decide(Desks.order(count), plan: Self.plan, account: &account, at: Desks.start)
        #expect(decision.refusal?.reason == .pictureCount)
        #expect(decision.refusal?.retryAfterSeconds == nil)
    }

    @Test func withoutADeviceNothingIsPromised() throws {
        var desk = try Desks.desk(devices: 0)
        var account = CallerAccount()
        let decision = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start)
        #expect(decision.refusal?.reason == .noDevice)
        #expect(decision.refusal?.retryAfterSeconds == 30)
    }

    @Test func theLineHasAnEnd() throws {
        var settings = AdmissionSettings()
        settings.queueLimit = 2
        var desk = try Desks.desk(devices: 8, settings: settings)
        var account = CallerAccount()
        let two = desk.decide(Desks.order(2), plan: Self.plan, account: &account, at: Desks.start)
        #expect(two.admission != nil)
        let third = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start)
        #expect(third.refusal?.reason == .queueFull)
    }

    @Test func aFloodOfOneDoesNotTurnOthersAway() throws {
        var desk = try Desks.desk()
        var flood = CallerAccount()
        var light = CallerAccount()
        let first = desk.decide(Desks.order(), plan: Self.plan, account: &light, at: Desks.start)
        let earlier = try #require(first.admission?.jobs.first)
        desk.began(earlier)
        desk.ended(
            earlier, .delivered(workSeconds: 6), wasDrawing: true, account: &light, at: Desks.start)
        var refused = 0
        for _ in 0..<200 {
            let decision = desk.decide(
                Desks.order(quality: .high), plan: Self.plan, account: &flood, at: Desks.start)
            refused += decision.refusal == nil ? 0 : 1
        }
        #expect(refused > 100)
        let decision = desk.decide(
            Desks.order(quality: .high), plan: Self.plan, account: &light, at: Desks.start)
        let terms = try #require(decision.admission?.jobs.first)
        #expect(terms.isLight)
        #expect(desk.position(of: terms.place) == 0)
    }

    /// A plan that bears any wait.
    static let patient = Plan(
        name: "patient", requestsPerMinute: 10000, picturesAtOnce: 1000, longestWaitSeconds: 86_400)

    /// Seven callers ask for ten pictures each within a second, of a service where nobody was before: the next is told
    /// about what there is to draw, and not twenty times as much.
    @Test func aBurstIsNotTakenForAFloodWithoutEnd() throws {
        var desk = try Desks.desk()
        var work = 0.0
        var promised = 0.0
        for caller in 0..<8 {
            var account = CallerAccount()
            let decision = desk.decide(
                Desks.order(10, quality: .high), plan: Self.patient, account: &account,
                at: Desks.start + Double(caller) * 0.1)
            let jobs = try #require(decision.admission).jobs
            work += jobs.reduce(0) { $0 + $1.price.workSeconds }
            promised = try #require(jobs.last).promise.range.expectedSeconds
        }
        #expect(promised > 0.8 * work && promised < 2 * work, "\(promised) s for \(work) s of work")
    }

    /// One caller asks for picture after picture: nobody is there who could pass it.
    @Test(arguments: [0, 0.3, 2])
    func whoAsksForMuchIsNotToldToWaitForItself(interval: Double) throws {
        var desk = try Desks.desk()
        var account = CallerAccount()
        for number in 0..<70 {
            let now = Desks.start + Double(number) * interval
            let decision = desk.decide(
                Desks.order(quality: .high), plan: Self.patient, account: &account, at: now)
            let job = try #require(decision.admission?.jobs.first)
            let work = Double(number + 1) * job.price.workSeconds
            let range = job.promise.range
            #expect(range.expectedSeconds < 1.4 * work + 1, "picture \(number)")
            #expect(range.expectedSeconds > 0.6 * work, "picture \(number)")
            let left = desk.timeLeft(job, arrivals: account.arrivals, at: now)
            #expect(left.expectedSeconds < 1.5 * work + 1, "picture \(number)")
        }
    }

    @Test func whatFailedOrWasCancelledIsGivenBack() throws {
        var desk = try Desks.desk()
        var account = CallerAccount()
        let jobs = try #require(
            desk.decide(Desks.order(3), plan: Self.plan, account: &account, at: Desks.start).admission
        ).jobs
        let finish = try #require(account.share.finish)
        desk.began(jobs[0])
        desk.ended(
            jobs[0], .cancelled(workSeconds: 2), wasDrawing: true, account: &account, at: Desks.start + 2)
        #expect(abs(finish - (account.share.finish ?? 0) - 4) < 1e-9)
        desk.ended(
            jobs[1], .cancelled(workSeconds: 0), wasDrawing: false, account: &account, at: Desks.start + 2)
        #expect(abs(finish - (account.share.finish ?? 0) - 10) < 1e-9)
        desk.began(jobs[2])
        desk.returned(jobs[2])
        #expect(desk.queue.count == 1)
        #expect(desk.drawingCount == 0)
        desk.began(jobs[2])
        desk.ended(jobs[2], .failed, wasDrawing: true, account: &account, at: Desks.start + 3)
        #expect(account.usage.picturesOpen == 0)
        #expect(account.usage.picturesToday == 0)
        #expect(desk.queue.isEmpty)
    }

    @Test func aRestartChangesNothing() throws {
        var desk = try Desks.desk()
        var account = CallerAccount()
        let jobs = try #require(
            desk.decide(Desks.order(4), plan: Self.plan, account: &account, at: Desks.start).admission
        ).jobs
        let memory = try JSONDecoder().decode(
            AdmissionDesk.Memory.self, from: JSONEncoder().encode(desk.memory))
        #expect(memory == desk.memory)
        let terms = try JSONDecoder().decode([JobTerms].self, from: JSONEncoder().encode(jobs))
        #expect(terms == jobs)
        var again = try AdmissionDesk(memory: memory, waiting: terms.reversed())
        again.capacity = desk.capacity
        var other = account
        let first = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start + 1)
        let second = again.decide(Desks.order(), plan: Self.plan, account: &other, at: Desks.start + 1)
        #expect(first.admission?.jobs.map(\.place) == second.admission?.jobs.map(\.place))
        #expect(account == other)
    }

    @Test func aForecastLowersAutoBeforeTheLineIsLong() throws {
        var desk = try Desks.desk()
        desk.expectedLoad = TierLoads(always: 20)
        var account = CallerAccount()
        let decision = desk.decide(Desks.order(), plan: Self.plan, account: &account, at: Desks.start)
        #expect(decision.admission?.tier == .turbo)
    }

    @Test func timeLeftShrinksAsTheLineMoves() throws {
        var desk = try Desks.desk()
        var accounts = [CallerAccount](repeating: CallerAccount(), count: 5)
        var jobs: [JobTerms] = []
        for index in accounts.indices {
            let decision = desk.decide(
                Desks.order(quality: .medium), plan: Self.plan, account: &accounts[index], at: Desks.start)
            jobs += try #require(decision.admission).jobs
        }
        let last = try #require(jobs.last)
        let before = desk.timeLeft(last, at: Desks.start)
        desk.began(jobs[0])
        desk.began(jobs[1])
        let after = desk.timeLeft(last, at: Desks.start + 1)
        #expect(after.latestSeconds < before.latestSeconds)
        #expect(after.earliestSeconds <= after.expectedSeconds)
        #expect(after.expectedSeconds <= after.latestSeconds)
    }
}
