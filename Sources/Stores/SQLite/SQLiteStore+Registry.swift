import FoundationEssentials
import GRDB
import Rights

extension SQLiteStore: RegistryStore {
    /// The changes after a place. See ``RegistryStore``.
    public func registryRecords(after sequence: Int, limit: Int) async throws(StoresError) -> [RegistryRecord]
    {
        guard sequence >= 0, (1...1000).contains(limit) else {
            throw StoresError(.invalidArgument, "changes are counted from 1 and read 1 to 1000 at a time")
        }
        return try await read { [path = pool.path] database in
            let transaction = SQLiteTransaction(database: database, path: path)
            var last = try transaction.registryEnd(at: sequence)
            return try transaction.rows(
                "SELECT sequence, record, hash FROM registry WHERE sequence > ? ORDER BY sequence LIMIT ?",
                [sequence, limit]
            ).map { row in
                let (number, bytes, hash): (Int, Data, String) = (row[0], row[1], row[2])
                last = RegistryEnd(count: last.count + 1, hash: last.hash(followedBy: bytes))
                guard number == last.count, hash == last.hash else { throw Self.damaged(last.count) }
                let record = try RecordCoding.decode(RegistryRecord.self, from: bytes, of: "registry")
                guard record.sequence == number else { throw Self.damaged(number) }
                return record
            }
        }
    }

    /// Keeps a change. See ``RegistryStore``.
    public func append(_ record: RegistryRecord) async throws(StoresError) -> RegistryAppending {
        try await writer.write(.now) { transaction in
            let last = try transaction.registryEnd(at: nil)
            guard record.sequence == last.count + 1 else { return .behind }
            let bytes = try RecordCoding.encode(record)
            guard bytes.count <= RegistryLimits.recordBytes else {
                throw StoresError(
                    .invalidArgument,
                    "the change has \(bytes.count) bytes and \(RegistryLimits.recordBytes) are the most; make several of it"
                )
            }
            try transaction.execute(
                "INSERT INTO registry (sequence, record, hash) VALUES (?, ?, ?)",
                [record.sequence, bytes, last.hash(followedBy: bytes)])
            transaction.wake(.registry)
            return .kept
        }
    }

    /// Signals that there may be newer changes. See ``RegistryStore``.
    public func registryChanges() -> AsyncStream<Void> { wakeUps.listen(to: .registry) }

    fileprivate static func damaged(_ sequence: Int) -> StoresError {
        StoresError(
            .damaged,
            "change \(sequence) of the registry is not the one that was written, or one before it is gone; restore the data folder from a backup"
        )
    }
}

/// Where the chain of changes ends.
private struct RegistryEnd {
    let count: Int
    /// 64 zeros where there is none.
    let hash: String

    /// The hash of the next change.
    func hash(followedBy bytes: Data) -> String {
        ContentHash(of: Array((hash + "\n").utf8) + bytes).hexadecimal
    }
}

extension SQLiteTransaction {
    /// The chain's end, or where it was after so many changes.
    fileprivate func registryEnd(at sequence: Int?) throws -> RegistryEnd {
        if sequence == 0 { return RegistryEnd(count: 0, hash: String(repeating: "0", count: 64)) }
        let row =
            if let sequence {
                try row("SELECT sequence, hash FROM registry WHERE sequence = ?", [sequence])
            } else {
                try row("SELECT sequence, hash FROM registry ORDER BY sequence DESC LIMIT 1", [])
            }
        if let row { return RegistryEnd(count: row[0], hash: row[1]) }
        guard let sequence else { return try registryEnd(at: 0) }
        // Whoever knows a change that is not here has read another database.
        throw SQLiteStore.damaged(sequence)
    }
}
