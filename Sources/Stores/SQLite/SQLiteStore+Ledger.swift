import FoundationEssentials
import GRDB
import Rights

extension SQLiteStore: LedgerStore {
    /// Where the chain ends. See ``LedgerStore``.
    public func ledgerHead() async throws(StoresError) -> LedgerHead {
        try await read { [path = pool.path] in try SQLiteTransaction(database: $0, path: path).ledgerHead() }
    }

    /// Appends an entry set. See ``LedgerStore``.
    public func append(_ entry: LedgerEntry) async throws(StoresError) -> LedgerRecord {
        try await writer.write(.now) { try $0.append(entry) }
    }

    /// The lines as they are kept. See ``LedgerStore``.
    public func ledgerLines(after sequence: Int, limit: Int) async throws(StoresError) -> [StoredLedgerLine] {
        try Self.check(limit)
        return try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                """
                SELECT sequence, CAST(line AS BLOB),
                    (SELECT group_concat(holder, ' ') FROM ledgerHolder
                        WHERE ledgerHolder.sequence = ledger.sequence)
                FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?
                """, [sequence, limit]
            ).map { row in
                let (bytes, holders): (Data, String?) = (row[1], row[2])
                return StoredLedgerLine(
                    sequence: row[0], bytes: Array(bytes),
                    holders: Set((holders ?? "").split(separator: " ").map(String.init)))
            }
        }
    }

    /// A record. See ``LedgerStore``.
    public func ledgerRecord(_ sequence: Int) async throws(StoresError) -> LedgerRecord? {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).ledgerRecord(sequence)
        }
    }

    /// A holder's records. See ``LedgerStore``.
    public func ledgerRecords(
        of holder: Identifier<RightsHolder>, after sequence: Int, limit: Int
    ) async throws(StoresError) -> [LedgerRecord] {
        try Self.check(limit)
        return try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                """
                SELECT line FROM ledgerHolder JOIN ledger ON ledger.sequence = ledgerHolder.sequence
                WHERE holder = ? AND ledgerHolder.sequence > ? ORDER BY ledgerHolder.sequence LIMIT ?
                """, [holder.text, sequence, limit]
            ).map { try LedgerRow.record($0[0]) }
        }
    }

    private static func check(_ limit: Int) throws(StoresError) {
        guard (1...10_000).contains(limit) else {
            throw StoresError(.invalidArgument, "1 to 10,000 records of the ledger are read at once")
        }
    }
}

/// Reads records out of rows.
private enum LedgerRow {
    static func record(_ bytes: Data) throws -> LedgerRecord {
        do {
            guard let line = String(validating: bytes, as: UTF8.self) else {
                throw RightsError(.damaged, "the line is not UTF-8")
            }
            return try LedgerRecord(line: line)
        } catch {
            throw StoresError(
                .damaged, "a line of the ledger is not what was written; run `ondol ledger verify`",
                cause: error)
        }
    }
}

extension SQLiteTransaction {
    /// The last record's place and hash.
    func ledgerHead() throws -> LedgerHead {
        let row = try row("SELECT line FROM ledger ORDER BY sequence DESC LIMIT 1", [])
        return try row.map { try LedgerRow.record($0[0]).head } ?? .empty
    }

    func ledgerRecord(_ sequence: Int) throws -> LedgerRecord? {
        try row("SELECT line FROM ledger WHERE sequence = ?", [sequence]).map { try LedgerRow.record($0[0]) }
    }

    func append(_ entry: LedgerEntry) throws -> LedgerRecord {
        let head = try ledgerHead()
        do throws(RightsError) {
            try check(entry, after: head)
        } catch {
            throw StoresError(.transactionRefused, error.message, cause: error)
        }
        let record = LedgerRecord(entry, after: head)
        var (picture, reverses, isAmendment): (String?, Int?, Bool) = (nil, nil, false)
        switch entry.subject {
        case .delivery(let name, _): picture = name.text
        case .reversal(let sequence): (reverses, isAmendment) = (sequence, true)
        case .correction: isAmendment = true
        case .topUp, .payout: break
        }
        try execute(
            "INSERT INTO ledger (sequence, line, picture, reverses, isAmendment) VALUES (?, ?, ?, ?, ?)",
            [record.sequence, Data(record.line.utf8), picture, reverses, isAmendment])
        for holder in record.holders {
            try execute(
                "INSERT INTO ledgerHolder (holder, sequence) VALUES (?, ?)", [holder.text, record.sequence])
        }
        return record
    }

    /// What `Ledger` refuses, asked of the rows: it need not be in memory for every picture.
    private func check(_ entry: LedgerEntry, after head: LedgerHead) throws(RightsError) {
        switch entry.subject {
        case .delivery(let picture, _):
            if let first = number("SELECT sequence FROM ledger WHERE picture = ?", [picture.text]) {
                throw RightsError(
                    .alreadyRecorded, "this picture's delivery is record \(first); correct that one instead")
            }
        case .correction(let sequence): try checkIsThere(sequence, head)
        case .reversal(let sequence):
            try checkIsThere(sequence, head)
            guard number("SELECT sequence FROM ledger WHERE reverses = ?", [sequence]) == nil else {
                throw RightsError(.alreadyRecorded, "record \(sequence) is already taken back")
            }
            guard number("SELECT isAmendment FROM ledger WHERE sequence = ?", [sequence]) == 0 else {
                throw RightsError(
                    .invalidTransition,
                    "record \(sequence) is itself an amendment; record a correction instead")
            }
            guard let record = try? ledgerRecord(sequence), entry.takesBack(record.entry) else {
                throw RightsError(
                    .unbalanced,
                    "the postings are not record \(sequence)'s the other way; make them with `reversing`")
            }
        case .topUp, .payout: break
        }
    }

    private func checkIsThere(_ sequence: Int, _ head: LedgerHead) throws(RightsError) {
        guard sequence <= head.count else {
            throw RightsError(
                .unknownReference, "there is no record \(sequence) to amend; the last one is \(head.count)")
        }
    }

    private func number(_ sql: String, _ arguments: StatementArguments) -> Int? {
        (try? row(sql, arguments))?[0]
    }
}

extension LedgerEntry {
    /// Whether these postings are another's the other way, in whatever order.
    fileprivate func takesBack(_ other: LedgerEntry) -> Bool {
        func amounts(_ entry: LedgerEntry, sign: Int64) -> [String] {
            entry.postings.map { "\($0.account.text)=\($0.debitMicros &* sign)" }.sorted()
        }
        return currency == other.currency && amounts(self, sign: 1) == amounts(other, sign: -1)
    }
}
