import FoundationEssentials

/// A component's `config.json`, read field by field with errors that name the file and the field.
public struct ConfigurationFields: Sendable {
    /// The largest configuration file that is read, in bytes.
    public static let byteLimit = 1 << 20
    private let fields: [String: JSONValue]
    /// What errors call the document.
    let file: String

    /// Reads a file.
    /// - Throws: ``ModelError`` where it is missing, larger than ``byteLimit`` or not a JSON object.
    public init(file: String) throws(ModelError) {
        try self.init(data: BoundedFile.read(file, byteLimit: Self.byteLimit), file: file)
    }

    /// Parses a document; `file` is what errors call it.
    public init(data: Data, file: String) throws(ModelError) {
        guard data.count <= Self.byteLimit else {
            throw ModelError(
                .malformed, "\(file) has \(data.count) bytes; a configuration has at most \(Self.byteLimit)")
        }
        guard case .object(let fields)? = try? JSONDecoder().decode(JSONValue.self, from: data) else {
            throw ModelError(.malformed, "\(file) is not a JSON object")
        }
        self.fields = fields
        self.file = file
    }

    /// The names of all fields.
    public var names: [String] { fields.keys.sorted() }

    private func value(_ name: String) -> JSONValue? {
        guard let value = fields[name], value != .null else { return nil }
        return value
    }

    private func wrong(_ name: String, _ value: JSONValue, wanted: String) -> ModelError {
        ModelError(.malformed, "\(file): \"\(name)\" is \(value.shown), it must be \(wanted)")
    }

    private func required<Result>(_ name: String, _ result: Result?) throws(ModelError) -> Result {
        guard let result else { throw ModelError(.malformed, "\(file): the field \"\(name)\" is missing") }
        return result
    }

    // MARK: single values

    /// A whole number in `range`, or nil where the field is missing or null.
    public func optionalInteger(
        _ name: String, in range: ClosedRange<Int> = 1...1_000_000
    ) throws(ModelError) -> Int? {
        guard let value = value(name) else { return nil }
        guard case .number(let number) = value, let integer = Int(exactly: number), range.contains(integer)
        else {
            throw wrong(name, value, wanted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// A whole number in `range`; `fallback` where the field is missing, or an error where there is none.
    public func integer(
        _ name: String, in range: ClosedRange<Int> = 1...1_000_000, default fallback: Int? = nil
    ) throws(ModelError) -> Int {
        try required(name, optionalInteger(name, in: range) ?? fallback)
    }

    /// A number; `fallback` where the field is missing.
    public func number(_ name: String, default fallback: Double? = nil) throws(ModelError) -> Double {
        guard let value = value(name) else { return try required(name, fallback) }
        guard case .number(let number) = value else { throw wrong(name, value, wanted: "a number") }
        return number
    }

    /// True or false; `fallback` where the field is missing.
    public func boolean(_ name: String, default fallback: Bool) throws(ModelError) -> Bool {
        guard let value = value(name) else { return fallback }
        guard case .boolean(let boolean) = value else { throw wrong(name, value, wanted: "true or false") }
        return boolean
    }

    /// A text, or nil where the field is missing or null.
    public func optionalString(_ name: String) throws(ModelError) -> String? {
        guard let value = value(name) else { return nil }
        guard case .string(let string) = value else { throw wrong(name, value, wanted: "a text") }
        return string
    }

    // MARK: lists

    /// A list of texts; `fallback` where the field is missing.
    public func strings(_ name: String, default fallback: [String]? = nil) throws(ModelError) -> [String] {
        guard let value = value(name) else { return try required(name, fallback) }
        guard case .array(let elements) = value else { throw wrong(name, value, wanted: "a list of texts") }
        var strings: [String] = []
        for element in elements {
            guard case .string(let string) = element else {
                throw wrong(name, value, wanted: "a list of texts")
            }
            strings.append(string)
        }
        return strings
    }

    /// A list of whole numbers in `range`, or one that is repeated `count` times.
    public func integers(
        _ name: String, count: Int? = nil, in range: ClosedRange<Int> = 1...1_000_000,
        default fallback: Int? = nil
    ) throws(ModelError) -> [Int] {
        guard let value = value(name) else {
            return [Int](repeating: try required(name, fallback), count: count ?? 1)
        }
        let wanted = "whole numbers from \(range.lowerBound) to \(range.upperBound)"
        if case .number = value, let count {
            return [Int](repeating: try integer(name, in: range), count: count)
        }
        guard case .array(let elements) = value, count == nil || elements.count == count else {
            throw wrong(name, value, wanted: count.map { "\($0) \(wanted)" } ?? "a list of \(wanted)")
        }
        var integers: [Int] = []
        for element in elements {
            guard case .number(let number) = element, let integer = Int(exactly: number),
                range.contains(integer)
            else { throw wrong(name, value, wanted: wanted) }
            integers.append(integer)
        }
        return integers
    }

    /// An object whose values are texts.
    func texts(_ name: String) throws(ModelError) -> [String: String] {
        let value = try required(name, value(name))
        guard case .object(let members) = value else {
            throw wrong(name, value, wanted: "an object of texts")
        }
        var texts: [String: String] = [:]
        for (key, member) in members {
            guard case .string(let text) = member else {
                throw wrong(name, value, wanted: "an object of texts")
            }
            texts[key] = text
        }
        return texts
    }

    /// The class of a part in a `model_index.json`, which is a pair of library and class; nil where the field is
    /// missing, is no pair, or names nothing.
    func className(of part: String) throws(ModelError) -> String? {
        guard let value = value(part), case .array(let pair) = value else { return nil }
        guard pair.count == 2 else { throw wrong(part, value, wanted: "a pair of library and class") }
        switch pair[1] {
        case .null: return nil
        case .string(let name): return name
        default: throw wrong(part, value, wanted: "a pair of library and class")
        }
    }

    // MARK: what is not supported

    /// Refuses a field whose value is there and is none of `supported`, shown as JSON.
    func refuse(_ name: String, unlessIn supported: [JSONValue]) throws(ModelError) {
        guard let value = value(name), !supported.contains(value) else { return }
        let texts = (supported.map(\.shown) + ["null"]).joined(separator: ", ")
        throw ModelError(.unsupported, "\(file): \"\(name)\" is \(value.shown); Ondol supports \(texts)")
    }
}
