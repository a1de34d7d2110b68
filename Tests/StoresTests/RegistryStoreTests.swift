import GRDB
import Rights
import RightsSamples
import Stores
import Testing

/// The registry's changes on disk.
@Suite struct RegistryStoreTests {
    @Test("What was recorded is there after a reopening, with who and when, and folds to the same state")
    func reopened() async throws {
        try await withDataFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let written = try await store.record(try RightsSamples.events(), by: "kim")
            try store.close()
            let again = try SQLiteStore(folder: folder)
            let read = try await again.registry()
            #expect(read.records == written.records)
            #expect(read.records.last?.actor.text == "kim")
            #expect(read.records.last?.time == RightsSamples.time)
            guard
                case .usable(let terms) = read.availability(
                    of: try RightsSamples.name("kim-ink"), on: try CalendarDay("2026-05-01"))
            else {
                Issue.record("the style cannot be used")
                return
            }
            #expect(terms.works.count == 2)
            try again.close()
        }
    }

    @Test("Of two who change it at once both are kept, one after the other, and both know of both")
    func twoWriters() async throws {
        try await withDataFolder { folder in
            // Two processes, as the service and the command line beside it.
            let stores = [try SQLiteStore(folder: folder), try SQLiteStore(folder: folder)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, store) in stores.enumerated() {
                    group.addTask {
                        var registry = Registry()
                        for index in 0..<25 {
                            let holder = RightsHolder(
                                identifier: try RightsSamples.name("h-\(number)-\(index)"), creditName: "H")
                            registry = try await store.change(
                                registry, by: try RightsSamples.name("writer-\(number)"),
                                at: RightsSamples.time
                            ) { _ in .holderRegistered(holder) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let registry = try await stores[0].registry()
            #expect(registry.holders.count == 50)
            #expect(registry.records.map(\.sequence) == Array(1...50))
            for store in stores { try store.close() }
        }
    }

    @Test("A change that may not follow, or comes too late, leaves nothing behind")
    func refused() async throws {
        try await withStore { store, _ in
            let registry = try await store.record(Array(try RightsSamples.events().prefix(4)))
            await #expect(throws: RightsError.self) {
                _ = try await store.change(
                    registry, by: try RightsSamples.name("operator"), at: RightsSamples.time
                ) { _ in .stylePublished(try RightsSamples.name("nothing")) }
            }
            let stale = try #require(registry.records.last)
            #expect(try await store.append(stale) == .behind)
            #expect(try await store.registry().records == registry.records)
        }
    }

    @Test("The database itself refuses to change or remove what was recorded")
    func onlyAdded() async throws {
        try await withStore { store, _ in
            _ = try await store.record(Array(try RightsSamples.events().prefix(2)))
            _ = try await store.append(try RightsSamples.delivery("p-1"))
            let queue = try DatabaseQueue(path: store.folder + "/" + SQLiteStore.databaseName)
            for table in ["registry", "ledger", "ledgerHolder"] {
                for sql in ["DELETE FROM \(table)", "UPDATE \(table) SET sequence = sequence + 1"] {
                    #expect(throws: DatabaseError.self, "\(sql)") {
                        try queue.write { try $0.execute(sql: sql) }
                    }
                }
            }
            try queue.close()
        }
    }

    @Test(
        "A change that was altered, removed, moved or put in is found when the registry is read",
        arguments: [
            "UPDATE registry SET record = replace(CAST(record AS TEXT), 'operator', 'oparator') WHERE sequence = 3",
            "UPDATE registry SET hash = '\(String(repeating: "0", count: 64))' WHERE sequence = 3",
            "DELETE FROM registry WHERE sequence = 3",
            "UPDATE registry SET sequence = -sequence WHERE sequence = 3",
            "INSERT INTO registry SELECT max(sequence) + 1, record, hash FROM registry",
            "UPDATE registry SET record = x'00' WHERE sequence = 1",
        ])
    func damage(sql: String) async throws {
        try await withStore { store, _ in
            _ = try await store.record(try RightsSamples.events())
            try store.tamper("registry", sql)
            #expect(await code { _ = try await store.registry() } == .damaged)
        }
    }

    @Test("Whoever follows the registry hears of a change at once, and reads only what is new")
    func followed() async throws {
        try await withStore { store, _ in
            let events = try RightsSamples.events()
            let before = try await store.record(Array(events.prefix(3)))
            var signals = store.registryChanges().makeAsyncIterator()
            _ = await signals.next()
            _ = try await store.change(
                before, by: try RightsSamples.name("operator"), at: RightsSamples.time
            ) { _ in events[3] }
            _ = await signals.next()
            let after = try await store.following(before)
            #expect(after.records.count == 4)
            #expect(try await store.registryRecords(after: 3, limit: 10).map(\.event) == [events[3]])
            #expect(await code { _ = try await store.registryRecords(after: 9, limit: 10) } == .damaged)
            #expect(
                await code { _ = try await store.registryRecords(after: -1, limit: 10) } == .invalidArgument)
        }
    }
}
