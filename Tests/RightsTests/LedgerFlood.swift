import Rights
import TestSupport

/// A seeded run of ledger events: deliveries, payments, corrections, endings of styles, and crashes in which the store
/// kept a record that the ledger never heard of, or the ledger one that the store lost.
struct LedgerFlood {
    private(set) var generator: SeededGenerator
    private(set) var ledger = Ledger()
    private(set) var lines: [String] = []
    /// What the events should have come to, kept without any of the code under test.
    private(set) var expectedMicros: [LedgerAccount: Int64] = [:]
    private var endedStyles: Set<Int> = []
    private var pictureCount = 0
    private let currency: Currency

    init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        currency = try Currency("KRW")
    }

    mutating func run(events: Int) throws {
        for event in 0..<events { try step(time: Timestamp(milliseconds: 1_790_000_000_000 + Int64(event))) }
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func step(time: Timestamp) throws {
        switch number(0..<100) {
        case ..<4: try record(try topUp(time))
        case ..<7: try record(try payout(time))
        case ..<12 where !lines.isEmpty: try reverse(time)
        case ..<13: endedStyles.insert(number(0..<8))
        case ..<16 where !lines.isEmpty: try restart()
        default: try deliver(time)
        }
    }

    private mutating func topUp(_ time: Timestamp) throws -> LedgerEntry {
        let payer = try Identifier<Payer>("payer-\(number(0..<9))")
        let micros = Int64(number(1..<9_000_000_000))
        return try LedgerEntry(
            time: time, subject: .topUp(payer), currency: currency,
            postings: [.debit(.cash, micros: micros), .credit(.payer(payer), micros: micros)],
            note: "이체\t\(micros)%")
    }

    private mutating func payout(_ time: Timestamp) throws -> LedgerEntry {
        let holder = try Identifier<RightsHolder>("holder-\(number(0..<4))")
        let micros = Int64(number(1..<1_000_000))
        return try LedgerEntry(
            time: time, subject: .payout(holder), currency: currency,
            postings: [.debit(.payouts(holder), micros: micros), .credit(.cash, micros: micros)])
    }

    private mutating func deliver(_ time: Timestamp) throws {
        let open = (0..<8).filter { !endedStyles.contains($0) }
        var styles: [RoyaltySplit.StyleUse] = []
        for style in open.shuffled(using: &generator).prefix(number(0..<4)) {
            styles.append(
                RoyaltySplit.StyleUse(
                    style: try Identifier("style-\(style)"), weightMilli: number(1..<1_500),
                    holderBasisPoints: number(0..<10_001),
                    works: try (0..<(style * 3 + 1)).map {
                        .init(
                            work: try Identifier("w-\(style)-\($0)"),
                            holder: try Identifier("holder-\($0 % 4)"))
                    }))
        }
        pictureCount += 1
        let entry = try RoyaltySplit.entry(
            picture: try Identifier("p-\(pictureCount)"), payer: try Identifier("payer-\(number(0..<9))"),
            priceMicros: Int64(number(0..<50_000_000)), currency: currency, styles: styles, time: time)
        try record(entry)
    }

    private mutating func reverse(_ time: Timestamp) throws {
        let record = try LedgerRecord(line: lines[number(0..<lines.count)])
        guard let entry = try? LedgerEntry.reversing(record, time: time, note: "charged twice"),
            let taken = try? ledger.record(entry)
        else { return }
        keep(taken)
    }

    /// The process ends between the ledger's step and the store's, or after both; the store is what counts.
    private mutating func restart() throws {
        var lost = ledger
        _ = try lost.record(try topUp(Timestamp(milliseconds: 1_790_000_000_000)))
        // Replaying all lines at each restart would make a long flood quadratic.
        if lines.count < 3_000 { ledger = try Ledger(lines: lines) }
    }

    private mutating func record(_ entry: LedgerEntry) throws { keep(try ledger.record(entry)) }

    private mutating func keep(_ record: LedgerRecord) {
        lines.append(record.line)
        for posting in record.entry.postings {
            expectedMicros[posting.account, default: 0] += posting.debitMicros
        }
    }
}
