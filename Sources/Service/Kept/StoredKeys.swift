import Server
import Serving
import Stores

/// Whose a key is: by the keys that the store has, and the plans of the settings.
public struct StoredKeys: KeyService {
    private let store: any KeyStore
    private let plans: [String: Plan]
    private let standard: Plan
    private let now: @Sendable () -> Moment

    /// - Parameters:
    ///   - plans: by name; a key whose plan is not among them gets the standard one.
    ///   - standard: the plan of keys that name none.
    init(
        store: any KeyStore, plans: [String: Plan], standard: Plan, now: @escaping @Sendable () -> Moment
    ) {
        self.store = store
        self.plans = plans
        self.standard = standard
        self.now = now
    }

    /// Who a key belongs to; nil where it is unknown, revoked or past its end.
    /// - Throws: `ServiceUnavailable` or `StoresError` where the keys cannot be read.
    public func caller(of key: BearerKey) async throws -> Caller? {
        guard let secret = KeySecret(key.secret),
            case .valid(let record) = try await withStore({ try await store.check(secret, at: now()) })
        else { return nil }
        return Caller(
            id: CallerIdentifier.key(record.id).text, scopes: Self.scopes(record.scopes),
            plan: plans[record.plan] ?? standard, holder: record.holder)
    }

    private static func scopes(_ scopes: Set<KeyScope>) -> Set<Scope> {
        var allowed: Set<Scope> = [.read]
        if scopes.contains(.draw) { allowed.insert(.draw) }
        if scopes.contains(.styles) { allowed.insert(.styles) }
        if scopes.contains(.administer) { allowed.insert(.administer) }
        return allowed
    }
}
