/// Takes the fields out of a request, each with its type, and refuses what is left over.
///
/// A form's fields are text; numbers and truth values are then read from the text.
struct FieldReader {
    private var fields: [String: JSONValue]
    /// Whether values are text that stands for others.
    let isForm: Bool
    /// What stands before a name in error texts.
    let prefix: String

    init(_ object: JSONObject, isForm: Bool = false, prefix: String = "") {
        fields = Dictionary(object.members.map { ($0.name, $0.value) }) { first, _ in first }
        self.isForm = isForm
        self.prefix = prefix
    }

    /// A field's value; null counts as none, as clients send it for what they leave open.
    private mutating func take(_ name: String) -> JSONValue? {
        guard let value = fields.removeValue(forKey: name), value != .null else { return nil }
        return value
    }

    /// A field's value, whatever it is, for fields that take more than one kind.
    mutating func takeAny(_ name: String) -> JSONValue? { take(name) }

    /// The name of a field as error texts have it.
    func qualified(_ name: String) -> String { prefix + name }

    mutating func string(_ name: String, maximumLength: Int) throws(APIError) -> String? {
        guard let value = take(name) else { return nil }
        guard case .string(let text) = value else {
            throw .type(prefix + name, expected: "a string", got: value.kind)
        }
        // Counted only where it could be too long.
        guard text.utf8.count <= maximumLength || text.unicodeScalars.count <= maximumLength else {
            throw .tooLong(prefix + name, maximum: maximumLength)
        }
        guard !text.utf8.contains(0) else { throw .value(prefix + name, "it contains a null character.") }
        return text
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let value = take(name) else { return nil }
        var integer: Int?
        switch value {
        case .integer(let number): integer = number
        case .string(let text) where isForm: integer = Self.integer(text)
        default: break
        }
        guard let integer else { throw .type(prefix + name, expected: "an integer", got: value.kind) }
        guard integer >= range.lowerBound else { throw .below(prefix + name, minimum: range.lowerBound) }
        guard integer <= range.upperBound else { throw .above(prefix + name, maximum: range.upperBound) }
        return integer
    }

    /// A number above a bound and up to another.
    mutating func number(_ name: String, above minimum: Double, upTo maximum: Double) throws(APIError)
        -> Double?
    {
        guard let value = take(name) else { return nil }
        var number: Double?
        switch value {
        case .integer(let integer): number = Double(integer)
        case .number(let decimal): number = decimal
        case .string(let text) where isForm: number = Self.decimal(text)
        default: break
        }
        guard let number else { throw .type(prefix + name, expected: "a number", got: value.kind) }
        guard number > minimum, number <= maximum else {
            throw .value(prefix + name, "give a number above \(minimum) and up to \(maximum).")
        }
        return number
    }

    mutating func boolean(_ name: String) throws(APIError) -> Bool? {
        guard let value = take(name) else { return nil }
        switch value {
        case .bool(let truth): return truth
        case .string("true") where isForm: return true
        case .string("false") where isForm: return false
        default: throw .type(prefix + name, expected: "a boolean", got: value.kind)
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type = Choice.self
    ) throws(APIError) -> Choice? where Choice.RawValue == String {
        try choice(
            name, Dictionary(uniqueKeysWithValues: type.allCases.map { ($0.rawValue, $0) }),
            type.allCases.map(\.rawValue))
    }

    /// A word out of a list, and what it stands for.
    ///
    /// - Parameter names: the words as an error text lists them.
    mutating func choice<Choice>(
        _ name: String, _ choices: [String: Choice], _ names: [String]
    ) throws(APIError) -> Choice? {
        guard let value = take(name) else { return nil }
        guard case .string(let text) = value else {
            throw .type(
                prefix + name, expected: "one of " + names.map { "'\($0)'" }.joined(separator: " or "),
                got: value.kind)
        }
        guard let choice = choices[text] else { throw .value(prefix + name, oneOf: names) }
        return choice
    }

    /// The fields inside a field. In a form they are written `name[inner]`.
    mutating func object(_ name: String) throws(APIError) -> FieldReader? {
        guard isForm else {
            guard let value = take(name) else { return nil }
            guard case .object(let object) = value else {
                throw .type(prefix + name, expected: "an object", got: value.kind)
            }
            return FieldReader(object, prefix: prefix + name + ".")
        }
        var inner = JSONObject()
        for key in fields.keys.sorted() where key.hasPrefix(name + "[") && key.hasSuffix("]") {
            inner.append(
                String(key.dropFirst(name.count + 1).dropLast()), fields.removeValue(forKey: key) ?? .null)
        }
        return inner.members.isEmpty ? nil : FieldReader(inner, isForm: true, prefix: name + ".")
    }

    /// The elements of an array.
    mutating func array(_ name: String) throws(APIError) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        guard case .array(let elements) = value else {
            throw .type(prefix + name, expected: "an array", got: value.kind)
        }
        return elements
    }

    /// Refuses fields of the API that this service cannot honour, rather than draw something else than asked for.
    mutating func refuse(_ names: [String]) throws(APIError) {
        for name in names where take(name) != nil {
            throw .invalid(
                prefix + name, code: "unsupported_parameter",
                "Unsupported parameter: '\(prefix + name)' is not supported here.")
        }
    }

    /// Refuses whatever was not asked for.
    func finish() throws(APIError) {
        if let name = fields.keys.min() { throw .unknownParameter(prefix + name) }
    }

    /// Digits with a point, and nothing else that `Double` would read.
    private static func decimal(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
        }
        return isPlain && (1...18).contains(text.utf8.count) ? Double(text) : nil
    }

    private static func integer(_ text: String) -> Int? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard (1...18).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
