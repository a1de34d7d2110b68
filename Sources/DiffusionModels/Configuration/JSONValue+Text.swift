extension JSONValue {
    /// The document as text, members sorted by name, two spaces a level: as the reference writes configurations.
    var text: String { text(indentation: "") }

    private func text(indentation: String) -> String {
        let deeper = indentation + "  "
        switch self {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .number(let value): return Int(exactly: value).map(String.init) ?? "\(value)"
        case .string(let value): return Self.quoted(value)
        case .array(let values):
            guard !values.isEmpty else { return "[]" }
            let lines = values.map { deeper + $0.text(indentation: deeper) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indentation)]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.sorted { $0.key < $1.key }.map {
                "\(deeper)\(Self.quoted($0.key)): \($0.value.text(indentation: deeper))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(nilLiteral: ()) { self = .null }

    /// A whole number.
    static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }

    /// One number where all are the same, otherwise the list: the reference takes both.
    static func byLevel(_ values: [Int]) -> JSONValue {
        if let first = values.first, values.allSatisfy({ $0 == first }) { return integer(first) }
        return integers(values)
    }

    /// A list of whole numbers.
    static func integers(_ values: [Int]) -> JSONValue { .array(values.map(integer)) }
}
