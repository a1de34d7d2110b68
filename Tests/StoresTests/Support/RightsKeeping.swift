import GRDB
import Rights
import RightsSamples
import Stores

extension SQLiteStore {
    /// Records a list of changes, one after another.
    func record(_ events: [RegistryEvent], by actor: String = "operator") async throws -> Registry {
        var registry = Registry()
        for event in events {
            registry = try await change(
                registry, by: try RightsSamples.name(actor), at: RightsSamples.time
            ) { _ in event }
        }
        return registry
    }

    /// Changes rows behind the store's back, past the triggers that forbid it.
    func tamper(_ table: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: folder + "/" + Self.databaseName)
        try queue.write { database in
            for change in ["Update", "Delete"] {
                try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)Refuses\(change)")
            }
            try database.execute(sql: sql)
        }
        try queue.close()
    }
}
