/// An amount of money as people write it, in whole millionths of a currency's unit.
public enum MicroAmount {
    /// Reads `12`, `12.5` or `-0.000001`: a point, at most six places, no thousands.
    /// - Throws: ``RightsError`` with code `invalidValue` where it is written otherwise or does not fit.
    public static func micros(_ text: String) throws -> Int64 {
        let wrong = RightsError(
            .invalidValue,
            "an amount is written as 12.50, with a point and at most six places; this is not one")
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let (whole, fraction) = (parts[0], parts.count > 1 ? parts[1] : "0")
        guard (1...12).contains(whole.utf8.count), (1...6).contains(fraction.utf8.count),
            (Array(whole.utf8) + Array(fraction.utf8)).allSatisfy({ (0x30...0x39).contains($0) }),
            let units = Int64(whole),
            let parts = Int64(fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
        else { throw wrong }
        let micros = units * 1_000_000 + parts
        return isNegative ? -micros : micros
    }

    /// Writes an amount with six places, as `-0.012500`.
    public static func text(_ micros: Int64) -> String { MonthlyStatement.decimal(micros) }
}
