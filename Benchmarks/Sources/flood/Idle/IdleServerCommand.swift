import ArgumentParser
import Bars
import Foundation
import Hummingbird
import Images
import Logging
import Server
import Service
import Serving
import Stores
import Worker

/// The service put together as `ondol serve` does, over a device that draws nothing; ended by a signal.
struct IdleServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "idle-server", shouldDisplay: false)

    @Option var data: String
    @Option var port: Int

    func run() async throws {
        let settings = try ServiceSettings(
            toml: String(contentsOfFile: "\(data)/settings.toml", encoding: .utf8))
        var logger = Logger(label: "idle") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .info
        let store = try SQLiteStore(folder: data)
        let secret = try ServiceSecret(folder: data, randomBits: Machine.randomBits)
        let core = try await PictureServiceCore(
            store: store, settings: settings, environment: Machine.service,
            tokenCount: { _, prompt in prompt.count / 4 },
            logger: logger)
        var bounds = WorkerSettings(name: "local", usualShape: IdleEngine.shape)
        bounds.recipes = settings.recipes
        let worker = try PictureWorker(
            settings: bounds, engine: try IdleEngine(), store: store, planner: try BatchPlanner(),
            heat: try HeatGuard(),
            observer: core.observer, clock: Machine.worker,
            newPicture: { now in
                var chance = SystemRandomNumberGenerator()
                return Stores.PictureIdentifier(at: now, using: &chance)
            }, logger: logger)
        core.tellCancelled { [worker] in worker.cancel($0) }
        let api = try Self.api(core, secret: secret)
        let application = api.application(
            address: .hostname("127.0.0.1", port: port), router: api.router(), logger: logger
        ) { port in
            note("The idle service serves at http://127.0.0.1:\(port ?? 0)")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await core.run() }
            group.addTask { try await worker.run() }
            group.addTask { try await application.run() }
            try await group.next()
            group.cancelAll()
        }
    }

    private static func api(_ core: PictureServiceCore, secret: ServiceSecret) throws -> PictureAPI {
        let shape = IdleEngine.shape
        guard let size = Server.PictureSize(width: shape.width, height: shape.height) else {
            throw BenchError("\(shape.width) by \(shape.height) is no size that can be asked for")
        }
        return try PictureAPI(
            settings: ServerSettings(linkSecret: secret.key(for: "links")),
            environment: ServerEnvironment(now: Machine.now, randomBits: Machine.randomBits),
            catalogue: ModelCatalogue(models: [
                ModelDescription(
                    name: shape.model, created: Machine.now(), sizes: .listed([size]), defaultSize: size)
            ]), generation: core.generation, keys: core.keys, pictures: core.pictures)
    }
}

/// This machine's clocks and chance.
private enum Machine {
    @Sendable static func now() -> Moment { Moment(secondsSinceEpoch: Date().timeIntervalSince1970) }

    @Sendable static func randomBits() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    @Sendable private static func sleep(_ seconds: Double) async throws {
        try await Task.sleep(for: .seconds(seconds))
    }

    static let service = ServiceEnvironment(now: now, randomBits: randomBits, sleep: sleep)
    static let worker = WorkerClock(now: now, uptimeSeconds: Uptime.seconds, sleep: sleep)
}
