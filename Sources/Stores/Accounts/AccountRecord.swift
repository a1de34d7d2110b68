import Serving

/// A caller's limits and share, as they are kept.
public struct AccountRecord: Hashable, Sendable {
    /// Whose it is.
    public let caller: CallerIdentifier
    /// Its state.
    public let account: CallerAccount
    /// Which state it is: grows with each change. Where two are written out of order, the newer stays.
    public let revision: Int64
    /// When it is forgotten; nil for callers with a key.
    public let end: Moment?

    /// Makes a record.
    public init(caller: CallerIdentifier, account: CallerAccount, revision: Int64, end: Moment? = nil) {
        self.caller = caller
        self.account = account
        self.revision = revision
        self.end = end
    }
}

/// Where accounts are kept.
public protocol AccountStore: Sendable {
    /// A caller's account, or nil for a stranger.
    func account(of caller: CallerIdentifier) async throws(StoresError) -> AccountRecord?

    /// Keeps accounts where no job changed, as after a refusal. Not flushed to the disk on its own.
    func save(_ accounts: [AccountRecord]) async throws(StoresError)
}
