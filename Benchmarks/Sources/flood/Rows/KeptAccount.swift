import Bars
import Foundation
import GRDB
import Serving
import Stores

/// What a service that was killed has kept, read from its folder by another program.
struct KeptAccount {
    let folder: ServiceFolder

    /// What is wrong with it.
    struct Findings: Sendable {
        /// Accepted pictures that are not there.
        var lost = 0
        /// Pictures drawn, kept or counted twice.
        var twice = 0
        /// Faults of the database and its files.
        var faults: [String] = []

        var text: String { "\(lost) lost, \(twice) twice, \(faults.count) faults" }
    }

    /// Looks at everything.
    func findings(of journal: KillRun.Journal, keys: [ServiceFolder.Key]) async throws -> Findings {
        var findings = Findings()
        let store = try SQLiteStore(folder: folder.path)
        do { try await store.checkIntegrity() } catch { findings.faults.append("\(error)") }
        for (_, request) in journal.requests {
            guard let name = RequestIdentifier(request),
                let record = try await store.request(name, for: .service)
            else {
                note("request \(request) was accepted and is not in the database")
                findings.lost += 1
                continue
            }
            for job in record.jobs {
                guard job.state == .done, let picture = job.picture,
                    let kept = try await store.picture(picture, for: .service, at: now),
                    let bytes = try? await store.open(kept).collect(), !bytes.isEmpty
                else {
                    note("job \(job.id) is \(job.state)\(job.failure.map { ", " + $0.code } ?? "")")
                    findings.lost += 1
                    continue
                }
            }
        }
        var counted: [String: Int] = [:]
        for key in keys {
            let usage = try await store.account(of: key.caller)?.account.usage ?? LimitUsage()
            counted[key.caller.text] = usage.picturesToday
            if usage.picturesOpen != 0 {
                findings.faults.append("an account has pictures open that have ended")
            }
        }
        try store.close()
        try readRows(counted, &findings)
        for fault in findings.faults { note(fault) }
        return findings
    }

    private var now: Moment { Moment(secondsSinceEpoch: Date().timeIntervalSince1970) }

    /// What the tables say, by plain SQL.
    private func readRows(_ counted: [String: Int], _ findings: inout Findings) throws {
        let queue = try DatabaseQueue(path: "\(folder.path)/\(SQLiteStore.databaseName)")
        let day = Int64(now.secondsSinceEpoch / 86_400) * 86_400_000_000
        try queue.read { database in
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
            }
            for row in try GRDB.Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                findings.faults.append("a row of \(row[0] as String) belongs to nothing")
            }
            // A result nobody's job names was drawn beside the one that is delivered.
            findings.twice += try count(
                """
                SELECT count(*) FROM picture WHERE role = 'result'
                    AND id NOT IN (SELECT picture FROM job WHERE picture IS NOT NULL)
                """)
            findings.twice += try count(
                "SELECT count(*) - count(DISTINCT picture) FROM job WHERE picture IS NOT NULL")
            findings.twice += try count(
                """
                SELECT coalesce(sum(times - 1), 0) FROM
                    (SELECT count(*) AS times FROM event WHERE kind = 'job.completed' GROUP BY request)
                """)
            for (caller, pictures) in counted {
                let done = try count(
                    """
                    SELECT count(*) FROM job JOIN request ON job.request = request.id
                    WHERE request.caller = ? AND job.state = 3 AND request.accepted >= ?
                    """, [caller, day])
                // Each picture delivered is counted once; what is counted too little is a fault of another kind.
                findings.twice += max(0, pictures - done)
                if pictures < done {
                    findings.faults.append("a caller has \(done) pictures and was counted \(pictures)")
                }
            }
            let open = try count("SELECT count(*) FROM job WHERE state < 3")
            if open > 0 { findings.faults.append("\(open) jobs are open that nobody asked for") }
        }
        try queue.close()
    }
}
