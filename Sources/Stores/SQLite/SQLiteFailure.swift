import GRDB

/// Says in this room's words why the database failed.
enum SQLiteFailure {
    /// The error that callers get. Statements' values are never part of it.
    static func translate(_ error: any Error, path: String) -> StoresError {
        if let error = error as? StoresError { return error }
        guard let error = error as? DatabaseError else {
            return StoresError(.inputOutput, "\(path) could not be used; see the cause", cause: error)
        }
        let reason = "SQLite says \(error.extendedResultCode.rawValue), \(error.message ?? "no more")"
        func failure(_ code: StoresError.Code, _ text: String) -> StoresError {
            StoresError(code, "\(path) \(text) (\(reason))")
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            return failure(.diskFull, "cannot grow: the disk is full; free some space, nothing kept was lost")
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
            return failure(
                .diskFull,
                "cannot be written: the disk is full or failing; free some space or look at its health")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return failure(.locked, "is held by another program; end that, or try again")
        case .SQLITE_CORRUPT:
            return failure(
                .damaged,
                "is damaged; stop the service, keep a copy, and restore a backup or use `sqlite3 .recover`")
        case .SQLITE_NOTADB:
            return failure(
                .foreignDatabase, "is no database, or a damaged one; move it away, or restore a backup")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            return failure(.notWritable, "may not be written; give this user the folder and the files in it")
        case .SQLITE_CANTOPEN:
            return failure(
                .notWritable, "cannot be opened; name a folder that this user may write, with --data")
        case .SQLITE_CONSTRAINT:
            return failure(
                .invalidArgument, "has such a row already, or lacks the one it refers to; use new names")
        case .SQLITE_TOOBIG:
            return failure(.invalidArgument, "takes no row as large as that; make it smaller")
        default:
            return failure(.inputOutput, "could not be used; look at the disk's health")
        }
    }
}
