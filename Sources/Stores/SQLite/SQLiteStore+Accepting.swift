import Crypto
import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: JobStore {
    /// Writes a request and its jobs. See ``JobStore``.
    public func accept(
        _ request: NewRequest, at now: Moment,
        alongside: @escaping @Sendable (any StoreTransaction) throws -> Void
    ) async throws(StoresError) -> AcceptOutcome {
        try request.validate()
        return try await writer.write(.now) { transaction in
            if let key = request.idempotencyKey {
                let digest = Self.digest(of: key.text)
                switch try transaction.idempotency(key, digest, of: request.caller, at: now) {
                case .unused: break
                case .same(let first): return .joined(first)
                case .different: return .conflict
                }
                try transaction.execute(
                    """
                    INSERT OR REPLACE INTO idempotencyKey (caller, digest, requestDigest, request, "end")
                    VALUES (?, ?, ?, ?, ?)
                    """,
                    [
                        request.caller.text, digest, Data(key.requestDigest), request.id.text,
                        key.end.microseconds,
                    ])
            }
            try transaction.insert(request, at: now)
            try transaction.runAlongside { try alongside(transaction) }
            transaction.wake(.queue)
            return .accepted
        }
    }

    /// What is known of a caller's name for a call. See ``JobStore``.
    public func lookUp(
        _ key: NewRequest.IdempotencyKey, of caller: CallerIdentifier, at now: Moment
    ) async throws(StoresError) -> IdempotencyAnswer {
        try NewRequest.validate(idempotencyText: key.text)
        let digest = Self.digest(of: key.text)
        return try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).idempotency(
                key, digest, of: caller, at: now)
        }
    }

    /// Callers put what they like into the header; a hash of it is of one size and tells nothing.
    private static func digest(of text: String) -> Data { Data(SHA256.hash(data: Array(text.utf8))) }
}

extension SQLiteTransaction {
    fileprivate func insert(_ request: NewRequest, at now: Moment) throws {
        try execute(
            """
            INSERT INTO request (id, caller, alsoCountedTo, accepted, payload, decision, pictureMicros, currency)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                request.id.text, request.caller.text, request.alsoCountedTo?.text, now.microseconds,
                Data(request.payload), try request.decision.map { try RecordCoding.encode($0) },
                request.purchase.pictureMicros, request.purchase.currency?.code,
            ])
        for (position, use) in request.purchase.styles.enumerated() {
            try execute(
                "INSERT INTO requestStyle (style, request, weightMilli, position) VALUES (?, ?, ?, ?)",
                [use.style.text, request.id.text, use.weightMilli, position])
        }
        for (position, job) in request.jobs.enumerated() {
            try execute(
                """
                INSERT INTO job (id, request, position, model, width, height, tag, number, isLight, terms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    job.id.text, request.id.text, position, job.shape.model, job.shape.width,
                    job.shape.height,
                    job.terms.place.tag, Int64(bitPattern: job.terms.place.number), job.terms.isLight,
                    try RecordCoding.encode(job.terms),
                ])
        }
    }

    fileprivate func idempotency(
        _ key: NewRequest.IdempotencyKey, _ digest: Data, of caller: CallerIdentifier, at now: Moment
    ) throws -> IdempotencyAnswer {
        let found = try row(
            """
            SELECT requestDigest, request, "end" FROM idempotencyKey WHERE caller = ? AND digest = ?
                AND EXISTS (SELECT 1 FROM request WHERE request.id = idempotencyKey.request
                    AND (NOT ? OR request.finished IS NULL))
            """, [caller.text, digest, key.isForOpenRequest])
        guard let found, Moment(microseconds: found[2]) > now else { return .unused }
        let first: Data = found[0]
        return first.elementsEqual(key.requestDigest)
            ? .same(RequestIdentifier(stored: found[1])) : .different
    }
}
