import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore {
    /// A request and its jobs. See ``JobStore``.
    public func request(_ id: RequestIdentifier, for viewer: Viewer) async throws(StoresError)
        -> RequestRecord?
    {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).request(id).flatMap {
                viewer.sees($0.caller) ? $0 : nil
            }
        }
    }

    /// A job. See ``JobStore``.
    public func job(_ id: JobIdentifier, for viewer: Viewer) async throws(StoresError) -> JobRecord? {
        try await read { [path = pool.path] database in
            let sql = "SELECT \(JobRow.columns) FROM \(JobRow.tables) WHERE job.id = ?"
            let row = try SQLiteTransaction(database: database, path: path).row(sql, [id.text])
            return try row.map(JobRow.record).flatMap { viewer.sees($0.caller) ? $0 : nil }
        }
    }

    /// A caller's requests. See ``JobStore``.
    public func requests(of caller: CallerIdentifier, before: RequestIdentifier?, limit: Int)
        async throws(StoresError) -> [RequestRecord]
    {
        try await read { [path = pool.path] database in
            let transaction = SQLiteTransaction(database: database, path: path)
            // Names begin with the time, so that their order is that of the calls. A tilde comes after all digits.
            let rows = try transaction.rows(
                "SELECT id FROM request WHERE caller = ? AND id < ? ORDER BY id DESC LIMIT ?",
                [caller.text, before?.text ?? "~", min(max(limit, 1), 200)])
            return try rows.compactMap { try transaction.request(RequestIdentifier(stored: $0[0])) }
        }
    }
}

extension SQLiteTransaction {
    /// A request's jobs, in the order of their positions.
    func jobs(of request: RequestIdentifier) throws -> [JobRecord] {
        let sql = "SELECT \(JobRow.columns) FROM \(JobRow.tables) WHERE job.request = ? ORDER BY job.position"
        return try rows(sql, [request.text]).map(JobRow.record)
    }

    /// A request and its jobs.
    func request(_ id: RequestIdentifier) throws -> RequestRecord? {
        guard
            let row = try row(
                "SELECT caller, accepted, finished, payload FROM request WHERE id = ?", [id.text])
        else { return nil }
        return RequestRecord(
            id: id, caller: CallerIdentifier(stored: row[0]), accepted: Moment(microseconds: row[1]),
            finished: JobRow.moment(row[2]), payload: (row[3] as Data?).map(Array.init),
            jobs: try jobs(of: id))
    }
}
