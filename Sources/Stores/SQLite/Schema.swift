import GRDB

/// The tables, and how older ones become them. A migration that was published is never changed; another follows it.
///
/// Moments are microseconds since 1970. States of jobs are 0 queued, 1 leased, 2 drawing, 3 done, 4 failed, 5 cancelled.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 jobs, events, keys, pictures") { database in
            for statement in first { try database.execute(sql: statement) }
        }
        migrator.registerMigration("2 registry, ledger, appeals") { database in
            for statement in rights { try database.execute(sql: statement) }
        }
        migrator.registerMigration("3 likenesses") { database in
            for statement in likenesses { try database.execute(sql: statement) }
        }
        migrator.registerMigration("4 claims, keys of holders") { database in
            for statement in claims { try database.execute(sql: statement) }
        }
        return migrator
    }

    private static let first = [
        """
        CREATE TABLE request (
            id TEXT PRIMARY KEY NOT NULL, caller TEXT NOT NULL, alsoCountedTo TEXT,
            accepted INTEGER NOT NULL, finished INTEGER, lastEvent INTEGER NOT NULL DEFAULT 0,
            hasEvents INTEGER NOT NULL DEFAULT 0, payload BLOB)
        """,
        "CREATE INDEX requestOfCaller ON request (caller, id)",
        "CREATE INDEX requestByEnd ON request (finished) WHERE finished IS NOT NULL",
        """
        CREATE INDEX requestWithPayload ON request (finished)
            WHERE finished IS NOT NULL AND payload IS NOT NULL
        """,
        "CREATE INDEX requestWithEvents ON request (finished) WHERE finished IS NOT NULL AND hasEvents = 1",
        """
        CREATE TABLE job (
            id TEXT PRIMARY KEY NOT NULL,
            request TEXT NOT NULL REFERENCES request (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            model TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            tag REAL NOT NULL, number INTEGER NOT NULL, isLight INTEGER NOT NULL, terms BLOB NOT NULL,
            state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 5),
            leaseCount INTEGER NOT NULL DEFAULT 0, failedAttempts INTEGER NOT NULL DEFAULT 0,
            worker TEXT, leaseEnd INTEGER, step INTEGER, stepCount INTEGER,
            picture TEXT, failureCode TEXT, failureMessage TEXT, started INTEGER, finished INTEGER,
            CHECK ((state IN (1, 2)) = (worker IS NOT NULL)), CHECK ((state = 3) = (picture IS NOT NULL)))
        """,
        "CREATE UNIQUE INDEX jobOfRequest ON job (request, position)",
        "CREATE INDEX jobWaiting ON job (model, tag, number) WHERE state = 0",
        "CREATE INDEX jobHeld ON job (leaseEnd) WHERE state IN (1, 2)",
        """
        CREATE TABLE event (
            request TEXT NOT NULL REFERENCES request (id) ON DELETE CASCADE, sequence INTEGER NOT NULL,
            kind TEXT NOT NULL, data BLOB NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (request, sequence))
            WITHOUT ROWID
        """,
        """
        CREATE TABLE idempotencyKey (
            caller TEXT NOT NULL, digest BLOB NOT NULL, requestDigest BLOB NOT NULL, request TEXT NOT NULL,
            "end" INTEGER NOT NULL, PRIMARY KEY (caller, digest)) WITHOUT ROWID
        """,
        "CREATE INDEX idempotencyKeyByEnd ON idempotencyKey (\"end\")",
        """
        CREATE TABLE picture (
            id TEXT PRIMARY KEY NOT NULL, caller TEXT NOT NULL, request TEXT, role TEXT NOT NULL,
            mediaType TEXT NOT NULL, byteCount INTEGER NOT NULL, created INTEGER NOT NULL, "end" INTEGER)
        """,
        "CREATE INDEX pictureOfCaller ON picture (caller, id) WHERE role = 'result'",
        "CREATE INDEX pictureByEnd ON picture (\"end\") WHERE \"end\" IS NOT NULL",
        """
        CREATE TABLE account (
            caller TEXT PRIMARY KEY NOT NULL, state BLOB NOT NULL, revision INTEGER NOT NULL, "end" INTEGER)
        """,
        "CREATE INDEX accountByEnd ON account (\"end\") WHERE \"end\" IS NOT NULL",
        """
        CREATE TABLE desk (
            id INTEGER PRIMARY KEY CHECK (id = 1), clock BLOB, nextNumber INTEGER NOT NULL DEFAULT 1,
            revision INTEGER NOT NULL DEFAULT 0, memory BLOB)
        """,
        """
        CREATE TABLE key (
            id TEXT PRIMARY KEY NOT NULL, salt BLOB NOT NULL, digest BLOB NOT NULL, label TEXT NOT NULL,
            plan TEXT NOT NULL, scopes TEXT NOT NULL, created INTEGER NOT NULL, "end" INTEGER,
            revoked INTEGER)
        """,
    ]
}
