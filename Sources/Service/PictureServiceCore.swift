import Logging
import Rights
import Server
import Serving
import Stores
import Worker

/// The service put together: the desk over the store, behind the server's protocols and the worker's.
public final class PictureServiceCore: Sendable {
    /// All that is kept.
    public typealias Store = JobStore & EventStore & KeyStore & AccountStore & DeskStore & PictureStore
        & LikenessStore & RetentionStore & JobRightsStore & RegistryStore & LedgerStore & AppealStore
        & ClaimStore

    /// Takes requests.
    public var generation: any GenerationService { stored }
    /// Knows the keys.
    public let keys: any KeyService
    /// Keeps pictures.
    public let pictures: any PictureService
    /// Says what the policy makes of a prompt, and takes objections.
    public let policy: any PolicyService
    /// Knows delivered pictures by what they look like.
    public let knownPictures: KnownPictures

    let stored: StoredGeneration
    private let store: any Store
    let environment: ServiceEnvironment
    let logger: Logger
    private let settings: ServiceSettings
    private let housekeeping: Housekeeping

    /// Puts the service together from what the store has.
    ///
    /// - Parameters:
    ///   - rules: the policy that requests are judged by; nil for the rules that ship.
    ///   - tokenCount: how many tokens a prompt has for a model.
    /// - Throws: `StoresError` where the store cannot be read, `ServingError` where a setting is out of range,
    ///   `RightsError` where an answered appeal contradicts the rules.
    public init(
        store: any Store, settings: ServiceSettings, environment: ServiceEnvironment, rules: Policy? = nil,
        tokenCount: @escaping @Sendable (_ model: String, _ prompt: String) -> Int, logger: Logger
    ) async throws {
        let fresh = AdmissionDesk.Memory(
            prices: try PriceBook(settings: PriceSettings(rowLimit: settings.drawing.batchRows)),
            tiers: try TierController(settings: settings.tiers), calibration: try RangeCalibration())
        let desk = try await store.desk()
        let shared = try SharedDesk(
            stored: desk, settings: settings.admission, recipes: settings.recipes, fresh: fresh)
        // Their pictures may be done before they ask again, and then change their accounts.
        for caller in desk.openJobs.keys {
            let record = try await store.account(of: caller)
            shared.with { $0.accounts.adopt(record, of: caller, end: nil, at: environment.now()) }
        }
        var generation = GenerationSettings()
        generation.tokenCount = tokenCount
        generation.currency = settings.ledger.currency
        let rights = try await RightsDesk(
            store: store, rules: try rules ?? Policy.shipped(),
            utcOffsetMinutes: settings.policy.utcOffsetMinutes, currency: settings.ledger.currency)
        generation.wishes = CredentialWishes(settings.provenance)
        generation.isLabelRequired = settings.provenance.isLabelRequired
        stored = StoredGeneration(
            store: store, shared: shared, rights: rights, environment: environment, settings: generation)
        policy = StoredPolicy(generation: stored, store: store, rights: rights, environment: environment)
        keys = StoredKeys(
            store: store, plans: settings.plans, standard: settings.plan(named: ServiceSettings.standardPlan),
            now: environment.now)
        knownPictures = KnownPictures(store: store)
        pictures = StoredPictures(store: store, now: environment.now)
        self.store = store
        self.environment = environment
        self.settings = settings
        self.logger = logger
        housekeeping = Housekeeping(
            store: store, generation: stored, retention: settings.retention, environment: environment,
            logger: logger)
    }

    /// What a worker is to tell.
    public var observer: any WorkerObserver {
        DeskObserver(
            shared: stored.shared, waiters: stored.waiters, rights: stored.rights, environment: environment)
    }

    /// Tells somebody of jobs that are cancelled while they are drawn, so that they leave at the next step.
    public func tellCancelled(_ listener: @escaping @Sendable ([JobIdentifier]) -> Void) {
        stored.tellCancelled(listener)
    }

    /// Keeps what was learned until now, as of the device before the first request.
    /// - Throws: `StoresError` where it cannot be written.
    public func keepMemory() async throws { try await housekeeping.keepMemory() }

    /// Does what has to be done now and then, until its task is cancelled.
    public func run() async { await housekeeping.run() }

    /// Takes no more requests; what was taken goes on.
    public func stop() { stored.stop() }

    /// What visitors without a key may do; nil where they may do nothing.
    /// - Parameter addressKey: what addresses are hashed with.
    public func visitors(addressKey: [UInt8]) -> (any VisitorService)? {
        guard settings.visitors.isAllowed else { return nil }
        return StoredVisitors(plan: settings.plan(named: settings.visitors.plan), addressKey: addressKey)
    }

    /// Takes what people claim to be theirs; nil where the operator takes no claims here.
    /// - Parameter addressKey: what addresses are hashed with.
    /// - Throws: `RightsError` where the settings' days are out of range.
    public func claims(addressKey: [UInt8]) throws -> (any ClaimService)? {
        guard settings.claims.areTaken else { return nil }
        return StoredClaims(
            store: store, desk: stored.rights, rules: try settings.claims.rules, environment: environment,
            addressKey: addressKey)
    }

    /// Shows artists what is theirs.
    public var artists: any ArtistDesk {
        StoredArtistDesk(
            store: store, desk: stored.rights, utcOffsetMinutes: settings.policy.utcOffsetMinutes,
            environment: environment)
    }

    /// Knows what is public of styles.
    /// - Parameters:
    ///   - publicAddress: what links to the service begin with.
    ///   - samples: the sample pictures of styles.
    ///   - baseModel: the facts of a base model, by its name and the hash of its weights.
    public func styleCards(
        publicAddress: String, samples: SampleFolder,
        baseModel: @escaping @Sendable (_ name: String, _ weights: ContentHash) -> BaseModelFacts
    ) -> any StyleCardService {
        StoredStyleCards(
            desk: stored.rights, environment: environment, samples: samples, publicAddress: publicAddress,
            provider: (settings.provenance.provider, settings.provenance.contact), baseModel: baseModel)
    }

    /// How the floor is.
    /// - Parameter devices: the devices as they are when it is called.
    public func floor(devices: @escaping @Sendable () -> [FloorDevice]) -> any FloorService {
        StoredFloor(
            shared: stored.shared, store: stored.store,
            plans: settings.plans.values.sorted { $0.name < $1.name }, environment: environment,
            devices: devices)
    }

    /// The service's figures, in Prometheus' text form.
    /// - Parameter busySeconds: the seconds in which each device of this process has computed since the start, by its name.
    public func metrics(busySeconds: [(device: String, seconds: Double)] = []) -> String {
        let now = environment.now()
        var text = stored.shared.with { MetricsText($0, at: now) }
        if !busySeconds.isEmpty { text.add(busySeconds: busySeconds) }
        return text.text
    }

    /// The media type of ``metrics(busySeconds:)``.
    public static let metricsMediaType = MetricsText.mediaType
}
