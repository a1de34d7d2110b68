import FoundationEssentials
import GRDB
import Serving
import Stores
import TestSupport
import Testing

@Suite struct OpeningTests {
    /// Makes a data folder with one accepted request, and changes it behind the store's back.
    static func withChangedFolder(
        _ change: (String) throws -> Void, _ check: (String, RequestIdentifier) async throws -> Void
    ) async throws {
        try await withDataFolder { folder in
            var samples = Samples(seed: 2)
            let request = try samples.request(payload: String(repeating: "p", count: 100_000))
            let store = try SQLiteStore(folder: folder)
            _ = try await store.accept(request, at: Samples.start)
            try store.close()
            try change(folder + "/" + SQLiteStore.databaseName)
            try await check(folder, request.id)
        }
    }

    @Test("A damaged, foreign, newer or locked database is refused with what to do, and left as it is")
    func refusals() async throws {
        let table: [(StoresError.Code, String, (String) throws -> Void)] = [
            (
                .foreignDatabase, "no database",
                { writeBytes(Array("not a database, but long enough".utf8), to: $0) }
            ),
            (
                .foreignDatabase, "another program",
                { path in
                    try FileManager.default.removeItem(atPath: path)
                    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (a)") }
                }
            ),
            (
                .newerSchema, "newer version",
                { path in
                    try DatabaseQueue(path: path).write {
                        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
                    }
                }
            ),
            (
                .damaged, "damaged",
                { path in
                    var bytes = readBytes(path)
                    // All but the first page, which holds the tables' definitions.
                    for offset in 4096..<bytes.count {
                        bytes[offset] = UInt8(truncatingIfNeeded: offset &* 31)
                    }
                    writeBytes(bytes, to: path)
                }
            ),
        ]
        for (expected, words, change) in table {
            try await Self.withChangedFolder(change) { folder, _ in
                let before = readBytes(folder + "/" + SQLiteStore.databaseName)
                let error = #expect(throws: StoresError.self) { _ = try SQLiteStore(folder: folder) }
                #expect(error?.code == expected, "\(words): \(error?.message ?? "")")
                #expect(error?.message.contains(folder) ?? false)
                #expect(error?.message.contains(words) ?? false, "\(error?.message ?? "")")
                let isUntouched = readBytes(folder + "/" + SQLiteStore.databaseName) == before
                #expect(isUntouched, "\(words)")
            }
        }
    }

    @Test("A database that another program writes to for long is said to be held")
    func locked() async throws {
        try await Self.withChangedFolder({ _ in }) { folder, _ in
            let store = try SQLiteStore(folder: folder, settings: StoreSettings(busySeconds: 0))
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(
                path: folder + "/" + SQLiteStore.databaseName, configuration: configuration)
            var samples = Samples(seed: 3)
            let request = try samples.request()
            let (started, resume) = (
                AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self)
            )
            // Holds the database until it is told to let go; waited for below.
            let holder = Task {
                try await other.writeWithoutTransaction { database in
                    try database.execute(sql: "BEGIN IMMEDIATE")
                }
                started.continuation.yield()
                for await _ in resume.stream { break }
                try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            }
            for await _ in started.stream { break }
            let failure = await code { _ = try await store.accept(request, at: Samples.start) }
            #expect(failure == .locked)
            let start = #expect(throws: StoresError.self) {
                _ = try SQLiteStore(folder: folder, settings: StoreSettings(busySeconds: 0))
            }
            #expect(start?.code == .locked, "\(start?.message ?? "")")
            #expect(start?.message.contains("another program") ?? false)
            resume.continuation.yield()
            try await holder.value
            #expect(try await store.accept(request, at: Samples.start) == .accepted)
        }
    }

    @Test("A folder that cannot be made is said to be none")
    func unwritable() async throws {
        try await withDataFolder { folder in
            writeBytes([1], to: folder)
            for path in [folder, folder + "/below", "/proc/ondol"] {
                let error = #expect(throws: StoresError.self) { _ = try SQLiteStore(folder: path) }
                #expect(error?.code == .notWritable, "\(path)")
                #expect(error?.message.contains("--data") ?? false)
            }
        }
    }

    @Test("One service at a time serves from a folder, and the one that may not says who does")
    func serviceLock() async throws {
        try await withDataFolder { folder in
            var first: ServiceLock? = try ServiceLock(folder: folder)
            let error = #expect(throws: StoresError.self) { _ = try ServiceLock(folder: folder) }
            #expect(error?.code == .locked)
            #expect(error?.message.contains("(\(ProcessInfo.processInfo.processIdentifier))") ?? false)
            // The command line may change keys meanwhile.
            try SQLiteStore(folder: folder).close()
            withExtendedLifetime(first) {}
            first = nil
            _ = try ServiceLock(folder: folder)
        }
    }

    @Test("Removed pages can be given back, and writes are flushed")
    func pragmas() async throws {
        try await Self.withChangedFolder({ _ in }) { folder, id in
            let database = try DatabaseQueue(path: folder + "/" + SQLiteStore.databaseName)
            let (vacuum, journal) = try await database.read {
                (
                    try Int.fetchOne($0, sql: "PRAGMA auto_vacuum"),
                    try String.fetchOne($0, sql: "PRAGMA journal_mode")
                )
            }
            #expect(vacuum == 2)
            #expect(journal == "wal")
        }
    }

    @Test("Settings out of their range are named")
    func settings() {
        let table: [(String, (inout StoreSettings) -> Void)] = [
            ("attemptLimit", { $0.attemptLimit = 0 }),
            ("longestLeaseSeconds", { $0.longestLeaseSeconds = .nan }),
            ("leaseSweepToleranceSeconds", { $0.leaseSweepToleranceSeconds = 0 }),
            ("retentionToleranceSeconds", { $0.retentionToleranceSeconds = 1e9 }),
            ("orphanSeconds", { $0.orphanSeconds = -1 }), ("reserveBytes", { $0.reserveBytes = -1 }),
            ("busySeconds", { $0.busySeconds = 61 }), ("readerCount", { $0.readerCount = 0 }),
        ]
        for (name, change) in table {
            var settings = StoreSettings()
            change(&settings)
            let error = #expect(throws: StoresError.self) { try settings.validate() }
            #expect(error?.message.contains(name) ?? false)
        }
        #expect(throws: Never.self) { try StoreSettings().validate() }
    }
}
