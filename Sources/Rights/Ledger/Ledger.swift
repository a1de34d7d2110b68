/// The books: a chain of records and the balances that follow from them.
///
/// Append-only. A value without storage of its own: the store keeps each record's line in the transaction that completes
/// the picture, and a ledger is built again from those lines. Not safe for concurrent mutation; whoever holds it
/// orders the writers.
public struct Ledger: Sendable {
    /// What a balance is of.
    private struct BalanceKey: Hashable {
        let account: LedgerAccount
        let currency: Currency
    }

    /// The chain's end.
    public private(set) var head = LedgerHead.empty
    private var balances: [BalanceKey: Int64] = [:]
    private var deliveries: [Identifier<DeliveredPicture>: Int] = [:]
    private var reversals: Set<Int> = []
    /// For each record a number that its postings and only theirs give, and their reversal gives negated.
    private var fingerprints: [UInt64] = []
    /// Sequences of corrections and reversals, which are not themselves taken back: correct the correction instead.
    private var amendments: Set<Int> = []

    /// Books without records.
    public init() {}

    /// The books that stored lines make up.
    /// - Throws: ``RightsError`` at the first line that is damaged or out of its place.
    public init(lines: some Sequence<String>) throws {
        for line in lines { try take(try LedgerRecord(line: line)) }
    }

    /// Records an entry set, and gives back what the store must keep. Nothing changes where it throws.
    /// - Throws: ``RightsError``: `alreadyRecorded` for a picture's second delivery or a second reversal,
    ///   `unknownReference` for a correction of nothing, `overflow` where a balance would not fit.
    public mutating func record(_ entry: LedgerEntry) throws -> LedgerRecord {
        let record = LedgerRecord(entry, after: head)
        try take(record)
        return record
    }

    /// Follows a record that another writer stored behind this ledger's head.
    /// - Throws: ``RightsError``: `damaged` where it does not follow on the head, else as ``record(_:)``.
    public mutating func take(_ record: LedgerRecord) throws {
        guard record.sequence == head.count + 1, record.previousHash == head.hash else {
            throw RightsError(
                .damaged,
                "record \(record.sequence) does not follow on record \(head.count); run `ledger verify`")
        }
        try checkReferences(of: record.entry)
        try post(record.entry)
        switch record.entry.subject {
        case .delivery(let picture, _): deliveries[picture] = record.sequence
        case .reversal(let sequence):
            reversals.insert(sequence)
            amendments.insert(record.sequence)
        case .correction: amendments.insert(record.sequence)
        case .topUp, .payout: break
        }
        fingerprints.append(Self.fingerprint(of: record.entry))
        head = record.head
    }

    /// Linear in the amounts, so that opposite postings give opposite numbers, in whatever order they stand.
    private static func fingerprint(of entry: LedgerEntry) -> UInt64 {
        entry.postings.reduce(0) { sum, posting in
            let account = FowlerNollVo.hash((posting.account.text + entry.currency.code).utf8)
            return sum &+ account &* UInt64(bitPattern: posting.debitMicros)
        }
    }

    private func checkReferences(of entry: LedgerEntry) throws {
        switch entry.subject {
        case .delivery(let picture, _):
            if let sequence = deliveries[picture] {
                throw RightsError(
                    .alreadyRecorded,
                    "this picture's delivery is record \(sequence); correct that one instead")
            }
        case .correction(let sequence):
            guard sequence <= head.count else { throw Self.nothingToAmend(sequence, head) }
        case .reversal(let sequence):
            guard sequence <= head.count else { throw Self.nothingToAmend(sequence, head) }
            guard !reversals.contains(sequence) else {
                throw RightsError(.alreadyRecorded, "record \(sequence) is already taken back")
            }
            guard fingerprints[sequence - 1] == 0 &- Self.fingerprint(of: entry) else {
                throw RightsError(
                    .unbalanced,
                    "the postings are not record \(sequence)'s the other way; make them with `reversing`")
            }
            guard !amendments.contains(sequence) else {
                throw RightsError(
                    .invalidTransition,
                    "record \(sequence) is itself an amendment; record a correction instead")
            }
        case .topUp, .payout: break
        }
    }

    private static func nothingToAmend(_ sequence: Int, _ head: LedgerHead) -> RightsError {
        RightsError(
            .unknownReference, "there is no record \(sequence) to amend; the last one is \(head.count)")
    }

    private mutating func post(_ entry: LedgerEntry) throws {
        var changed: [BalanceKey: Int64] = [:]
        for posting in entry.postings {
            let key = BalanceKey(account: posting.account, currency: entry.currency)
            let (sum, overflows) = (changed[key] ?? balances[key] ?? 0).addingReportingOverflow(
                posting.debitMicros)
            guard !overflows else {
                throw RightsError(
                    .overflow, "the balance of \(posting.account.text) does not fit into 64 bits")
            }
            changed[key] = sum
        }
        for (key, sum) in changed { balances[key] = sum == 0 ? nil : sum }
    }

    // MARK: - Reading

    /// Debits less credits of an account, in micro-units.
    public func balanceMicros(of account: LedgerAccount, in currency: Currency) -> Int64 {
        balances[BalanceKey(account: account, currency: currency)] ?? 0
    }

    /// The record of a picture's delivery, or nil.
    public func delivery(of picture: Identifier<DeliveredPicture>) -> Int? { deliveries[picture] }

    /// What is owed to a holder: earnings less payouts, in micro-units. O(accounts).
    public func owedMicros(to holder: Identifier<RightsHolder>, in currency: Currency) -> Int64 {
        balances.reduce(0) { sum, balance in
            balance.key.currency == currency && balance.key.account.holder == holder
                ? sum - balance.value : sum
        }
    }

    /// Whether all balances of every currency add up to 0, as double entry promises.
    public var isBalanced: Bool {
        var sums: [Currency: Int64] = [:]
        for (key, micros) in balances { sums[key.currency, default: 0] &+= micros }
        return sums.values.allSatisfy { $0 == 0 }
    }
}
