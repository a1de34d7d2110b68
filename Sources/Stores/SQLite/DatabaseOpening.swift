import GRDB

/// Opens the database, or says clearly why it cannot be used.
enum DatabaseOpening {
    /// Marks a database as ours: `ondl` in ASCII.
    static let applicationIdentifier: Int32 = 0x6F6E_646C

    /// Opens a database file, makes it where there is none, checks it and brings it up to this version.
    ///
    /// A file that is refused is left as it is.
    static func open(_ path: String, settings: StoreSettings) throws(StoresError) -> DatabasePool {
        try refuseOtherFile(at: path)
        do {
            if let start = try FileSystem.start(of: path, byteCount: 1), !start.isEmpty {
                try inspect(path, settings: settings)
            }
            let pool = try DatabasePool(path: path, configuration: configuration(settings))
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
            }
            try Schema.migrator.migrate(pool)
            return pool
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    /// Refuses a file that is no database. SQLite itself takes a short one for an empty database, and writes over it.
    private static func refuseOtherFile(at path: String) throws(StoresError) {
        let mark = Array("SQLite format 3\0".utf8)
        guard let start = try FileSystem.start(of: path, byteCount: mark.count), !start.isEmpty, start != mark
        else { return }
        throw StoresError(
            .foreignDatabase, "\(path) is no database, or a damaged one; move it away, or restore a backup")
    }

    /// Refuses databases of other programs, of newer versions of this one, and damaged ones. Writes nothing.
    private static func inspect(_ path: String, settings: StoreSettings) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(settings.busySeconds)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { database in
            let identifier = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let tableCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            // One without tables is left by a first start that was killed.
            guard identifier == applicationIdentifier || (identifier == 0 && tableCount == 0) else {
                throw StoresError(
                    .foreignDatabase,
                    "\(path) is the database of another program; name another folder with --data")
            }
            guard try !Schema.migrator.hasBeenSuperseded(database) else {
                throw StoresError(
                    .newerSchema,
                    "\(path) was written by a newer version of this program; install that one, or name another folder with --data"
                )
            }
            if settings.checksAtOpen { try check(database, pragma: "quick_check", path: path) }
        }
        try queue.close()
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
