import Server
import Serving
import Stores
import Synchronization
import Worker

/// Takes requests by the desk's decision, writes them to the store, and tells what becomes of them.
///
/// What a method answered stays so after a restart: everything that matters is in the store. In memory are the line's
/// sums, which are made again from the store, and who waits at which connection.
final class StoredGeneration: GenerationService {
    /// All that is kept.
    typealias Store = JobStore & JobRightsStore & EventStore & AccountStore & PictureStore & KeyStore

    let store: any Store
    let shared: SharedDesk
    let rights: RightsDesk
    let environment: ServiceEnvironment
    let settings: GenerationSettings
    let waiters = Waiters()
    let follows = FollowedRequests()
    private let stopping = Mutex(false)
    /// Told of jobs that are cancelled while they are drawn.
    private let cancelledListener = Mutex<(@Sendable ([JobIdentifier]) -> Void)?>(nil)

    init(
        store: any Store, shared: SharedDesk, rights: RightsDesk, environment: ServiceEnvironment,
        settings: GenerationSettings
    ) {
        self.store = store
        self.shared = shared
        self.rights = rights
        self.environment = environment
        self.settings = settings
    }

    /// Takes no more requests; what was taken goes on.
    func stop() { stopping.withLock { $0 = true } }

    func readiness() async -> Readiness {
        if stopping.withLock({ $0 }) { return Readiness(isReady: false, reason: "The service is stopping.") }
        let capacity = shared.with { $0.desk.capacity.workPerSecond }
        guard capacity > 0 else {
            return Readiness(isReady: false, reason: "No device can draw at the moment.")
        }
        return Readiness(isReady: true)
    }

    /// Tells somebody of jobs that are cancelled while they are drawn.
    func tellCancelled(_ listener: @escaping @Sendable ([JobIdentifier]) -> Void) {
        cancelledListener.withLock { $0 = listener }
    }

    func announceCancelled(_ jobs: [JobIdentifier]) {
        guard !jobs.isEmpty else { return }
        cancelledListener.withLock { $0 }?(jobs)
    }

    var isStopping: Bool { stopping.withLock { $0 } }

    /// The name that a caller's requests are counted to.
    /// - Throws: ``ServiceError`` where the caller was not named by this room.
    func identifier(of caller: Caller) throws(ServiceError) -> CallerIdentifier {
        guard let identifier = CallerIdentifier(caller.id) else {
            throw ServiceError(.damaged, "a caller has a name that no store can have")
        }
        return identifier
    }

    /// The request that a reference names, and which of its jobs, if only one.
    func find(
        _ reference: JobReference, for viewer: Viewer
    ) async throws -> (request: RequestRecord, only: JobIdentifier?)? {
        try await withStore {
            if let name = RequestIdentifier(reference.text) {
                return try await store.request(name, for: viewer).map { ($0, nil) }
            }
            guard let name = JobIdentifier(reference.text), let job = try await store.job(name, for: viewer),
                let request = try await store.request(job.request, for: viewer)
            else { return nil }
            return (request, name)
        }
    }
}

/// The bounds and the drawing of requests.
public struct GenerationSettings: Sendable {
    /// For how long an `Idempotency-Key` is remembered, in seconds.
    public var idempotencySeconds = 86_400.0
    /// For how long the same request without a key counts as a repeat of one that is not over, in seconds.
    public var repeatSeconds = 3600.0
    /// How long a photo that was sent is kept, in seconds.
    public var uploadSeconds = 86_400.0
    /// How long a visitor's account is remembered after its last request, in seconds.
    public var visitorSeconds = 2 * 86_400.0
    /// The currency of the plans' prices, ISO 4217.
    public var currency = "KRW"
    /// How many tokens a prompt has for a model.
    public var tokenCount: @Sendable (_ model: String, _ prompt: String) -> Int = { _, _ in 0 }
    /// What pictures say about themselves whose callers wish nothing.
    public var wishes = CredentialWishes()
    /// Whether callers may neither leave that label out nor have another.
    public var isLabelRequired = true
    /// The most seconds a request may ask to wait for events.
    public var longestEventWaitSeconds = 300.0

    /// Makes settings.
    public init() {}
}
