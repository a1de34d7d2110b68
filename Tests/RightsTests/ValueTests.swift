import Testing

@testable import Rights

/// Identifiers, days and hashes, with the texts they refuse.
@Suite struct ValueTests {
    @Test(
        "Identifiers",
        arguments: [
            ("a", true), ("kim-ink_2.0", true), ("7", true), ("", false), ("A", false),
            ("-a", false), (".", false), ("a b", false), ("a:b", false), ("그림", false),
            (String(repeating: "a", count: 100), true), (String(repeating: "a", count: 101), false),
        ])
    func identifiers(_ text: String, _ isTaken: Bool) {
        #expect(((try? Identifier<Work>(text)) != nil) == isTaken)
    }

    @Test(
        "Days",
        arguments: [
            ("2026-11-21", true), ("2024-02-29", true), ("2026-02-29", false), ("1900-02-29", false),
            ("2000-02-29", true), ("0001-01-01", true), ("9999-12-31", true), ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-1-1", false), ("20261121", false), ("+026-11-21", false), ("２026-11-1", false),
            ("", false),
        ])
    func days(_ text: String, _ isTaken: Bool) {
        #expect((try? CalendarDay(text))?.description == (isTaken ? text : nil))
    }

    @Test("Days follow on each other through leap years and centuries")
    func daySequence() throws {
        var day = try CalendarDay("1899-12-30")
        var last = day.parts
        for _ in 0..<80_000 {
            day = day.adding(days: 1)
            let parts = day.parts
            #expect(try CalendarDay(year: parts.year, month: parts.month, day: parts.day) == day)
            #expect((last.year, last.month, last.day) < (parts.year, parts.month, parts.day))
            last = parts
        }
        #expect(day.description == "2119-01-11")
    }

    @Test("Hashes")
    func hashes() throws {
        // Source: FIPS 180-4 example, SHA-256 of "abc".
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(ContentHash(of: "abc".utf8).hexadecimal == abc)
        #expect(try ContentHash(hexadecimal: abc) == ContentHash(of: Array("abc".utf8)))
        for text in ["", abc.uppercased(), abc + "0", String(abc.dropLast())] {
            #expect(throws: RightsError.self) { try ContentHash(hexadecimal: text) }
        }
    }
}
