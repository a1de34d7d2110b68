import FoundationEssentials
import GRDB
import Rights
import Serving

extension SQLiteStore: ClaimStore {
    static let daySeconds = 86_400.0

    /// Keeps a claim. See ``ClaimStore``.
    public func add(_ record: ClaimRecord, openLimit: Int, networkLimit: Int, at now: Moment)
        async throws(StoresError) -> ClaimAdding
    {
        try await writer.write(.now) { transaction in
            let open: Int =
                try transaction.row("SELECT count(*) FROM claim WHERE closed IS NULL", [])?[0] ?? 0
            guard open < openLimit else { return .full }
            if let network = record.network {
                let count: Int =
                    try transaction.row(
                        "SELECT count(*) FROM claim WHERE network = ? AND created > ?",
                        [network, (now + -Self.daySeconds).microseconds])?[0] ?? 0
                guard count < networkLimit else { return .tooManyOfNetwork }
            }
            try transaction.execute(
                """
                INSERT INTO claim (id, created, network, style, claim, stepCount, picture)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    record.id.text, now.microseconds, record.network, record.claim.statement.style?.text,
                    try RecordCoding.encode(record.claim), record.claim.steps.count, record.picture?.text,
                ])
            return .kept
        }
    }

    /// A claim. See ``ClaimStore``.
    public func claim(_ id: ClaimIdentifier) async throws(StoresError) -> ClaimRecord? {
        try await claims("id = ?", [id.text], order: "id", limit: 1).first
    }

    /// Claims, the oldest first. See ``ClaimStore``.
    public func claims(isOpen: Bool, after id: ClaimIdentifier?, limit: Int) async throws(StoresError)
        -> [ClaimRecord]
    {
        try await claims(
            "closed IS \(isOpen ? "" : "NOT ")NULL AND id > ?", [id?.text ?? ""], order: "id",
            limit: min(max(limit, 1), 200))
    }

    /// Claims about a style. See ``ClaimStore``.
    public func claims(about style: Identifier<Style>) async throws(StoresError) -> [ClaimRecord] {
        try await claims("style = ?", [style.text], order: "id DESC", limit: 200)
    }

    private func claims(
        _ condition: String, _ arguments: StatementArguments, order: String, limit: Int
    ) async throws(StoresError) -> [ClaimRecord] {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                "SELECT id, claim, picture, network FROM claim WHERE \(condition) ORDER BY \(order) LIMIT \(limit)",
                arguments
            ).map { row in
                ClaimRecord(
                    id: ClaimIdentifier(stored: row[0]),
                    claim: try RecordCoding.decode(Claim.self, from: row[1], of: "claim"),
                    picture: (row[2] as String?).map(PictureIdentifier.init(stored:)), network: row[3])
            }
        }
    }

    /// Keeps what became of a claim. See ``ClaimStore``.
    public func replace(_ id: ClaimIdentifier, with claim: Claim, after stepCount: Int, at now: Moment)
        async throws(StoresError) -> Bool
    {
        try await writer.write(.now) { transaction in
            try transaction.execute(
                "UPDATE claim SET claim = ?, stepCount = ?, closed = ? WHERE id = ? AND stepCount = ?",
                [
                    try RecordCoding.encode(claim), claim.steps.count,
                    claim.stage.isOpen ? nil : now.microseconds, id.text, stepCount,
                ])
            return transaction.database.changesCount == 1
        }
    }
}

extension Schema {
    /// What people claim to be theirs; and whose styles a key is for.
    static let claims = [
        """
        CREATE TABLE claim (
            id TEXT PRIMARY KEY NOT NULL, created INTEGER NOT NULL, network TEXT, style TEXT,
            claim BLOB NOT NULL, stepCount INTEGER NOT NULL, closed INTEGER, picture TEXT)
        """,
        "CREATE INDEX claimOpen ON claim (id) WHERE closed IS NULL",
        "CREATE INDEX claimByEnd ON claim (closed) WHERE closed IS NOT NULL",
        "CREATE INDEX claimOfNetwork ON claim (network, created) WHERE network IS NOT NULL",
        "CREATE INDEX claimOfStyle ON claim (style, id) WHERE style IS NOT NULL",
        "ALTER TABLE key ADD COLUMN holder TEXT",
    ]
}
