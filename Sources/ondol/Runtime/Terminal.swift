import Glibc

/// What is said to whoever runs the command, on standard error.
enum Terminal {
    /// Whether standard error is a terminal, where a line can be written over.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line.
    static func note(_ text: String) { write(text + "\n") }

    /// Writes over the current line.
    static func progress(_ text: String) { write("\r\u{1B}[K" + text) }

    /// Ends a line that was written over.
    static func endProgress() { write("\n") }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }

    /// A duration in the two largest units: `2 h 05 min`, `3 min 10 s`, `8.5 s`.
    static func duration(seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "unknown" }
        let whole = Int(seconds.rounded())
        if whole >= 3600 { return "\(whole / 3600) h \(padded((whole % 3600) / 60)) min" }
        if whole >= 60 { return "\(whole / 60) min \(padded(whole % 60)) s" }
        return "\(fixed(seconds, 1)) s"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A number with `digits` digits after the point.
    static func fixed(_ number: Double, _ digits: Int) -> String {
        guard number.isFinite else { return "\(number)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = Int((abs(number) * scale).rounded())
        let whole = "\(rounded / Int(scale))"
        let sign = number < 0 && rounded > 0 ? "-" : ""
        guard digits > 0 else { return sign + whole }
        let rest = "\(rounded % Int(scale))"
        return sign + whole + "." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
