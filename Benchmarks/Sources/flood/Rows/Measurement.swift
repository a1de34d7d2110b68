import Bars
import Foundation
import Serving
import Simulation

/// Something that is measured in one go and fills one or more rows.
struct Measurement: Sendable {
    let rows: [Row]
    /// One value for each row.
    let values: @Sendable (FloodSettings) async throws -> [Double]

    /// Everything there is, in the order of the table.
    static let all = [flood, refusals, batch, reuse, cost, kills, wave]

    private static let flood = Measurement(
        rows: [
            Row("flood-in-time", .atLeast(0.95)), Row("flood-busy", .atLeast(0.97)),
            Row("flood-first-come-simulated", .none), Row("promise-held", .within(0.85...0.95)),
            Row("light-caller", .atMost(2)),
        ]
    ) { settings in
        let folder = try ServiceFolder("flood")
        try folder.write(plans: [FloodRun.plan], more: "[server]\nmaximum_connections = 16384\n")
        let keys = try await FloodRun.Keys(in: folder, callers: settings.callers)
        return try await served(folder, settings) { client in
            let figures = try await FloodRun(settings: settings, client: client, keys: keys).measure()
            let light = figures.flood.filter { $0.kind == .light }
            let (beside, alone) = (light.waits, figures.alone.waits)
            describe(figures, beside: beside, alone: alone)
            let inOrder = try Scenario.flood(on: Scenario.processor, seed: settings.seed)
                .with(policy: .firstComeFirstServed).run()
            return [
                figures.flood.share(\.isInTime), figures.busyShare, inOrder.inTimeShare,
                figures.flood.share(\.isInRange), beside.seconds(at: 95) / alone.median,
            ]
        }
    }

    private static func describe(_ figures: FloodRun.Figures, beside: Waits, alone: Waits) {
        let wishes = figures.flood
        func count(_ ending: Wish.Ending) -> Int { wishes.count { $0.ending == ending } }
        note(
            "\(wishes.count) wished for, \(wishes.reduce(0) { $0 + $1.refusals }) times turned away, "
                + "\(wishes.count(where: \.isAccepted)) accepted, \(count(.delivered)) delivered, \(count(.failed)) failed, "
                + "\(count(.unanswered)) without an answer")
        note(
            String(
                format:
                    "asked for %.1f a second, of which %.2f were delivered; %.2f a second could be drawn in full",
                Double(wishes.count) / figures.seconds, Double(count(.delivered)) / figures.seconds,
                figures.fullPerSecond))
        for kind in [Wish.Kind.light, .heavy, .many] {
            let own = wishes.filter { $0.kind == kind }
            let waits = own.waits
            note(
                "\(kind): \(own.count) wished for, \(own.count(where: \.isAccepted)) accepted, "
                    + String(
                        format:
                            "wait %.2f s at the middle, %.2f s for 95 in 100; %.3f in time, %.3f in range",
                        waits.median, waits.seconds(at: 95), own.share(\.isInTime), own.share(\.isInRange)))
        }
        let tiers = Dictionary(grouping: wishes.filter(\.isAccepted), by: \.tier).mapValues(\.count)
        note(
            "tiers: "
                + tiers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        note(
            String(
                format:
                    "a light caller waits %.2f s at the middle and %.2f s for 95 in 100 of %d beside the flood, "
                    + "%.2f s and %.2f s of %d alone", beside.median, beside.seconds(at: 95), beside.count,
                alone.median,
                alone.seconds(at: 95), alone.count))
    }

    private static let refusals = Measurement(rows: [Row("refusal-p99-ms", .atMost(50))]) { settings in
        let folder = try ServiceFolder("refusals")
        try folder.write(plans: RefusalRun.plans + [FloodRun.plan])
        let refused = [
            try await folder.makeKeys(1, plan: RefusalRun.plans[0].name)[0],
            try await folder.makeKeys(1, plan: RefusalRun.plans[1].name)[0],
        ]
        let busy = try await folder.makeKeys(8, plan: FloodRun.plan.name)
        return try await served(folder, settings) { client in
            let waits = try await RefusalRun(settings: settings, client: client, busy: busy, refused: refused)
                .measure()
            note(
                String(
                    format:
                        "%d refusals: %.1f ms at the middle, %.1f ms for 95 in 100, %.1f ms for 99, %.1f ms at most",
                    waits.count, waits.median * 1000, waits.seconds(at: 95) * 1000,
                    waits.seconds(at: 99) * 1000,
                    waits.seconds(at: 100) * 1000))
            return [waits.seconds(at: 99) * 1000]
        }
    }

    private static let batch = Measurement(
        rows: [Row("batch-throughput", .atLeast(1)), Row("batch-difference", .atMost(1e-3))]
    ) { settings in
        let answer = try Subprocess.output(
            CommandLine.arguments[0],
            ["batch", "--model", settings.model, "--pictures", "\(settings.pictures)"])
        let numbers = answer.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 2 else { throw BenchError("batches were not measured") }
        return numbers
    }

    private static let reuse = Measurement(
        rows: ReuseRun.tiers.flatMap {
            [Row("reuse-time-\($0.rawValue)", .none), Row("reuse-decibels-\($0.rawValue)", .none)]
        }
    ) { settings in
        let answer = try Subprocess.output(
            CommandLine.arguments[0],
            ["reuse", "--model", settings.model, "--pictures", "\(settings.pictures)"])
        let numbers = answer.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 2 * ReuseRun.tiers.count else { throw BenchError("reuse was not measured") }
        return numbers
    }

    private static let cost = Measurement(rows: [Row("server-cost-ms", .atMost(5))]) { settings in
        [try await CostRun(settings: settings).measure() * 1000]
    }

    private static let kills = Measurement(
        rows: [Row("kill-lost", .atMost(0)), Row("kill-twice", .atMost(0)), Row("kill-faults", .atMost(0))]
    ) { settings in
        let folder = try ServiceFolder("kills")
        try folder.write(plans: [KillRun.plan])
        let keys = try await folder.makeKeys(KillRun.callerCount, plan: KillRun.plan.name)
        let findings = try await KillRun(settings: settings, folder: folder, keys: keys).measure()
        return [Double(findings.lost), Double(findings.twice), Double(findings.faults.count)]
    }

    private static let wave = Measurement(
        rows: [
            Row("simulated-per-second", .atLeast(20_000)), Row("wave-goodput", .atLeast(0.95)),
            Row("wave-fairness", .atLeast(0.95)),
        ]
    ) { settings in
        let scenario = try Scenario.wave(
            devices: settings.devices, seconds: settings.waveSeconds, keyCallers: 2 * settings.devices,
            seed: settings.seed)
        let start = Uptime.seconds()
        let report = try scenario.run()
        let seconds = Uptime.seconds() - start
        note(
            "\(report.requests) requests, \(report.delivered) pictures, \(report.backloggedCallers) callers who always "
                + String(format: "wanted more, in %.1f s", seconds))
        return [Double(report.requests) / seconds, report.goodput, report.fairness ?? .nan]
    }

    /// Runs a measurement against a service over a folder, and stops the service.
    private static func served<Result>(
        _ folder: ServiceFolder, _ settings: FloodSettings, _ body: (OndolClient) async throws -> Result
    ) async throws -> Result {
        let service = try await folder.serve(settings)
        let result: Result
        do { result = try await body(OndolClient(port: service.port)) } catch {
            service.kill()
            throw error
        }
        try service.stop()
        return result
    }
}

/// A program that is run to its end.
enum Subprocess {
    /// What it prints; what it says on standard error is passed on.
    static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        try output.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError("\(arguments.first ?? program) ended with status \(process.terminationStatus)")
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
