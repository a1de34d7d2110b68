import Serving

/// What the holder of a key may do.
public enum KeyScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Look at models and at its own requests, as every key may.
    case read
    /// Ask for pictures, and see and cancel its own.
    case draw
    /// Own and change styles.
    case styles
    /// Run the service: keys, plans, figures.
    case administer
}

/// A key as it is kept: everything but the key.
public struct KeyRecord: Hashable, Sendable {
    /// Its name.
    public let id: KeyIdentifier
    /// What its holder is called, for the operator.
    public let label: String
    /// The name of its plan.
    public let plan: String
    /// What it may do.
    public let scopes: Set<KeyScope>
    /// When it was made.
    public let created: Moment
    /// When it stops working by itself; nil for never.
    public let end: Moment?
    /// When it was revoked; nil while it was not.
    public let revoked: Moment?
    /// Whose styles its holder sees to, by the registry's name; nil for nobody's.
    public let holder: String?

    /// Makes a record.
    public init(
        id: KeyIdentifier, label: String, plan: String, scopes: Set<KeyScope>, created: Moment,
        end: Moment? = nil, revoked: Moment? = nil, holder: String? = nil
    ) {
        self.id = id
        self.label = label
        self.plan = plan
        self.scopes = scopes
        self.created = created
        self.end = end
        self.revoked = revoked
        self.holder = holder
    }

    /// Whether it works at a moment.
    public func isValid(at now: Moment) -> Bool { revoked == nil && (end.map { now < $0 } ?? true) }
}

/// Whether a key that a caller sent is one.
public enum KeyAnswer: Hashable, Sendable {
    /// It is, and it works.
    case valid(KeyRecord)
    /// It was, and was revoked or is past its end.
    case ended(KeyRecord)
    /// It never was. What was wrong with it is not told.
    case unknown
}

/// Where keys are kept, as salted hashes.
public protocol KeyStore: Sendable {
    /// Keeps a new key.
    ///
    /// - Parameters:
    ///   - salt: 16 bytes or more of chance.
    /// - Throws: ``StoresError``: `invalidArgument` for an empty or long label or plan, or a short salt.
    func add(_ key: KeySecret, _ record: KeyRecord, salt: [UInt8]) async throws(StoresError)

    /// Keeps an administrator's key where there is none that works; for the first start.
    ///
    /// - Returns: whether it was kept.
    func addFirstAdministrator(_ key: KeySecret, _ record: KeyRecord, salt: [UInt8], at now: Moment)
        async throws(StoresError) -> Bool

    /// Checks what a caller sent.
    func check(_ key: KeySecret, at now: Moment) async throws(StoresError) -> KeyAnswer

    /// All keys, the oldest first.
    func keys() async throws(StoresError) -> [KeyRecord]

    /// Revokes a key; nil where there is none. One that is revoked already keeps its moment.
    func revoke(_ id: KeyIdentifier, at now: Moment) async throws(StoresError) -> KeyRecord?

    /// Puts a key on another plan; nil where there is none.
    func setPlan(_ plan: String, of id: KeyIdentifier) async throws(StoresError) -> KeyRecord?
}
