import FoundationEssentials
import GRDB
import Serving

/// Reads jobs out of rows.
enum JobRow {
    /// The columns that ``record(_:)`` reads, in its order.
    static let columns = """
        job.id, job.request, job.position, request.caller, request.alsoCountedTo, job.model, job.width, job.height,
        job.terms, job.state, job.leaseCount, job.failedAttempts, job.worker, job.leaseEnd, job.step, job.stepCount,
        job.picture, job.failureCode, job.failureMessage, request.accepted, job.started, job.finished
        """

    /// The tables that the columns come from.
    static let tables = "job JOIN request ON request.id = job.request"

    /// States by their numbers in the table.
    private static let states: [JobState] = [.queued, .leased, .drawing, .done, .failed, .cancelled]

    /// A state's number in the table.
    static func number(of state: JobState) -> Int {
        switch state {
        case .queued: 0
        case .leased: 1
        case .drawing: 2
        case .done: 3
        case .failed: 4
        case .cancelled: 5
        }
    }

    /// A state by its number in the table.
    static func state(_ number: Int) throws -> JobState {
        guard states.indices.contains(number) else {
            throw StoresError(
                .damaged, "a row of table `job` has a state that there is not; restore a backup")
        }
        return states[number]
    }

    /// The job of a row.
    /// - Throws: ``StoresError`` with code `damaged`.
    static func record(_ row: Row) throws -> JobRecord {
        let code: String? = row[17]
        let step: Int? = row[14]
        return JobRecord(
            id: JobIdentifier(stored: row[0]), request: RequestIdentifier(stored: row[1]), position: row[2],
            caller: CallerIdentifier(stored: row[3]),
            alsoCountedTo: (row[4] as String?).map(CallerIdentifier.init(stored:)),
            shape: PictureShape(model: row[5], width: row[6], height: row[7]),
            terms: try RecordCoding.decode(JobTerms.self, from: row[8], of: "job"), state: try state(row[9]),
            leaseCount: row[10], failedAttempts: row[11], worker: row[12], leaseEnd: moment(row[13]),
            progress: step.map { JobProgress(step: $0, stepCount: row[15] ?? $0) },
            picture: (row[16] as String?).map(PictureIdentifier.init(stored:)),
            failure: code.map { JobFailure(code: $0, message: row[18] ?? "") },
            accepted: Moment(microseconds: row[19]), started: moment(row[20]), finished: moment(row[21]))
    }

    /// A moment from a column that may be empty.
    static func moment(_ microseconds: Int64?) -> Moment? { microseconds.map(Moment.init(microseconds:)) }
}

extension SQLiteTransaction {
    /// A job, which must be there.
    func job(_ id: JobIdentifier) throws -> JobRecord {
        let sql = "SELECT \(JobRow.columns) FROM \(JobRow.tables) WHERE job.id = ?"
        guard let row = try row(sql, [id.text]) else {
            throw StoresError(
                .invalidArgument, "there is no job \(id.text); it may have been removed for its age")
        }
        return try JobRow.record(row)
    }

    /// The request of a job, which must be there.
    func request(of job: JobIdentifier) throws -> RequestIdentifier {
        guard let row = try row("SELECT request FROM job WHERE id = ?", [job.text]) else {
            throw StoresError(
                .invalidArgument, "there is no job \(job.text); it may have been removed for its age")
        }
        return RequestIdentifier(stored: row[0])
    }

    /// Where a worker that shows a lease stands; `lost` where there is no such job.
    func standing(of lease: Lease) throws -> LeaseStanding {
        guard let row = try row("SELECT state, leaseCount FROM job WHERE id = ?", [lease.job.text]) else {
            return .lost
        }
        return LeaseStanding(of: lease, state: try JobRow.state(row[0]), leaseNumber: row[1])
    }

    /// Puts a job that is open back to its place.
    ///
    /// - Parameter isFailedAttempt: whether the worker is to blame.
    func requeue(_ job: JobIdentifier, isFailedAttempt: Bool) throws {
        try execute(
            """
            UPDATE job SET state = 0, worker = NULL, leaseEnd = NULL, step = NULL, stepCount = NULL,
                failedAttempts = failedAttempts + ? WHERE id = ?
            """,
            [isFailedAttempt ? 1 : 0, job.text])
        wake(.queue)
    }

    /// Ends a job, and its request with it where it was the last one.
    func end(
        _ job: JobIdentifier, of request: RequestIdentifier, as state: JobState,
        picture: PictureIdentifier? = nil, failure: JobFailure? = nil, at now: Moment
    ) throws {
        try execute(
            """
            UPDATE job SET state = ?, worker = NULL, leaseEnd = NULL, picture = ?, failureCode = ?,
                failureMessage = ?, finished = ?, failedAttempts = failedAttempts + ? WHERE id = ?
            """,
            [
                JobRow.number(of: state), picture?.text, failure?.code, failure?.message, now.microseconds,
                state == .failed ? 1 : 0, job.text,
            ])
        try execute(
            """
            UPDATE request SET finished = ? WHERE id = ? AND finished IS NULL
                AND NOT EXISTS (SELECT 1 FROM job WHERE request = ? AND state < 3)
            """,
            [now.microseconds, request.text, request.text])
        wake(.request(request))
    }
}
