import Bars
import Foundation
import FoundationNetworking
import Hummingbird
import Logging
import Rights
import Server
import Service
import ServiceLifecycle
import Serving
import Stores
import Worker

/// How long it takes from the end of an agreement, recorded by another process, until its style has stopped everywhere:
/// every waiting picture is told, and a new request is refused.
struct StyleStop {
    /// Pictures that wait in the style when it ends.
    private static let waiting = 300
    private static let style = "kim-ink"

    /// Seconds, the longest of some rounds, each with a service of its own over a real disk and a real clock.
    static func seconds(rounds: Int) async throws -> Double {
        var longest = 0.0
        for round in 1...rounds {
            let seconds = try await Self.round()
            note(
                "round \(round): \(waiting) waiting pictures were told and a new one refused after \(seconds) s"
            )
            longest = max(longest, seconds)
        }
        return longest
    }

    private static func round() async throws -> Double {
        let folder = "\(BenchFolders.state)/style-stop-\(getpid())"
        try? FileManager.default.removeItem(atPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SQLiteStore(folder: folder)
        for event in try PublishedStyle.events(Self.style) { try await record(event, in: store) }
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        var settings = ServiceSettings()
        settings.plans["bench"] = Plan(
            name: "bench", requestsPerMinute: 1_000_000, picturesPerDay: 1_000_000, picturesAtOnce: 10_000,
            longestWaitSeconds: 86_400)
        let core = try await PictureServiceCore(
            store: store, settings: settings, environment: environment, tokenCount: { _, _ in 3 },
            logger: logger)
        // A device that is there and draws nothing: all pictures wait.
        core.observer.capacityChanged(
            WorkerCapacity(
                worker: "bench", shape: PictureShape(model: "hanji", width: 128, height: 128), rows: 4,
                allowedRows: 4, heat: .cool))
        let key = try await makeKey(in: store)
        let api = try api(core)
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let application = api.application(
            address: .hostname("127.0.0.1", port: 0), router: api.router(), logger: logger
        ) { port in
            if let port { found.yield(port) }
            found.finish()
        }
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { await core.run() }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw BenchError("the server does not listen") }
            let seconds = try await measure(port: port, key: key, folder: folder)
            await group.triggerGracefulShutdown()
            tasks.cancelAll()
            while let ended = await tasks.nextResult() {
                if case .failure(let error) = ended, !(error is CancellationError) { throw error }
            }
            try store.close()
            return seconds
        }
    }

    private static func measure(port: Int, key: String, folder: String) async throws -> Double {
        var open: [String] = []
        for number in 0..<waiting {
            let answer = try await ask(port: port, key: key, seed: number)
            guard answer.status == 202, let id = answer.text("id") else {
                throw BenchError("a request was not taken: \(answer.status)")
            }
            open.append(id)
        }
        let beside = try SQLiteStore(folder: folder, settings: StoreSettings(checksAtOpen: false))
        defer { try? beside.close() }
        let clock = ContinuousClock()
        let start = clock.now
        try await record(.agreementTerminated(Identifier("a-\(style)")), in: beside)
        // From the end on, so that the last one told is seen when it is told.
        while let id = open.last {
            let answer = try await call("GET", "/v1/jobs/\(id)", port: port, key: key)
            if answer.text("status") == "failed" {
                open.removeLast()
            } else {
                try await Task.sleep(for: .milliseconds(10))
            }
            guard clock.now - start < .seconds(60) else {
                throw BenchError("pictures of a style that ended still wait after a minute")
            }
        }
        while try await ask(port: port, key: key, seed: waiting).status != 400 {
            try await Task.sleep(for: .milliseconds(10))
        }
        return (clock.now - start) / .seconds(1)
    }

    // MARK: the service

    private static let environment = ServiceEnvironment(
        now: { Moment(secondsSinceEpoch: Date().timeIntervalSince1970) },
        randomBits: {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        }, sleep: { try await Task.sleep(for: .seconds($0)) })

    private static func api(_ core: PictureServiceCore) throws -> PictureAPI {
        guard let size = PictureSize(width: 128, height: 128) else { throw BenchError("no such size") }
        return try PictureAPI(
            settings: ServerSettings(linkSecret: Array(repeating: 7, count: 32)),
            environment: ServerEnvironment(now: environment.now, randomBits: environment.randomBits),
            catalogue: ModelCatalogue(models: [
                ModelDescription(
                    name: "hanji", created: environment.now(), sizes: .listed([size]), defaultSize: size)
            ]), generation: core.generation, keys: core.keys, pictures: core.pictures)
    }

    private static func makeKey(in store: SQLiteStore) async throws -> String {
        var chance = SystemRandomNumberGenerator()
        let now = environment.now()
        let secret = KeySecret(at: now, using: &chance)
        try await store.add(
            secret,
            KeyRecord(id: secret.id, label: "bench", plan: "bench", scopes: [.draw], created: now),
            salt: Array(repeating: 3, count: 16))
        return secret.text
    }

    private static func record(_ event: RegistryEvent, in store: SQLiteStore) async throws {
        _ = try await store.change(
            Registry(), by: Identifier("bench"), at: Timestamp(environment.now())
        ) { _ in event }
    }

    // MARK: a caller

    private struct Answer {
        let status: Int
        let body: Data

        func text(_ name: String) -> String? {
            ((try? JSONSerialization.jsonObject(with: body)) as? [String: Any])?[name] as? String
        }
    }

    private static func ask(port: Int, key: String, seed: Int) async throws -> Answer {
        try await call(
            "POST", "/v1/images/generations", port: port, key: key,
            body: "{\"prompt\":\"a quiet lake\",\"ondol\":{\"style\":\"\(style)\",\"seed\":\(seed)}}")
    }

    private static func call(
        _ method: String, _ path: String, port: Int, key: String, body: String? = nil
    ) async throws -> Answer {
        guard let address = URL(string: "http://127.0.0.1:\(port)\(path)") else {
            throw BenchError("no such address")
        }
        var request = URLRequest(url: address)
        request.httpMethod = method
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("respond-async", forHTTPHeaderField: "Prefer")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        return Answer(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data)
    }
}

/// The changes that lead to a style that may be used.
enum PublishedStyle {
    static func events(_ name: String) throws -> [RegistryEvent] {
        let (holder, agreement, work): (Identifier<RightsHolder>, Identifier<Agreement>, Identifier<Work>) =
            (try Identifier("kim"), try Identifier("a-\(name)"), try Identifier("w-1"))
        let style: Identifier<Style> = try Identifier(name)
        let (hash, day) = (ContentHash(of: "file".utf8), try CalendarDay("2026-01-01"))
        return [
            .holderRegistered(.init(identifier: holder, creditName: "Kim")),
            .agreementMade(
                try Agreement(
                    identifier: agreement, holder: holder, document: hash, holderBasisPoints: 7_000,
                    feeMicros: 50_000_000, currency: Currency("KRW"), from: day, noticeDays: 30)),
            .agreementLineAdded(agreement, .training(1)),
            .agreementLineAdded(agreement, .drawing(isCommercial: true)),
            .workRegistered(Work(identifier: work, holder: holder, title: "1", fileHash: hash)),
            .evidenceRecorded(
                LicenceEvidence(
                    work: work, document: hash, title: "licence", uses: [.styleTraining], isCommercial: true,
                    from: day)),
            .styleDrafted(
                style, holder: holder, agreement: agreement, title: .init(korean: "먹", english: "Ink")),
            .styleWorksChosen(style, [work]), .evidenceCompleted(style, on: day),
            .styleTrained(
                style,
                .init(
                    adapter: hash, baseModel: "hanji", baseModelHash: hash, agreementLine: 1, works: [work])),
            .styleChecked(style, .init(adapter: hash, report: hash, nearCopyCount: 0)),
            .stylePublished(style),
        ]
    }
}
