/// Why a text is not the JSON that is taken here. Nothing of the text is in it.
enum JSONFault: Error, Sendable, Hashable {
    /// Not JSON, from this byte on.
    case syntax(offset: Int)
    /// Nested deeper than is allowed.
    case depth
    /// More values than are allowed.
    case values
    /// A name twice in one object: parsers differ in which they take.
    case duplicateName
    /// Not UTF-8, or half a surrogate pair.
    case encoding(offset: Int)
    /// A number too large for a double.
    case number(offset: Int)
}

/// Reads JSON strictly: no more than RFC 8259 allows, every name once, and all of it bounded.
///
/// Source: RFC 8259; RFC 7493 (I-JSON) for names given once and whole surrogate pairs.
struct JSONParser {
    /// Objects and arrays inside each other. A request has three at most.
    static let maximumDepth = 16
    /// Values in all. A request has some dozens.
    static let maximumValues = 4096

    private let bytes: [UInt8]
    private var index = 0
    private var valueCount = 0

    /// Reads a whole text. The length of the text is for the caller to bound.
    static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw .syntax(offset: parser.index) }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipSpace()
        valueCount += 1
        guard valueCount <= Self.maximumValues else { throw .values }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[offset]) else { throw .syntax(offset: index) }
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw .depth }
        index += 1
        var object = JSONObject()
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw .syntax(offset: index) }
            let name = try string()
            guard names.insert(name).inserted else { throw .duplicateName }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw .syntax(offset: index) }
            object.append(name, try value(depth: depth))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .syntax(offset: index) }
        return .object(object)
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw .depth }
        index += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .syntax(offset: index) }
        return .array(elements)
    }
}

extension JSONParser {
    private mutating func string() throws(JSONFault) -> String {
        index += 1
        var start = index
        var text: [UInt8]?
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let end = index
                index += 1
                var all = text ?? []
                all += bytes[start..<end]
                guard let string = String(validating: all, as: UTF8.self) else {
                    throw .encoding(offset: start)
                }
                return string
            case UInt8(ascii: "\\"):
                var all = text ?? []
                all += bytes[start..<index]
                index += 1
                all += String(try escape()).utf8
                text = all
                start = index
            case 0..<0x20: throw .syntax(offset: index)
            default: index += 1
            }
        }
        throw .syntax(offset: index)
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        guard let byte = current else { throw .syntax(offset: index) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let high = try hexadecimal()
            if let scalar = Unicode.Scalar(high) { return scalar }
            guard high < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw .encoding(offset: index)
            }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            else { throw .encoding(offset: index) }
            return scalar
        default: throw .syntax(offset: index - 1)
        }
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw .syntax(offset: index)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = index
        var isWhole = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw .number(offset: start) }
        return .number(double)
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw .syntax(offset: index) }
    }
}
