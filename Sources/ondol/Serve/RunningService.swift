import FoundationEssentials
import Glibc
import Hummingbird
import ImagePipelines
import Logging
import NIOCore
import Pages
import Server
import Service
import ServiceLifecycle
import Serving
import Stores
import Worker

/// The service of this process: one store, one desk, one worker, one server.
struct RunningService {
    private let settings: ServiceSettings
    private let store: SQLiteStore
    private let core: PictureServiceCore
    private let engine: PipelineEngine
    private let worker: PictureWorker<PipelineEngine>
    private let api: PictureAPI
    private let site: PageSite
    private let styles: ShelfWatch
    private let logger: Logger

    /// Opens the device and the models, and puts all parts together.
    /// - Throws: where a model, a setting or the device cannot be used; each error says what to do.
    init(store: SQLiteStore, folder: String, settings: ServiceSettings, plugin: String?) async throws {
        self.settings = settings
        self.store = store
        logger = Self.logger(settings.log)
        // Looked at before the device is opened, which takes a while.
        let rules = try RuleFileOnDisk.policy(settings)
        let models = try ServedModels(settings.drawing.models, plugin: plugin)
        let shelf = models.shelf(settings.styles)
        let secret = try ServiceSecret(folder: folder, randomBits: Machine.randomBits)
        core = try await PictureServiceCore(
            store: store, settings: settings, environment: Machine.service, rules: rules,
            tokenCount: models.tokenCount, logger: logger)
        engine = models.engine(for: settings.recipes, styles: shelf)
        let credentials = try ServedCredentials(
            settings.provenance, folder: folder, known: core.knownPictures, logger: logger)
        worker = try Self.worker(
            engine, models, styles: shelf, store: store, core: core, settings: settings,
            finishing: credentials.finishing, logger: logger)
        styles = ShelfWatch(
            shelf, logger: logger, sleep: Machine.service.sleep,
            prepare: { [engine, logger, settings = worker.settings] model, forms in
                // As at the start: programs of other models and sizes are compiled when they are first drawn with.
                guard model == settings.usualShape.model else { return }
                logger.notice("programs for new styles are compiled; they are offered once that is done")
                try engine.prepareStyles(forms, for: settings.usualShape, capacities: settings.capacities)
            })
        styles.tellContents()
        core.tellCancelled { [worker] in worker.cancel($0) }
        api = try PictureAPI(
            settings: Self.serverSettings(settings, secret: secret),
            environment: ServerEnvironment(now: Machine.now, randomBits: Machine.randomBits),
            catalogue: try models.catalogue(), generation: core.generation, keys: core.keys,
            pictures: core.pictures, visitors: core.visitors(addressKey: secret.key(for: "addresses")),
            floor: core.floor {
                [worker, heat = try HeatGuard(settings: settings.heat), kind = models.deviceName] in
                [FloorDevice(worker.status, of: worker.settings, kind: kind, heat: heat)]
            }, verification: credentials.verification, policy: core.policy, styles: core.styles(on: shelf),
            claims: try core.claims(addressKey: secret.key(for: "claims")), artists: core.artists)
        site = try PageSite(
            api: api, styles: DirectoryListing(api),
            cards: core.styleCards(
                publicAddress: settings.publicAddress,
                samples: SampleFolder(path: "\(folder)/samples") { [shelf] style in
                    shelf.entry(style.text).map {
                        ("\($0.folder)/\(StyleCheck.samplesName)", $0.manifest.adapterHash)
                    }
                },
                baseModel: { [shelf = models.baseModels] in shelf.facts($0, weights: $1) }))
    }

    /// Makes and prints an administrator's key where the store has none.
    func announceFirstKey() async throws {
        var chance = SystemRandomNumberGenerator()
        let now = Machine.now()
        let secret = KeySecret(at: now, using: &chance)
        let record = KeyRecord(
            id: secret.id, label: "administrator", plan: ServiceSettings.standardPlan,
            scopes: [.administer, .draw], created: now)
        let salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &chance) }
        guard try await store.addFirstAdministrator(secret, record, salt: salt, at: now) else { return }
        Terminal.note("The administrator's key, shown this once; keep it:\n\n    \(secret.text)\n")
    }

    /// Serves until the process is told to stop, and then as long as running pictures may take.
    func run() async throws {
        let (core, worker, styles, drainSeconds) = (core, worker, styles, settings.drawing.drainSeconds)
        let router = api.router(otherRoutes: site.routes + [("/metrics", [.get])]) { router in
            site.addRoutes(to: router)
            router.get("metrics") { _, _ in
                let text = core.metrics(busySeconds: [(worker.settings.name, worker.status.busySeconds)])
                return Response(
                    status: .ok, headers: [.contentType: PictureServiceCore.metricsMediaType],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
            }
        }
        let listening = settings.listening
        let application = api.application(
            address: .hostname(listening.host, port: listening.port), router: router, logger: logger
        ) { port in
            let host = listening.host.contains(":") ? "[\(listening.host)]" : listening.host
            Terminal.note("Ondol serves at http://\(host):\(port ?? listening.port)")
        }
        // The last is told to stop first: the worker ends its pictures while the server still answers.
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: Chore { await cancelWhenGracefulShutdown { await core.run() } }),
                .init(service: Chore { await cancelWhenGracefulShutdown { await styles.run() } }),
                .init(service: application),
                .init(
                    service: Chore(onShutdown: {
                        core.stop()
                        worker.drain(within: drainSeconds)
                    }) { try await worker.run() }),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Whoever still listens by then is dropped.
        configuration.maximumGracefulShutdownDuration = .seconds(drainSeconds + 10)
        configuration.maximumCancellationDuration = .seconds(5)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            logger.warning("listeners that did not leave in time were dropped")
        } catch let error as IOError where [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode) {
            let reason = String(cString: strerror(error.errnoCode)).lowercased()
            throw CommandError(
                "nothing can listen at \(listening.host), port \(listening.port): \(reason); name another with --host or --port"
            )
        }
    }

    /// Compiles what the first pictures need, or takes it from the cache, so that nobody waits for it who was promised a
    /// picture; and measures what steps take, so that nobody is promised a guess.
    func prepare() async throws {
        Terminal.note("Preparing the device; the first time takes some minutes.")
        for capacity in worker.settings.capacities {
            try engine.prepare(worker.settings.usualShape, capacity: capacity)
        }
        try await worker.measure(withinSeconds: Self.measuringSeconds)
        try await core.keepMemory()
    }

    /// How long a start may take for measuring: enough for a small model on a processor or a large one on a card.
    private static let measuringSeconds = 10.0

    // MARK: parts

    private static func worker(
        _ engine: PipelineEngine, _ models: ServedModels, styles: StyleShelf, store: SQLiteStore,
        core: PictureServiceCore, settings: ServiceSettings,
        finishing: CredentialFinishing, logger: Logger
    ) throws -> PictureWorker<PipelineEngine> {
        var bounds = WorkerSettings(name: "local", usualShape: models.usualShape)
        bounds.recipes = settings.recipes
        bounds.capacities = [1, 2, 4, 8, 16, 32, 64].filter { $0 < settings.drawing.batchRows }
        bounds.capacities.append(settings.drawing.batchRows)
        bounds.leaseSeconds = settings.drawing.leaseSeconds
        bounds.resultKeptSeconds = settings.pictureSeconds
        return try PictureWorker(
            settings: bounds, engine: engine, store: store, planner: try BatchPlanner(),
            heat: try HeatGuard(settings: settings.heat), sensors: Machine.sensors(of: models.deviceKind),
            observer: core.observer, clock: Machine.worker,
            newPicture: { now in
                var chance = SystemRandomNumberGenerator()
                return Stores.PictureIdentifier(at: now, using: &chance)
            }, finisher: models.finisher(finishing, styles: styles), logger: logger)
    }

    private static func serverSettings(_ settings: ServiceSettings, secret: ServiceSecret) -> ServerSettings {
        let listening = settings.listening
        var server = ServerSettings(linkSecret: secret.key(for: "links"))
        server.publicAddress = settings.publicAddress
        server.linkLifetimeSeconds = listening.linkLifetimeSeconds
        server.keepAliveSeconds = listening.keepAliveSeconds
        server.maximumConnections = listening.maximumConnections
        server.allowedOrigins = listening.allowedOrigins
        server.trustedProxies = listening.trustedProxies
        server.uploads.bodyBytes = listening.uploadBytes
        server.mining = MiningSignals(settings.provenance)
        server.logsPrompts = settings.log.hasPrompts
        return server
    }

    private static func logger(_ settings: ServiceSettings.LogSettings) -> Logger {
        var logger = Logger(label: "ondol") { label in
            guard settings.format == "json" else { return StreamLogHandler.standardError(label: label) }
            return JSONLogHandler(label: label, now: Machine.now) { line in
                // One call for a line, so that lines of several threads never mix.
                let bytes = Array(line.utf8)
                _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            }
        }
        logger.logLevel = Logger.Level(rawValue: settings.level) ?? .info
        return logger
    }
}

extension FloorDevice {
    /// This process' device.
    fileprivate init(
        _ status: WorkerStatus, of settings: WorkerSettings, kind: String, heat: HeatGuard
    ) {
        // What pays on this device, which may be less than there are rows for.
        let rows = status.capacity?.rows ?? settings.capacities.last ?? 1
        let state: State =
            if status.isHung || status.isOver { .lost } else if status.isDraining {
                .draining
            } else if status.heat
                == .hot
            { .cooling } else { status.rows > 0 ? .drawing : .idle }
        self.init(
            name: settings.name, kind: kind, state: state, celsius: status.celsius, heat: status.heat,
            warmCelsius: heat.settings.warmCelsius, hotCelsius: heat.settings.hotCelsius,
            busyRows: status.rows,
            allowedRows: status.capacity?.allowedRows ?? heat.rows(of: rows, at: status.heat), rows: rows,
            stepSeconds: status.stepSeconds)
    }
}

/// A part of the service that runs beside the server.
private struct Chore: Service {
    var onShutdown: @Sendable () -> Void = {}
    let body: @Sendable () async throws -> Void

    init(onShutdown: (@Sendable () -> Void)? = nil, _ body: @escaping @Sendable () async throws -> Void) {
        if let onShutdown { self.onShutdown = onShutdown }
        self.body = body
    }

    func run() async throws {
        let hasOwnEnd = onShutdown
        try await withGracefulShutdownHandler {
            try await body()
        } onGracefulShutdown: {
            hasOwnEnd()
        }
    }
}
