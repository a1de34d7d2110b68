import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: LikenessStore {
    /// The most that are kept, the newest: a search looks at each, and a million take some ten milliseconds.
    static let likenessLimit: Int64 = 1_000_000

    /// Those delivered after a number. See ``LikenessStore``.
    public func likenesses(after number: Int64, limit: Int) async throws(StoresError) -> [LikenessRecord] {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                "SELECT \(LikenessRow.columns) FROM likeness WHERE number > ? ORDER BY number LIMIT ?",
                [number, min(max(limit, 1), 10_000)]
            ).map(LikenessRow.record)
        }
    }

    /// The one of a number. See ``LikenessStore``.
    public func likeness(_ number: Int64) async throws(StoresError) -> LikenessRecord? {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).row(
                "SELECT \(LikenessRow.columns) FROM likeness WHERE number = ?", [number]
            ).map(LikenessRow.record)
        }
    }
}

/// Reads likenesses out of rows.
enum LikenessRow {
    static let columns = "number, hash, picture, caller, made"

    static func record(_ row: Row) throws -> LikenessRecord {
        let hash: Data = row[1]
        guard let likeness = PictureLikeness(Array(hash)) else {
            throw StoresError(
                .damaged, "a row of table `likeness` has a hash of \(hash.count) bytes; restore a backup")
        }
        return LikenessRecord(
            number: row[0], likeness: likeness, picture: PictureIdentifier(stored: row[2]),
            caller: CallerIdentifier(stored: row[3]), made: Moment(microseconds: row[4]))
    }
}

extension SQLiteTransaction {
    /// Notes what a result looks like.
    func insert(
        _ likeness: PictureLikeness, of picture: PictureIdentifier, caller: CallerIdentifier, at now: Moment
    ) throws {
        try execute(
            "INSERT INTO likeness (hash, picture, caller, made) VALUES (?, ?, ?, ?)",
            [Data(likeness.bytes), picture.text, caller.text, now.microseconds])
    }
}

extension Schema {
    /// What delivered pictures look like. Numbers are never used twice, so that whoever has read up to one has read all.
    static let likenesses = [
        """
        CREATE TABLE likeness (
            number INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL CHECK (length(hash) = 32),
            picture TEXT NOT NULL UNIQUE, caller TEXT NOT NULL, made INTEGER NOT NULL)
        """,
        "CREATE INDEX likenessByTime ON likeness (made)",
    ]
}
