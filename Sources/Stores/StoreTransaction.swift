import Rights

/// What can be written beside a job's change, in the same transaction.
///
/// Only valid within the closure that it is handed to.
public protocol StoreTransaction {
    /// Keeps accounts. One whose revision is not newer than the kept one's is left out.
    /// - Throws: ``StoresError``.
    func save(_ accounts: [AccountRecord]) throws

    /// Keeps what the order of the line depends on. Left out where its revision is not newer than the kept one's.
    /// - Throws: ``StoresError``.
    func save(_ desk: DeskCheckpoint) throws

    /// Appends an entry set to the ledger, behind whatever is its last.
    /// - Throws: ``StoresError``: `transactionRefused` where the ledger does not take it, with the `RightsError` as cause.
    @discardableResult
    func append(_ entry: LedgerEntry) throws -> LedgerRecord

    /// What was agreed on when a request was accepted.
    /// - Throws: ``StoresError``.
    func purchase(of request: RequestIdentifier) throws -> Purchase
}
