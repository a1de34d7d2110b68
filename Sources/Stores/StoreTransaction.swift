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
}
