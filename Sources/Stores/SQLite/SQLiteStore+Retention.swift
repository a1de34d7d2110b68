import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: RetentionStore {
    /// Removes what is past its time. See ``RetentionStore``.
    public func sweep(_ policy: RetentionPolicy, at now: Moment) async throws(StoresError) -> RetentionReport
    {
        try policy.validate()
        var report = RetentionReport()
        guard retentionPace.withLock({ $0.isSteady(at: now) }) else {
            report.wasSkipped = true
            return report
        }
        report.pictureCount = try await sweepPictures(at: now)
        report.promptCount = try await repeated { transaction in
            try transaction.change(
                """
                UPDATE request SET payload = NULL, decision = NULL WHERE id IN
                    (SELECT id FROM request WHERE finished <= ? AND payload IS NOT NULL LIMIT \(Self.pieceSize))
                """, [(now + -policy.promptSeconds).microseconds])
        }
        report.promptCount += try await repeated { transaction in
            try transaction.change(
                """
                UPDATE appeal SET prompt = NULL WHERE id IN
                    (SELECT id FROM appeal WHERE lastAnswer <= ? AND prompt IS NOT NULL LIMIT \(Self.pieceSize))
                """, [(now + -policy.promptSeconds).microseconds])
        }
        // Found by the index of open appeals, of which there are some thousand at the most.
        report.promptCount += try await repeated { transaction in
            try transaction.change(
                """
                UPDATE appeal SET prompt = NULL WHERE id IN
                    (SELECT id FROM appeal WHERE lastAnswer IS NULL AND created <= ? AND prompt IS NOT NULL
                        LIMIT \(Self.pieceSize))
                """, [(now + -policy.appealSeconds).microseconds])
        }
        report.eventRequestCount = try await repeated { transaction in
            let finished = try transaction.rows(
                "SELECT id FROM request WHERE finished <= ? AND hasEvents = 1 LIMIT \(Self.pieceSize)",
                [(now + -policy.eventSeconds).microseconds])
            for row in finished {
                let id: String = row[0]
                try transaction.execute("DELETE FROM event WHERE request = ?", [id])
                try transaction.execute("UPDATE request SET hasEvents = 0 WHERE id = ?", [id])
            }
            return finished.count
        }
        report.requestCount = try await repeated { transaction in
            try transaction.change(
                """
                DELETE FROM request WHERE id IN
                    (SELECT id FROM request WHERE finished <= ? LIMIT \(Self.pieceSize))
                """, [(now + -policy.requestSeconds).microseconds])
        }
        report.likenessCount = try await repeated { transaction in
            try transaction.change(
                """
                DELETE FROM likeness WHERE number IN
                    (SELECT number FROM likeness WHERE made <= ?
                        OR number <= (SELECT max(number) FROM likeness) - \(Self.likenessLimit)
                        LIMIT \(Self.pieceSize))
                """, [(now + -policy.likenessSeconds).microseconds])
        }
        report.claimCount = try await sweepClaims(policy, at: now)
        report.accountCount = try await sweepTable("account", key: "caller", at: now)
        report.idempotencyKeyCount = try await sweepTable("idempotencyKey", key: "(caller, digest)", at: now)
        try await giveRoomBack(isNeeded: report.total > 0)
        return report
    }

    /// How much is removed in one transaction, so that requests wait some milliseconds at the most.
    private static let pieceSize = 200

    /// Removes pieces until one is not full.
    private func repeated(
        _ piece: @escaping @Sendable (SQLiteTransaction) throws -> Int
    ) async throws(StoresError) -> Int {
        var total = 0
        while true {
            let count = try await writer.write(.now, piece)
            total += count
            guard count >= Self.pieceSize, !Task.isCancelled else { return total }
        }
    }

    private func sweepClaims(_ policy: RetentionPolicy, at now: Moment) async throws(StoresError) -> Int {
        _ = try await repeated { transaction in
            try transaction.change(
                """
                UPDATE claim SET network = NULL WHERE id IN
                    (SELECT id FROM claim WHERE network IS NOT NULL AND created <= ? LIMIT \(Self.pieceSize))
                """, [(now + -Self.daySeconds).microseconds])
        }
        return try await repeated { transaction in
            let old = try transaction.rows(
                "SELECT id, picture FROM claim WHERE closed <= ? LIMIT \(Self.pieceSize)",
                [(now + -policy.claimSeconds).microseconds])
            for row in old {
                try transaction.execute("DELETE FROM claim WHERE id = ?", [row[0] as String])
                // Its file is nobody's from now on, and swept as such.
                if let picture: String = row[1] {
                    try transaction.execute("DELETE FROM picture WHERE id = ?", [picture])
                }
            }
            return old.count
        }
    }

    private func sweepTable(_ table: String, key: String, at now: Moment) async throws(StoresError) -> Int {
        let columns = key.trimmingPrefix("(").prefix { $0 != ")" }
        return try await repeated { transaction in
            try transaction.change(
                """
                DELETE FROM \(table) WHERE \(key) IN
                    (SELECT \(columns) FROM \(table) WHERE "end" <= ? LIMIT \(Self.pieceSize))
                """, [now.microseconds])
        }
    }

    private func sweepPictures(at now: Moment) async throws(StoresError) -> Int {
        var total = 0
        while true {
            let removed = try await writer.write(.now) { transaction in
                let rows = try transaction.rows(
                    "SELECT id FROM picture WHERE \"end\" <= ? LIMIT \(Self.pieceSize)", [now.microseconds])
                for row in rows {
                    let id: String = row[0]
                    try transaction.execute("DELETE FROM picture WHERE id = ?", [id])
                }
                return rows.map { PictureIdentifier(stored: $0[0]) }
            }
            await remove(removed)
            total += removed.count
            guard removed.count >= Self.pieceSize, !Task.isCancelled else { return total }
        }
    }

    /// Shortens the file by pages that hold nothing, and the log, in which removed text would still stand.
    private func giveRoomBack(isNeeded: Bool) async throws(StoresError) {
        guard isNeeded else { return }
        try await writer.write(.soon) { transaction in
            try transaction.database.execute(sql: "PRAGMA incremental_vacuum(1000)")
        }
        do {
            // Readers may hold the log; then the next sweep shortens it.
            _ = try await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return
        } catch is CancellationError {
            return
        } catch {
            throw SQLiteFailure.translate(error, path: pool.path)
        }
    }
}

extension SQLiteTransaction {
    /// Runs a statement and gives how many rows it changed.
    fileprivate func change(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try execute(sql, arguments)
        return database.changesCount
    }
}
