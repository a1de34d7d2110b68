import FoundationEssentials
import GRDB
import Serving

extension SQLiteStore: EventStore {
    /// Keeps an event. See ``EventStore``.
    public func append(_ event: EventDraft, to request: RequestIdentifier, at now: Moment)
        async throws(StoresError) -> Int?
    {
        try event.validate()
        return try await writer.write(.soon) { try $0.append(event, to: request, at: now) }
    }

    /// The events after a number. See ``EventStore``.
    public func events(of request: RequestIdentifier, after sequence: Int, limit: Int)
        async throws(StoresError) -> EventPage?
    {
        try await read { [path = pool.path] database in
            let transaction = SQLiteTransaction(database: database, path: path)
            guard
                let state = try transaction.row(
                    "SELECT lastEvent, finished FROM request WHERE id = ?", [request.text])
            else { return nil }
            let events = try transaction.rows(
                """
                SELECT sequence, kind, data, time FROM event WHERE request = ? AND sequence > ?
                ORDER BY sequence LIMIT ?
                """, [request.text, sequence, min(max(limit, 1), 1000)]
            ).map { row in
                StoredEvent(
                    request: request, sequence: row[0], kind: row[1], data: Array(row[2] as Data),
                    time: Moment(microseconds: row[3]))
            }
            let last: Int = state[0]
            let first = events.first?.sequence ?? last + 1
            return EventPage(
                events: events, isFinished: (state[1] as Int64?) != nil,
                hasGap: sequence < last && first > sequence + 1)
        }
    }

    /// Follows a request's events. See ``EventStore``.
    public func follow(_ request: RequestIdentifier, after sequence: Int) -> EventSequence {
        EventSequence(request: request, sequence: max(0, sequence), wakeUps: wakeUps) {
            [self] request, sequence async throws(StoresError) in
            try await events(of: request, after: sequence, limit: EventLimits.pageSize)
        }
    }
}

extension SQLiteTransaction {
    /// Adds an event to a request; nil where there is none.
    @discardableResult
    func append(_ event: EventDraft, to request: RequestIdentifier, at now: Moment) throws -> Int? {
        guard
            let row = try row(
                "UPDATE request SET lastEvent = lastEvent + 1, hasEvents = 1 WHERE id = ? RETURNING lastEvent",
                [request.text])
        else { return nil }
        let sequence: Int = row[0]
        try execute(
            "INSERT INTO event (request, sequence, kind, data, time) VALUES (?, ?, ?, ?, ?)",
            [request.text, sequence, event.kind, Data(event.data), now.microseconds])
        if sequence > EventLimits.perRequest {
            try execute(
                "DELETE FROM event WHERE request = ? AND sequence <= ?",
                [request.text, sequence - EventLimits.perRequest])
        }
        wake(.request(request))
        return sequence
    }
}
