/// A Swift file, as the rules look at it.
struct SourceFile {
    /// Relative to the repository's top, as `Sources/PJRT/Client.swift`.
    let path: String
    /// The lines as they stand.
    let lines: [Substring]
    /// The same lines with the insides of comments and string literals blanked.
    let code: [Substring]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        code = CodeMask(text).masked.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The folder under `Sources` that the file belongs to.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The modules that the file imports.
    var imports: [(module: String, line: Int)] {
        let pattern = /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:[a-z]+\s+)?(\w+)/
        return code.indices.compactMap { index in
            code[index].firstMatch(of: pattern).map { (String($0.1), index + 1) }
        }
    }

    /// The comment lines just above a line, attributes between them left out.
    func comment(above index: Int) -> String {
        var found: [Substring] = []
        for line in lines[..<index].reversed() {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("//") { found.append(trimmed) } else if !trimmed.hasPrefix("@") { break }
        }
        return found.reversed().joined(separator: "\n")
    }

    /// A finding in this file.
    func finding(_ index: Int, _ message: String) -> Finding {
        Finding(path: path, line: index + 1, message: message)
    }
}
