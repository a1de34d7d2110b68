extension Schema {
    /// What is kept of rights. The database itself refuses to change or remove a row of the registry, the ledger or an
    /// answer: whoever does it all the same, past these triggers, breaks a chain of hashes.
    static let rights =
        [
            "CREATE TABLE registry (sequence INTEGER PRIMARY KEY NOT NULL, record BLOB NOT NULL, hash TEXT NOT NULL)",
            """
            CREATE TABLE ledger (
                sequence INTEGER PRIMARY KEY NOT NULL, line BLOB NOT NULL, picture TEXT UNIQUE,
                reverses INTEGER UNIQUE, isAmendment INTEGER NOT NULL)
            """,
            """
            CREATE TABLE ledgerHolder (
                holder TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES ledger (sequence),
                PRIMARY KEY (holder, sequence)) WITHOUT ROWID
            """,
            "CREATE INDEX ledgerHolderBySequence ON ledgerHolder (sequence)",
            """
            CREATE TABLE appeal (
                id TEXT PRIMARY KEY NOT NULL, caller TEXT NOT NULL, created INTEGER NOT NULL, prompt TEXT,
                message TEXT NOT NULL, decision BLOB NOT NULL, lastAnswer INTEGER)
            """,
            "CREATE INDEX appealOfCaller ON appeal (caller, id)",
            "CREATE INDEX appealOpen ON appeal (id) WHERE lastAnswer IS NULL",
            "CREATE INDEX appealWithPrompt ON appeal (lastAnswer) WHERE prompt IS NOT NULL AND lastAnswer IS NOT NULL",
            """
            CREATE TABLE appealAnswer (
                appeal TEXT NOT NULL REFERENCES appeal (id), sequence INTEGER NOT NULL, time INTEGER NOT NULL,
                answer BLOB NOT NULL, PRIMARY KEY (appeal, sequence)) WITHOUT ROWID
            """,
            """
            CREATE TABLE requestStyle (
                style TEXT NOT NULL, request TEXT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                weightMilli INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (style, request)) WITHOUT ROWID
            """,
            "CREATE INDEX requestStyleOfRequest ON requestStyle (request, position)",
            "ALTER TABLE request ADD COLUMN decision BLOB",
            "ALTER TABLE request ADD COLUMN pictureMicros INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE request ADD COLUMN currency TEXT",
        ] + ["registry", "ledger", "ledgerHolder", "appealAnswer"].flatMap(appendOnly)

    private static func appendOnly(_ table: String) -> [String] {
        ["UPDATE", "DELETE"].map { change in
            """
            CREATE TRIGGER \(table)Refuses\(change.capitalized) BEFORE \(change) ON \(table)
            BEGIN SELECT RAISE(ABORT, 'rows of \(table) are only ever added'); END
            """
        }
    }
}
