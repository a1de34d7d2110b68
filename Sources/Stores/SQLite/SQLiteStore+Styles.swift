import FoundationEssentials
import GRDB
import Rights

extension SQLiteStore: JobRightsStore {
    /// The policy's decision on a request. See ``JobRightsStore``.
    public func decision(on request: RequestIdentifier, for viewer: Viewer) async throws(StoresError)
        -> PolicyDecision?
    {
        try await read { [path = pool.path] database in
            let row = try SQLiteTransaction(database: database, path: path).row(
                "SELECT caller, decision FROM request WHERE id = ?", [request.text])
            guard let row, viewer.sees(CallerIdentifier(stored: row[0])) else { return nil }
            return try (row[1] as Data?).map {
                try RecordCoding.decode(PolicyDecision.self, from: $0, of: "request")
            }
        }
    }

    /// Requests in a style that are not over. See ``JobRightsStore``.
    public func openRequests(with style: Identifier<Style>, limit: Int) async throws(StoresError)
        -> [RequestIdentifier]
    {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).rows(
                """
                SELECT request.id FROM requestStyle JOIN request ON request.id = requestStyle.request
                WHERE style = ? AND finished IS NULL ORDER BY request.id DESC LIMIT ?
                """, [style.text, min(max(limit, 1), 1000)]
            ).map { RequestIdentifier(stored: $0[0]) }
        }
    }
}

extension SQLiteTransaction {
    func purchase(of request: RequestIdentifier) throws -> Purchase {
        let sold = try row("SELECT pictureMicros, currency FROM request WHERE id = ?", [request.text])
        let styles = try rows(
            "SELECT style, weightMilli FROM requestStyle WHERE request = ? ORDER BY position", [request.text])
        do {
            return Purchase(
                styles: try styles.map { row in
                    .init(style: try Identifier(row[0] as String), weightMilli: row[1])
                }, pictureMicros: sold?[0] ?? 0,
                currency: try (sold?[1] as String?).map { try Currency($0) })
        } catch {
            throw StoresError(
                .damaged, "what request \(request.text) costs is not what was written; restore a backup",
                cause: error)
        }
    }
}
