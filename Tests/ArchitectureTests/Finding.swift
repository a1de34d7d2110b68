/// A place where a rule is broken, printed as compilers do.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    /// Counted from 1.
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

extension [Finding] {
    /// One finding a line.
    var report: String { map(\.description).joined(separator: "\n") }
}
