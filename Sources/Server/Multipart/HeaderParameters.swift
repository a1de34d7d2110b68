/// A header's value with its parameters, as in `form-data; name="image"; filename="a.png"`.
///
/// Source: RFC 9110, 5.6.6; quoted pairs as browsers write them, RFC 7578, 4.2.
struct HeaderParameters: Sendable, Hashable {
    /// What stands before the first semicolon, in small letters.
    let value: String
    private var parameters: [String: String] = [:]

    /// A parameter's value.
    subscript(name: String) -> String? { parameters[name] }

    /// Takes a header apart; nil where it is malformed or has a parameter twice.
    init?(_ header: String) {
        var rest = header[...]
        value = Self.trimmed(String(rest.prefix { $0 != ";" })).lowercased()
        rest = rest.drop { $0 != ";" }
        guard !value.isEmpty else { return nil }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { return }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.first == "=" else { return nil }
            rest = rest.dropFirst()
            guard let text = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest) else { return nil }
            guard parameters.updateValue(text, forKey: name.lowercased()) == nil else { return nil }
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        guard rest.isEmpty else { return nil }
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.first {
            rest = rest.dropFirst()
            if character == "\"" { return text }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(character)
            }
        }
        return nil
    }

    private static func token(_ rest: inout Substring) -> String? {
        let token = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        rest = rest.dropFirst(token.count)
        return token.isEmpty || token.contains("\"") ? nil : String(token)
    }

    /// Without blanks at its ends.
    static func trimmed(_ text: String) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { String(start[...$0]) } ?? ""
    }

    /// The boundary of a form's content type; nil where there is none that RFC 2046 allows.
    var boundary: String? {
        guard let boundary = self["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), boundary.last != " "
        else { return nil }
        return boundary
    }
}
