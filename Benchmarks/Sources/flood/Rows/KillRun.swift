import Bars
import Foundation
import Serving
import Synchronization

/// Kills the service again and again while callers ask for pictures, and holds what is left against what they were told.
struct KillRun {
    let settings: FloodSettings
    let folder: ServiceFolder
    let keys: [ServiceFolder.Key]

    /// What callers may.
    static let plan = Plan.open("callers", atOnce: 8)
    /// How many there are.
    static let callerCount = 6

    /// Requests whose answers are owed, by `Idempotency-Key`: each is asked until it is answered, and by then it is known
    /// whether the service has taken it.
    final class Journal: Sendable {
        private let accepted = Mutex<[String: (key: String, request: String)]>([:])
        private let repeated = Mutex(0)

        /// Notes that a request was taken.
        /// - Returns: false where the same request was taken before under another name.
        func accept(_ idempotencyKey: String, key: String, request: String) -> Bool {
            accepted.withLock { accepted in
                if let before = accepted[idempotencyKey] { return before.request == request }
                accepted[idempotencyKey] = (key, request)
                return true
            }
        }

        func noteRepeat() { repeated.withLock { $0 += 1 } }

        /// All that were taken.
        var requests: [(key: String, request: String)] { accepted.withLock { Array($0.values) } }
        /// How often a request had to be asked again, because the service had died.
        var repeatCount: Int { repeated.withLock { $0 } }
    }

    /// Goes through all rounds.
    func measure() async throws -> KeptAccount.Findings {
        let journal = Journal()
        let place = CurrentPort()
        var chance = SeededChance(seed: settings.seed, stream: 13)
        var twice = 0
        let findings: KeptAccount.Findings = try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, key) in keys.enumerated() {
                group.addTask {
                    try await Asker(
                        key: key.text, number: number, seed: settings.seed, place: place,
                        journal: journal
                    ).run()
                }
            }
            for round in 0..<settings.rounds {
                try await killOnce(place, round: round, &chance)
            }
            // Nobody asks for anything new from here on; what is owed is asked for to the end.
            place.finish()
            let service = try await folder.serve(settings)
            place.set(service.port)
            while let count = try await group.next() { twice += count }
            let client = OndolClient(port: service.port)
            let unfinished = try await waitForAll(journal, client)
            try service.stop()
            var findings = try await KeptAccount(folder: folder).findings(of: journal, keys: keys)
            findings.lost += unfinished
            findings.twice += twice
            return findings
        }
        note(
            "\(settings.rounds) kills, \(journal.requests.count) requests accepted, \(journal.repeatCount) asked again; "
                + findings.text)
        return findings
    }

    /// Starts the service, and kills it at a moment of chance: mostly some time after it answers, sometimes while it starts.
    private func killOnce(_ place: CurrentPort, round: Int, _ chance: inout SeededChance) async throws {
        if chance.unit() < 0.1 {
            let delay = chance.unit() * 2
            let service = try? await folder.serve(settings) { process in
                DispatchQueue.global().asyncAfter(deadline: .now() + delay) {
                    Foundation.kill(process, SIGKILL)
                }
            }
            if let service {
                // It was quicker than its end; callers find it until then.
                place.set(service.port)
                try await Task.sleep(for: .seconds(delay))
                service.kill()
            }
        } else {
            let delay = 0.02 + chance.unit() * 2.5
            let service = try await folder.serve(settings)
            place.set(service.port)
            try await Task.sleep(for: .seconds(delay))
            service.kill()
        }
        place.set(nil)
    }

    /// Waits for all that was accepted.
    /// - Returns: how many pictures did not come.
    private func waitForAll(_ journal: Journal, _ client: OndolClient) async throws -> Int {
        let end = Uptime.seconds() + 300
        var missing = 0
        for (key, request) in journal.requests {
            while true {
                let answer = try await client.send(.GET, "/v1/jobs/\(request)", key: key)
                guard answer.status == 200 else {
                    note("request \(request) is answered with status \(answer.status)")
                    missing += 1
                    break
                }
                let status = try answer.read(AskedFor.self).status
                if status == "completed" { break }
                guard status == "queued" || status == "drawing", Uptime.seconds() < end else {
                    note("request \(request) is \(status)")
                    missing += 1
                    break
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return missing
    }
}

/// Where the service answers now, if it does.
final class CurrentPort: Sendable {
    private let state = Mutex((port: Int?.none, isOver: false))

    func set(_ port: Int?) { state.withLock { $0.port = port } }
    func finish() { state.withLock { $0.isOver = true } }

    var port: Int? { state.withLock { $0.port } }
    /// Whether nothing new is asked for.
    var isOver: Bool { state.withLock { $0.isOver } }
}

/// A caller who repeats each request until it is answered, as clients do whose connection breaks.
struct Asker: Sendable {
    let key: String
    let number: Int
    let seed: UInt64
    let place: CurrentPort
    let journal: KillRun.Journal

    /// Asks until it is over.
    /// - Returns: how many requests were taken twice.
    func run() async throws -> Int {
        var chance = SeededChance(seed: seed, stream: UInt64(500 + number))
        var twice = 0
        var count = 0
        while !place.isOver {
            count += 1
            let name = "caller-\(number)-request-\(count)"
            twice += try await ask(name, Prompts.prompt(chance.next())) ? 0 : 1
            try await Task.sleep(for: .milliseconds(Int(chance.unit() * 60)))
        }
        return twice
    }

    private func ask(_ name: String, _ prompt: String) async throws -> Bool {
        while true {
            guard let port = place.port else {
                try await Task.sleep(for: .milliseconds(20))
                continue
            }
            do {
                let answer = try await OndolClient(port: port).ask(
                    prompt, quality: "low", key: key, idempotencyKey: name, within: 20)
                switch answer.status {
                case 202:
                    return journal.accept(name, key: key, request: try answer.read(AskedFor.self).id)
                case 429, 503:
                    // Over, and nothing is owed: it was never taken.
                    if place.isOver { return true }
                    try await Task.sleep(for: .milliseconds(150))
                default: throw BenchError("a request was answered with status \(answer.status)")
                }
            } catch let error as BenchError {
                throw error
            } catch let error as CancellationError {
                throw error
            } catch {
                // The service has died, before or after it took the request: only asking again tells.
                journal.noteRepeat()
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}
