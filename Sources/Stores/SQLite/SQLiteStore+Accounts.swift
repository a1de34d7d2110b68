import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: AccountStore {
    /// A caller's account. See ``AccountStore``.
    public func account(of caller: CallerIdentifier) async throws(StoresError) -> AccountRecord? {
        try await read { [path = pool.path] database in
            let found = try SQLiteTransaction(database: database, path: path).row(
                "SELECT state, revision, \"end\" FROM account WHERE caller = ?", [caller.text])
            return try found.map { row in
                AccountRecord(
                    caller: caller,
                    account: try RecordCoding.decode(CallerAccount.self, from: row[0], of: "account"),
                    revision: row[1], end: JobRow.moment(row[2]))
            }
        }
    }

    /// Keeps accounts. See ``AccountStore``.
    public func save(_ accounts: [AccountRecord]) async throws(StoresError) {
        try await writer.write(.soon) { try $0.save(accounts) }
    }
}

extension SQLiteStore: DeskStore {
    /// Keeps the whole memory. See ``DeskStore``.
    public func save(_ memory: AdmissionDesk.Memory, revision: Int64) async throws(StoresError) {
        try await writer.write(.now) { transaction in
            try transaction.save(DeskCheckpoint(memory, revision: revision))
            try transaction.execute(
                "UPDATE desk SET memory = ? WHERE id = 1", [try RecordCoding.encode(memory)])
        }
    }

    /// What to make a desk from. See ``DeskStore``.
    public func desk() async throws(StoresError) -> StoredDesk {
        try await read { [path = pool.path] database in
            let transaction = SQLiteTransaction(database: database, path: path)
            let row = try transaction.row(
                "SELECT clock, nextNumber, revision, memory FROM desk WHERE id = ?", [1])
            let checkpoint = try row.flatMap { row in
                try (row[0] as Data?).map { bytes in
                    DeskCheckpoint(
                        clock: try RecordCoding.decode(FairClock.self, from: bytes, of: "desk"),
                        nextNumber: UInt64(bitPattern: row[1]), revision: row[2])
                }
            }
            let waiting = try transaction.rows("SELECT terms FROM job WHERE state = ?", [0]).map { row in
                try RecordCoding.decode(JobTerms.self, from: row[0], of: "job")
            }
            return StoredDesk(
                // What was learned can be learned again: a memory of another version is not worth a failed start.
                memory: (row?[3] as Data?).flatMap {
                    try? RecordCoding.decode(AdmissionDesk.Memory.self, from: $0, of: "desk")
                },
                checkpoint: checkpoint, waiting: waiting,
                heldCount: try transaction.row("SELECT count(*) FROM job WHERE state IN (1, 2)", [])?[0] ?? 0,
                openJobs: try transaction.openJobs())
        }
    }
}

extension SQLiteTransaction {
    fileprivate func openJobs() throws -> [CallerIdentifier: Int] {
        var counts: [CallerIdentifier: Int] = [:]
        for column in ["caller", "alsoCountedTo"] {
            let rows = try rows(
                """
                SELECT request.\(column), count(*) FROM \(JobRow.tables)
                WHERE job.state IN (0, 1, 2) AND request.\(column) IS NOT NULL GROUP BY 1
                """, [])
            for row in rows { counts[CallerIdentifier(stored: row[0]), default: 0] += row[1] }
        }
        return counts
    }
}
