import GRDB
import Serving
import Synchronization

/// All that the service keeps, in one folder: a SQLite database and the pictures beside it.
///
/// Safe to use from many tasks. One process serves from a folder at a time (``ServiceLock``); others, such as the command
/// line, may open it beside that and change keys. The database is in write-ahead mode. What must not be lost is flushed to
/// the disk before a method returns (`synchronous=FULL`, in groups); leases, progress and events alone are not
/// (`synchronous=NORMAL`), and a power cut only takes them back to what they were a moment before.
///
/// Source: https://sqlite.org/wal.html and https://sqlite.org/pragma.html#pragma_synchronous.
public final class SQLiteStore: Sendable {
    /// The folder.
    public let folder: String
    /// The bounds.
    public let settings: StoreSettings

    let pool: DatabasePool
    let writer: GroupCommit
    let pictureFolder: PictureFolder
    let pictureReads = BlockingQueue(label: "ondol.stores.pictures.read")
    let pictureWrites = BlockingQueue(label: "ondol.stores.pictures.write")
    let wakeUps: WakeUps
    let leaseClock: Mutex<LeaseClock>
    let retentionPace: Mutex<SteadyPace>
    /// Pictures whose files are written and whose rows are not: no orphans, whatever the clock says.
    let unrecordedPictures = Mutex<Set<PictureIdentifier>>([])

    /// Opens a data folder, which is made where it is not there, and brings its database up to this version.
    ///
    /// Blocks, for as long as the check and the migration take.
    ///
    /// - Throws: ``StoresError``: `notWritable`, `locked`, `damaged`, `newerSchema`, `foreignDatabase`, `diskFull`.
    public init(folder: String, settings: StoreSettings = StoreSettings()) throws(StoresError) {
        try settings.validate()
        self.folder = folder
        self.settings = settings
        pictureFolder = PictureFolder(path: folder + "/pictures", reserveBytes: settings.reserveBytes)
        try FileSystem.makeFolder(folder)
        try pictureFolder.prepare()
        pool = try DatabaseOpening.open(folder + "/" + Self.databaseName, settings: settings)
        wakeUps = WakeUps()
        writer = GroupCommit(pool: pool, wakeUps: wakeUps, path: pool.path)
        leaseClock = Mutex(
            LeaseClock(
                toleranceSeconds: settings.leaseSweepToleranceSeconds,
                longestTermSeconds: settings.longestLeaseSeconds))
        retentionPace = Mutex(SteadyPace(toleranceSeconds: settings.retentionToleranceSeconds))
    }

    /// The database's file name.
    public static let databaseName = "ondol.sqlite"

    /// Ends all work with the database and moves what is in its log into its file. Call it once, at the end; whatever is
    /// asked for afterwards fails.
    public func close() throws(StoresError) {
        do {
            // Readers are closed last, and may not do this. Where another program reads, its log stays, and is whole.
            _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        } catch {
            throw SQLiteFailure.translate(error, path: pool.path)
        }
    }

    /// Looks through the whole database; about a second for each GiB.
    /// - Throws: ``StoresError`` with code `damaged` where something is wrong.
    public func checkIntegrity() async throws(StoresError) {
        try await read { [path = pool.path] database in
            try DatabaseOpening.check(database, pragma: "integrity_check", path: path)
        }
    }

    /// Reads, beside other readers and the writer, as of one moment.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoresError) -> Value {
        let result: Result<Value, StoresError> = await withCheckedContinuation { continuation in
            pool.asyncRead { [path = pool.path] outcome in
                do {
                    continuation.resume(returning: .success(try body(try outcome.get())))
                } catch {
                    continuation.resume(returning: .failure(SQLiteFailure.translate(error, path: path)))
                }
            }
        }
        return try result.get()
    }
}
