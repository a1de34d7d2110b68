import FoundationEssentials
import GRDB
import Serving

/// A transaction on the writing connection, valid within the closure that it is handed to, on that thread alone.
final class SQLiteTransaction: StoreTransaction {
    let database: Database
    let path: String
    /// Whom to wake when it is committed.
    private(set) var topics: Set<WakeUps.Topic> = []

    init(database: Database, path: String) {
        self.database = database
        self.path = path
    }

    /// Wakes listeners once the change is committed.
    func wake(_ topic: WakeUps.Topic) { topics.insert(topic) }

    /// Runs a statement that is prepared once for each connection.
    func execute(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row of a statement that is prepared once for each connection.
    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// All rows of a statement that is prepared once for each connection.
    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Runs a closure whose changes are all kept or none.
    func inSavepoint(_ body: () throws -> Void) throws {
        let before = topics
        do {
            try database.inSavepoint {
                try body()
                return .commit
            }
        } catch {
            topics = before
            throw error
        }
    }

    /// Runs a part that whoever asked for the change adds to it.
    func runAlongside(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as StoresError {
            throw error
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw StoresError(
                .transactionRefused,
                "what was to be written beside the change could not be, so that nothing was; see the cause",
                cause: error)
        }
    }

    func save(_ accounts: [AccountRecord]) throws {
        for record in accounts {
            try execute(
                """
                INSERT INTO account (caller, state, revision, "end") VALUES (?, ?, ?, ?)
                ON CONFLICT (caller) DO UPDATE SET state = excluded.state, revision = excluded.revision,
                    "end" = excluded."end" WHERE excluded.revision > account.revision
                """,
                [
                    record.caller.text, try RecordCoding.encode(record.account), record.revision,
                    record.end?.microseconds,
                ])
        }
    }

    func save(_ desk: DeskCheckpoint) throws {
        try execute(
            """
            INSERT INTO desk (id, clock, nextNumber, revision) VALUES (1, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET clock = excluded.clock, nextNumber = excluded.nextNumber,
                revision = excluded.revision WHERE excluded.revision > desk.revision
            """,
            [try RecordCoding.encode(desk.clock), Int64(bitPattern: desk.nextNumber), desk.revision])
    }
}
