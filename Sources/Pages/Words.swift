import Rights

/// The texts of a language, for what is said in a page that is made when it is asked for.
struct Words: Sendable {
    let language: Language
    /// All texts by their names.
    let table: [String: String]

    /// The texts of a language.
    /// - Throws: ``PagesError`` where they cannot be read.
    init(_ language: Language) throws(PagesError) {
        self.language = language
        table = try PageTemplate.words(language)
    }

    /// A text with its `{names}` filled in. A test holds that there are no names here without a text.
    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        var text = table[key] ?? key
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// The text of a key that differs by number.
    func count(_ key: String, _ count: Int) -> String {
        say("\(key).\(count == 1 ? "one" : "other")", ["count": number(count)])
    }

    /// A text that comes in both languages.
    func pick(_ text: LocalizedText) -> String { language == .korean ? text.korean : text.english }

    /// A whole number with commas between thousands, as both languages write it.
    func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            digits.dropLast(digits.count - end).suffix(3)
        }
        return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// An amount in millionths of a currency's unit: `₩50`, `₩0.25` as `0.25 KRW`.
    func amount(micros: Int64, currency: String) -> String {
        let fraction = String(micros.magnitude % 1_000_000 + 1_000_000).dropFirst()
        let decimals = String(fraction.reversed().drop { $0 == "0" }.reversed())
        let whole = number(Int(micros / 1_000_000))
        let sign = micros < 0 && micros > -1_000_000 ? "-" : ""
        return sign + whole + (decimals.isEmpty ? "" : "." + decimals) + " " + currency
    }

    /// Hundredths of a percent as percent.
    func percent(basisPoints: Int) -> String {
        let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: 100)
        guard rest > 0 else { return "\(whole)%" }
        return "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }

    /// A span of days; one without an end is open.
    func days(from: CalendarDay, until: CalendarDay?) -> String {
        guard let until else { return say("days.open", ["from": "\(from)"]) }
        return say("days.closed", ["from": "\(from)", "until": "\(until)"])
    }
}
