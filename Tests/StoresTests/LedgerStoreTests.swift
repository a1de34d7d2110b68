import Rights
import RightsSamples
import Serving
import Stores
import TestSupport
import Testing

/// The books on disk.
@Suite struct LedgerStoreTests {
    private static func fill(_ store: SQLiteStore, count: Int = 12) async throws {
        for number in 1...count { _ = try await store.append(try RightsSamples.delivery("p-\(number)")) }
    }

    @Test("Lines are there after a reopening, make up the same books, and a noted head stays true")
    func reopened() async throws {
        try await withDataFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await Self.fill(store)
            let noted = try await store.ledgerHead()
            try store.close()
            let again = try SQLiteStore(folder: folder)
            _ = try await again.append(try RightsSamples.delivery("p-13"))
            let verification = try await again.verifyLedger(notedHead: noted)
            #expect(verification.findings == [])
            #expect(verification.head == (try await again.ledgerHead()))
            #expect(verification.head?.count == 13)
            let lines = try await again.ledgerLines(after: 0, limit: 100)
            let books = try Ledger(lines: lines.map { String(decoding: $0.bytes, as: UTF8.self) })
            // Half of 70 % of 1.000001 to each work; which has the odd one goes round.
            let owed = try ["kim", "lee"].map {
                books.owedMicros(to: try RightsSamples.name($0), in: try Currency("KRW"))
            }
            #expect(owed.reduce(0, +) == 13 * 700_001)
            #expect(abs(owed[0] - owed[1]) <= 13)
            try again.close()
        }
    }

    @Test("Clocks that disagree, and one that is set back, leave the order of the books as it is")
    func clocks() async throws {
        try await withStore { store, _ in
            let krw = try Currency("KRW")
            // Two machines, a day apart, one of which is set back to 1970 in between.
            let times = [86_400_000, 0, 172_800_000, 86_399_999, 0].map { Timestamp(nearestTo: $0) }
            for (number, time) in times.enumerated() {
                let micros = Int64(number + 1) * 1_000
                _ = try await store.append(
                    try LedgerEntry(
                        time: time, subject: .topUp(try RightsSamples.name("payer")), currency: krw,
                        postings: [
                            .debit(.cash, micros: micros),
                            .credit(.payer(try RightsSamples.name("payer")), micros: micros),
                        ]))
            }
            #expect(try await store.verifyLedger().findings == [])
            let lines = try await store.ledgerLines(after: 0, limit: 10)
            let books = try Ledger(lines: lines.map { String(decoding: $0.bytes, as: UTF8.self) })
            #expect(books.head.count == 5)
            #expect(books.balanceMicros(of: .cash, in: krw).magnitude == 15_000)
            for event in try RightsSamples.events() {
                _ = try await store.change(
                    Registry(), by: try RightsSamples.name("operator"), at: times[2]
                ) { _ in event }
            }
            _ = try await store.change(
                Registry(), by: try RightsSamples.name("operator"), at: times[1]
            ) { _ in .styleSuspended(try RightsSamples.name("kim-ink")) }
            let registry = try await store.registry()
            #expect(registry.records.map(\.sequence) == Array(1...registry.records.count))
            #expect(
                registry.availability(
                    of: try RightsSamples.name("kim-ink"), on: try CalendarDay("2026-06-01"))
                    == .refused(.suspended))
        }
    }

    @Test("What the ledger refuses is refused in the store, too, and nothing is written")
    func refusals() async throws {
        try await withStore { store, _ in
            let first = try await store.append(try RightsSamples.delivery("p-1"))
            let time = RightsSamples.time
            func correction(of sequence: Int) throws -> LedgerEntry {
                try LedgerEntry(
                    time: time, subject: .correction(of: sequence), currency: Currency("KRW"),
                    postings: [
                        .debit(.operatorRevenue, micros: 5),
                        .credit(.payer(try RightsSamples.name("somebody")), micros: 5),
                    ], note: "five too many")
            }
            let correction = try await store.append(try correction(of: 1))
            let wrongReversal = try LedgerEntry(
                time: time, subject: .reversal(of: 1), currency: Currency("KRW"),
                postings: correction.entry.postings)
            let table: [(String, LedgerEntry, RightsError.Code)] = [
                ("a second delivery", try RightsSamples.delivery("p-1"), .alreadyRecorded),
                ("a correction of nothing", try Self.correctionOfNothing(time), .unknownReference),
                ("other postings", wrongReversal, .unbalanced),
                (
                    "an amendment taken back",
                    try LedgerEntry.reversing(correction, time: time, note: ""), .invalidTransition
                ),
            ]
            for (name, entry, expected) in table {
                let before = try await store.ledgerHead()
                do {
                    _ = try await store.append(entry)
                    Issue.record("\(name) was taken")
                } catch let error as StoresError {
                    #expect(error.code == .transactionRefused, "\(name)")
                    #expect((error.cause as? RightsError)?.code == expected, "\(name)")
                }
                #expect(try await store.ledgerHead() == before, "\(name)")
            }
            let reversal = try LedgerEntry.reversing(first, time: time, note: "charged twice")
            _ = try await store.append(reversal)
            #expect(await code { _ = try await store.append(reversal) } == .transactionRefused)
            #expect(try await store.verifyLedger().findings == [])
        }
    }

    private static func correctionOfNothing(_ time: Timestamp) throws -> LedgerEntry {
        try LedgerEntry(time: time, subject: .correction(of: 99), currency: Currency("KRW"), postings: [])
    }

    @Test("A statement reads a holder's records alone, and comes to what the whole chain says")
    func statement() async throws {
        try await withStore { store, _ in
            try await Self.fill(store, count: 5)
            let payout = try LedgerEntry(
                time: RightsSamples.time, subject: .payout(try RightsSamples.name("lee")),
                currency: Currency("KRW"),
                postings: [
                    .debit(.payouts(try RightsSamples.name("lee")), micros: 1_000),
                    .credit(.cash, micros: 1_000),
                ])
            _ = try await store.append(payout)
            let kim: Identifier<RightsHolder> = try RightsSamples.name("kim")
            var (few, all) = (
                try Self.builder(kim), try Self.builder(kim)
            )
            let records = try await store.ledgerRecords(of: kim, after: 0, limit: 100)
            #expect(records.map(\.sequence) == [1, 2, 3, 4, 5])
            for record in records { few.add(record) }
            _ = try await store.verifyLedger { all.add($0) }
            #expect(few.finished() == all.finished())
            #expect(few.finished().lines.map(\.pictureCount) == [5])
            #expect(try await store.ledgerRecords(of: kim, after: 3, limit: 1).map(\.sequence) == [4])
        }
    }

    private static func builder(_ holder: Identifier<RightsHolder>) throws -> MonthlyStatementBuilder {
        MonthlyStatementBuilder(
            holder: holder, month: RightsSamples.time.day().month, currency: try Currency("KRW"))
    }

    @Test("Any changed byte of any line is found, and so is a line filed under another holder")
    func damage() async throws {
        var generator = SeededGenerator(seed: 5)
        for round in 0..<12 {
            try await withStore { store, _ in
                try await Self.fill(store, count: 4)
                let line = Int.random(in: 1...4, using: &generator)
                var bytes = try await store.ledgerLines(after: line - 1, limit: 1)[0].bytes
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
                let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                try store.tamper("ledger", "UPDATE ledger SET line = x'\(digits)' WHERE sequence = \(line)")
                let verification = try await store.verifyLedger()
                #expect(verification.head == nil, "round \(round), line \(line), byte \(place)")
                #expect(verification.findings.first?.hasPrefix("line \(line):") ?? false)
            }
        }
        for sql in [
            "DELETE FROM ledgerHolder WHERE holder = 'kim' AND sequence = 2",
            "UPDATE ledgerHolder SET holder = 'lum' WHERE holder = 'lee' AND sequence = 3",
        ] {
            try await withStore { store, _ in
                try await Self.fill(store, count: 4)
                try store.tamper("ledgerHolder", sql)
                #expect(try await store.verifyLedger().findings.count == 1, "\(sql)")
            }
        }
    }

    @Test("A tail cut off is found by a head that was noted")
    func cutOff() async throws {
        try await withStore { store, _ in
            try await Self.fill(store, count: 4)
            let noted = try await store.ledgerHead()
            try store.tamper("ledgerHolder", "DELETE FROM ledgerHolder WHERE sequence = 4")
            try store.tamper("ledger", "DELETE FROM ledger WHERE sequence = 4")
            #expect(try await store.verifyLedger().head?.count == 3)
            #expect(try await store.verifyLedger(notedHead: noted).head == nil)
        }
    }

    @Test("An entry goes with its job's completion: both are there or neither")
    func withCompletion() async throws {
        try await withStore { store, samples in
            let style = LedgerEntry.StyleWeight(style: try RightsSamples.name("kim-ink"), weightMilli: 800)
            let plain = try samples.request(tags: [1, 2])
            let purchase = Purchase(
                styles: [style], pictureMicros: 1_000_001, currency: try Currency("KRW"))
            let request = NewRequest(
                id: plain.id, caller: plain.caller, payload: plain.payload, jobs: plain.jobs,
                purchase: purchase)
            _ = try await store.accept(request, at: Samples.start)
            let leased = try await store.take(2)
            let picture = samples.picture()
            let written = try await store.write([1], as: picture, mediaType: "image/png", until: nil)
            _ = try await store.complete(leased[0].lease, picture: written, event: nil, at: Samples.start) {
                transaction, job in
                #expect(try transaction.purchase(of: job.request) == purchase)
                try transaction.append(try RightsSamples.delivery(picture.text))
            }
            #expect(try await store.ledgerHead().count == 1)
            let second = try await store.write(
                [2], as: samples.picture(), mediaType: "image/png", until: nil)
            // The first picture's delivery once more: refused, and the second job is not done for it.
            await #expect(throws: StoresError.self) {
                _ = try await store.complete(
                    leased[1].lease, picture: second, event: nil, at: Samples.start
                ) { transaction, _ in
                    try transaction.append(try RightsSamples.delivery(picture.text))
                }
            }
            #expect(try await store.ledgerHead().count == 1)
            #expect(try await store.job(leased[1].job.id, for: .service)?.state == .leased)
            #expect(try await store.openRequests(with: style.style, limit: 10) == [request.id])
            _ = try await store.cancel(request.id, for: .service, at: Samples.start)
            #expect(try await store.openRequests(with: style.style, limit: 10) == [])
        }
    }
}
