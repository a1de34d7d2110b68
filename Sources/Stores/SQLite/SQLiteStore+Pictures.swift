import GRDB
import Serving

extension SQLiteStore: PictureStore {
    /// Writes a picture's bytes. See ``PictureStore``.
    public func write(_ bytes: [UInt8], as id: PictureIdentifier, mediaType: String, until end: Moment?)
        async throws(StoresError) -> WrittenPicture
    {
        guard (1...100).contains(mediaType.utf8.count) else {
            throw StoresError(.invalidArgument, "a picture's media type has 1 to 100 bytes")
        }
        // Before the file is there: a sweep must never find it without.
        unrecordedPictures.withLock { _ = $0.insert(id) }
        do throws(StoresError) {
            try await pictureWrites.run { [pictureFolder] () throws(StoresError) in
                try pictureFolder.write(bytes, as: id)
            }
        } catch {
            recorded(id)
            throw error
        }
        return WrittenPicture(id: id, mediaType: mediaType, byteCount: bytes.count, end: end)
    }

    /// Removes a file that is not wanted. See ``PictureStore``.
    public func discard(_ picture: WrittenPicture) async {
        await remove([picture.id])
        recorded(picture.id)
    }

    /// Makes a written picture known. See ``PictureStore``.
    public func keep(
        _ picture: WrittenPicture, as role: PictureRole, of caller: CallerIdentifier,
        request: RequestIdentifier?, at now: Moment
    ) async throws(StoresError) -> PictureRecord {
        let durability: GroupCommit.Durability = role == .partial ? .soon : .now
        let record = try await writer.write(durability) { transaction in
            try transaction.insert(picture, as: role, of: caller, request: request, at: now)
        }
        recorded(picture.id)
        return record
    }

    /// A picture's record. See ``PictureStore``.
    public func picture(_ id: PictureIdentifier, for viewer: Viewer, at now: Moment)
        async throws(StoresError) -> PictureRecord?
    {
        try await read { [path = pool.path] database in
            let found = try SQLiteTransaction(database: database, path: path).row(
                "SELECT \(PictureRow.columns) FROM picture WHERE id = ?", [id.text])
            guard let record = try found.map(PictureRow.record), viewer.sees(record.caller),
                record.end.map({ now < $0 }) ?? true
            else { return nil }
            return record
        }
    }

    /// A caller's results. See ``PictureStore``.
    public func pictures(of caller: CallerIdentifier, before: PictureIdentifier?, limit: Int, at now: Moment)
        async throws(StoresError) -> [PictureRecord]
    {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                """
                SELECT \(PictureRow.columns) FROM picture WHERE role = 'result' AND caller = ? AND id < ?
                    AND ("end" IS NULL OR "end" > ?) ORDER BY id DESC LIMIT ?
                """, [caller.text, before?.text ?? "~", now.microseconds, min(max(limit, 1), 200)]
            ).map(PictureRow.record)
        }
    }

    /// Opens a picture. See ``PictureStore``.
    public func open(_ picture: PictureRecord) async throws(StoresError) -> PictureBytes {
        let file = try await pictureReads.run { [pictureFolder] () throws(StoresError) in
            try OpenFile(pictureFolder.filePath(of: picture.id), byteCount: picture.byteCount)
        }
        return PictureBytes(byteCount: picture.byteCount, file: file, queue: pictureReads)
    }

    /// Deletes a picture. See ``PictureStore``.
    public func delete(_ id: PictureIdentifier, for viewer: Viewer) async throws(StoresError) -> Bool {
        let isDeleted = try await writer.write(.now) { transaction in
            guard let owner = try transaction.row("SELECT caller FROM picture WHERE id = ?", [id.text]),
                viewer.sees(CallerIdentifier(stored: owner[0]))
            else { return false }
            try transaction.execute("DELETE FROM picture WHERE id = ?", [id.text])
            try transaction.execute("DELETE FROM likeness WHERE picture = ?", [id.text])
            return true
        }
        // The row first: a file without a row is swept, a row without a file would be a broken picture.
        if isDeleted { await remove([id]) }
        return isDeleted
    }

    /// Removes files that no row knows. See ``PictureStore``.
    public func sweepOrphans(at now: Moment) async throws(StoresError) -> Int {
        let oldest = now + -settings.orphanSeconds
        var count = try await pictureReads.run { [pictureFolder] () throws(StoresError) in
            pictureFolder.removeUnfinished(before: oldest)
        }
        for shard in try await pictureReads.run({ [pictureFolder] () throws(StoresError) in
            pictureFolder.shards()
        }) {
            let found = try await pictureReads.run { [pictureFolder] () throws(StoresError) in
                pictureFolder.pictures(in: shard, before: oldest)
            }
            let pending = unrecordedPictures.withLock { $0 }
            let orphans = try await read { [path = pool.path] database in
                let transaction = SQLiteTransaction(database: database, path: path)
                return try found.filter { id in
                    try !pending.contains(id)
                        && transaction.row("SELECT 1 FROM picture WHERE id = ?", [id.text]) == nil
                }
            }
            await remove(orphans)
            count += orphans.count
        }
        return count
    }

    /// A picture's row is written, or its file is not wanted any more.
    func recorded(_ id: PictureIdentifier) { unrecordedPictures.withLock { _ = $0.remove(id) } }

    /// Removes files.
    func remove(_ pictures: [PictureIdentifier]) async {
        guard !pictures.isEmpty else { return }
        // Removing throws nothing: a file that stays is swept later.
        try? await pictureWrites.run { [pictureFolder] () throws(StoresError) in
            for id in pictures { pictureFolder.remove(id) }
        }
    }
}

/// Reads pictures out of rows.
enum PictureRow {
    static let columns = "id, caller, request, role, mediaType, byteCount, created, \"end\""

    static func record(_ row: Row) throws -> PictureRecord {
        guard let role = PictureRole(rawValue: row[3]) else {
            throw StoresError(
                .damaged, "a row of table `picture` has a role that there is not; restore a backup")
        }
        return PictureRecord(
            id: PictureIdentifier(stored: row[0]), caller: CallerIdentifier(stored: row[1]),
            request: (row[2] as String?).map(RequestIdentifier.init(stored:)), role: role, mediaType: row[4],
            byteCount: row[5], created: Moment(microseconds: row[6]), end: JobRow.moment(row[7]))
    }
}

extension SQLiteTransaction {
    /// Adds a picture.
    @discardableResult
    func insert(
        _ picture: WrittenPicture, as role: PictureRole, of caller: CallerIdentifier,
        request: RequestIdentifier?, at now: Moment
    ) throws -> PictureRecord {
        try execute(
            "INSERT INTO picture (\(PictureRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                picture.id.text, caller.text, request?.text, role.rawValue, picture.mediaType,
                picture.byteCount, now.microseconds, picture.end?.microseconds,
            ])
        return PictureRecord(
            id: picture.id, caller: caller, request: request, role: role, mediaType: picture.mediaType,
            byteCount: picture.byteCount, created: now, end: picture.end)
    }
}
