import Rights

/// Where the books are kept: lines in a chain of hashes, none of which is ever altered.
///
/// What a job's completion owes is appended in its own transaction: ``StoreTransaction/append(_:)``.
public protocol LedgerStore: Sendable {
    /// Where the chain ends. Noted down elsewhere now and then, it proves later that nothing was cut off.
    func ledgerHead() async throws(StoresError) -> LedgerHead

    /// Appends an entry set behind whatever is the last: a payment, a correction, a reversal.
    ///
    /// - Throws: ``StoresError`` with code `transactionRefused` where the ledger does not take it, with the `RightsError`
    ///   as cause: a picture's second delivery, a correction of nothing, a reversal that is none.
    func append(_ entry: LedgerEntry) async throws(StoresError) -> LedgerRecord

    /// The lines after a place as they are kept, unread: for whoever verifies them.
    ///
    /// - Parameter limit: the most to give; 1 to 10,000.
    func ledgerLines(after sequence: Int, limit: Int) async throws(StoresError) -> [StoredLedgerLine]

    /// A record, or nil where there is none.
    func ledgerRecord(_ sequence: Int) async throws(StoresError) -> LedgerRecord?

    /// The records that concern a holder after a place, the oldest first.
    ///
    /// - Parameter limit: the most to give; 1 to 10,000.
    func ledgerRecords(of holder: Identifier<RightsHolder>, after sequence: Int, limit: Int)
        async throws(StoresError) -> [LedgerRecord]
}

/// A line as it is kept, and by what it is found.
public struct StoredLedgerLine: Hashable, Sendable {
    /// Its place by its row.
    public let sequence: Int
    /// The bytes, which may be damaged.
    public let bytes: [UInt8]
    /// The holders that it is found by.
    public let holders: Set<String>
}

extension LedgerStore {
    /// Reads the whole ledger again and says where it is not what was written; about a second for 50,000 lines.
    ///
    /// - Parameters:
    ///   - notedHead: where the chain ended when somebody noted it down, or nil.
    ///   - each: is given each record that could be read, as for statements.
    public func verifyLedger(
        notedHead: LedgerHead? = nil, each: (LedgerRecord) -> Void = { _ in }
    ) async throws(StoresError) -> LedgerVerification {
        var verifier = LedgerVerifier(notedHead: notedHead)
        var (count, misfiled): (Int, [Int]) = (0, [])
        while true {
            let lines = try await ledgerLines(after: count, limit: 1000)
            for line in lines {
                verifier.check(line.bytes)
                guard let record = try? LedgerRecord(line: String(decoding: line.bytes, as: UTF8.self)) else {
                    continue
                }
                each(record)
                if record.holders.map(\.text) != line.holders.sorted() { misfiled.append(line.sequence) }
            }
            guard let last = lines.last else { break }
            count = last.sequence
        }
        let head = verifier.finish()
        var findings = verifier.findings.map { "line \($0.line): \($0.message)" }
        findings += misfiled.prefix(LedgerVerifier.maximumFindings).map {
            "line \($0): it is filed under other holders than it pays; their statements cannot be relied on"
        }
        return LedgerVerification(head: findings.isEmpty ? head : nil, findings: findings)
    }
}

/// What a verification of the ledger came to.
public struct LedgerVerification: Hashable, Sendable {
    /// The chain's end; nil where anything was found.
    public let head: LedgerHead?
    /// What is wrong, one sentence each; at most some hundreds.
    public let findings: [String]
}

extension LedgerRecord {
    /// The holders whose accounts it moves, by their names.
    var holders: [Identifier<RightsHolder>] { Set(entry.postings.compactMap(\.account.holder)).sorted() }
}
