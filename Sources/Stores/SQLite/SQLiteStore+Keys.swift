import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: KeyStore {
    /// Keeps a new key. See ``KeyStore``.
    public func add(_ key: KeySecret, _ record: KeyRecord, salt: [UInt8]) async throws(StoresError) {
        try Self.validate(key, record, salt: salt)
        try await writer.write(.now) { try $0.insert(record, digest: key.digest(salt: salt), salt: salt) }
    }

    /// Keeps the first administrator's key. See ``KeyStore``.
    public func addFirstAdministrator(_ key: KeySecret, _ record: KeyRecord, salt: [UInt8], at now: Moment)
        async throws(StoresError) -> Bool
    {
        try Self.validate(key, record, salt: salt)
        guard record.scopes.contains(.administer), record.isValid(at: now) else {
            throw StoresError(
                .invalidArgument, "the first administrator's key must work and be an administrator's")
        }
        return try await writer.write(.now) { transaction in
            let keys = try transaction.rows("SELECT \(KeyRow.columns) FROM key", []).map(KeyRow.record)
            guard !keys.contains(where: { $0.scopes.contains(.administer) && $0.isValid(at: now) }) else {
                return false
            }
            try transaction.insert(record, digest: key.digest(salt: salt), salt: salt)
            return true
        }
    }

    /// Checks what a caller sent. See ``KeyStore``.
    public func check(_ key: KeySecret, at now: Moment) async throws(StoresError) -> KeyAnswer {
        try await read { [path = pool.path] database in
            let found = try SQLiteTransaction(database: database, path: path).row(
                "SELECT \(KeyRow.columns), salt, digest FROM key WHERE id = ?", [key.id.text])
            guard let found else { return .unknown }
            let (salt, digest): (Data, Data) = (found[8], found[9])
            guard key.matches(digest: Array(digest), salt: Array(salt)) else { return .unknown }
            let record = KeyRow.record(found)
            return record.isValid(at: now) ? .valid(record) : .ended(record)
        }
    }

    /// All keys. See ``KeyStore``.
    public func keys() async throws(StoresError) -> [KeyRecord] {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path)
                .rows("SELECT \(KeyRow.columns) FROM key ORDER BY id", []).map(KeyRow.record)
        }
    }

    /// Revokes a key. See ``KeyStore``.
    public func revoke(_ id: KeyIdentifier, at now: Moment) async throws(StoresError) -> KeyRecord? {
        try await writer.write(.now) { transaction in
            try transaction.row(
                "UPDATE key SET revoked = coalesce(revoked, ?) WHERE id = ? RETURNING \(KeyRow.columns)",
                [now.microseconds, id.text]
            ).map(KeyRow.record)
        }
    }

    /// Puts a key on another plan. See ``KeyStore``.
    public func setPlan(_ plan: String, of id: KeyIdentifier) async throws(StoresError) -> KeyRecord? {
        try Self.validate(name: plan, "plan")
        return try await writer.write(.now) { transaction in
            try transaction.row(
                "UPDATE key SET plan = ? WHERE id = ? RETURNING \(KeyRow.columns)", [plan, id.text]
            ).map(KeyRow.record)
        }
    }

    private static func validate(_ key: KeySecret, _ record: KeyRecord, salt: [UInt8]) throws(StoresError) {
        guard key.id == record.id, salt.count >= 16, !record.scopes.isEmpty else {
            throw StoresError(
                .invalidArgument,
                "a key's record has the key's own name, at least one scope, and a salt of at least 16 bytes")
        }
        try validate(name: record.label, "label")
        try validate(name: record.plan, "plan")
    }

    private static func validate(name: String, _ what: String) throws(StoresError) {
        guard (1...200).contains(name.utf8.count) else {
            throw StoresError(.invalidArgument, "a key's \(what) has 1 to 200 bytes; give it one")
        }
    }
}

/// Reads keys out of rows.
private enum KeyRow {
    static let columns = "id, label, plan, scopes, created, \"end\", revoked, holder"

    static func record(_ row: Row) -> KeyRecord {
        let scopes: String = row[3]
        return KeyRecord(
            id: KeyIdentifier(stored: row[0]), label: row[1], plan: row[2],
            // A scope that this version does not know gives nothing.
            scopes: Set(scopes.split(separator: " ").compactMap { KeyScope(rawValue: String($0)) }),
            created: Moment(microseconds: row[4]), end: JobRow.moment(row[5]), revoked: JobRow.moment(row[6]),
            holder: row[7])
    }
}

extension SQLiteTransaction {
    fileprivate func insert(_ record: KeyRecord, digest: [UInt8], salt: [UInt8]) throws {
        try execute(
            """
            INSERT INTO key (id, salt, digest, label, plan, scopes, created, "end", revoked, holder)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                record.id.text, Data(salt), Data(digest), record.label, record.plan,
                record.scopes.map(\.rawValue).sorted().joined(separator: " "), record.created.microseconds,
                record.end?.microseconds, record.revoked?.microseconds, record.holder,
            ])
    }
}
