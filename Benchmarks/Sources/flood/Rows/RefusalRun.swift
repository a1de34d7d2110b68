import Bars
import Foundation
import Serving

/// Requests that are turned away, at a steady rate, while others keep the device busy.
struct RefusalRun {
    let settings: FloodSettings
    let client: OndolClient
    /// Callers who keep the line full.
    let busy: [ServiceFolder.Key]
    /// One whose requests a minute are used up, and one whose plan bears no wait.
    let refused: [ServiceFolder.Key]

    /// The plans of those who are refused.
    static let plans = [
        Plan(name: "used-up", requestsPerMinute: 1), .open("hurried", longestWaitSeconds: 0.001),
    ]

    /// Connections that take turns.
    private static let lanes = 97

    /// Times from when a request was due to its whole answer.
    func measure() async throws -> Waits {
        let (client, busy, seconds) = (client, busy, settings.refusalSeconds)
        return try await withThrowingTaskGroup(of: Waits?.self) { group in
            for (number, key) in busy.enumerated() {
                group.addTask {
                    try await keepBusy(key, number)
                    return nil
                }
            }
            try await waitForLine()
            let waits = try await ask(from: Uptime.seconds() + 0.1, for: seconds, client)
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError), !Task.isCancelled {
                    note("a caller beside the refused ones stopped: \(error)")
                }
            }
            return waits
        }
    }

    /// Always has some pictures in the line.
    private func keepBusy(_ key: ServiceFolder.Key, _ number: Int) async throws {
        var chance = SeededChance(seed: settings.seed, stream: UInt64(9000 + number))
        while !Task.isCancelled {
            let answer = try await client.ask(Prompts.prompt(chance.next()), key: key.text)
            if answer.status == 202 { continue }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func waitForLine() async throws {
        let end = Uptime.seconds() + 60
        while Uptime.seconds() < end {
            let figures = try await client.metrics()
            if (figures["ondol_pictures_waiting"] ?? 0) >= 2 * Double(busy.count) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchError("the line did not fill within a minute")
    }

    private func ask(from start: Double, for seconds: Double, _ client: OndolClient) async throws -> Waits {
        let (refused, plans) = (refused, Int(seconds * settings.refusalsPerSecond))
        var waits = Waits()
        // The first request of the one whose minute is used up is taken.
        for key in refused { _ = try await client.ask("a boat", key: key.text) }
        let (lanes, rate) = (Self.lanes, settings.refusalsPerSecond)
        let answered = try await withThrowingTaskGroup(of: [(Double, Int)].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    try await client.bounded(seconds + 120) { connection in
                        var answered: [(Double, Int)] = []
                        for number in stride(from: lane, to: plans, by: lanes) {
                            // Measured from when it was due, so that an answer that is late does not hide the next.
                            let due = start + Double(number) / rate
                            try await Uptime.sleep(until: due)
                            let request = OndolClient.asking(
                                "a boat on the sea", key: refused[number % refused.count].text)
                            let answer = try await OndolClient.answer(request, on: connection)
                            answered.append((Uptime.seconds() - due, answer.status))
                        }
                        return answered
                    }
                }
            }
            return try await group.reduce([]) { $0 + $1 }
        }
        let others = answered.filter { ![429, 503].contains($0.1) }
        guard others.count * 1000 <= answered.count else {
            throw BenchError("\(others.count) of \(answered.count) requests that should be refused were not")
        }
        for (seconds, _) in answered { waits.record(seconds: seconds) }
        return waits
    }
}
