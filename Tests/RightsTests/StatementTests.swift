import Testing

@testable import Rights

/// Money as people write it, and statements as they read them.
@Suite struct StatementTests {
    @Test(
        "Amounts are read to the millionth and no further",
        arguments: [
            ("12", 12_000_000), ("12.5", 12_500_000), ("0.000001", 1), ("-0.0125", -12_500),
            ("999999999999.999999", 999_999_999_999_999_999),
        ] as [(String, Int64)])
    func amounts(text: String, micros: Int64) throws {
        #expect(try MicroAmount.micros(text) == micros)
        #expect(try MicroAmount.micros(MicroAmount.text(micros)) == micros)
    }

    @Test(
        "What is no amount is refused",
        arguments: [
            "", "-", ".5", "5.", "1,000", "1.0000000", "+1", "1e3", " 1", "１", "--1", "1.-5", "1000000000000",
        ])
    func refused(text: String) { #expect(throws: RightsError.self) { try MicroAmount.micros(text) } }

    @Test(
        "Months",
        arguments: [("2026-11", true), ("2026-13", false), ("2026-1", false), ("2026-11-01", false)])
    func months(text: String, isMonth: Bool) {
        #expect((try? CalendarMonth(text))?.description == (isMonth ? text : nil))
    }

    @Test("A page has every amount, both languages, and a name that cannot break out of it")
    func page() throws {
        let krw = try Currency("KRW")
        let (holder, time): (Identifier<RightsHolder>, Timestamp) = (
            try Identifier("kim"), Timestamp(nearestTo: 1_795_000_000_000)
        )
        var builder = MonthlyStatementBuilder(holder: holder, month: time.day().month, currency: krw)
        let empty = builder.finished().html(creditName: "Kim", isKorean: false)
        #expect(empty.contains("Nothing moved this month."))
        var ledger = Ledger()
        let entry = try RoyaltySplit.entry(
            picture: Identifier("p"), payer: Identifier("a"), priceMicros: 1_000_000, currency: krw,
            styles: [
                .init(
                    style: Identifier("kim-ink"), weightMilli: 800, holderBasisPoints: 7_000,
                    works: [.init(work: Identifier("w-1"), holder: holder)])
            ], time: time)
        builder.add(try ledger.record(entry))
        for isKorean in [true, false] {
            let page = builder.finished().html(creditName: "<b>\"Kim\" & Co</b>", isKorean: isKorean)
            #expect(page.contains("<html lang=\"\(isKorean ? "ko" : "en")\">"))
            #expect(page.contains("&lt;b&gt;&quot;Kim&quot; &amp; Co&lt;/b&gt;") && !page.contains("<b>"))
            for part in ["kim-ink", "w-1", "<td>1</td>", "<td>0.700000</td>"] {
                #expect(page.contains(part), "\(part)")
            }
        }
    }
}
