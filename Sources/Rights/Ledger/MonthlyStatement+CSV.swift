extension MonthlyStatement {
    /// The statement as CSV: a heading, an opening row, one row a work, payments, and a closing row.
    ///
    /// Amounts are decimals of the currency's unit with six places and a point. Identifiers hold neither commas nor quotes
    /// nor what a spreadsheet would run as a formula, so no field needs quoting.
    ///
    /// Source: RFC 4180 (lines end in CR LF).
    public var csv: String {
        var rows = [
            [
                "row", "holder", "month", "currency", "style", "work", "pictures", "earned", "corrected",
                "amount",
            ]
        ]
        func add(_ row: String, _ fields: [String], _ micros: Int64) {
            rows.append(
                [row, holder.text, month.description, currency.code] + fields + [Self.decimal(micros)])
        }
        let blank = Array(repeating: "", count: 5)
        add("opening", blank, openingMicros)
        for line in lines {
            add(
                "work",
                [
                    line.style.text, line.work.text, String(line.pictureCount),
                    Self.decimal(line.earnedMicros),
                    Self.decimal(line.correctedMicros),
                ], line.earnedMicros &+ line.correctedMicros)
        }
        add("paid", blank, 0 &- paidMicros)
        add("closing", blank, closingMicros)
        return rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// Micro-units as a decimal with six places, such as `-0.012500`.
    static func decimal(_ micros: Int64) -> String {
        let fraction = String(micros.magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return "\(micros < 0 ? "-" : "")\(micros.magnitude / 1_000_000).\(zeros)\(fraction)"
    }
}
