import Rights

/// Where holders, works, agreements and styles are kept: as changes, none of which is ever altered.
///
/// Each change is under a hash that covers all before it. What is true now is for `Registry` to say, a fold over them:
/// read it with ``registry()``, follow it with ``following(_:)``, change it with ``change(_:by:at:note:)``.
public protocol RegistryStore: Sendable {
    /// The changes after a place, in their order.
    ///
    /// - Parameters:
    ///   - sequence: the last change that is known; 0 for none.
    ///   - limit: the most to give; 1 to 1000.
    /// - Throws: ``StoresError`` with code `damaged` where a change is not what was written.
    func registryRecords(after sequence: Int, limit: Int) async throws(StoresError) -> [RegistryRecord]

    /// Keeps a change, where it is the next one.
    ///
    /// Whether it may follow is for the registry that made it to say; here only its place is looked at.
    func append(_ record: RegistryRecord) async throws(StoresError) -> RegistryAppending

    /// Signals that there may be newer changes: at once, and then whenever this process has kept one.
    func registryChanges() -> AsyncStream<Void>
}

/// What became of a change that was to be kept.
public enum RegistryAppending: Hashable, Sendable {
    /// It is kept.
    case kept
    /// Somebody else was quicker: there are newer changes to read first. Nothing was written.
    case behind
}

extension RegistryStore {
    /// All changes at once.
    /// - Throws: ``StoresError`` with code `damaged` where they do not make up a registry.
    public func registry() async throws(StoresError) -> Registry { try await following(Registry()) }

    /// A registry with the changes that were kept since.
    /// - Throws: ``StoresError`` with code `damaged` where they do not follow on it.
    public func following(_ registry: Registry) async throws(StoresError) -> Registry {
        var registry = registry
        while true {
            let records = try await registryRecords(after: registry.records.count, limit: 1000)
            do {
                for record in records { try registry.apply(record) }
            } catch {
                throw StoresError(
                    .damaged,
                    "change \(registry.records.count + 1) of the registry does not follow on those before it; restore the data folder from a backup",
                    cause: error)
            }
            guard records.count == 1000 else { return registry }
        }
    }

    /// Makes a change behind all others, and keeps it.
    ///
    /// Where somebody else makes one meanwhile, this one is made again upon theirs, a few times; what they did may forbid it.
    ///
    /// - Parameters:
    ///   - registry: the newest one known, or an empty one.
    ///   - event: makes the change from the registry as it is then.
    /// - Returns: the registry with the change.
    /// - Throws: `RightsError` where the change may not follow; ``StoresError``.
    public func change(
        _ registry: Registry, by actor: Identifier<RegistryActor>, at time: Timestamp, note: String = "",
        _ event: @Sendable (Registry) throws -> RegistryEvent
    ) async throws -> Registry {
        for _ in 0..<RegistryLimits.attempts {
            var next = try await following(registry)
            let record = try next.record(try event(next), by: actor, at: time, note: note)
            if try await append(record) == .kept { return next }
        }
        throw StoresError(
            .overloaded,
            "others changed the registry \(RegistryLimits.attempts) times meanwhile; try again in a moment")
    }
}

/// Bounds of the registry's keeping.
public enum RegistryLimits {
    /// How often a change is made again because others were quicker: people change it, so that two at once are rare.
    public static let attempts = 20
    /// The most bytes in a change: a style of 2,000 works with names of 100 bytes.
    public static let recordBytes = 1 << 18
}
