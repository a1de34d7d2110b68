import Bars
import Foundation

/// Somebody who asks for pictures by chance, whether or not the last one has come.
///
/// Turned away, most come back when they are told to, with their ticket; some come back at once, and some never: as the
/// simulated crowds do.
struct FloodCaller: Sendable {
    let kind: Wish.Kind
    let key: String
    let requestsPerSecond: Double
    var quality = "auto"
    let seed: UInt64
    let number: UInt64

    /// How often somebody who was turned away comes back at the most.
    private static let retryLimit = 4
    private static let returnShare = 0.7
    private static let impatientShare = 0.15
    /// Requests of one caller that are under way: a service that answers nothing must not fill this process.
    private static let underWayLimit = 4000

    /// Asks until a moment, and returns when all that it asked for has ended.
    func run(until end: Double, client: OndolClient, ledger: Ledger) async throws {
        var chance = SeededChance(seed: seed, stream: number)
        let underWay = Counter()
        try await withThrowingDiscardingTaskGroup { group in
            var due = Uptime.seconds()
            while true {
                due += chance.exponential(mean: 1 / requestsPerSecond)
                guard due < end else { break }
                try await Uptime.sleep(until: due)
                guard underWay.enter(limit: Self.underWayLimit) else {
                    throw BenchError(
                        "\(Self.underWayLimit) requests of one caller are under way and none is answered")
                }
                let (asked, stream) = (due, chance.next())
                group.addTask {
                    await want(asked: asked, until: end, stream: stream, client, ledger)
                    underWay.leave()
                }
            }
        }
    }

    /// Asks for one picture until it is there or not wanted any more.
    func want(
        asked: Double, until end: Double, stream: UInt64, _ client: OndolClient, _ ledger: Ledger
    ) async {
        var chance = SeededChance(seed: stream)
        var wish = Wish(kind: kind, asked: asked)
        do {
            try await pursue(&wish, until: end, &chance, client)
        } catch {
            ledger.note(error)
        }
        ledger.add(wish)
    }

    private func pursue(
        _ wish: inout Wish, until end: Double, _ chance: inout SeededChance, _ client: OndolClient
    ) async throws {
        var ticket: String?
        while true {
            let answer = try await client.ask(
                Prompts.prompt(chance.next()), quality: quality, key: key, ticket: ticket)
            switch answer.status {
            case 202:
                return try await follow(answer, &wish, client)
            case 429, 503:
                wish.refusals += 1
                wish.ending = .refused
                let choice = chance.unit()
                let told =
                    answer.headers.first(name: "retry-after-ms").flatMap(Double.init).map { $0 / 1000 } ?? 10
                let wait: Double
                if choice < Self.returnShare {
                    // People come a little after they were told to.
                    wait = told + chance.unit() * 5
                    ticket = answer.headers.first(name: "Ondol-Ticket")
                } else if choice < Self.returnShare + Self.impatientShare {
                    wait = 1 + chance.unit() * 4
                    ticket = nil
                } else {
                    return
                }
                let again = Uptime.seconds() + wait
                guard wish.refusals <= Self.retryLimit, again < end else { return }
                try await Uptime.sleep(until: again)
            default:
                throw BenchError("a request was answered with status \(answer.status)")
            }
        }
    }

    private func follow(_ answer: OndolClient.Answer, _ wish: inout Wish, _ client: OndolClient) async throws
    {
        let made = Uptime.seconds()
        let request = try answer.read(AskedFor.self)
        guard let job = request.jobs.first, let told = job.time_left else {
            throw BenchError("a request was accepted and no time was told")
        }
        wish.tier = job.tier
        wish.ending = .unanswered
        wish.promise = .init(
            made: made, earliest: told.earliest_seconds, expected: told.expected_seconds,
            latest: told.latest_seconds)
        let last = try await client.follow(job.id, key: key)
        wish.ended = Uptime.seconds()
        wish.ending = last == "job.completed" ? .delivered : .failed
    }
}

/// Sentences that the built-in model knows, so that no two requests need be the same.
enum Prompts {
    private static let who = [
        "a boy", "a girl", "an old man", "a cat", "a dog", "혼자 앉아 있는 소년", "걷는 소녀", "고양이",
    ]
    private static let place = [
        "on a hill at sunset", "in a magic forest", "by the sea", "in a meadow", "in the snow", "at night",
        "산 위에서",
        "비 오는 마을에서",
    ]
    private static let medium = ["watercolour", "ink", "oil", "pencil", "수채화", "손그림 느낌"]

    /// The sentence of a number, which is part of it: a request that says the same as an open one joins it.
    static func prompt(_ number: UInt64) -> String {
        let parts = (Int(number % 97), Int(number / 97 % 89), Int(number / 8633 % 83))
        return
            "\(who[parts.0 % who.count]) \(place[parts.1 % place.count]), \(medium[parts.2 % medium.count]), \(number)"
    }
}
