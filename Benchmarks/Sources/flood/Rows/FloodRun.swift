import Bars
import Foundation
import Serving

/// Everyone at once against one service: first few, then light callers alone, then all.
struct FloodRun {
    /// What was seen.
    struct Figures: Sendable {
        /// Wishes of the flood.
        let flood: [Wish]
        /// Those of light callers alone.
        let alone: [Wish]
        /// The share of the flood's time in which the device computed.
        let busyShare: Double
        /// Pictures a second that the device draws in `full`.
        let fullPerSecond: Double
        let seconds: Double
    }

    let settings: FloodSettings
    let client: OndolClient
    let keys: Keys

    /// The callers.
    struct Keys {
        let heavy: ServiceFolder.Key
        let many: [ServiceFolder.Key]
        let light: [ServiceFolder.Key]

        /// - Parameter callers: of the flood; light ones are a tenth beside them.
        init(in folder: ServiceFolder, callers: Int) async throws {
            let made = try await folder.makeKeys(callers + max(2, callers / 10), plan: FloodRun.plan.name)
            heavy = made[0]
            many = Array(made[1..<callers])
            light = Array(made[callers...])
        }
    }

    /// What every caller may: the line alone decides.
    static let plan = Plan.open("flood")

    /// Goes through all of it.
    func measure() async throws -> Figures {
        let ledger = Ledger()
        let fullPerSecond = try await speed(for: settings.quietSeconds / 3)
        note(String(format: "the device draws %.2f pictures a second in full", fullPerSecond))
        // An equal share of what it draws in turbo, which is at least three times as much; a light caller asks for half.
        let lightPerSecond = 1.5 * fullPerSecond / Double(settings.callers + keys.light.count)
        let light = keys.light.enumerated().map { number, key in
            caller(.light, key, lightPerSecond, 1000 + number)
        }
        // The device has to be known, and the ranges to have some experience, before they are held to account.
        let ordinary = keys.many.prefix(30).enumerated().map { number, key in
            caller(.ordinary, key, fullPerSecond / 3 / Double(min(30, keys.many.count)), 2000 + number)
        }
        try await run(light + ordinary, for: settings.quietSeconds, ledger)

        let aloneFrom = Uptime.seconds()
        try await askAlone(light, for: settings.quietSeconds, ledger)
        let alone = ledger.all(from: aloneFrom, to: Uptime.seconds())

        let flood =
            [caller(.heavy, keys.heavy, 5 * fullPerSecond, 1)]
            + keys.many.enumerated().map { number, key in
                caller(.many, key, 5 * fullPerSecond / Double(keys.many.count), 3000 + number)
            }
        let from = Uptime.seconds()
        async let busy = busyShare(for: settings.seconds)
        try await run(light + flood, for: settings.seconds, ledger)
        let figures = Figures(
            flood: ledger.all(from: from, to: from + settings.seconds), alone: alone,
            busyShare: try await busy,
            fullPerSecond: fullPerSecond, seconds: settings.seconds)
        if let trouble = ledger.trouble { note("not answered as expected, the first time: \(trouble)") }
        return figures
    }

    private func caller(
        _ kind: Wish.Kind, _ key: ServiceFolder.Key, _ requestsPerSecond: Double, _ number: Int
    ) -> FloodCaller {
        FloodCaller(
            kind: kind, key: key.text, requestsPerSecond: requestsPerSecond, seed: settings.seed,
            number: UInt64(number))
    }

    /// Lets callers ask for so long, and waits for the last picture.
    private func run(_ callers: [FloodCaller], for seconds: Double, _ ledger: Ledger) async throws {
        let end = Uptime.seconds() + seconds
        let client = client
        try await withThrowingDiscardingTaskGroup { group in
            for caller in callers {
                group.addTask { try await caller.run(until: end, client: client, ledger: ledger) }
            }
        }
    }

    /// Lets callers ask for one picture each, nobody else there. The service knows them from then on: a stranger is owed nothing.
    private func askAlone(_ callers: [FloodCaller], for seconds: Double, _ ledger: Ledger) async throws {
        let start = Uptime.seconds()
        for (number, caller) in callers.enumerated() {
            try await Uptime.sleep(until: start + Double(number) * seconds / Double(callers.count))
            await caller.want(
                asked: Uptime.seconds(), until: .infinity, stream: settings.seed &+ UInt64(number), client,
                ledger)
        }
    }

    /// Pictures a second in `full`, with always some of them waiting.
    private func speed(for seconds: Double) async throws -> Double {
        let (client, key) = (client, keys.heavy.text)
        let end = Uptime.seconds() + seconds
        var chance = SeededChance(seed: settings.seed, stream: 77)
        let seeds = (0..<6).map { _ in chance.next() }
        let (count, last) = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
            for seed in seeds {
                group.addTask {
                    var chance = SeededChance(seed: seed)
                    var (count, last) = (0, Uptime.seconds())
                    while Uptime.seconds() < end {
                        let answer = try await client.ask(
                            Prompts.prompt(chance.next()), quality: "high", key: key)
                        // A device that was never measured may be thought slower than it is.
                        guard answer.status == 202 else {
                            try await Task.sleep(for: .milliseconds(500))
                            continue
                        }
                        let request = try answer.read(AskedFor.self)
                        _ = try await client.follow(request.jobs[0].id, key: key)
                        count += 1
                        last = Uptime.seconds()
                    }
                    return (count, last)
                }
            }
            return try await group.reduce((0, end)) { ($0.0 + $1.0, max($0.1, $1.1)) }
        }
        return Double(count) / (last - (end - seconds))
    }

    /// The share of so many seconds in which the device computes, by its own clock.
    private func busyShare(for seconds: Double) async throws -> Double {
        func busySeconds() async throws -> (Double, at: Double) {
            let at = Uptime.seconds()
            let figures = try await client.metrics()
            guard let busy = figures.first(where: { $0.key.hasPrefix("ondol_device_busy_seconds_total") })
            else {
                throw BenchError(
                    "the service does not tell how long its device was busy; is it of this version?")
            }
            // Half of the way to the answer and back.
            return (busy.value, (at + Uptime.seconds()) / 2)
        }
        let first = try await busySeconds()
        try await Uptime.sleep(until: first.at + seconds)
        let last = try await busySeconds()
        return (last.0 - first.0) / (last.at - first.at)
    }
}
