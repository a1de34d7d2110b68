/// Reads the JSON of a safetensors header, and only that.
///
/// A general JSON reader keeps the last of two equal keys and takes any nesting; here both must be seen and
/// refused. The grammar has a fixed depth, so that nothing recurses, and every index is checked against the end.
struct SafetensorsHeaderParser {
    private let bytes: [UInt8]
    private let path: String
    private var position = 0

    init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The entries in the order written, and the metadata.
    mutating func parse() throws -> (entries: [SafetensorsHeader.Tensor], metadata: [String: String]) {
        guard bytes.first == UInt8(ascii: "{") else { throw malformed("does not begin with {") }
        var entries: [SafetensorsHeader.Tensor] = []
        var metadata: [String: String]?
        try parseObject { parser, name in
            if name == SafetensorsHeader.metadataName {
                guard metadata == nil else { throw parser.duplicate(name) }
                metadata = try parser.parseMetadata()
            } else {
                entries.append(try parser.parseTensor(name: name))
            }
        }
        skipWhitespace()
        guard position == bytes.count else { throw malformed("goes on after its closing }") }
        return (entries, metadata ?? [:])
    }

    private mutating func parseMetadata() throws -> [String: String] {
        var metadata: [String: String] = [:]
        try parseObject { parser, key in
            guard metadata.updateValue(try parser.parseString(), forKey: key) == nil else {
                throw parser.duplicate(key)
            }
        }
        return metadata
    }

    private mutating func parseTensor(name: String) throws -> SafetensorsHeader.Tensor {
        var typeName: String?
        var dimensions: [Int]?
        var offsets: [Int]?
        try parseObject { parser, field in
            switch field {
            case "dtype" where typeName == nil: typeName = try parser.parseString()
            case "shape" where dimensions == nil:
                dimensions = try parser.parseIntegers(atMost: SafetensorsHeader.maximumRank, of: name)
            case "data_offsets" where offsets == nil: offsets = try parser.parseIntegers(atMost: 2, of: name)
            case "dtype", "shape", "data_offsets": throw parser.duplicate(field)
            default:
                throw parser.malformed(
                    "has an unknown field \(parser.quoted(field)) in tensor \(parser.quoted(name))")
            }
        }
        guard let typeName, let dimensions, let offsets else {
            throw malformed("lacks dtype, shape or data_offsets for tensor \(quoted(name))")
        }
        guard let elementType = ElementType(safetensorsName: typeName) else {
            throw TensorsError(
                .unknownElementType,
                "\(path) holds tensor \(quoted(name)) of the unknown type \(quoted(typeName));"
                    + " convert the weights to F32, F16 or BF16")
        }
        guard let shape = Shape(validating: dimensions) else {
            throw TensorsError(
                .invalidShape,
                "\(path) gives tensor \(quoted(name)) a shape no memory can hold; get it again")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw TensorsError(
                .invalidLayout,
                "\(path) gives tensor \(quoted(name)) offsets that are no range [begin, end]; get it again")
        }
        return SafetensorsHeader.Tensor(
            name: name, elementType: elementType, shape: shape, byteRange: offsets[0]..<offsets[1])
    }

    // MARK: JSON

    private mutating func parseObject(_ parseValue: (inout Self, _ key: String) throws -> Void) throws {
        try expect("{")
        if accept("}") { return }
        repeat {
            let key = try parseString()
            try expect(":")
            try parseValue(&self, key)
        } while accept(",")
        try expect("}")
    }

    private mutating func parseIntegers(atMost limit: Int, of name: String) throws -> [Int] {
        try expect("[")
        var integers: [Int] = []
        if accept("]") { return integers }
        repeat {
            guard integers.count < limit else {
                throw TensorsError(
                    .invalidShape,
                    "\(path) gives tensor \(quoted(name)) more than \(limit) dimensions or offsets; get it again"
                )
            }
            integers.append(try parseInteger(of: name))
        } while accept(",")
        try expect("]")
        return integers
    }

    /// A whole number from 0 to `Int.max`, without sign, fraction, exponent or leading zero.
    private mutating func parseInteger(of name: String) throws -> Int {
        skipWhitespace()
        let start = position
        var value = 0
        while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
            let digit = Int(bytes[position] - UInt8(ascii: "0"))
            let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = product.addingReportingOverflow(digit)
            guard !productOverflow, !sumOverflow else {
                throw TensorsError(
                    .invalidShape,
                    "\(path) gives tensor \(quoted(name)) a number too large to be true; get it again")
            }
            value = sum
            position += 1
        }
        let digitCount = position - start
        guard digitCount > 0 else {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "-") else {
                throw malformed("lacks a whole number at byte \(position)")
            }
            throw TensorsError(
                .invalidShape, "\(path) gives tensor \(quoted(name)) a negative number; get it again")
        }
        guard digitCount == 1 || bytes[start] != UInt8(ascii: "0") else {
            throw malformed("has a number with leading zeros at byte \(start)")
        }
        return value
    }

    private mutating func parseString() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            guard position < bytes.count else { throw malformed("ends inside a string") }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw malformed("holds text that is not UTF-8 before byte \(position)")
                }
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try parseEscape()).utf8)
            case 0..<0x20:
                throw malformed("holds a control character inside a string at byte \(position - 1)")
            default: text.append(byte)
            }
        }
    }

    /// What follows a backslash.
    private mutating func parseEscape() throws -> Unicode.Scalar {
        guard position < bytes.count else { throw malformed("ends inside a string") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw malformed("holds an unknown escape at byte \(position - 1)")
        }
        let unit = try parseCodeUnit()
        if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
        guard UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: "\\u".utf8) else {
            throw malformed("holds half a surrogate pair before byte \(position)")
        }
        position += 2
        let trail = try parseCodeUnit()
        guard UTF16.isTrailSurrogate(trail) else {
            throw malformed("holds half a surrogate pair before byte \(position)")
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func parseCodeUnit() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else {
                throw malformed("holds an escape that is not four hexadecimal digits at byte \(position)")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard accept(character) else {
            throw malformed(
                position < bytes.count ? "lacks \(character) at byte \(position)" : "ends too early")
        }
    }

    // MARK: Errors

    private func quoted(_ name: String) -> String { SafetensorsHeader.quoted(name) }

    private func malformed(_ fault: String) -> TensorsError {
        TensorsError(
            .malformedHeader,
            "\(path) is damaged or no safetensors file: its header \(fault); get it again")
    }

    private func duplicate(_ name: String) -> TensorsError {
        TensorsError(
            .duplicateName, "\(path) has \(quoted(name)) twice in its header; get it again from its maker")
    }
}
