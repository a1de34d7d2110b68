import GRDB

/// Opens the database, or says clearly why it cannot be used.
enum DatabaseOpening {
    /// Marks a database as ours: `ondl` in ASCII.
    static let applicationIdentifier: Int32 = 0x6F6E_646C

    /// Opens a database file, makes it where there is none, checks it and brings it up to this version.
    static func open(_ path: String, settings: StoreSettings) throws(StoresError) -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(settings))
            try pool.write { database in try admit(database, path: path) }
            if settings.checksAtOpen {
                try pool.read { database in try check(database, pragma: "quick_check", path: path) }
            }
            try Schema.migrator.migrate(pool)
            return pool
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    /// Refuses databases of other programs and of newer versions of this one; marks a new one as ours.
    private static func admit(_ database: Database, path: String) throws {
        let identifier = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tableCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard identifier == applicationIdentifier || (identifier == 0 && tableCount == 0) else {
            throw StoresError(
                .foreignDatabase,
                "\(path) is the database of another program; name another folder with --data")
        }
        if identifier == 0 { try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)") }
        guard try !Schema.migrator.hasBeenSuperseded(database) else {
            throw StoresError(
                .newerSchema,
                "\(path) was written by a newer version of this program; install that one, or name another folder with --data"
            )
        }
    }

    /// Looks for damage.
    static func check(_ database: Database, pragma: String, path: String) throws {
        let finding = try String.fetchOne(database, sql: "PRAGMA \(pragma)(1)")
        guard finding == "ok" else {
            // What SQLite found names pages and indexes, never a row's values.
            throw StoresError(
                .damaged,
                "\(path) is damaged (\(finding ?? "no answer")); stop the service, keep a copy, and restore a backup or use `sqlite3 .recover`"
            )
        }
    }

    private static func configuration(_ settings: StoreSettings) -> Configuration {
        var configuration = Configuration()
        configuration.label = "ondol.stores"
        configuration.busyMode = .timeout(settings.busySeconds)
        configuration.maximumReaderCount = settings.readerCount
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // Before the first table, or never: removed pages can then be given back to the disk.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            // Removed prompts are overwritten.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}
