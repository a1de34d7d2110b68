/// Blanks what is not code: the insides of comments and string literals, so that rules do not trip over prose.
///
/// Code interpolated into a literal is blanked with it.
struct CodeMask {
    /// The text with blanks for what is not code; newlines stay where they are.
    private(set) var masked = ""
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("//") {
                blank(upTo: rest.firstIndex(of: "\n") ?? rest.endIndex)
            } else if rest.hasPrefix("/*") {
                blankBlockComment()
            } else if character == "\"" || character == "#" {
                blankLiteral()
            } else {
                keep(1)
            }
        }
    }

    private mutating func keep(_ count: Int) {
        masked += rest.prefix(count)
        rest = rest.dropFirst(count)
    }

    private mutating func blank(upTo end: Substring.Index) {
        for character in rest[..<end] { masked.append(character == "\n" ? "\n" : " ") }
        rest = rest[end...]
    }

    private mutating func blank(_ count: Int) {
        blank(upTo: rest.index(rest.startIndex, offsetBy: count, limitedBy: rest.endIndex) ?? rest.endIndex)
    }

    /// Block comments may stand inside each other.
    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if rest.hasPrefix("/*") { depth += 1 } else if rest.hasPrefix("*/") { depth -= 1 }
            blank(rest.hasPrefix("/*") || rest.hasPrefix("*/") ? 2 : 1)
        } while depth > 0 && !rest.isEmpty
    }

    private mutating func blankLiteral() {
        let hashes = String(rest.prefix { $0 == "#" })
        let opening = rest.dropFirst(hashes.count)
        // `#filePath` and the like are code.
        guard opening.hasPrefix("\"") else { return keep(max(hashes.count, 1)) }
        let quotes = opening.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        let end = quotes + hashes
        keep(hashes.count + quotes.count)
        while !rest.isEmpty, !rest.hasPrefix(end) {
            // A line's end closes a literal that was none, as in a regular expression.
            if quotes.count == 1, rest.first == "\n" { return }
            blank(rest.hasPrefix("\\" + hashes) ? 2 + hashes.count : 1)
        }
        keep(min(end.count, rest.count))
    }
}
