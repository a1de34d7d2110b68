import FoundationEssentials
import GRDB
import Rights
import Serving

extension SQLiteStore: AppealStore {
    /// Keeps an appeal. See ``AppealStore``.
    public func add(_ appeal: AppealRecord) async throws(StoresError) -> AppealAdding {
        try Self.validate(text: appeal.message, "message")
        return try await writer.write(.now) { transaction in
            let open = "SELECT count(*) FROM appeal WHERE lastAnswer IS NULL"
            let ofCaller: Int = try transaction.row("\(open) AND caller = ?", [appeal.caller.text])?[0] ?? 0
            guard ofCaller < AppealLimits.openOfCaller else { return .tooManyOfCaller }
            let all: Int = try transaction.row(open, [])?[0] ?? 0
            guard all < AppealLimits.open else { return .full }
            try transaction.execute(
                "INSERT INTO appeal (id, caller, created, prompt, message, decision) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    appeal.id.text, appeal.caller.text, appeal.created.microseconds, appeal.prompt,
                    appeal.message, try RecordCoding.encode(appeal.decision),
                ])
            return .kept
        }
    }

    /// An appeal. See ``AppealStore``.
    public func appeal(_ id: AppealIdentifier, for viewer: Viewer) async throws(StoresError) -> AppealRecord?
    {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).appeal(id).flatMap {
                viewer.sees($0.caller) ? $0 : nil
            }
        }
    }

    /// Appeals, the oldest first. See ``AppealStore``.
    public func appeals(isOpen: Bool?, after id: AppealIdentifier?, limit: Int)
        async throws(StoresError) -> [AppealRecord]
    {
        let condition = isOpen.map { "AND lastAnswer IS \($0 ? "" : "NOT ")NULL" } ?? ""
        return try await read { [path = pool.path] database in
            let transaction = SQLiteTransaction(database: database, path: path)
            return try transaction.rows(
                "SELECT id FROM appeal WHERE id > ? \(condition) ORDER BY id LIMIT ?",
                [id?.text ?? "", min(max(limit, 1), 200)]
            ).compactMap { try transaction.appeal(AppealIdentifier(stored: $0[0])) }
        }
    }

    /// Answers an appeal. See ``AppealStore``.
    public func answer(_ id: AppealIdentifier, _ answer: AppealAnswer) async throws(StoresError)
        -> AppealRecord?
    {
        try Self.validate(text: answer.reason, "reason")
        return try await writer.write(.now) { transaction in
            guard try transaction.appeal(id) != nil else { return nil }
            let count: Int =
                try transaction.row("SELECT count(*) FROM appealAnswer WHERE appeal = ?", [id.text])?[0] ?? 0
            guard count < AppealLimits.answers else {
                throw StoresError(
                    .invalidArgument,
                    "\(id) was answered \(count) times; what else is to follow belongs into the rule file")
            }
            try transaction.execute(
                "INSERT INTO appealAnswer (appeal, sequence, time, answer) VALUES (?, ?, ?, ?)",
                [id.text, count + 1, answer.time.microseconds, try RecordCoding.encode(answer)])
            try transaction.execute(
                "UPDATE appeal SET lastAnswer = ? WHERE id = ?", [answer.time.microseconds, id.text])
            transaction.wake(.appeals)
            return try transaction.appeal(id)
        }
    }

    /// What all answers together change. See ``AppealStore``.
    public func policyAmendments() async throws(StoresError) -> PolicyAmendments {
        try await read { [path = pool.path] database in
            var amendments = PolicyAmendments()
            let rows = try SQLiteTransaction(database: database, path: path).rows(
                """
                SELECT appeal.id, caller, answer FROM appeal JOIN appealAnswer ON appealAnswer.appeal = appeal.id
                WHERE sequence = (SELECT max(sequence) FROM appealAnswer WHERE appealAnswer.appeal = appeal.id)
                ORDER BY appeal.id
                """, [])
            for row in rows {
                let (id, caller): (String, String) = (row[0], row[1])
                let answer = try RecordCoding.decode(AppealAnswer.self, from: row[2], of: "appealAnswer")
                amendments.add(answer.verdict, appellant: caller, note: id)
            }
            return amendments
        }
    }

    /// How many answers there are. See ``AppealStore``.
    public func appealAnswerCount() async throws(StoresError) -> Int {
        try await read { [path = pool.path] database in
            try SQLiteTransaction(database: database, path: path).row(
                "SELECT count(*) FROM appealAnswer", [])?[0] ?? 0
        }
    }

    private static func validate(text: String, _ what: String) throws(StoresError) {
        guard (1...AppealLimits.textBytes).contains(text.utf8.count) else {
            throw StoresError(
                .invalidArgument,
                "an appeal's \(what) has 1 to \(AppealLimits.textBytes) bytes; shorten it, or write one"
            )
        }
    }
}

extension SQLiteTransaction {
    fileprivate func appeal(_ id: AppealIdentifier) throws -> AppealRecord? {
        let found = try row(
            """
            SELECT caller, created, prompt, message, decision,
                (SELECT answer FROM appealAnswer WHERE appealAnswer.appeal = appeal.id ORDER BY sequence DESC LIMIT 1)
            FROM appeal WHERE id = ?
            """, [id.text])
        return try found.map { row in
            AppealRecord(
                id: id, caller: CallerIdentifier(stored: row[0]), created: Moment(microseconds: row[1]),
                prompt: row[2], message: row[3],
                decision: try RecordCoding.decode(PolicyDecision.self, from: row[4], of: "appeal"),
                answer: try (row[5] as Data?).map {
                    try RecordCoding.decode(AppealAnswer.self, from: $0, of: "appealAnswer")
                })
        }
    }
}
