import Testing

@testable import Rights

/// The books by example, with what they refuse.
@Suite struct LedgerTests {
    private static let krw = Result { try Currency("KRW") }
    private static let time = Result { try Timestamp(milliseconds: 1_795_000_000_000) }

    private static func delivery(
        _ picture: String, price: Int64, styles: [RoyaltySplit.StyleUse] = []
    ) throws -> LedgerEntry {
        try RoyaltySplit.entry(
            picture: Identifier(picture), payer: Identifier("app"), priceMicros: price, currency: krw.get(),
            styles: styles, time: time.get())
    }

    private static func use(_ style: String, weight: Int, share: Int, works: Int) throws
        -> RoyaltySplit.StyleUse
    {
        RoyaltySplit.StyleUse(
            style: try Identifier(style), weightMilli: weight, holderBasisPoints: share,
            works: try (0..<works).map {
                .init(work: try Identifier("\(style)-\($0)"), holder: try Identifier("kim"))
            })
    }

    @Test("A price falls to styles by strength, to works in equal parts, and to the operator")
    func splitByHand() throws {
        // 1,000,001 by 600 : 400 is 600,001 and 400,000 (remainders .6 and .4). Of 600,001 the holders' 70 % are
        // 420,001 (remainder .7 against .3), of which three works get 140,001, 140,000 and 140,000; of 400,000 the
        // holders' 50 % are 200,000, all of it one work's.
        let entry = try Self.delivery(
            "p-1", price: 1_000_001,
            styles: [
                Self.use("ink", weight: 600, share: 7_000, works: 3),
                Self.use("wash", weight: 400, share: 5_000, works: 1),
            ])
        var credits: [String: [Int64]] = [:]
        for posting in entry.postings {
            let kind = posting.account.text.split(separator: ":").prefix(3).joined(separator: ":")
            credits[kind, default: []].append(-posting.debitMicros)
        }
        #expect(credits["payer:app"] == [-1_000_001])
        #expect(credits["earnings:kim:ink"]?.sorted() == [140_000, 140_000, 140_001])
        #expect(credits["earnings:kim:wash"] == [200_000])
        #expect(credits["operator"] == [380_000])
    }

    @Test("The odd unit goes to another work with another picture")
    func rotation() throws {
        var lucky: Set<String> = []
        for picture in 0..<64 {
            let entry = try Self.delivery(
                "p-\(picture)", price: 4, styles: [Self.use("ink", weight: 1_000, share: 10_000, works: 3)])
            lucky.formUnion(entry.postings.filter { $0.debitMicros == -2 }.map(\.account.text))
        }
        #expect(lucky.count == 3)
    }

    @Test("Refused entry sets leave the books as they were")
    func refusals() throws {
        var ledger = Ledger()
        let first = try ledger.record(Self.delivery("p-1", price: 10))
        let reversal = try LedgerEntry.reversing(first, time: Self.time.get(), note: "failed picture")
        let reversed = try ledger.record(reversal)
        let before = ledger.head
        let cash = Posting.debit(.cash, micros: 5)
        let payer = try LedgerAccount.payer(Identifier("app"))
        let refused: [(RightsError.Code, () throws -> LedgerEntry)] = [
            (.alreadyRecorded, { try Self.delivery("p-1", price: 10) }),
            (.alreadyRecorded, { reversal }),
            (.invalidTransition, { try .reversing(reversed, time: Self.time.get(), note: "") }),
            (.unknownReference, { try Self.entry(.correction(of: 9), [cash, .credit(payer, micros: 5)]) }),
            (.unbalanced, { try Self.entry(.correction(of: 1), [cash]) }),
            (.unbalanced, { try Self.entry(.correction(of: 1), [cash, .credit(payer, micros: 4)]) }),
            (.invalidValue, { try Self.entry(.correction(of: 0), []) }),
            (.invalidValue, { try Self.entry(.correction(of: 1), [.debit(.cash, micros: 0)]) }),
            (.invalidValue, { try Self.entry(.topUp(Identifier("app")), []) }),
            (.overflow, { try Self.entry(.correction(of: 1), [.debit(.cash, micros: .min)]) }),
            (
                .invalidValue,
                { try Self.entry(.correction(of: 1), [], note: String(repeating: "긴", count: 167)) }
            ),
            (.invalidValue, { try Self.delivery("p-2", price: -1) }),
            (.invalidValue, { try Self.delivery("P 2", price: 1) }),
            (
                .invalidValue,
                { try Self.delivery("p-2", price: 1, styles: [Self.use("a", weight: 0, share: 1, works: 1)]) }
            ),
            (
                .invalidValue,
                {
                    try Self.delivery(
                        "p-2", price: 1, styles: [Self.use("a", weight: 1, share: 10_001, works: 1)])
                }
            ),
            (
                .invalidValue,
                { try Self.delivery("p-2", price: 1, styles: [Self.use("a", weight: 1, share: 1, works: 0)]) }
            ),
        ]
        for (index, (code, entry)) in refused.enumerated() {
            let error = #expect(throws: RightsError.self, "row \(index)") {
                _ = try ledger.record(try entry())
            }
            #expect(error?.code == code, "row \(index): \(error?.message ?? "")")
        }
        #expect(ledger.head == before)
        #expect(ledger.balanceMicros(of: .operatorRevenue, in: try Self.krw.get()) == 0)
    }

    private static func entry(
        _ subject: LedgerEntry.Subject, _ postings: [Posting], note: String = ""
    ) throws -> LedgerEntry {
        try LedgerEntry(
            time: time.get(), subject: subject, currency: krw.get(), postings: postings, note: note)
    }

    @Test("A reversal must take back what was recorded")
    func falseReversal() throws {
        var ledger = Ledger()
        _ = try ledger.record(Self.delivery("p-1", price: 10))
        let payer = try LedgerAccount.payer(Identifier("app"))
        let half = try Self.entry(
            .reversal(of: 1), [.credit(payer, micros: 5), .debit(.operatorRevenue, micros: 5)])
        let error = #expect(throws: RightsError.self) { try ledger.record(half) }
        #expect(error?.code == .unbalanced)
    }

    @Test("Balances refuse to run over")
    func overflow() throws {
        var ledger = Ledger()
        let payer = try LedgerAccount.payer(Identifier("app"))
        let large = try Self.entry(
            .topUp(Identifier("app")),
            [
                .debit(.cash, micros: LedgerEntry.maximumMicros),
                .credit(payer, micros: LedgerEntry.maximumMicros),
            ])
        for _ in 0..<10 { _ = try ledger.record(large) }
        let error = #expect(throws: RightsError.self) { try ledger.record(large) }
        #expect(error?.code == .overflow)
        #expect(ledger.isBalanced)
    }

    @Test("A line reads back as what it was, and says what it holds")
    func line() throws {
        var ledger = Ledger()
        let payer = try LedgerAccount.payer(Identifier("app"))
        let record = try ledger.record(
            Self.entry(
                .topUp(Identifier("app")), [.debit(.cash, micros: 7), .credit(payer, micros: 7)],
                note: "줄\n바꿈\t100%"))
        let zeros = String(repeating: "0", count: 64)
        let content =
            "ondol-ledger-1\t1\t1795000000000\ttop-up\tapp\t\tKRW\t줄%0A바꿈%09100%25\tcash=7,payer:app=-7\t\(zeros)"
        #expect(record.line == content + "\t" + ContentHash(of: content.utf8).hexadecimal)
        #expect(try LedgerRecord(line: record.line) == record)
    }

    @Test("A month's statement adds up, and midnight is where its time zone says")
    func statement() throws {
        var ledger = Ledger()
        let krw = try Self.krw.get()
        let styles = [try Self.use("ink", weight: 1_000, share: 5_000, works: 2)]
        let holder = try Identifier<RightsHolder>("kim")
        var builder = MonthlyStatementBuilder(
            holder: holder, month: try CalendarMonth(year: 2026, month: 11), currency: krw,
            utcOffsetMinutes: 540)
        // 2026-10-31T14:59:59.999Z is still October in Korea, a millisecond later November begins.
        for (index, milliseconds) in [1_793_458_799_999, 1_793_458_800_000, 1_793_500_000_000].enumerated() {
            let entry = try RoyaltySplit.entry(
                picture: Identifier("p-\(index)"), payer: Identifier("app"), priceMicros: 8_000_000,
                currency: krw,
                styles: styles, time: Timestamp(milliseconds: Int64(milliseconds)))
            builder.add(try ledger.record(entry))
        }
        let time = try Timestamp(milliseconds: 1_793_600_000_000)
        let earnings = LedgerAccount.earnings(
            holder: holder, style: try Identifier("ink"), work: try Identifier("ink-1"))
        builder.add(
            try ledger.record(
                LedgerEntry(
                    time: time, subject: .correction(of: 2), currency: krw,
                    postings: [.debit(earnings, micros: 500_000), .credit(.operatorRevenue, micros: 500_000)])
            ))
        builder.add(
            try ledger.record(
                LedgerEntry(
                    time: time, subject: .payout(holder), currency: krw,
                    postings: [
                        .debit(.payouts(holder), micros: 3_000_000), .credit(.cash, micros: 3_000_000),
                    ])))
        let statement = builder.finished()
        #expect(statement.closingMicros == ledger.owedMicros(to: holder, in: krw))
        let expected = """
            row,holder,month,currency,style,work,pictures,earned,corrected,amount
            opening,kim,2026-11,KRW,,,,,,4.000000
            work,kim,2026-11,KRW,ink,ink-0,2,4.000000,0.000000,4.000000
            work,kim,2026-11,KRW,ink,ink-1,2,4.000000,-0.500000,3.500000
            paid,kim,2026-11,KRW,,,,,,-3.000000
            closing,kim,2026-11,KRW,,,,,,8.500000

            """
        #expect(statement.csv == expected.split(separator: "\n").map { $0 + "\r\n" }.joined())
    }
}
