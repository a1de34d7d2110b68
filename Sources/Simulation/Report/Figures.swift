/// Numbers as people read them.
enum Figures {
    /// A number with `digits` digits after the point.
    static func fixed(_ number: Double, _ digits: Int) -> String {
        guard number.isFinite else { return "–" }
        guard abs(number) < 1e15 else { return "\(number)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = Int((abs(number) * scale).rounded())
        let whole = grouped(rounded / Int(scale))
        let sign = number < 0 && rounded > 0 ? "-" : ""
        guard digits > 0 else { return sign + whole }
        let rest = "\(rounded % Int(scale))"
        return sign + whole + "." + String(repeating: "0", count: digits - rest.count) + rest
    }

    /// A number with a comma after each three digits.
    static func grouped(_ number: Int) -> String {
        var digits = Array("\(number.magnitude)")
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }

    /// With as many digits as say something: `12,300`, `34`, `5.6`, `0.78`.
    static func short(_ number: Double) -> String {
        switch abs(number) {
        case 0: "0"
        case 100...: fixed(number, 0)
        case 9.95...: fixed(number, 0)
        case 0.995...: fixed(number, 1)
        default: fixed(number, 2)
        }
    }

    /// Without a point where it is whole, with as few digits as it takes elsewhere.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }

    /// A share as `98.7 %`.
    static func percent(_ share: Double, digits: Int = 1) -> String { fixed(share * 100, digits) + " %" }
}
